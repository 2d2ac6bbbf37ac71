"""What stands in lesson files, and digests that tell whether they changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from bot.lessons.lesson import Lesson
from bot.lessons.library import Lessons


def lesson_in_file(lessons: Lessons, file: str) -> Lesson | None:
    """The lesson in this file; None if it is not there."""
    document = lessons.by_file.get(file)
    return document.lesson if document else None


def files_digest(lessons: Lessons, *files: str) -> str:
    """A digest of the texts of these files."""
    return texts_digest(text_in_file(lessons, file) for file in files)


def text_in_file(lessons: Lessons, file: str) -> str | None:
    """The text of this file; None if it is not there."""
    document = lessons.by_file.get(file)
    return document.text if document else None


def texts_digest(texts: Iterable[str | None]) -> str:
    """A digest of the texts of some files; None is a file that is not there."""
    whole = "\0".join(each or "" for each in texts)  # no lesson is empty, and none holds a NUL
    return hashlib.sha256(whole.encode(errors="surrogatepass")).hexdigest()
