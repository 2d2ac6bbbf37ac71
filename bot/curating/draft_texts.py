"""The texts of lessons that drafts are compared with, and digests of whole files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from bot.curating.lesson_texts import lesson_texts
from bot.lessons.library import Lessons


def lesson_texts_in(lessons: Lessons, file: str) -> dict[str, str]:
    """The title, course and aliases of the lesson in this file; empty if there is none."""
    document = lessons.by_file.get(file)
    return lesson_texts(document.lesson) if document else {}


def files_digest(lessons: Lessons, *files: str) -> str:
    """A digest of the texts of these files."""
    return texts_digest(text_in(lessons, file) for file in files)


def text_in(lessons: Lessons, file: str) -> str | None:
    """The text of this file; None if it is not there."""
    document = lessons.by_file.get(file)
    return document.text if document else None


def texts_digest(texts: Iterable[str | None]) -> str:
    """A digest of the texts of some files; None is a file that is not there."""
    whole = "\0".join(each or "" for each in texts)  # no lesson is empty, and none holds a NUL
    return hashlib.sha256(whole.encode(errors="surrogatepass")).hexdigest()
