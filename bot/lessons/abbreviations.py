"""Finds abbreviations that a text spells out: "continuous integration (CI)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST = 7  # letters of an abbreviation
_LONG = r"[^\W_]+(?:['’][^\W_]+)*"
# For each number of words, a pattern that matches this many words at the end of a text.
_LONGS = {
    size: re.compile(rf"(?<![\w-])(?<!\w['’])({_LONG}(?:[\s-]+{_LONG}){{{size - 1}}})$")
    for size in range(2, MOST + 1)
}
_BLOCK = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_SHORT_BEHIND = re.compile(r"\s\(([A-Za-z]{2,7})\)")
_SHORT_BEFORE = re.compile(rf"(?<![\w-])([A-Za-z]{{2,7}})\s\(({_LONG}(?:[\s-]+{_LONG}){{1,6}})[),;:]")


def abbreviations(text: str) -> Iterator[tuple[str, str]]:
    """Pairs such as ("CI", "continuous integration"), whichever of the two is in brackets."""
    plain = re.sub(r"[*`~]", "", _BLOCK.sub("", text))
    for found in _SHORT_BEHIND.finditer(plain):
        before = plain[max(0, found.start() - 200) : found.start()]
        for size in range(2, len(found[1]) + 1):
            long = _LONGS[size].search(before)
            if long and (pair := _pair(found[1], long[1])):
                yield pair
    for found in _SHORT_BEFORE.finditer(plain):
        if pair := _pair(found[1], found[2]):
            yield pair


def _pair(short: str, long: str) -> tuple[str, str] | None:
    """Both in the singular; None unless the letters or the capitals of `short` are the initials of `long`."""
    if short.endswith("s") and long.endswith("s") and short[:-1].isupper():
        short, long = short[:-1], long[:-1]
    initials = "".join(word[0] for word in re.findall(_LONG, long)).casefold()
    capitals = "".join(letter for letter in short if letter.isupper())
    if len(capitals) < 2 or initials not in {short.casefold(), capitals.casefold()}:
        return None
    return short, " ".join(long.split())
