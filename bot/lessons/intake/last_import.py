"""What each source said at its last import, kept in `.imported/` beside the lessons.

The next import of the source compares with it: only so can it tell what changed there from what was edited here.
These files go where the lessons go, into git and into backups. Without them the import asks more.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import count
from pathlib import Path, PurePosixPath

from bot.errors import LessonError
from bot.lessons.document import read_document
from bot.lessons.files import read_file
from bot.lessons.ids import cut, words_of
from bot.lessons.lesson import Lesson
from bot.lessons.nodes import MAX_BYTES
from bot.lessons.yaml_text import to_yaml

FOLDER = ".imported"
_ENDING = ".yaml"
_LONGEST = 200


def source_name(file: Path, below: Path, home: Path) -> str:
    """What a lesson calls the file that it was imported from: its path in `home`, the folder around the lessons.

    A file elsewhere is called by its path `below` the folder that was imported: the folders above it are on one
    computer, and may tell whose.
    """
    place, top = file.resolve(), home.resolve()
    name = (place.relative_to(top) if place.is_relative_to(top) else below).as_posix()
    return name if len(name) <= _LONGEST and name.isprintable() else cut(words_of(file.stem) or ["file"], 60, "-")


def is_same_source(one: str, other: str) -> bool:
    """Whether two names can mean one file: `FAQ.md` is `docs/FAQ.md` where it was uploaded."""
    parts = [PurePosixPath(each).parts for each in (one, other)]
    shorter, longer = sorted(parts, key=len)
    return bool(shorter) and longer[-len(shorter) :] == shorter


def last_imports(folder: Path) -> dict[Path, Lesson]:
    """What is kept there. A file that cannot be read is left out, as if it had never been kept."""
    found: dict[Path, Lesson] = {}
    for path in sorted((folder / FOLDER).glob(f"*{_ENDING}")):
        try:
            found[path] = read_document(path.name, read_file(folder / FOLDER, path.name, MAX_BYTES)).lesson
        except (OSError, LessonError):
            continue
    return found


def to_keep(folder: Path, lessons: Sequence[Lesson], there: Container[Path] = ()) -> dict[Path, str]:
    """The files to write so that these imported lessons are kept. `there` are those that stay."""
    texts: dict[Path, str] = {}
    for lesson in lessons:
        name = cut(words_of(lesson.source or lesson.lesson) or ["lesson"], 60, "-")
        numbered = (folder / FOLDER / f"{name}{f'-{n}' if n > 1 else ''}{_ENDING}" for n in count(1))
        texts[next(each for each in numbered if each not in texts and each not in there)] = to_yaml(lesson)
    return texts
