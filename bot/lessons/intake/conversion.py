"""Converts a text to lessons: calls the reader of its format, then the writer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import PurePath

from bot.errors import NotesError
from bot.language.words import _
from bot.lessons.ids import page_name, title_from
from bot.lessons.intake.decoding import cleaned
from bot.lessons.intake.formats import READERS, reader_of
from bot.lessons.intake.material import Hints, Source
from bot.lessons.intake.writing import Written, write_lessons


def read_source(text: str, file: str, hints: Hints | None = None) -> Source:
    """The source in a file's text. Raises `NotesError` if no reader knows this kind of file.

    The name in the hints is that of the file.
    """
    path = PurePath(file)
    reader = reader_of(path)
    if reader is None:
        known = ", ".join(sorted(filter(None, READERS)))
        raise NotesError(
            _("no files that end in '{ending}' are read; these are: {known}", ending=path.suffix, known=known)
        )
    return reader(text, replace(hints or Hints(), name=page_name(path.stem)))


def read_lessons(
    text: str,
    file: str,
    *,
    has_picture: Callable[[str], bool],
    taken: Iterable[str] = (),
    base_url: str = "",
) -> Written:
    """The lessons in the text of a file. Raises `NotesError` if there are none; see `write_lessons`."""
    text, said = cleaned(text)
    source = read_source(text, file)
    name = title_from(PurePath(file).stem)
    written = write_lessons(source, name, has_picture=has_picture, taken=taken, base_url=base_url)
    unplaced = sorted([*said, *written.unplaced], key=lambda one: one.line)
    return replace(written, unplaced=tuple(unplaced))
