"""`/browse` shows everything that a lesson has, also if it has many walkthroughs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.discord_ui.kit.choices import key_of
from tests.support.world import World, buttons, message, options, text


async def open_lesson(world: World, new_bot: Any, lessons: Path, walkthroughs: int) -> Any:
    solutions = [{"id": f"way-{n}", "title": f"Way {n}", "plan": "Do it."} for n in range(2)]
    scenarios = [
        {"id": f"story-{n}", "title": f"Story {n}", "story": f"Once, {n}.", "solutions": solutions}
        for n in range(walkthroughs)
    ]
    (lessons / "stories.yaml").write_text(
        json.dumps({"lesson": "Stories", "scenarios": scenarios}), encoding="utf-8"
    )
    await world.env.restart_bot(new_bot())
    shelf = await world.mia.slash(world.channel, "browse")
    assert f"**Stories**\n{walkthroughs} walkthrough" in text(shelf), "it has no questions to count"
    await world.mia.select(message(shelf), [key_of("stories.yaml")])
    return shelf


async def test_a_lesson_without_entries_says_how_they_come_in(world: World, new_bot: Any, lessons: Path):
    """The only lesson of a new server has none, and each new lesson."""
    (lessons / "stories.yaml").write_text("lesson: Stories\n", encoding="utf-8")
    await world.env.restart_bot(new_bot())
    shelf = await world.mia.slash(world.channel, "browse")
    await world.mia.select(message(shelf), [key_of("stories.yaml")])
    assert "## Stories\nThere is nothing here yet. Moderators can add the first entry" in text(shelf)


async def test_a_few_walkthroughs_have_a_button_each(world: World, new_bot: Any, lessons: Path):
    """A press opens one, and the list stays."""
    shelf = await open_lesson(world, new_bot, lessons, 5)
    assert [each for each in buttons(shelf) if each.startswith("Open")][-1] == "Open walkthrough: Story 4"
    assert not options(shelf)
    assert "nothing here yet" not in text(shelf)


async def test_of_many_walkthroughs_none_is_missing(world: World, new_bot: Any, lessons: Path):
    """A menu has them all."""
    shelf = await open_lesson(world, new_bot, lessons, 8)
    assert options(shelf) == [f"Story {n}" for n in range(8)]
    assert "not listed" not in text(shelf)
    opened = await world.mia.select(message(shelf), ["story-7"])
    assert opened.ephemeral
    assert "Once, 7." in text(opened)
    assert "## Stories" in text(shelf), "the list stays"


async def test_what_no_menu_holds_is_said(world: World, new_bot: Any, lessons: Path):
    """Members see that there is more, and how to find it."""
    shelf = await open_lesson(world, new_bot, lessons, 27)
    assert len(options(shelf)) == 25
    assert "2 more walkthroughs are not listed" in text(shelf)
