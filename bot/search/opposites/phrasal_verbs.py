"""Reads phrasal verbs as one word: "leave out" as "without", "take … off" as "remove"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.search.opposites.opposite_words import THE
from bot.search.words.small_words import QUESTION_WORDS, SMALL_WORDS


class _Phrase(NamedTuple):
    """The forms of a verb with what follows it, and the words that are read in the place of the two."""

    forms: frozenset[str]
    then: list[str]
    instead: str
    kept: Sequence[str] = ()


_LEAVE, _GET = frozenset({"leave", "leaving", "left"}), frozenset({"get", "getting"})
_TAKE, _KEEP = frozenset({"take", "taking"}), frozenset({"keep", "keeping"})
_GIVE, _BACK = frozenset({"give", "giving"}), frozenset({"back", "backing"})
# Of two with the same verb, the longer comes first.
_PHRASES = (
    _Phrase(_LEAVE, ["out"], "without"),
    _Phrase(_GET, ["rid", "of"], "remove"),
    # "Off the list" says more: there may be an entry on how to get on it.
    _Phrase(_TAKE | _GET, ["off"], "remove", ["off"]),
    _Phrase(_GET, ["back", "on"], "attach"),
    _Phrase(_GET, ["back", "in"], "attach"),
    _Phrase(frozenset({"put", "putting"}), ["back"], "attach"),
    _Phrase(_GET, ["back"], "restore"),
    _Phrase(_KEEP, ["out"], "exclude"),
    _Phrase(_KEEP, ["away"], "repel"),
    _Phrase(_GIVE, ["back"], "remove"),
    _Phrase(_GIVE, ["up"], "remove"),
    _Phrase(_GET, ["on", "the"], "join"),
    _Phrase(_GET, ["out", "of"], "leave"),
    _Phrase(_TAKE, ["out", "of"], "remove", ["from"]),
    _Phrase(_TAKE | _GET, ["out"], "remove"),
    _Phrase(_TAKE, ["away"], "remove"),
    _Phrase(_BACK, ["out", "of"], "undo"),
    _Phrase(frozenset({"want", "wants"}), ["out", "of"], "leave"),
)
_FORMS = frozenset().union(*(each.forms for each in _PHRASES))
_FOLLOW = frozenset(each.then[0] for each in _PHRASES)
_NO_OBJECTS = frozenset("percent percentage day days time discount".split())
_REACH = 5  # how far behind its verb the rest can be: "take the big old sign off"


def phrasal_verbs_in_one_word(tokens: Sequence[str]) -> Sequence[str]:
    """These words, with one in the place of each phrasal verb."""
    if _FOLLOW.isdisjoint(tokens) or _FORMS.isdisjoint(tokens):
        return tokens
    out = list(tokens)
    for forms, then, instead, kept in _PHRASES:
        size = len(then)
        for n in [n for n, word in enumerate(out) if word in forms]:
            at = next((m for m in range(n + 1, n + _REACH) if out[m : m + size] == then), 0)
            if at and _has_object(out, n, at, then):
                out[n] = instead
                out[at : at + size] = kept
                break
    return out


def _has_object(tokens: Sequence[str], n: int, at: int, then: Sequence[str]) -> bool:
    """Whether something is given up or taken off, unlike in "I give up, how do I …" and "get 20 percent off"."""
    is_adjacent = at == n + 1
    if then[0] == "back" and len(then) > 1:
        return not is_adjacent  # "get it back in", but "get back in" is to enter
    if then == ["on", "the"] or (then == ["out", "of"] and tokens[n] not in _TAKE | _BACK):
        return is_adjacent  # "get on the list" and "get out of it", but not "get a csv out of a table"
    if then == ["up"]:
        after = tokens[at + 1 : at + 2]
        return not is_adjacent or (
            after != [] and (after[0] in THE or after[0] not in SMALL_WORDS | QUESTION_WORDS)
        )
    if then == ["out"] and tokens[n] not in _LEAVE:
        return not is_adjacent and tokens[at + 1 : at + 2] != ["of"]  # "get out" is to leave
    return then != ["off"] or tokens[at - 1] not in _NO_OBJECTS
