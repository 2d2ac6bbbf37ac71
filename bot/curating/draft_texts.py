"""The texts that drafts are made from: of merged entries, of lessons, and digests of whole files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from bot.curating.errors import GoneError
from bot.curating.lesson_texts import lesson_texts
from bot.lessons.lesson import Entry
from bot.lessons.library import Lessons


def merged_texts(kept: Entry, gone: Entry | None) -> dict[str, str]:
    """The texts of an entry with those of another that is merged into it: its answer comes below."""
    if gone is None:
        raise GoneError("one of the entries is no longer in the lessons")
    asked = {each.casefold(): each for each in (*gone.phrasings[::-1], gone.question, *kept.phrasings[::-1])}
    asked.pop(kept.question.casefold(), None)
    phrasings = list(asked.values())[::-1]
    answers = dict.fromkeys((kept.answer, gone.answer))
    related = [each for each in dict.fromkeys((*kept.related, *gone.related)) if each not in (kept.id, gone.id)]
    # What one of them refused and the other is asked by finds the merged entry.
    own = {*asked, kept.question.casefold()}
    never = [each for each in dict.fromkeys((*kept.never, *gone.never)) if each.casefold() not in own]
    texts = {
        "phrasings": "\n".join(phrasings),
        "not": "\n".join(never),
        "answer": "\n\n".join(answers),
        "related": " ".join(related),
    }
    if gone.image and not kept.image:
        texts |= {"image": gone.image.file, "alt": gone.image.alt, "caption": gone.image.caption}
    return texts


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
