"""Helpers for the tests of readers: from a text to its questions and answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from bot.lessons.ids import title_from
from bot.lessons.intake.conversion import read_source
from bot.lessons.intake.decoding import cleaned
from bot.lessons.intake.writing import Written, write_lessons
from bot.lessons.lesson import Entry

# What the pages of most tests hold, in any form.
TWO = [("What is a kiln?", "An oven."), ("Can I open it hot?", "No, wait.")]


def read_lessons(text: str, file: str, *, has_picture: Callable[[str], bool], base_url: str = "") -> Written:
    """The lessons in the text of a file, without what a folder adds. Raises `NotesError` if there are none."""
    text, said = cleaned(text)
    name = title_from(PurePath(file).stem)
    written = write_lessons(
        read_source(text, file),
        name,
        find_picture=lambda path: path if has_picture(path) else "",
        taken=(),
        base_url=base_url,
    )
    unplaced = sorted([*said, *written.unplaced], key=lambda each: each.line)
    return replace(written, unplaced=tuple(unplaced))


def read(text: str, file: str = "faq.md", base_url: str = "") -> Written:
    return read_lessons(text, file, has_picture=lambda path: False, base_url=base_url)


def entries(text: str, file: str = "faq.md") -> list[Entry]:
    return [entry for lesson in read(text, file).lessons for entry in lesson.entries]


def pairs(text: str, file: str = "faq.md") -> list[tuple[str, str]]:
    return [(entry.question, entry.answer) for entry in entries(text, file)]


def left(text: str, file: str = "faq.md") -> list[tuple[int, str]]:
    return [(each.line, each.text) for each in read(text, file).unplaced]


def strings(value: Any) -> Iterator[str]:
    """All texts in a value that holds others."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)
