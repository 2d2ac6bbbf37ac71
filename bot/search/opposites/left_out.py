"""Finds the things that a text leaves out: "without pip", "the map and not the compass".

"No grid" can be a wish or a problem, and so it only counts if an entry leaves the grid out (`UNWANTED`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from bot.search.opposites import kinds
from bot.search.opposites.negation_cues import PLAIN_NOT, WITHOUT
from bot.search.opposites.opposite_words import first_thing
from bot.search.words.phrases import word_at
from bot.search.words.small_words import BEFORE_THINGS

_EXCEPT = frozenset("and but".split())
_GERUNDS = frozenset("using having needing buying installing".split())  # "without using pip" is "without pip"


def left_out_in(
    tokens: Sequence[str],
    at: Collection[int],
    negating: Collection[int],
    stem: Callable[[str], str],
) -> Iterator[str]:
    """The names of the polarities of what is left out by the words at these places.

    `negating` are those that negate a verb or the like.
    """
    for n in at:
        word, thing = tokens[n], _thing_after(tokens, n)
        # An entry about lists can answer "instead of a list", but not "without a list".
        if (word in WITHOUT or _is_except(tokens, n)) and thing:
            yield f"{kinds.LEFT_OUT}{stem(thing)}"
        elif word == "no" and n not in negating and thing:
            yield f"{kinds.UNWANTED}{stem(thing)}"


def _thing_after(tokens: Sequence[str], n: int) -> str:
    """The thing behind this place; '' if there is none: "print without warping" asks how to prevent that."""
    begin = n + (2 if word_at(tokens, n + 1) in _GERUNDS else 1)
    thing = first_thing(tokens, begin)
    # "The heading" is a thing.
    return "" if thing.endswith("ing") and word_at(tokens, begin) not in BEFORE_THINGS else thing


def _is_except(tokens: Sequence[str], n: int) -> bool:
    """Whether the "not" at this place leaves a thing out: "with the map and not the compass"."""
    is_not = tokens[n] in PLAIN_NOT and word_at(tokens, n - 1) in _EXCEPT
    return is_not and word_at(tokens, n + 1) in BEFORE_THINGS
