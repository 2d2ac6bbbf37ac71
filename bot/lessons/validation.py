"""Mistakes that cannot be seen in one part of a lesson alone: ids used twice, missing pictures."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from bot.errors import Problem
from bot.language.numbers import mebibytes
from bot.language.words import _
from bot.lessons.document import Document, Place
from bot.lessons.files import OutsideError, open_file
from bot.lessons.lesson import Entry, Lesson, Picture, Scenario, Solution

MAX_PICTURE_BYTES = 8 * 2**20
_BEGINS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")


def problems_between(
    documents: Sequence[Document], folder: Path, pictures: Collection[str] = (), unread: Collection[str] = ()
) -> list[Problem]:
    """Everything wrong with these lessons as one library, in order of file and line.

    `pictures` are files that will be added to the folder, and `unread` the ids in files that have errors. They do
    not count as missing.
    """
    shown = _pictures(documents, folder, pictures)
    return sorted([*ids_twice(documents), *_related(documents, unread), *shown, *_aliases(documents)])


def _parts(documents: Sequence[Document]) -> Iterator[tuple[Document, Place, str]]:
    for document in documents:
        for kind in ("entries", "scenarios"):
            for i, part in enumerate(getattr(document.lesson, kind)):
                yield document, (kind, i), part.id


def ids_twice(documents: Sequence[Document]) -> list[Problem]:
    """A problem for each id that an earlier entry or scenario has."""
    twice: list[Problem] = []
    first: dict[str, Problem] = {}
    for document, place, id_ in _parts(documents):
        here = document.places.problem((*place, "id"), "")
        if id_ in first:
            other = first[id_]
            what = _("'{id}' is already used at {place}", id=id_, place=f"{other.file}:{other.line}")
            twice.append(document.places.problem((*place, "id"), what, "choose another ID"))
        first.setdefault(id_, here)
    return twice


def _related(documents: Sequence[Document], unread: Collection[str]) -> Iterator[Problem]:
    known = {entry.id for document in documents for entry in document.lesson.entries}
    for document in documents:
        for place, part in linking(document.lesson):
            for i, other in enumerate(part.related):
                here: Place = (*place, "related", i)
                if isinstance(part, Entry) and other == part.id:
                    yield document.places.problem(here, _("an entry cannot be related to itself"), "remove it")
                elif other not in known and other not in unread:
                    close = get_close_matches(other, known, n=1, cutoff=0.6)
                    fix = f"write '{close[0]}'" if close else "remove it, or add the entry"
                    yield document.places.problem(here, _("no entry has the ID '{id}'", id=other), fix)


def linking(lesson: Lesson) -> Iterator[tuple[Place, Entry | Scenario | Solution]]:
    """Every part of a lesson that can have related entries, with its place."""
    for i, entry in enumerate(lesson.entries):
        yield ("entries", i), entry
    for i, scenario in enumerate(lesson.scenarios):
        yield ("scenarios", i), scenario
        for j, solution in enumerate(scenario.solutions):
            yield ("scenarios", i, "solutions", j), solution


def pictures_of(lesson: Lesson) -> Iterator[tuple[Place, Picture]]:
    """The pictures of a lesson, with their places."""
    for i, entry in enumerate(lesson.entries):
        if entry.image:
            yield ("entries", i, "image"), entry.image
    for i, scenario in enumerate(lesson.scenarios):
        if scenario.picture:
            yield ("scenarios", i, "picture"), scenario.picture


def _pictures(documents: Sequence[Document], folder: Path, coming: Collection[str]) -> Iterator[Problem]:
    for document in documents:
        for place, picture in pictures_of(document.lesson):
            if picture.file not in coming and (what := wrong_with_picture(folder, picture.file)):
                yield document.places.problem((*place, "file"), what)


def wrong_with_picture(folder: Path, file: str) -> str | None:
    """Why this file of the folder cannot be sent as a picture; None if it can."""
    outside = _("'{file}' is outside the lessons folder", file=file)
    if Path(file).is_absolute():  # it would be outside on every other computer
        return outside
    try:
        with open_file(folder, file) as opened:
            size, begin = os.fstat(opened.fileno()).st_size, opened.read(12)
    except OutsideError:
        return outside
    except FileNotFoundError:
        return _("there is no file '{file}' in the lessons folder", file=file)
    except OSError as error:
        return _("'{file}' cannot be read: {why}", file=file, why=error.strerror)
    if size > MAX_PICTURE_BYTES:
        has, most = mebibytes(size), mebibytes(MAX_PICTURE_BYTES)
        return _("'{file}' is too large: {size} MB; the limit is {most} MB", file=file, size=has, most=most)
    is_webp = begin[:4] == b"RIFF" and begin[8:] == b"WEBP"
    if not begin.startswith(_BEGINS) and not is_webp:
        return _("'{file}' is not a PNG, JPEG, GIF or WebP picture", file=file)
    return None


def _aliases(documents: Sequence[Document]) -> Iterator[Problem]:
    meaning: dict[str, str] = {}
    names = {words.casefold() for document in documents for words in document.lesson.aliases}
    for document in documents:
        for words, others in document.lesson.aliases.items():
            for i, other in enumerate(others):
                place: Place = ("aliases", words, i)
                already = meaning.setdefault(other.casefold(), words.casefold())
                if already != words.casefold():
                    what = _("'{word}' is already an alias of '{other}'", word=other, other=already)
                    yield document.places.problem(place, what)
                elif other.casefold() in names:
                    yield document.places.problem(
                        place,
                        _(
                            "'{word}' has aliases of its own, so it cannot be an alias of another word; remove "
                            "it from one place",
                            word=other,
                        ),
                    )
