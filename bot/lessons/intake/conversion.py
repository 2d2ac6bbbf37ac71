"""Reads the text of a file with the reader of its format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from bot.errors import NotesError
from bot.lessons.ids import page_name
from bot.lessons.intake.formats import not_read_ending, reader_of
from bot.lessons.intake.material import Hints, Source


def read_source(text: str, file: str, hints: Hints | None = None) -> Source:
    """The source in a file's text. Raises `NotesError` if no reader knows this kind of file.

    The name in the hints is that of the file.
    """
    path = PurePath(file)
    reader = reader_of(path)
    if reader is None:
        raise NotesError(not_read_ending(path))
    return reader(text, replace(hints or Hints(), name=page_name(path.stem)))
