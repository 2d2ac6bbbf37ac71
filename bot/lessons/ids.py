"""A question or title -> an id: lower-case words joined by hyphens."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Container

LONGEST = 32

# What Unicode's decomposition leaves as it is: Latin letters that are no letter with a mark, Cyrillic, Greek.
_LATIN = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
_CYRILLIC = zip(
    "абвгдежзийклмнопрстуфхцчшщъыьэюяєіґў",
    "a b v g d e zh z i j k l m n o p r s t u f kh ts ch sh shch - y - e yu ya ye i g u".split(),
    strict=True,
)
_GREEK = zip(
    "αβγδεζηθικλμνξοπρσςτυφχψω",
    "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(),
    strict=True,
)
_SPOKEN = {"c++": "cpp", "c#": "csharp", "f#": "fsharp"}
_LETTERS = str.maketrans(_LATIN | {a: b.strip("-") for a, b in (*_CYRILLIC, *_GREEK)})

READ = 200  # characters: an id is much shorter, and Unicode takes very long for thousands of accents in a row


def id_for(text: str, taken: Container[str], otherwise: str = "entry") -> str:
    """An id that is not `taken`; `entry-<hash>` for a text that has no letter that we can spell."""
    folded = text.casefold()
    for said, spelt in _SPOKEN.items():
        folded = folded.replace(said, spelt)
    # Decomposed twice: й is a letter of its own here, ё and ά are letters with a mark.
    kept = unicodedata.normalize("NFC", folded).translate(_LETTERS)
    plain = "".join(each for each in unicodedata.normalize("NFKD", kept) if not unicodedata.combining(each))
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", plain.translate(_LETTERS)))
    name = "-".join(words) or f"{otherwise}-{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:8]}"

    def numbered(number: int) -> str:
        suffix = f"-{number}" if number > 1 else ""
        return cut(name, LONGEST - len(suffix), "-") + suffix

    return first_free(numbered, taken)


def first_free(numbered: Callable[[int], str], taken: Container[str]) -> str:
    """The name with the lowest number that is not taken, found in leaps: notes may hold one thousands of times."""
    low, high = 0, 1
    while numbered(high) in taken:
        low, high = high, high * 2
    while low + 1 < high:
        middle = (low + high) // 2
        low, high = (middle, high) if numbered(middle) in taken else (low, middle)
    return numbered(high)


def cut(text: str, size: int, between: str) -> str:
    """As many whole words as fit; the beginning of the first word if even that does not fit."""
    if len(text) <= size:
        return text
    return text[: size + 1].rpartition(between)[0] or text[:size]
