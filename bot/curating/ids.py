"""A question -> the id of its entry: lower-case words joined by hyphens."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection
from itertools import count

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


def id_for(question: str, taken: Collection[str]) -> str:
    """An id that nothing has yet; of a question that has no letter we can spell, `entry-<hash>`."""
    text = question[:READ].casefold()
    for said, spelt in _SPOKEN.items():
        text = text.replace(said, spelt)
    # Decomposed twice: й is a letter of its own here, ё and ά are letters with a mark.
    kept = unicodedata.normalize("NFC", text).translate(_LETTERS)
    plain = "".join(each for each in unicodedata.normalize("NFKD", kept) if not unicodedata.combining(each))
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", plain.translate(_LETTERS)))
    name = (
        _cut("-".join(words), LONGEST)
        or f"entry-{hashlib.sha256(question.encode(errors='replace')).hexdigest()[:8]}"
    )
    if name not in taken:
        return name
    return next(other for n in count(2) if (other := f"{_cut(name, LONGEST - len(f'-{n}'))}-{n}") not in taken)


def _cut(name: str, size: int) -> str:
    """Whole words, as many as fit; of a single long word its beginning."""
    if len(name) <= size:
        return name
    return name[: size + 1].rpartition("-")[0] or name[:size].strip("-")
