"""What a backup holds. Never the bot's token or what is made from it: see `bot.asking.vote_key`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.lessons.library import QUESTIONS
from bot.lessons.unpacking import is_file_name, is_lesson, is_picture

FORMAT = 1  # of the zip file; a higher one is of a newer version
ABOUT, DATABASE, LESSONS = "backup.json", "lessonbot.sqlite3", "lessons/"


@dataclass(frozen=True)
class Backup:
    """A backup that was read and is sound.

    `lessons` are the files of the lessons folder by their paths; `made_at` is a time as ISO 8601.
    """

    database: Path
    lessons: dict[str, bytes]
    made_at: str


def files_in(folder: Path) -> Iterator[str]:
    """The paths of all lessons and pictures in the lessons folder, and of questions.yaml."""
    for above, inside, files in os.walk(folder):
        inside[:] = sorted(each for each in inside if is_file_name(each))
        for name in sorted(files):
            path = Path(above, name).relative_to(folder).as_posix()
            if belongs(path):
                yield path


def belongs(path: str) -> bool:
    """Whether a backup may hold a file of this path in the lessons folder."""
    *folders, name = path.split("/")
    is_ours = is_picture(name) or (not folders and (is_lesson(name) or name == QUESTIONS))
    return is_ours and all(map(is_file_name, (*folders, name)))
