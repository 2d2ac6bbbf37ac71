"""Finds from what to what something goes: "convert csv to Excel" is the opposite of "convert Excel to csv".

The two things stand around "to", "from", "out of" or "instead of", or after "have" and "need". They only have a
direction after a verb such as "convert", or in a text of a few words: "send a file to a friend" has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bot.search.opposites import kinds
from bot.search.opposites.negation_cues import FROM, NEGATING, OPPOSITE, PLAIN_NOT, WANT
from bot.search.opposites.opposite_words import first_thing
from bot.search.opposites.polarities import NO, YES, add
from bot.search.words.phrases import word_at
from bot.search.words.small_words import BEFORE_THINGS, is_content

TO = frozenset("to into nach".split())
# In German and Spanish, these only stand between two things: "csv in Excel umwandeln", "convertir csv en Excel".
_TO_IN_ANY_LANGUAGE = TO | {"in", "zu", "a", "en"}
# Of "convert a csv to Excel", also one of the two things alone says that "convert Excel to PDF" is something else.
_CONVERTS = frozenset(
    """convert converts converting conversion turn turning transform translate parse cast migrate switch
    umwandeln wandeln wandle konvertieren convertir convierto""".split()
)
# "Convert a csv to Excel" has a direction; "send a file to a friend" has none that could be turned round.
_CHANGES = (_CONVERTS - {"switch"}) | FROM | OPPOSITE
_CHANGES |= frozenset("change changing make making create de machen pasar cambiar round around".split())
_HAS_DIRECTION = _CHANGES | {"have", "into"}
_MAKES = frozenset("to convert make making create get".split())
_SHORT = 5  # words of a text that can be nothing but "csv to Excel"
_JUST_BOTH = 3  # words of "csv to Excel"
_FAR = 4  # words from "from" to "to"
_BOTH = frozenset("versa viceversa".split())
_TURNED_ROUND = OPPOSITE | {"instead", "statt"}
_NEAR = 4  # words before "to", in which a direction can be turned round


def directions(tokens: Sequence[str], *, in_any_language: bool = False) -> Iterator[tuple[str, str]]:
    """Pairs of things of which the first is turned into the second.

    "Make a csv out of an Excel file" and "I have an Excel file and need a csv" have a direction, too.
    """
    instead = tokens.index("instead") if "instead" in tokens else 0
    if instead and word_at(tokens, instead + 1) == "of":
        yield from _pairs(tokens, instead, instead + 2, is_backwards=True)  # "Excel instead of csv"
    # "Csv to Excel, not Excel to csv" is short, too.
    is_short = len(tokens) <= (2 * _SHORT if not PLAIN_NOT.isdisjoint(tokens) else _SHORT)
    if not is_short and _HAS_DIRECTION.isdisjoint(tokens):
        return
    if not _BOTH.isdisjoint(tokens):
        return  # "and vice versa" asks for both
    to = _TO_IN_ANY_LANGUAGE if in_any_language or "de" in tokens else TO
    for n in range(1, len(tokens)):
        word = tokens[n]
        if word in to:
            yield from _pairs(tokens, n, n + 1, is_backwards=_is_turned_round(tokens, n))
        elif word == "from" and _is_origin(tokens, n):
            yield from _pairs(tokens, n, n + 1, is_backwards=True)
        elif word == "out" and word_at(tokens, n + 1) == "of":
            yield from _pairs(tokens, n, n + 2, is_backwards=True)
        elif word in WANT and "have" in tokens[: n - 1]:
            have = _after(tokens[:n], tokens.index("have") + 1)
            is_in = word_at(tokens, n + 1) in {"it", "them"} and word_at(tokens, n + 2) in {"in", "as"}
            if have and (wanted := _after(tokens, n + (3 if is_in else 1))):
                yield have, wanted


def _is_turned_round(tokens: Sequence[str], n: int) -> bool:
    """Whether the direction around the "to" at this place is not wanted: "the opposite of csv to Excel"."""
    return not _TURNED_ROUND.isdisjoint(tokens[max(0, n - _NEAR) : n]) or _is_after_not(tokens, n)


def _is_conversion(tokens: Sequence[str]) -> bool:
    """Whether a text asks to turn one thing into another, or is nothing but "csv to Excel"."""
    goes_from_to = any(
        word in FROM and not TO.isdisjoint(tokens[n + 2 : n + _FAR]) for n, word in enumerate(tokens)
    )
    return len(tokens) == _JUST_BOTH or goes_from_to or not _CONVERTS.isdisjoint(tokens)


def add_directions(
    found: dict[str, int], tokens: Sequence[str], stem: Callable[[str], str], *, in_any_language: bool = False
) -> None:
    """Add what is turned into what in a text, and each end of a conversion, to its polarities."""
    for source, target in directions(tokens, in_any_language=in_any_language):
        first, second = stem(source), stem(target)
        if _is_conversion(tokens):
            add(found, f"{kinds.END}{first}", NO)
            add(found, f"{kinds.END}{second}", YES)
        if first != second:
            one, two = sorted((first, second))
            add(found, f"{kinds.DIRECTION}{one} {two}", YES if first == one else NO)


def _is_after_not(tokens: Sequence[str], end: int) -> bool:
    """Whether "not" is just before the thing that ends here, unlike in "I can not convert csv to Excel"."""
    begin = end - len(_before(tokens, end))
    return word_at(tokens, begin - 2 if word_at(tokens, begin - 1) in BEFORE_THINGS else begin - 1) in PLAIN_NOT


def _is_origin(tokens: Sequence[str], n: int) -> bool:
    """Whether the "from" at this place follows what is made: "convert to csv from Excel", "make a csv from it"."""
    return not (_MAKES | TO).isdisjoint(tokens[:n]) and TO.isdisjoint(tokens[n:])


def _pairs(tokens: Sequence[str], end: int, begin: int, *, is_backwards: bool) -> Iterator[tuple[str, str]]:
    """The thing that ends at one place with that which begins at another one."""
    if after := _after(tokens, begin):
        yield from ((after, each) if is_backwards else (each, after) for each in _before(tokens, end))


def _before(tokens: Sequence[str], n: int) -> list[str]:
    """The thing that ends before this place: "csv" and "file" of "a csv file to"."""
    found: list[str] = []
    for word in reversed(tokens[max(0, n - 2) : n]):
        if not _is_thing(word) or word in _CHANGES:
            break
        found.append(word)
    return found


def _after(tokens: Sequence[str], n: int) -> str:
    """The first word of the thing that begins at this place: "excel" of "an excel file"; '' if there is none."""
    word = first_thing(tokens, n)
    return word if _is_thing(word) else ""


def _is_thing(word: str) -> bool:
    return is_content(word) and word not in NEGATING
