"""Finds what a text wants to have undone: "undo the mute", "no longer want it", "I muted it by mistake".

Also "the opposite of importing", and what is told before "how do I undo that". "Reverse a list" undoes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.search.opposites.negation_cues import BACKWARDS, MISTAKE, OF, OPPOSITE, QUITS, TELL, UNDO, WISHES
from bot.search.opposites.negation_scope import scope
from bot.search.opposites.opposite_words import is_done
from bot.search.words.phrases import word_at
from bot.search.words.small_words import BEFORE_THINGS, IT, SMALL_WORDS

_NOTHING = range(0)
_THEM = IT | {"them"}
_PEOPLE = frozenset("i we you they he she it have has had".split())


def reversed_at(tokens: Sequence[str], n: int) -> Iterator[range]:
    """The places of what the word at this place says is to be undone, or no more the case."""
    if tokens[n] in MISTAKE and word_at(tokens, n - 1) == "by":
        # "I muted it by mistake", but not "I got muted by mistake".
        done = (m for m in range(1, n) if is_done(tokens[m]) and tokens[m - 1] in _PEOPLE)
        yield from (range(m, m + 1) for m in done)
    elif found := _reversed_by(tokens, n):
        yield found


def _reversed_by(tokens: Sequence[str], n: int) -> range:
    """What is to be undone by the word at this place; empty if nothing is."""
    word, after = tokens[n], word_at(tokens, n + 1)
    next_word = range(n + 1, min(n + 2, len(tokens)))
    if word == "stop":
        # Only the verb: "stop peeing inside" is no question for the outside.
        return scope(tokens, n + 1) if after in TELL else next_word if after.endswith("ing") else _NOTHING
    if word == "accidentally":
        return next_word
    if word in QUITS:
        return range(n + 2, min(n + 3, len(tokens))) if after == "de" else _NOTHING
    if word == "longer":
        return scope(tokens, n + 1) if after in WISHES else _NOTHING
    if word in OPPOSITE and after in OF:
        return scope(tokens, n + 2)
    if _undoes_what_was_told(tokens, n):
        return range(n)
    return scope(tokens, n + 1) if word in UNDO and after not in _THEM else _NOTHING


def _undoes_what_was_told(tokens: Sequence[str], n: int) -> bool:
    """Whether what was said before is to be undone: "how do I undo it", "how do I do the reverse"."""
    word, after = tokens[n], word_at(tokens, n + 1)
    if not SMALL_WORDS.issuperset(tokens[n + 1 :]):
        return False
    if word in OPPOSITE and word_at(tokens, n - 1) in BEFORE_THINGS | {"lo"}:
        return True
    return (word in UNDO and after in _THEM | {""}) or (word in BACKWARDS and after in _THEM)
