"""A title -> an id or the name of a file, whatever the script; and the name of a file -> a title."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Container, Sequence
from functools import lru_cache
from pathlib import PurePosixPath

LONGEST = 32
READ = 200  # characters: an id is much shorter, and Unicode takes very long for thousands of accents in a row
_LONGEST_NAME = 75  # characters of an uploaded file's name, without its ending
_SPOKEN = {"c++": "cpp", "c#": "csharp", "f#": "fsharp"}
_ID = re.compile(rb"\bid[\"']?:\s*[\"']?([a-z0-9-]+)")
_FAQ = re.compile(r"\bfaq(?=s?\b)", re.IGNORECASE)
# Notion adds an id to the name of each page that it exports, and `_all` to a table with all of its rows.
_NOTION_ID = re.compile(r"(?<=\S) [0-9a-f]{32}(?:_all)?$")


def id_for(text: str, taken: Container[str], otherwise: str = "entry") -> str:
    """An id of lower-case words joined by hyphens that is not `taken`.

    `entry-<hash>` for a text without a letter or digit.
    """
    words = words_of(text) or [otherwise, hashlib.sha256(text.encode(errors="replace")).hexdigest()[:8]]

    def numbered(number: int) -> str:
        suffix = f"-{number}" if number > 1 else ""
        return cut(words, LONGEST - len(suffix), "-") + suffix

    return first_free(numbered, taken)


def ids_in(content: bytes) -> set[str]:
    """The ids in the content of a lesson file, also if it has errors."""
    return {found.decode() for found in _ID.findall(content)}


def words_of(text: str) -> list[str]:
    """The words of a text in lower-case ASCII, each script transliterated."""
    folded = text[:READ].casefold()
    for said, spelt in _SPOKEN.items():
        folded = folded.replace(said, spelt)
    # Composed: й is a letter of its own, é a letter with a mark, and each is transliterated as a whole.
    composed = unicodedata.normalize("NFC", re.sub("['\u2019]", "", folded))
    return re.findall("[a-z0-9]+", "".join(sign if sign.isascii() else _in_latin(sign) for sign in composed))


def _in_latin(sign: str) -> str:
    if unicodedata.combining(sign):
        return ""
    from anyascii import anyascii  # noqa: PLC0415 -- few titles need it

    name = anyascii(sign).lower()
    # An ideograph is a word; an emoji is none.
    return f" {name} " if unicodedata.category(sign) == "Lo" and len(name) > 1 else name if sign.isalnum() else " "


def first_free(numbered: Callable[[int], str], taken: Container[str]) -> str:
    """The name with the lowest free number. Found by bisection: notes may use one name thousands of times."""
    low, high = 0, 1
    while numbered(high) in taken:
        low, high = high, high * 2
    while low + 1 < high:
        middle = (low + high) // 2
        low, high = (middle, high) if numbered(middle) in taken else (low, middle)
    return numbered(high)


def file_name(title: str, taken: Container[str]) -> str:
    """A name for a lesson file, without its extension, that is not in `taken`."""
    words = words_of(title) or ["lesson"]
    return first_free(lambda number: cut(words, 60, "-") + (f"-{number}" if number > 1 else ""), taken)


def cut(words: Sequence[str], size: int, between: str) -> str:
    """The words joined, as many of them as fit; the beginning of the first word if even that does not fit."""
    text = between.join(words)
    if len(text) <= size:
        return text
    return text[: size + 1].rpartition(between)[0] or text[:size]


@lru_cache(4096)  # an import compares all of its names with all names in the lessons
def ascii_name(name: str) -> str:
    """The name of a file in signs that Discord does not change: `Übungen (neu).md` -> `Ubungen_neu.md`."""
    path = PurePosixPath(name)
    stem, ending = (re.sub("[^A-Za-z0-9.-]+", "_", _ascii(each)) for each in (path.stem[:READ], path.suffix))
    return (stem[-_LONGEST_NAME:].strip("._-") or "file") + ending


def _ascii(text: str) -> str:
    if text.isascii():
        return text
    from anyascii import anyascii  # noqa: PLC0415 -- few names need it

    return anyascii(text)


def page_name(stem: str) -> str:
    """The name of a file without the id that Notion adds to it."""
    return _NOTION_ID.sub("", stem)


def title_from(stem: str) -> str:
    """The name of a file or folder as the title that a person would write."""
    words = " ".join(page_name(stem).replace("_", " ").replace("-", " ").split())
    words = words[:1].upper() + words[1:] if words.islower() else words
    return _FAQ.sub("FAQ", words)
