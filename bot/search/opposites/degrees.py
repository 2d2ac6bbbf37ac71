"""Reads what is to become more or less as one word: "too dark" and "less dark" as "brighter".

An adjective with "too", "less", "more" or "not … enough" becomes the verb or comparative that a pair of opposite
words has. An adjective that the library has stays, and so does "not too dark".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from bot.search.opposites import kinds
from bot.search.opposites.negation_cues import NOT
from bot.search.opposites.opposite_words import OppositeWords
from bot.search.opposites.polarities import NO, YES, Polarity
from bot.search.words.phrases import word_at
from bot.search.words.small_words import SMALL_WORDS

# Adjectives / their opposites = the words for more of each, which are pairs of `opposite_words`.
_TABLE = """
    bright light hell / dark dunkel = brighter / darker
    loud laut / quiet leise = louder / quieter
    fast quick schnell / slow langsam = faster / slower
    big large gross / small tiny klein = bigger / smaller
    high hoch / low niedrig = higher / lower
    long lang / short kurz = lengthen / shorten
    tight / loose = tighter / looser
    thick / thin = thicker / thinner
    wide / narrow = wider / narrower
    hot warm / cold = hotter / colder
    hard / soft = harder / softer
    strong / weak = stronger / weaker
    wet / dry = wetter / drier
"""


def _adjectives() -> Iterator[tuple[str, tuple[str, str]]]:
    """Each adjective with the word for more of it and that for less."""
    for line in _TABLE.strip().splitlines():
        adjectives, words = line.split(" = ")
        more, less = words.split(" / ")
        one, other = adjectives.split(" / ")
        yield from ((each, (more, less)) for each in one.split())
        yield from ((each, (less, more)) for each in other.split())


ADJECTIVES = dict(_adjectives())
_LESS = frozenset("less too zu".split())
_MORE = frozenset("more make making made".split())
_SIGNS = _LESS | _MORE | {"enough", "all"}
_AMOUNTS = {
    "more": YES,
    "extra": YES,
    "additional": YES,
    "too few": YES,
    "too little": YES,
    "less": NO,
    "fewer": NO,
    "too many": NO,
    "too much": NO,
}
MORE_OF = {each for each, sign in _AMOUNTS.items() if sign == YES}
# "Why do I get too many requests" is about too many, and asks for no fewer.
EXPLAINS = frozenset({"why", "what"})
_ENDS_AMOUNT = {each.split()[-1] for each in _AMOUNTS}
_NEAR = 3  # words from "make" to "longer", which asks for more of "long" only then
_COMPARATIVES = {"longer": "long", "shorter": "short"}


def degrees_in_one_word(tokens: Sequence[str], words: Mapping[str, tuple[str, str]] = ADJECTIVES) -> Sequence[str]:
    """These words, with one in the place of "too" or "less" and an adjective.

    `words` has two for each adjective: that for more of it, and that for less. "Not too dark" says nothing.
    """
    if _SIGNS.isdisjoint(tokens):
        return tokens
    out: list[str] = []
    for n, word in enumerate(tokens):
        before, after = word_at(tokens, n - 1), word_at(tokens, n + 1)
        if word == "enough" and out and out[-1] != before:
            continue
        more, less = words.get(_COMPARATIVES.get(word, word), ("", ""))
        if not more:
            out.append(word)
        elif before in _LESS and NOT.isdisjoint(tokens[max(0, n - 2) : n - 1]):
            out[-1] = less
        elif (before == "more" and (not after or after in SMALL_WORDS)) or (
            before in NOT and (after == "enough" or tokens[n + 1 : n + 3] == ["at", "all"])
        ):
            out[-1] = more  # "not bright enough" asks for more, too
        elif word in _COMPARATIVES and not _MORE.isdisjoint(tokens[max(0, n - _NEAR) : n]):
            out.append(more)
        else:
            out.append(word)
    return out


def amounts_in(tokens: Sequence[str], stem: Callable[[str], str]) -> Iterator[Polarity]:
    """The things of which a text wants more or less: "less magnification", "too many messages"."""
    if _ENDS_AMOUNT.isdisjoint(tokens) or not EXPLAINS.isdisjoint(tokens[:1]):
        return
    for n, thing in enumerate(tokens[1:], start=1):
        two, one = " ".join(tokens[max(0, n - 2) : n]), tokens[n - 1]
        sign, begin = (_AMOUNTS[two], n - 2) if two in _AMOUNTS else (_AMOUNTS.get(one), n - 1)
        if sign and thing not in SMALL_WORDS and NOT.isdisjoint(tokens[max(0, begin - 1) : begin]):
            yield f"{kinds.AMOUNT}{stem(thing)}", sign


class Degrees:
    """Reads what is to become more or less as a word of a library. Built once and never changed."""

    def __init__(self, known: Collection[str], opposites: OppositeWords) -> None:
        """`known` are the words of the library. An adjective among them is left as it is."""
        self._words = {
            adjective: (_known_as(more, known, opposites), _known_as(less, known, opposites))
            for adjective, (more, less) in ADJECTIVES.items()
            if adjective not in known
        }

    def in_one_word(self, tokens: list[str]) -> list[str]:
        """These words, with one of the library in the place of "too" or "less" and an adjective."""
        return [*degrees_in_one_word(tokens, self._words)] if self._words else tokens


def _known_as(word: str, known: Collection[str], opposites: OppositeWords) -> str:
    return next((each for each in opposites.same_as(word) if each in known), word)
