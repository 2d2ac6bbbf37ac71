"""If the bot is killed at any moment, no learner loses their place."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.dialogue.steps import STORY
from bot.dialogue.walkthrough import ChooseOption, Event, Jump, Move, Predict, Progress, Walkthrough
from bot.lessons.library import Library
from bot.store.store import Store
from bot.tutor import Tutor
from bot.walking.walks import PROGRESS, Walks
from tests.support.walker import LEARNERS, SCENARIO

ROOT = Path(__file__).parents[2]


def parsed(event: str) -> Event:
    """What `repr` made of an event."""
    found = re.fullmatch(r"(?:<Move\.|)(\w+)(?:: '\w+'>|\(\w+='([^']*)'\))", event)
    assert found, event
    name, value = found.groups()
    kinds: dict[str, Callable[[str], Event]] = {"Jump": Jump, "Predict": Predict, "ChooseOption": ChooseOption}
    return kinds[name](value) if name in kinds else Move[name]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_after_a_kill_every_walk_stands_where_its_learner_was_told(seed: int, lessons: Path, tmp_path: Path):
    """200 random walks, SIGKILL at a random moment: each walk is at the step that was shown last.

    Only the press that was under way may have been saved without being shown: then the walk is where that press
    leads, and nowhere else.
    """
    url = f"sqlite:///{tmp_path / 'killed.sqlite3'}"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.walker", url, str(lessons), str(seed)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout
    wanted = random.Random(seed).randrange(4 * LEARNERS, 10 * LEARNERS)
    lines = [process.stdout.readline() for _ in range(wanted)]
    process.kill()
    lines += process.stdout.read().splitlines()
    assert process.wait() == -9
    process.stdout.close()

    shown: dict[int, str] = {}
    pressed: dict[int, str] = {}
    for line in lines:
        what, whose, at, *event = line.strip().split("\t")
        if what == "press":
            pressed[int(whose)] = event[0]
        else:
            shown[int(whose)] = at
            pressed.pop(int(whose), None)
    tutor = Tutor(Library.open(lessons))
    scenario = tutor.scenario(SCENARIO)
    assert scenario
    store = await Store.open(url)
    try:
        for learner in range(1, LEARNERS + 1):
            allowed = {shown.get(learner, STORY)}
            if learner in pressed:
                before = Progress(shown.get(learner, STORY))
                allowed.add(Walkthrough(scenario).advance(before, parsed(pressed[learner])).step)
            kept = await store.walks.find(learner, SCENARIO)
            assert kept or learner not in shown
            if kept:
                assert PROGRESS.validate_json(kept.progress).step == kept.step
                assert kept.step in allowed
                state = await Walks(tutor, store).open(learner, SCENARIO)
                assert state
                assert state.view.step.id == kept.step
    finally:
        await store.close()
    assert len(shown) > LEARNERS / 2, "most were on their way"
