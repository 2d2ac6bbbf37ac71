"""Reads phrasal verbs (particle verbs) as one word: "leave out" as "without", "take … off" as "remove".

The particle may stand behind the object: "take the old sign off". Some are only read with an object between
the two, or only without: "get it back in" attaches it, but "get back in" is to enter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.search.words.phrases import word_at
from bot.search.words.small_words import BEFORE_THINGS, QUESTION_WORDS, SMALL_WORDS

# The forms of verbs that `taking_back.py` knows with a particle, too.
GET, TAKE = frozenset({"get", "getting"}), frozenset({"take", "taking"})
GIVE, PUT = frozenset({"give", "giving"}), frozenset({"put", "putting"})
_LEAVE, _WANT = frozenset({"leave", "leaving", "left"}), frozenset({"want", "wants"})
_KEEP, _BACK = frozenset({"keep", "keeping"}), frozenset({"back", "backing"})
NO_OBJECTS = frozenset("percent percentage discount money time day days week weeks".split())  # of "off"
REACH = 5  # how far behind its verb the particle can be: "take the big old sign off"


def is_given_to_me(tokens: Sequence[str], verb: int, _particle: int = 0) -> bool:
    """Whether the speaker gets something, as in "give me my items back", unlike in "give the key back"."""
    return tokens[verb] in GIVE and word_at(tokens, verb + 1) in {"me", "us"}


def _anywhere(tokens: Sequence[str], verb: int, particle: int) -> bool:
    return True


def _is_adjacent(tokens: Sequence[str], verb: int, particle: int) -> bool:
    """As in "get on the list" and "get out of it", unlike "get a csv out of a table"."""
    return particle == verb + 1


def _is_separated(tokens: Sequence[str], verb: int, particle: int) -> bool:
    """As in "get it back in", unlike "get back in" and "get out"."""
    return particle > verb + 1 and word_at(tokens, particle + 1) != "of"


def _is_given_up(tokens: Sequence[str], verb: int, particle: int) -> bool:
    """As in "give up my seat", unlike "I give up, how do I …"."""
    after = word_at(tokens, particle + 1)
    return particle > verb + 1 or (
        after != "" and (after in BEFORE_THINGS or after not in SMALL_WORDS | QUESTION_WORDS)
    )


def _is_taken_off(tokens: Sequence[str], verb: int, particle: int) -> bool:
    """As in "get it off", unlike "get 20 percent off"."""
    return tokens[particle - 1] not in NO_OBJECTS


class _PhrasalVerb(NamedTuple):
    """The forms of a verb, its particles, what is read for the two, and where the particles have to be."""

    verb: frozenset[str]
    particles: list[str]
    instead: str
    kept: Sequence[str] = ()  # what is read in the place of the particles
    where: Callable[[Sequence[str], int, int], bool] = _anywhere


# Of two with the same verb, the longer comes first.
_PHRASAL_VERBS = (
    _PhrasalVerb(_LEAVE, ["out"], "without"),
    _PhrasalVerb(GET, ["rid", "of"], "remove"),
    # "Off the list" says more: there may be an entry on how to get on it.
    _PhrasalVerb(TAKE | GET, ["off"], "remove", ["off"], _is_taken_off),
    _PhrasalVerb(GET, ["back", "on"], "attach", where=_is_separated),
    _PhrasalVerb(GET, ["back", "in"], "attach", where=_is_separated),
    _PhrasalVerb(PUT, ["back"], "attach"),
    _PhrasalVerb(GET, ["back"], "restore"),
    _PhrasalVerb(_KEEP, ["out"], "exclude", where=_is_separated),
    _PhrasalVerb(_KEEP, ["away"], "repel"),
    _PhrasalVerb(GIVE, ["back"], "restore", where=is_given_to_me),
    _PhrasalVerb(GIVE, ["back"], "remove"),
    _PhrasalVerb(GIVE, ["up"], "remove", where=_is_given_up),
    _PhrasalVerb(GET, ["on", "the"], "join", where=_is_adjacent),
    _PhrasalVerb(GET | _WANT, ["out", "of"], "leave", where=_is_adjacent),
    _PhrasalVerb(TAKE, ["out", "of"], "remove", ["from"]),
    _PhrasalVerb(TAKE | GET, ["out"], "remove", where=_is_separated),
    _PhrasalVerb(TAKE, ["away"], "remove"),
    _PhrasalVerb(_BACK, ["out", "of"], "undo"),
)
_VERBS = frozenset().union(*(each.verb for each in _PHRASAL_VERBS))
_PARTICLES = frozenset(each.particles[0] for each in _PHRASAL_VERBS)


def phrasal_verbs_in_one_word(tokens: Sequence[str]) -> Sequence[str]:
    """These words, with one in the place of each phrasal verb."""
    if _PARTICLES.isdisjoint(tokens) or _VERBS.isdisjoint(tokens):
        return tokens
    out = list(tokens)
    for verb, particles, instead, kept, where in _PHRASAL_VERBS:
        size = len(particles)
        for n in [n for n, word in enumerate(out) if word in verb]:
            at = next((m for m in range(n + 1, n + REACH) if out[m : m + size] == particles), 0)
            if at and where(out, n, at):
                out[n] = instead
                out[at : at + size] = kept
                break
    return out
