"""What a backup holds. Never the bot's token or what is made from it: see `bot.asking.vote_key`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.lessons.file_names import is_lesson, is_picture
from bot.lessons.intake.kept_texts import is_kept
from bot.lessons.intake.last_import import FOLDER as IMPORTED
from bot.lessons.library import QUESTIONS

FORMAT = 2  # of the zip file; a higher one is of a newer version
ABOUT, DATABASE, LESSONS = "backup.json", "lessonbot.sqlite3", "lessons/"


@dataclass(frozen=True)
class Backup:
    """A backup that was read and is sound.

    `lessons` are the files of the lessons folder by their paths; `made_at` is in UTC.
    """

    database: Path
    lessons: dict[str, bytes]
    made_at: datetime


def files_in(folder: Path, refuse: Callable[[OSError], None]) -> Iterator[str]:
    """The paths of all lessons and pictures in the lessons folder, of questions.yaml, and of `.imported/`.

    `refuse` gets the error of each folder that cannot be read.
    """
    for above, inside, files in os.walk(folder, onerror=refuse):
        inside[:] = sorted(each for each in inside if each == IMPORTED or not each.startswith("."))
        for name in sorted(files):
            path = Path(above, name).relative_to(folder).as_posix()
            if belongs(path):
                yield path


def belongs(path: str) -> bool:
    """Whether a backup may hold a file of this path: not if it leads out of the folder, or another is hidden."""
    parts = path.split("/")
    is_inside = all(part and not part.startswith(".") and not re.search(r"[\\\0]", part) for part in parts)
    return is_kept(path) or (is_inside and (is_picture(parts[-1]) or path == QUESTIONS or is_lesson(path)))
