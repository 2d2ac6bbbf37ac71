"""Where learners get stuck in a scenario: figures of many, never of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.dialogue.steps import steps
from bot.language.words import _
from bot.lessons.lesson import Scenario
from bot.store.store import Store
from bot.walking.walks import Clock

FEW = 5
# Whoever stands still for a day has left; many come back, and are counted as gone on then.
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


async def figures(scenario: Scenario, store: Store, clock: Clock = lambda: datetime.now(UTC)) -> Figures:
    """What moderators may know of those who walked this scenario."""
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
    """A number of people that gives nobody away."""
    return _("under {few}", few=FEW) if number < FEW else str(number)
