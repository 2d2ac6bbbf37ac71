"""Keeps the lessons of each source as they were last imported, in `.imported/` beside the lessons.

The next import compares with them, to tell changes of the source from edits of the lesson. These files belong with
the lessons in git and in backups. Without them, an import has to ask more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from itertools import count
from pathlib import Path, PurePosixPath

from bot.errors import LessonError
from bot.lessons.document import read_document
from bot.lessons.files import read_file
from bot.lessons.ids import ascii_name, cut, first_free, words_of
from bot.lessons.lesson import Lesson
from bot.lessons.nodes import MAX_BYTES
from bot.lessons.yaml_text import to_yaml

FOLDER = ".imported"
_ENDING = ".yaml"
# A lesson's `source` has room for ten more, for the number of a name that several files have.
_LONGEST = 190
_NUMBER = re.compile(r" \([0-9]+\)$")


def source_name(file: Path, below: Path, home: Path | None) -> str:
    """The name of an imported file in its lesson: its path in `home`, the folder that contains the lessons folder.

    For a file outside `home`, or without one, its path `below` the imported folder: the folders above exist only
    on one computer, and can contain a person's name.
    """
    place, top = file.resolve(), home and home.resolve()
    name = (place.relative_to(top) if top and place.is_relative_to(top) else below).as_posix()
    return name if len(name) <= _LONGEST and name.isprintable() else cut(words_of(file.stem) or ["file"], 60, "-")


def free_source_name(name: str, taken: Container[str]) -> str:
    """The name, with a number if another file has it: `README.md (2)` is one from another folder."""
    bare = _NUMBER.sub("", name)
    return first_free(lambda number: f"{bare} ({number})" if number > 1 else bare, taken)


class SourceNames:
    """Finds which names of sources can mean the same file, without comparing each with each."""

    def __init__(self, names: Iterable[str]) -> None:
        self._whole: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._ending: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for name in names:
            for n, end in enumerate(_endings(name)):
                self._ending[end].append(name)
                if n == 0:
                    self._whole[end].append(name)

    def same_as(self, name: str) -> list[str]:
        """Those that can mean the same file: an uploaded `All_FAQ.md` can be `docs/All FAQ.md`."""
        ends = _endings(name)
        longer = (each for end in ends[:1] for each in self._ending.get(end, ()))
        shorter = (each for end in ends[1:] for each in self._whole.get(end, ()))
        return [*longer, *shorter]


def _endings(name: str) -> list[tuple[str, ...]]:
    """The folders and the name of a file, as they are compared; then without its first folder, its first two, …"""
    parts = tuple(map(ascii_name, PurePosixPath(_NUMBER.sub("", name)).parts))
    return [parts[n:] for n in range(len(parts))]


def last_imports(folder: Path) -> dict[Path, Lesson]:
    """The lessons as they were last imported into this folder, by file. Files that cannot be read are left out."""
    found: dict[Path, Lesson] = {}
    for path in sorted((folder / FOLDER).glob(f"*{_ENDING}")):
        try:
            found[path] = read_document(path.name, read_file(folder / FOLDER, path.name, MAX_BYTES)).lesson
        except (OSError, LessonError):
            continue
    return found


def to_keep(folder: Path, lessons: Sequence[Lesson], there: Container[Path]) -> dict[Path, str]:
    """The texts of the files to write for these imported lessons. `there` are files that must not be replaced."""
    texts: dict[Path, str] = {}
    for lesson in lessons:
        name = cut(words_of(lesson.source or lesson.lesson) or ["lesson"], 60, "-")
        numbered = (folder / FOLDER / f"{name}{f'-{n}' if n > 1 else ''}{_ENDING}" for n in count(1))
        texts[next(each for each in numbered if each not in texts and each not in there)] = to_yaml(lesson)
    return texts
