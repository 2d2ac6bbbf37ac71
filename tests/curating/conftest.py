"""A moderator's desk: the shipped lessons to be edited at will, and a small library whose replies are known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from bot.curating.curating import Curating
from bot.lessons.library import Library
from bot.store.store import Store
from bot.tutor import Tutor

SMALL = {
    "animals.yaml": """\
# Kept by the zoo.
lesson: Animals
entries:
  - id: feed-a-cat
    question: How do I feed a cat?
    phrasings:
      - what do cats eat       # asked a lot
    answer: |
      Twice a day, with fish.
    related: [wash-a-dog]

  - id: wash-a-dog
    question: How do I wash a dog?
    answer: With warm water.   # not hot
""",
    "plants.yaml": """\
lesson: Plants
entries:
  - id: water-a-cactus
    question: How often do I water a cactus?
    answer: Once a month.
    related: [wash-a-dog]
""",
}


def write(folder: Path) -> Path:
    """The small library."""
    folder.mkdir(exist_ok=True)
    for file, text in SMALL.items():
        (folder / file).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "small")


@pytest.fixture
def library(folder: Path) -> Library:
    return Library.open(folder)


@pytest.fixture
def tutor(library: Library) -> Tutor:
    return Tutor(library)


@pytest.fixture
async def curator(tutor: Tutor, library: Library, memory: Store) -> Curating:
    made = Curating(tutor, library, memory, ticking())
    assert await made.reconcile() == []
    return made


def ticking():
    """A clock that is a minute later each time; ahead of the files', so that none is newer than its revision."""
    begin, minutes = datetime.now(UTC), count()
    return lambda: begin + timedelta(minutes=next(minutes))
