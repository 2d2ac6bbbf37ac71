"""Reads complaints: "my router restarts every night, how do I stop that" asks for nothing to restart.

"That" is the trouble, unless it is what the member did: in "I started the timer, how do I stop that", the timer.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.search.opposites.negation_cues import NOT, WISHES
from bot.search.opposites.opposite_words import is_done
from bot.search.words.phrases import are_at
from bot.search.words.small_words import HOW, IT, SMALL_WORDS

_FEWEST_TOLD = 3  # words of a complaint in front of "how do I stop that"
_FEWEST_BEFORE = 2  # words in front of "how do I stop it" of which one can be what is to stop: "it restarts"
_END = frozenset("stop prevent avoid disable deactivate off".split())
# "Turn it off", "make it stop", "stop that from happening".
_BESIDE = SMALL_WORDS | _END | frozenset("turn switch make keep happening".split())
_NEAR = 3  # words from "not" or "want" to what is not done or is wished


def complains(tokens: Sequence[str]) -> bool:
    """Whether a text only wants a trouble to end: "the clock is always wrong, how do I stop that"."""
    end = len(tokens) - 2
    if not any(are_at(tokens, end, "stop", thing) for thing in ("that", "this")):
        return False
    how = next((n for n, word in enumerate(tokens) if word in HOW), 0)
    return how >= _FEWEST_TOLD and not any(is_done(word) for word in tokens[:how])


def troubles_in(tokens: Sequence[str]) -> list[int]:
    """The places of the words in front of "how do I stop it" or "… disable that" that may be what is to stop.

    What has been done, does not happen or is wished is not.
    """
    if _END.isdisjoint(tokens):
        return []
    how = next((n for n in range(len(tokens) - 1, -1, -1) if tokens[n] in HOW), 0)
    asked = tokens[how + 1 :]
    if how < _FEWEST_BEFORE or not _BESIDE.issuperset(asked) or _END.isdisjoint(asked) or IT.isdisjoint(asked):
        return []
    return [
        n
        for n, word in enumerate(tokens[:how])
        if not is_done(word) and (NOT | WISHES).isdisjoint(tokens[max(0, n - _NEAR) : n])
    ]
