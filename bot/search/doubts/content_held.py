"""Counts how much of a question's content words an entry holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.search.entry_words import EntryWords
from bot.search.features import hash_of
from bot.search.query import Query

# Behind a German verb: "läuft nicht" and "hört nicht auf" have no word in common that says anything.
_NOT = hash_of("nicht")


class ContentHeld(NamedTuple):
    """How much of a question's content words an entry holds."""

    share: float  # by weight
    words: int  # their number
    shares_subject_only: bool  # the question has a rare word, but the entry is not asked for with one


def content_held(words: EntryWords, entry: int, question: Query) -> ContentHeld:
    postings, few = words.postings, words.few
    whole = share = 0.0
    count = 0
    is_rare = has_common = has_rare = is_asked = is_held = False
    for stem, feature in question.content.items():
        begin, times = (0, 0) if feature is None else postings.span(feature)
        rarity = words.rarity[times]
        whole += rarity
        if times <= few:
            has_rare = True
            is_asked = is_asked or (times > 0 and words.asked.holds(entry, stem))
        else:
            has_common = True
        was_held, is_held = is_held, times > 0 and postings.holds(entry, begin, times)
        if is_held:
            share += rarity
            if stem != _NOT or was_held:  # "läuft nicht" has "nicht" in common only with what "läuft", too
                count += 1
            # A number in an entry is usually only an example.
            is_rare = is_rare or (times <= few and stem not in question.numbers)
    # Without phrasings, only the answer shows what else an entry can be asked.
    by_answer = is_rare and bool(words.has_no_phrasings[entry])
    by_subject = has_common and has_rare and not is_asked and not by_answer
    return ContentHeld(share / max(whole, 1e-9), count, by_subject)


def unexplained(
    words: EntryWords, entries: Iterable[int], question: Query, rarity: Sequence[float]
) -> list[float]:
    """How much of a question's content words each of these entries does not hold, from 0 to 1.

    A word weighs as much as it is rare in English: `rarity` says that for each of them.
    """
    holds, span = words.postings.holds, words.postings.span
    asked = [
        (weight, None if feature is None else span(feature))
        for weight, feature in zip(rarity, question.content.values(), strict=True)
    ]
    whole = sum(rarity) or 1.0
    return [
        sum([weight for weight, where in asked if where is None or not holds(n, *where)]) / whole for n in entries
    ]
