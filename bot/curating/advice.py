"""What moderators and authors should look at, though the bot can use it as it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.errors import Problem
from bot.language.words import _
from bot.lessons.aliases import alias_proposals
from bot.lessons.lint import advice
from bot.search.wording import says_nothing, words
from bot.tutor import Snapshot


def lint(snapshot: Snapshot, today: date) -> list[Problem]:
    """Everything worth a look in these lessons, by file and line."""
    documents = snapshot.lessons.documents
    return sorted([*advice(documents, today), *alias_proposals(documents, _is_telling), *_astray(snapshot)])


def _astray(snapshot: Snapshot) -> Iterator[Problem]:
    """Phrasings that find another entry than their own."""
    for document in snapshot.lessons.documents:
        for i, entry in enumerate(document.lesson.entries):
            for j, phrasing in enumerate(entry.phrasings):
                judged = snapshot.judge(phrasing, "balanced")
                found = judged[1].sure if judged else None
                if found and found.id != entry.id:
                    title = snapshot.parts[found.id].question
                    what = _("this phrasing finds “{title}” instead of its own entry", title=title)
                    yield document.places.problem(("entries", i, "phrasings", j), what)


def _is_telling(word: str) -> bool:
    return words(word, 2) == [word] and not says_nothing(word)
