"""Reads phrasal verbs as one word: "leave out" as "without", "take … off" as "remove"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.search.opposite_words import THE

# The forms of a verb, what follows it, and what is read in their place.
_PHRASES = (
    (frozenset({"leave", "leaving", "left"}), ["out"], "without"),
    (frozenset({"get", "getting"}), ["rid", "of"], "remove"),
    (frozenset({"take", "taking", "get", "getting"}), ["off"], "remove"),
    (frozenset({"get", "getting"}), ["back"], "restore"),
    (frozenset({"give", "giving"}), ["up"], "remove"),
)
_FOLLOW = frozenset(then[0] for _, then, _ in _PHRASES)
_NO_OBJECTS = frozenset("percent percentage day days time discount".split())
_REACH = 5  # how far behind its verb the rest can be: "take the big old sign off"


def phrasal_verbs_in_one_word(tokens: Sequence[str]) -> Sequence[str]:
    """These words, with one in the place of each phrasal verb."""
    if _FOLLOW.isdisjoint(tokens):
        return tokens
    out = list(tokens)
    for forms, then, instead in _PHRASES:
        size = len(then)
        for n in [n for n, word in enumerate(out) if word in forms]:
            at = next((m for m in range(n + 1, n + _REACH) if out[m : m + size] == then), 0)
            if at and _has_object(out, n, at, then):
                out[n] = instead
                # "Off the list" says more: there may be an entry on how to get on it.
                out[at : at + size] = then if then == ["off"] else []
                break
    return out


def _has_object(tokens: Sequence[str], n: int, at: int, then: Sequence[str]) -> bool:
    """Whether something is given up or taken off, unlike in "I give up, how do I …" and "get 20 percent off"."""
    if then == ["up"]:
        return at > n + 1 or not THE.isdisjoint(tokens[at + 1 : at + 2])
    return then != ["off"] or (tokens[at - 1] not in _NO_OBJECTS and not tokens[at - 1].isdigit())
