"""Learners' progress is saved once and never lost, even if several presses arrive at the same time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bot.dialogue.steps import FINISH, steps
from bot.dialogue.walkthrough import Jump, Move, Predict
from bot.lessons.library import Library
from bot.tutor import Tutor
from bot.walking.figures import figures, people
from bot.walking.shared_walks import SharedWalks
from bot.walking.walks import Walks

ID = "two-django-versions"
MIA, MAX = 1, 2


@pytest.fixture
def tutor(lessons) -> Tutor:
    return Tutor(Library.open(lessons))


@pytest.fixture
def walks(tutor, memory) -> Walks:
    return Walks(tutor, memory)


@pytest.mark.parametrize(("step", "following"), [("story", "predict"), ("compare", "behind-the-scenes")])
async def test_twenty_presses_at_once_move_once(walks, step, following):
    """If a learner or the app presses several times, each press is answered, and the step changes once."""
    await walks.open(MIA, ID, step)
    turns = await asyncio.gather(*(walks.press(MIA, ID, step, Move.NEXT) for _ in range(20)))
    assert {turned.view.step.id for turned in turns} == {following}
    assert not any(turned.went_on for turned in turns)


async def test_presses_on_two_panels_at_once_are_both_answered(walks):
    """One press counts; the other panel shows where that led, and says so."""
    await walks.press(MIA, ID, "story", Jump("compare"))
    one, other = await asyncio.gather(
        walks.press(MIA, ID, "compare", Move.NEXT), walks.press(MIA, ID, "compare", Move.BACK)
    )
    assert one.view.step.id == other.view.step.id
    assert one.went_on != other.went_on


async def test_learners_do_not_share_a_place(walks):
    """Nobody can change another learner's step."""
    await walks.press(MIA, ID, "story", Jump("compare"))
    assert (await walks.open(MAX, ID)).view.step.id == "story"


async def test_whoever_was_forgotten_goes_on_from_the_panel_they_see(walks):
    """An open panel still works after everything was deleted."""
    await walks.press(MIA, ID, "story", Jump("compare"))
    await walks.forget(MIA)
    assert await walks.saved(MIA, ID) is None
    assert (await walks.press(MIA, ID, "compare", Move.NEXT)).view.step.id == "behind-the-scenes"


async def test_who_only_looked_at_the_story_has_nothing_to_continue(walks):
    """Learners are not asked to continue a walk that they have not begun."""
    await walks.open(MIA, ID)
    assert await walks.saved(MIA, ID) is None
    assert await walks.begun(MIA) == []


async def test_the_walk_touched_last_comes_first(tutor, memory):
    """The list begins with the walk that a learner is most likely to continue."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for hour, scenario in ((1, ID), (3, "works-on-my-machine"), (2, ID)):
        clock = partial(datetime.__add__, now, timedelta(hours=hour))
        await Walks(tutor, memory, clock).press(MIA, scenario, None, Jump("compare"))
    assert [each.scenario.id for each in await Walks(tutor, memory).begun(MIA)] == ["works-on-my-machine", ID]


async def test_figures_count_people_and_not_presses(tutor, walks, memory):
    """A learner who goes back and forth, or starts over, counts once."""
    for learner in range(7):
        for _ in range(2):
            await walks.press(learner, ID, None, Move.AGAIN)
            await walks.press(learner, ID, None, Move.NEXT)
            await walks.press(learner, ID, None, Predict("install-directly"))
    found = await figures(tutor.scenario(ID), memory)
    assert [each.arrived for each in found.steps[:4]] == ["7", "7", "7", "under 5"]
    assert [each.went_on for each in found.steps[:3]] == ["7", "7", "under 5"]
    assert found.picks["Install Django 4.2.2 directly"] == "7"
    assert [people(number) for number in (0, 4, 5)] == ["under 5", "under 5", "5"]


async def test_who_jumps_to_the_end_has_not_finished(tutor, memory):
    """Moderators see them stop there, learners can go on; whoever read every step is done."""
    began, later = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 3, tzinfo=UTC)
    walks = Walks(tutor, memory, lambda: began)
    order = [each.id for each in steps(tutor.scenario(ID))]
    for learner in range(12):
        for step in order if learner < 7 else [FINISH]:
            await walks.press(learner, ID, None, Jump(step))
        saved = await walks.saved(learner, ID)
        assert saved
        assert saved.is_finished == (learner < 7)
    found = await figures(tutor.scenario(ID), memory, lambda: later)
    assert (found.steps[-1].arrived, found.steps[-1].left) == ("12", "5")


async def test_five_hundred_pick_together_and_each_counts_once(tutor, memory):
    """A whole course presses in the same second, and half of them twice."""
    together = SharedWalks(tutor, memory)
    await together.begin(10, 20, MIA, ID)
    presses = [(learner, "reinstall-each-time") for learner in range(250)]
    presses += [(learner, "install-directly") for learner in range(500)]
    await asyncio.gather(*(together.choose(10, learner, "predict", choice) for learner, choice in presses))
    page = await together.page(10)
    assert page
    assert sum(page.picks.values()) == 500


async def test_a_page_turned_twice_at_once_turns_once(tutor, memory):
    """The starter and a moderator press in the same second, and the step changes once."""
    together = SharedWalks(tutor, memory)
    await together.begin(10, 20, MIA, ID)
    await asyncio.gather(*(together.turn(10, "story", Move.NEXT) for _ in range(5)))
    page = await together.page(10)
    assert page
    assert page.view.step.id == "predict"
