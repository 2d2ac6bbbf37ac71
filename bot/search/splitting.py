"""Two questions in one message: "how do I list my packages and upgrade one" -> both, each in words of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.search.wording import STOP_WORDS, fold

LONGEST = 200  # characters; a longer message tells a story
MOST = 3  # places where it may be split

_AND = r"(?:and(?: also)?|und(?: auch)?|sowie|y(?: tambien)?|e|&|also)\s+"
_BETWEEN = re.compile(rf"(?:[?;]\s+|\n+)(?:{_AND})?|,?\s+{_AND}")
# "Between a and b" are two words of one question.
_TOGETHER = re.compile(r"\b(?:between|both|zwischen|unterschied|entre|diferencia|ambos)\b")
_WORD = re.compile(r"\S+")
_ASKS = frozenset(
    """
    how what why where when which who can could do does did is are should must will would may hows whats wheres
    wie was warum wieso weshalb wo wohin wann welche welcher welches wer kann konnte muss soll sollte darf gibt
    como que cual cuales donde cuando quien por puedo debo hay
    """.split()
)
# German and Spanish words that open a question, beside the stop words of English.
_OPENS = _ASKS | frozenset(
    "ich man es mir mich ein eine einen die der das se el la los las un una mi mis me".split()
)


class Pair(NamedTuple):
    """Two questions of one message. It is plain that they are two if each opens as a question."""

    first: str
    second: str
    is_plain: bool


def pairs_in(text: str) -> Iterator[Pair]:
    """Each way in which a message may be two questions; the words that both need are given to both."""
    said = fold(text).strip()
    if len(said) > LONGEST or "`" in said:
        return
    for found in [*_BETWEEN.finditer(said)][:MOST]:
        first, second = said[: found.start()].strip(" ,?"), said[found.end() :].strip(" ,?")
        if not first or not second:
            continue
        is_plain = _bare(second.split(maxsplit=1)[0]) in _ASKS
        if is_plain:
            yield Pair(first, second, is_plain)
            continue
        head = _head(first)
        if not head or _TOGETHER.search(first):
            continue
        own, theirs = first[len(head) :].split(), second.split()
        # "create and activate a venv": what is created is said once, at the end.
        object_ = theirs[1:] if len(own) == 1 else []
        yield Pair(" ".join([first, *object_]), head + second, is_plain)


def opens_as_question(text: str) -> bool:
    """Whether a text begins with a word that questions begin with: "how", "wie", "cómo"."""
    first = fold(text[:LONGEST]).split(maxsplit=1)
    return bool(first) and _bare(first[0]) in _ASKS


def _head(first: str) -> str:
    """The words that open a question, up to the first that says what it is about: "how do i "."""
    if _bare(first.split(maxsplit=1)[0]) not in _ASKS:
        return ""
    telling = (word for word in _WORD.finditer(first) if _bare(word[0]) not in STOP_WORDS | _OPENS)
    return next((first[: word.start()] for word in telling), "")


def _bare(word: str) -> str:
    """A word without its signs, and without what is run together with it: "what's" -> "what"."""
    return word.strip("¿'\"").partition("'")[0]
