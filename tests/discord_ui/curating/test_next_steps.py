"""Each refusal says what is so and what to do next; each success says what happened and how to go on."""

from __future__ import annotations

import pytest

from bot.store.servers import Choices
from tests.support.asking import BREAD, moderate, slash
from tests.support.editing import NEW, QUESTION, draft, press
from tests.support.lesson_texts import SNAKES
from tests.support.world import (
    Shown,
    World,
    buttons,
    components,
    message,
    said,
    second_moderator,
    text,
    with_button,
)


async def test_whoever_publishes_too_late_reads_that_nothing_was_published(world: World):
    """The pressed card says so, and can't be pressed again. Below it are both texts, and the ways to go on."""
    ada = second_moderator(world)
    mine, theirs = await draft(world), await draft(world, ada, answer="Another answer.")
    await press(world, theirs, "Publish", ada)
    card = with_button(mine, "Publish")
    late = await press(world, mine, "Publish")
    assert "Not published: the draft or the lessons have changed since this preview." in text(card)
    assert not buttons(card)
    assert "ada made newer changes" in said(late)
    assert NEW in said(late)
    assert "Keep both, use my text where they differ" in buttons(with_button(late, "Discard draft"))


async def test_an_import_says_what_it_changed(world: World):
    """A new lesson is not only "1 lesson changed"."""
    proposed = await world.max.slash(world.channel, "lessons import", file=("snakes.yaml", SNAKES.encode()))
    card = with_button(proposed, "Publish")
    await press(world, proposed, "Publish")
    assert "new lesson: Snakes (snakes.yaml)" in text(card).replace("\\", "")
    assert "/lessons history" in text(card)
    undone = await press(world, card, "Undo import")
    assert "Undo a change: Snakes" in said(undone), "by its title, not by its file"


async def test_a_new_lesson_says_how_to_add_entries(world: World):
    """It has none, so members do not notice it yet."""
    box = await world.max.slash(world.channel, "lessons new")
    made = await world.max.submit_modal(box, {"lesson": "Git", "course": ""})
    await press(world, made, "Publish")
    assert "To add entries to it, use </lessons add" in said(made)


@pytest.mark.parametrize(
    ("command", "options", "then"),
    [
        ("add", {"lesson": "Nothing like it"}, "from the list that appears as you type, or make a new one"),
        ("stats", {"scenario": "Nothing like it"}, "Choose one from the list that appears as you type."),
        ("export", {}, "To bring the files back after you have changed them, use </lessons import"),
    ],
)
async def test_a_command_says_what_to_do_next(world: World, command: str, options: dict[str, str], then: str):
    """Whoever typed a wrong name finds the right one; whoever downloads the lessons can bring them back."""
    out = await world.max.slash(world.channel, f"lessons {command}", **options)
    assert then in f"{said(out)}{message(out).content}"


async def test_an_old_card_of_a_miss_leads_to_what_is_open(world: World):
    """Another moderator resolved it. A single miss has no way to turn to others."""
    await slash(world, BREAD)
    old, other = await moderate(world), await moderate(world)
    assert not {"Previous", "Next", "Back to the list"} & {*labels(old)}
    await world.max.click(message(other), label="Ignore")
    late = await world.max.click(message(old), label="Add as new entry")
    assert "already been resolved" in said(late)
    assert "To see what is open, use </lessons misses" in said(late)


async def test_a_deleted_inbox_is_to_be_chosen_anew(world: World):
    """Its options would have no effect, and are not listed."""
    gone = world.server.create_text_channel("gone")
    await world.bot.app.servers.set(world.server.id, Choices(inbox=gone.id))
    await world.bot.get_channel(gone.id).delete()
    shown = text(await world.max.slash(world.channel, "lessons settings"))
    assert "**Inbox**: a deleted channel. Choose another one; until then, moderators find" in shown
    assert "cards a day" not in shown


async def test_the_history_says_in_which_time_zone_its_times_are(world: World):
    """A menu can't show them in the reader's own."""
    await press(world, await draft(world), "Publish")
    listed = await world.max.slash(world.channel, "lessons history")
    (one,) = (each for part in components(listed) for each in part.get("options", []))
    assert QUESTION in one["label"]
    assert "UTC" in one["description"]


def labels(shown: Shown) -> list[str]:
    """The labels of all buttons, also of those that can't be pressed."""
    return [part["label"] for part in components(shown) if "label" in part]
