"""Recognizes a question for what a thing is: "what is Apple Pay"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.search.words.small_words import SMALL_WORDS, without_article

_OPENINGS = {
    ("what", "is"),
    ("what", "are"),
    ("was", "ist"),
    ("was", "sind"),
    ("que", "es"),
    ("que", "son"),
}
LONGEST = 3  # words of the thing


def asks_what_a_thing_is(tokens: Sequence[str]) -> bool:
    """Whether a question asks what a thing is, and nothing about it: "what is the R in MRO" asks more."""
    if (*tokens[:2],) not in _OPENINGS:
        return False
    thing = without_article(tokens[2:])
    return 0 < len(thing) <= LONGEST and SMALL_WORDS.isdisjoint(thing)
