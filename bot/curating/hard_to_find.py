"""Advice on entries that members would not find, because other words find other entries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bot.dialogue.snapshot import Snapshot
from bot.errors import Problem
from bot.language.words import _
from bot.lessons.lesson import Entry
from bot.progress import in_steps
from bot.search.words.wording import says_nothing

_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
# Emphasis in an answer shows what it is about: `code`, **bold**.
_STRESSED = re.compile(r"(?<!`)`([^`\n]{2,40})`(?!`)|\*\*([^*\n]{2,40})\*\*")
_MOST_WORDS = 4
_PROPOSED = 3
_SUGGESTED = 3


def hard_to_find(snapshot: Snapshot) -> Iterator[Problem]:
    """Entries without phrasings that lose to other entries if a member leaves out words of their question."""
    stressed = Counter(
        term for entry in snapshot.lessons.entries.values() for term in set(map(str.casefold, _terms(entry)))
    )
    for document, i, entry in in_steps(snapshot.lessons.numbered_entries, "Asking in other words"):
        if not entry.phrasings and (lost := _lost_to(snapshot, entry)):
            words, other = lost
            what = _("“{words}” finds “{title}” instead of this entry; add phrasings", words=words, title=other)
            terms = [each for each in _terms(entry) if stressed[each.casefold()] == 1][:_PROPOSED]
            names = ", ".join(f"'{each}'" for each in terms)
            fix = f"add 'phrasings:', with words of its answer, such as {names}" if terms else ""
            yield document.places.problem(("entries", i, "question"), what, fix)


def _lost_to(snapshot: Snapshot, entry: Entry) -> tuple[str, str] | None:
    """The words that a member could type for this entry, and the question of the entry that they find instead.

    All content words of the question have to find it first. With one of them left out, it has to be suggested in
    at least half of the cases.
    """
    content = [each for each in _WORD.findall(entry.question) if not says_nothing(each)]
    if len(content) < 2:
        return None
    fewer = [[*content[:n], *content[n + 1 :]] for n in range(len(content))]
    lost = [each for each in fewer if entry.id not in _found(snapshot, each)[:_SUGGESTED]]
    asked = (
        content if _found(snapshot, content)[:1] != [entry.id] else lost[0] if len(lost) * 2 > len(fewer) else None
    )
    other = next((each for each in _found(snapshot, asked) if each != entry.id), None) if asked else None
    return (" ".join(asked), snapshot.passages[other].question) if asked and other else None


def _found(snapshot: Snapshot, words: list[str]) -> list[str]:
    judged = snapshot.judge(" ".join(words), "balanced")
    return [each.id for each in judged[0]] if judged else []


def _terms(entry: Entry) -> Iterator[str]:
    """Emphasized words of the answer that are in no question of the entry."""
    asked = " ".join((entry.question, *entry.phrasings)).casefold()
    seen: set[str] = set()
    for found in _STRESSED.finditer(entry.answer):
        term = (found[1] or found[2]).strip(" .:,;!?")
        is_new = term.casefold() not in asked and term.casefold() not in seen
        if is_new and 0 < len(term.split()) <= _MOST_WORDS and not says_nothing(term):
            seen.add(term.casefold())
            yield term
