"""Moderators see where learners get stuck, and nobody in particular."""

from __future__ import annotations

import pytest
from simcord import SetupError

from tests.support.walking import ID, start
from tests.support.world import World, components, message, text

PICK = "Install Django 4.2.2 directly"


async def test_stats_show_where_learners_get_stuck_and_nobody_in_particular(world: World):
    """Numbers below five are not shown exactly."""
    await start(world)
    few = await world.max.slash(world.channel, "lessons stats", scenario=ID)
    assert few.ephemeral
    assert "Its figures are shown from 5 members on." in text(few)
    assert "reached" not in text(few)
    assert "mia" not in text(few)
    class_ = [world.server.add_member(world.env.create_user(f"learner-{n}")) for n in range(6)]
    for member in class_:
        panel = await member.slash(world.channel, "walkthrough", scenario=ID)
        await member.click(message(panel), label="Next")
        await member.click(message(panel), label=PICK)
    await world.env.advance_time(2 * 86400)
    many = await world.max.slash(world.channel, "lessons stats", scenario=ID)
    assert "**1. The story**\nreached: 7 · continued: 6 · stopped here: under 5" in text(many)
    assert "reached: 6 · continued: under 5 · stopped here: 6" in text(many)
    assert f"- {PICK}: 6" in text(many)


async def test_before_anybody_asked_that_is_said_in_place_of_a_chart(world: World):
    """A chart without bars would look broken. A walkthrough can be chosen, too."""
    shown = await world.max.slash(world.channel, "lessons stats")
    assert text(shown).startswith("## The last 8 weeks\nNobody asked anything.\nOpen questions: **0**")
    assert not any("items" in part for part in components(shown))
    await world.ask("what is a venv")
    shown = await world.max.slash(world.channel, "lessons stats")
    assert "Questions asked: **1** · answered directly: **1**" in text(shown)
    assert any("items" in part for part in components(shown))


async def test_stats_are_for_moderators(world: World):
    """Members do not see the command, and a forged menu is refused."""
    with pytest.raises(SetupError):
        await world.mia.slash(world.channel, "lessons stats")
    answer = await world.ask("what is a venv")
    stored = world.env.backend.get_message(world.channel.id, answer.id)
    row = next(part for part in stored.components if part["type"] == 1)
    row["components"][0]["custom_id"] = "lb:usage"
    assert "Only moderators can do this" in text(await world.mia.click(answer, custom_id="lb:usage"))
