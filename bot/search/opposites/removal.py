"""Finds what is to be removed: "the role" of "remove the role", and "the role that I claimed".

The object of "remove", "drop" or "restore" is a thing, also where its word is a verb elsewhere: "remove the lock".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from bot.search.opposites.negation_cues import FROM, REMOVE
from bot.search.opposites.negation_scope import ENDS_SCOPE
from bot.search.words.phrases import word_at
from bot.search.words.small_words import BEFORE_THINGS, SMALL_WORDS

_ENDS_OBJECT = ENDS_SCOPE | frozenset("from to of with without before after when that which".split())
_AT_MOST = 2  # content words of an object


def removed(tokens: Sequence[str], unwanted: Collection[int]) -> Iterator[int]:
    """The places of what is to be removed, and of what it is removed from.

    What is not to be removed has its verb at an `unwanted` place.
    """
    if not REMOVE.isdisjoint(tokens):
        for n, word in enumerate(tokens):
            if word in REMOVE and n not in unwanted:
                places = _object(tokens, n)
                yield from places
                yield from _place_left(tokens, places.stop)


def _object(tokens: Sequence[str], n: int) -> range:
    """The object of the verb at this place, with what somebody did to it."""
    end, left = n + 1, _AT_MOST
    while end < len(tokens) and left and tokens[end] not in _ENDS_OBJECT:
        left -= tokens[end] not in SMALL_WORDS
        end += 1
    who = next((m for m in range(end, min(end + 2, len(tokens))) if tokens[m] in {"i", "we"}), None)
    if who:
        end = min(who + 2 + (word_at(tokens, who + 1) in {"have", "did"}), len(tokens))
    return range(n + 1, end)


def _place_left(tokens: Sequence[str], n: int) -> Iterator[int]:
    """The place of what something is removed from, from this place on: "staging" in "from the staging"."""
    if word_at(tokens, n) in FROM:
        yield next((m for m in range(n + 1, min(n + 3, len(tokens))) if tokens[m] not in BEFORE_THINGS), n)
