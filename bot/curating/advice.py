"""All advice on the lessons: on their files, on aliases to add, and on phrasings that find a different entry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.curating.hard_to_find import hard_to_find
from bot.dialogue.snapshot import Snapshot
from bot.errors import Problem
from bot.language.words import _
from bot.lessons.advice import lesson_advice, without_phrasings
from bot.lessons.aliases import alias_proposals
from bot.lessons.lesson import Entry
from bot.progress import in_steps
from bot.search.question_reader import MAX_ASKED
from bot.search.words.wording import says_nothing, words


def advice(snapshot: Snapshot, today: date) -> list[Problem]:
    """All advice on these lessons, in order of file and line; last the entries without phrasings.

    They are many: between them, nobody would see that a text was cut off.
    """
    documents = snapshot.lessons.documents
    found = [
        *lesson_advice(documents, today),
        *alias_proposals(documents, _is_content_word),
        *_astray(snapshot),
        *hard_to_find(snapshot),
    ]
    return [*sorted(found), *without_phrasings(documents)]


def _astray(snapshot: Snapshot) -> Iterator[Problem]:
    """Questions that do not find their entry, and phrasings that find another than their own."""
    for document, i, entry in in_steps(snapshot.lessons.numbered_entries, "Asking each question"):
        if what := _lost(snapshot, entry):
            yield document.places.problem(("entries", i, "question"), what)
        for j, phrasing in enumerate(entry.phrasings):
            judged = snapshot.judge(phrasing, "balanced")
            found = judged[1].sure if judged else None
            if found and found.id != entry.id:
                title = snapshot.passages[found.id].question
                what = _(
                    "members who ask this get “{title}” instead of this entry; reword or remove the phrasing",
                    title=title,
                )
                yield document.places.problem(("entries", i, "phrasings", j), what)


def _lost(snapshot: Snapshot, entry: Entry) -> str:
    """Why members who ask an entry's own question do not get it; empty if they do."""
    judged = snapshot.judge(entry.question, "balanced")
    if judged is None or not judged[0]:
        return _("members cannot find this entry by its question, which has no word to look for")
    found = judged[1].sure
    if found and found.id != entry.id:
        title = snapshot.passages[found.id].question
        return _("this question finds “{title}” instead of its own entry", title=title)
    asked = words(entry.question, MAX_ASKED)
    others = (snapshot.passages[match.id].question for match in judged[0] if match.id != entry.id)
    # Only a question that is the same by an alias: equal questions are reported by the check of the files.
    other = next((title for title in others if words(title, MAX_ASKED) != asked), None)
    if found is None and other:
        return _("members who ask this question also find “{title}”", title=other)
    return ""


def _is_content_word(word: str) -> bool:
    return words(word, 2) == [word] and not says_nothing(word)
