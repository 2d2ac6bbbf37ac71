"""Recognizes rankings whose best entry is not clearly ahead of the second, so that the two have to be offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.search.entry_words import EntryWords
from bot.search.match import Understanding
from bot.search.query import Query

# The best entry is the answer only if its score is at least so many times that of the second; `AHEAD_OF_ALIKE` if
# the two are alike. Measured on the six sets: tests/benchmarks/README.md.
AHEAD: Mapping[Understanding, float] = {"words": 1.15, "table": 1.15, "model": 1.1, "multilingual": 1.1}
AHEAD_OF_ALIKE = 1.25
# Two entries are alike if this share of the content words of one's own question is also in the other's.
SHARED = 0.6


def is_second_close(
    words: EntryWords,
    entries: Sequence[int],
    scores: Sequence[float],
    question: Query,
    understanding: Understanding,
) -> bool:
    """Whether the second of these entries, the best first, has so near a score that it may be meant, too.

    `understanding` is how they were scored.
    """
    if len(entries) < 2 or scores[0] >= AHEAD_OF_ALIKE * scores[1]:
        return False
    return scores[0] < AHEAD[understanding] * scores[1] or _are_alike(words, entries[0], entries[1], question)


def _are_alike(words: EntryWords, first: int, second: int, question: Query) -> bool:
    """Whether two entries share most of the words of their own questions: "turn it on" and "turn it off".

    They are not alike for a question that names only what the first has and the second lacks: "python: command not
    found" is not about pip.
    """
    one, other = (frozenset(words.texts.title(n)) for n in (first, second))
    if len(one & other) < SHARED * max(1, min(len(one), len(other))):
        return False
    named = (one ^ other) & question.content.keys()
    return not named or not one.issuperset(named)
