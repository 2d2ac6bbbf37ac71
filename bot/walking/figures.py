"""Figures about where learners get stuck. Small numbers are hidden, so that they show no single person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock, utc_now
from bot.dialogue.steps import steps
from bot.language.words import _
from bot.lessons.lesson import Scenario
from bot.store.store import Store

FEW = 5
# After a day without a press a learner counts as having left. If they return, they count as having gone on.
LEFT_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class StepFigures:
    """How many people arrived at a step, went on from it, and left there."""

    heading: str
    arrived: str
    went_on: str
    left: str


@dataclass(frozen=True)
class Figures:
    """A scenario in figures, in the order of its steps; `picks` and `wrong` by title and text."""

    scenario: Scenario
    steps: tuple[StepFigures, ...]
    picks: Mapping[str, str]
    wrong: Mapping[str, str]

    @property
    def all_small(self) -> bool:
        """Whether none of its numbers is shown."""
        of_steps = (number for each in self.steps for number in (each.arrived, each.went_on, each.left))
        return {*of_steps, *self.picks.values(), *self.wrong.values()} == {people(0)}


async def figures(scenario: Scenario, store: Store, clock: Clock = utc_now) -> Figures:
    """What moderators can see about a scenario."""
    done = await store.walks.tally(scenario.id)
    left = await store.walks.left(scenario.id, clock() - LEFT_AFTER)
    return Figures(
        scenario,
        tuple(
            StepFigures(
                each.heading,
                people(done.get(("arrived", each.id), 0)),
                people(done.get(("went-on", each.id), 0)),
                people(left.get(each.id, 0)),
            )
            for each in steps(scenario)
        ),
        {each.title: people(done.get(("picked", each.id), 0)) for each in scenario.solutions},
        {
            each.text: people(done.get(("chose", each.id), 0))
            for each in (scenario.check.options if scenario.check else ())
            if not each.correct
        },
    )


def people(number: int) -> str:
    """A number of people; a small one is not shown exactly."""
    return _("under {few}", few=FEW) if number < FEW else str(number)
