"""Describes in lines of text why files were not imported: many daily notes have the same reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.language.numbers import amount
from bot.language.words import _, _n
from bot.lessons.intake.formats import known_endings

_FILES = 5


def refusal_lines(refused: Iterable[tuple[Path, str]]) -> Iterator[str]:
    """A line for each reason, with the files that have it."""
    files_of: dict[str, list[Path]] = {}
    for file, why in refused:
        files_of.setdefault(why, []).append(file)
    for why, files in files_of.items():
        if len(files) == 1:
            yield f"{files[0]}: {why}"
        else:
            yield _("{count} files ({files}): {why}", count=amount(len(files)), files=names_of(files), why=why)


def not_read_lines(files: Sequence[Path]) -> Iterator[str]:
    """A line for files that no reader knows, with what is read, if there are any."""
    if files:
        yield _n(
            "{many} file was not read: {files}; these are read: {known}",
            "{many} files were not read: {files}; these are read: {known}",
            len(files),
            many=amount(len(files)),
            files=names_of(files),
            known=known_endings(),
        )


def names_of(files: Sequence[Path]) -> str:
    """The names of the first files, and how many more there are."""
    names = ", ".join(map(str, files[:_FILES]))
    if len(files) <= _FILES:
        return names
    return _("{files} and {count} more", files=names, count=amount(len(files) - _FILES))
