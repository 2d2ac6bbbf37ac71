"""A shared walkthrough over days and edits of its lesson, as a channel sees it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import discord
import pytest

from bot.dialogue.steps import PREDICT
from tests.support.walking import ID, edit, start
from tests.support.world import World, buttons, noah_in, text

DIRECT, VENV = "Install Django 4.2.2 directly", "Use virtual environments"


async def test_a_shared_walk_is_looked_after_until_it_is_deleted(world: World):
    """The daily round that deletes old ones begins with the first."""
    rounds = world.bot.notifications._rounds
    await world.env.settle()
    assert rounds.is_resting, "nothing is kept"
    await start(world, share=True)
    assert not rounds.is_resting


async def test_a_pick_counts_only_for_what_was_picked(world: World, new_bot: Any, lessons: Path):
    """A solution that got another title was picked by nobody, and one that is gone is not among the picks."""
    await start(world, share=True)
    await world.press(world.last, "Next")
    noah = noah_in(world)
    for member, title in ((world.mia, DIRECT), (world.max, VENV), (noah, VENV)):
        await world.press(world.last, title, member)
    edit(lessons, (f"title: {DIRECT}", "title: Another"))
    await world.env.restart_bot(new_bot())
    await world.mia.select(world.last, ["finish"])
    assert f"- {VENV}: 2 of 2" in text(world.last)
    assert "- Another: 0 of 2" in text(world.last)


async def test_the_picks_that_an_earlier_version_stored_count(world: World):
    """It stored the id of a solution alone. Whoever picks again still counts once."""
    await start(world, share=True)
    await world.press(world.last, "Next")
    noah, shared = noah_in(world), world.bot.app.store.shared
    for member, solution in ((world.mia, "install-directly"), (noah, "environment-per-project")):
        await shared.choose(world.last.id, member.id, PREDICT, solution, discord.utils.utcnow())
    for member, title in ((world.max, VENV), (noah, VENV)):
        await world.press(world.last, title, member)
    await world.mia.select(world.last, ["finish"])
    assert f"- {DIRECT}: 1 of 3" in text(world.last)
    assert f"- {VENV}: 2 of 3" in text(world.last)


async def test_a_shared_walk_whose_scenario_was_removed_says_so(world: World, new_bot: Any, lessons: Path):
    """Each press says that it was removed, which is not that it has ended; and it can be ended."""
    await start(world, share=True)
    await world.press(world.last, "Next")
    edit(lessons, (f"- id: {ID}", "- id: another"))
    await world.env.restart_bot(new_bot())
    removed = "This walkthrough was removed from the lessons"
    assert removed in text(await world.press(world.last, DIRECT, noah_in(world)))
    assert removed in text(await world.press(world.last, "Next"))
    await world.press(world.last, "End for everyone")
    assert removed in text(world.last)
    assert not buttons(world.last)


async def test_a_hint_of_a_quiz_without_hints_is_no_removed_walkthrough(world: World, new_bot: Any, lessons: Path):
    """Whoever asks for a hint that an author removed is told that there are no more."""
    await start(world, share=True)
    await world.mia.select(world.last, ["check"])
    file = lessons / "virtual-environments.yaml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "hint: " not in line), encoding="utf-8")
    await world.env.restart_bot(new_bot())
    assert "There are no more hints" in text(await world.press(world.last, "Show a hint", noah_in(world)))


@pytest.mark.parametrize("several", [False, True])
async def test_whoever_chooses_a_second_right_answer_knows_that_only_the_last_counts(
    world: World, new_bot: Any, lessons: Path, several: bool
):
    """A quiz with several right answers says so; another one has nothing to say about it."""
    wrong = next(each for each in world.bot.app.tutor.scenario(ID).check.options if not each.correct)
    if several:
        edit(lessons, (f"- text: {wrong.text}", f"- text: {wrong.text}\n          correct: true"))
        await world.env.restart_bot(new_bot())
    await start(world, share=True)
    await world.mia.select(world.last, ["check"])
    for letter in "AB":
        told = await world.press(world.last, letter, noah_in(world))
        assert ("Only the last one that you choose is counted" in text(told)) is several
