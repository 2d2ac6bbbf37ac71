"""Finds which words of a question say what is not wanted: after "do not", "without", "instead of", "undo" …

Each cue of negation (`negation_cues.py`) has its scope: "delete it" in "leave it, do not delete it". If the
same is wanted of something else, it is marked as that: "leave the channel, not the server".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from bot.search.opposites.negation_cues import (
    AVOID,
    FROM,
    INSTEAD,
    KEEP,
    MAY_NEGATE,
    NO,
    NOT,
    REMOVE,
    REVERSING,
    THAN,
    WITHOUT,
)
from bot.search.opposites.negation_scope import scope
from bot.search.opposites.prohibitions import forbidden, wants_none
from bot.search.opposites.reversals import reversed_at
from bot.search.words.phrases import are_at, word_at
from bot.search.words.small_words import BEFORE_THINGS, SMALL_WORDS, THE

_BEFORE_ANOTHER = frozenset("not nicht than als".split())
_DEFINITE = THE | {"my"}
_ONLY = frozenset("only just nur bloss solo solamente".split())
_BEFORE_A_THING = BEFORE_THINGS | frozenset("from of in for aus von de del en".split())
_STAYS = frozenset("be have get stay keep".split())  # "not have the sheet locked"
_NO_AFTER_QUESTION = re.compile(r"\?\s*no\b", re.IGNORECASE)
_BEGINS = (MAY_NEGATE - REMOVE) | {each[0] for each in INSTEAD}


class Negated(NamedTuple):
    """The places of words that say what is not wanted, and of the word that says so.

    If it `is_undone`, words that tell what has been done count, too: "I muted it, how do I reverse that". If it
    `is_elsewhere`, the same is wanted of something else: "I do not want to leave the server, only the channel".
    """

    places: range
    by: int
    is_undone: bool = False
    is_elsewhere: bool = False


def negated(
    tokens: Sequence[str], verbs: Collection[int], as_written: str = "", actions: Collection[int] = ()
) -> Iterator[Negated]:
    """What is negated in a text.

    `verbs` are the places of words that have an opposite, and `actions` those of what lessons say how to do.
    """
    if MAY_NEGATE.isdisjoint(tokens):
        return
    for n, word in enumerate(tokens):
        if word in _BEGINS:
            yield from _negated_by(tokens, n, verbs, as_written, {*verbs, *actions})
            if word in _BEFORE_ANOTHER and _is_another(tokens, n) and any(m < n for m in verbs):
                yield Negated(scope(tokens, n + 1), n, is_elsewhere=True)


def _negated_by(
    tokens: Sequence[str], n: int, verbs: Collection[int], as_written: str, actions: Collection[int]
) -> Iterator[Negated]:
    """What the word at this place negates."""
    word = tokens[n]
    if word in WITHOUT or word in AVOID or _is_kept_from(tokens, n) or wants_none(tokens, n):
        yield Negated(scope(tokens, n + 1), n)
    elif word in REVERSING and (undone := list(reversed_at(tokens, n))):
        yield from (Negated(places, n, is_undone=True) for places in undone)
    elif word in NO or (word == "no" and _takes_back(tokens, n, as_written)):
        # "Delete it? No, just leave it."
        if any(each < n for each in verbs) and any(each > n for each in verbs):
            yield Negated(range(n), n)
    elif word in NOT:
        if places := forbidden(tokens, n, verbs, actions):
            is_state = tokens[places.start] in _STAYS
            yield Negated(places, n, is_state, _goes_on_elsewhere(tokens, places.stop))
    elif size := _instead(tokens, n):
        yield Negated(scope(tokens, n + size), n)


def _goes_on_elsewhere(tokens: Sequence[str], n: int) -> bool:
    """Whether the same is wanted of something else: "…, only the channel", unlike "…, only mute it"."""
    return word_at(tokens, n) in _ONLY and word_at(tokens, n + 1) in _BEFORE_A_THING


def _is_another(tokens: Sequence[str], n: int) -> bool:
    """Whether a thing follows the word at this place: "leave the channel, not the server", "than the server"."""
    before = word_at(tokens, n - 1)
    is_comparison = tokens[n] == "than" and before.endswith("er")
    return not is_comparison and word_at(tokens, n + 1) in _DEFINITE and before not in SMALL_WORDS


def _takes_back(tokens: Sequence[str], n: int, as_written: str) -> bool:
    """Whether the "no" at this place takes back what was said: "pin it? no, unpin it"."""
    is_second_thought = are_at(tokens, n + 1, "i", "mean") or word_at(tokens, n - 1) == "wait"
    return is_second_thought or _NO_AFTER_QUESTION.search(as_written) is not None


def _instead(tokens: Sequence[str], n: int) -> int:
    """How many words of "instead of" or the like begin at this place; 0 if it is something else."""
    if rather := THAN.get(tokens[n]):
        return 1 if not rather.isdisjoint(tokens[:n]) and tokens[n - 1] not in rather else 0
    return next((len(each) for each in INSTEAD if are_at(tokens, n, *each)), 0)


def _is_kept_from(tokens: Sequence[str], n: int) -> bool:
    """Whether the "from" at this place says what something is kept from: "keep pip from upgrading it"."""
    return tokens[n] in FROM and word_at(tokens, n + 1).endswith("ing") and not KEEP.isdisjoint(tokens[:n])
