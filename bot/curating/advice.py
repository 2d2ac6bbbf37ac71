"""All advice on the lessons: on their files, on aliases to add, and on phrasings that find another entry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.curating.hard_to_find import hard_to_find
from bot.errors import Problem
from bot.language.words import _
from bot.lessons.advice import lesson_advice
from bot.lessons.aliases import alias_proposals
from bot.search.wording import says_nothing, words
from bot.tutor import Snapshot


def advice(snapshot: Snapshot, today: date) -> list[Problem]:
    """All advice on these lessons, in order of file and line."""
    documents = snapshot.lessons.documents
    return sorted(
        [
            *lesson_advice(documents, today),
            *alias_proposals(documents, _is_content_word),
            *_astray(snapshot),
            *hard_to_find(snapshot),
        ]
    )


def _astray(snapshot: Snapshot) -> Iterator[Problem]:
    """Phrasings that find another entry than their own."""
    for document in snapshot.lessons.documents:
        for i, entry in enumerate(document.lesson.entries):
            for j, phrasing in enumerate(entry.phrasings):
                judged = snapshot.judge(phrasing, "balanced")
                found = judged[1].sure if judged else None
                if found and found.id != entry.id:
                    title = snapshot.passages[found.id].question
                    what = _("this phrasing finds “{title}” instead of its own entry", title=title)
                    yield document.places.problem(("entries", i, "phrasings", j), what)


def _is_content_word(word: str) -> bool:
    return words(word, 2) == [word] and not says_nothing(word)
