"""A process with many learners at once, which a test kills; it prints the replies that they got."""

from __future__ import annotations

import asyncio
import random
import sys
from pathlib import Path

from bot.dialogue import snapshot
from bot.dialogue.walkthrough import ChooseOption, Event, Jump, Move, Predict, Walkthrough
from bot.lessons.lesson import Scenario
from bot.lessons.library import Library
from bot.store.store import Store
from bot.tutor import Tutor
from bot.walking.walks import Walks
from tests.support.findable import LateIndex

LEARNERS = 200
SCENARIO = "two-django-versions"


def some_event(scenario: Scenario, chance: random.Random) -> Event:
    assert scenario.check
    events: list[Event] = [
        *Move,
        *(Jump(step) for step in Walkthrough(scenario).fingerprints),
        *(Predict(solution.id) for solution in scenario.solutions),
        *(ChooseOption(option.id) for option in scenario.check.options),
    ]
    return chance.choice(events)


def say(*words: object) -> None:
    """Print a line for the test in one write, so that a kill leaves no incomplete line."""
    print("\t".join(map(str, words)) + "\n", end="", flush=True)  # noqa: T201 -- the test reads it


async def learn(walks: Walks, scenario: Scenario, learner: int, chance: random.Random) -> None:
    at = "story"
    while True:
        event = some_event(scenario, chance)
        say("press", learner, at, repr(event))
        turned = await walks.press(learner, SCENARIO, at, event)
        assert turned
        at = turned.view.step.id
        say("shown", learner, at)


async def main(url: str, folder: str, seed: str) -> None:
    # Nobody asks this process.
    snapshot.Index = LateIndex  # type: ignore[attr-defined]
    tutor = Tutor(Library.open(Path(folder)))
    scenario = tutor.scenario(SCENARIO)
    assert scenario
    walks = Walks(tutor, await Store.open(url))
    await asyncio.gather(
        *(learn(walks, scenario, each, random.Random(f"{seed}:{each}")) for each in range(1, LEARNERS + 1))
    )


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
