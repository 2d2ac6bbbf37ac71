"""Ids of entries and names of files: words that can be read and typed, whatever the script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Sequence

from anyascii import anyascii

_ID = 32
_READ = 200  # characters: an id is much shorter, and Unicode takes very long for thousands of accents in a row


def slug(text: str, taken: Container[str], otherwise: str = "entry") -> str:
    """An id for a text: kebab-case ASCII of at most 32 characters, cut at a word, not among `taken`."""
    words = _words(text)

    def numbered(number: int) -> str:
        suffix = f"-{number}" if number > 1 or not words else ""
        return cut(words or [otherwise], _ID - len(suffix), "-") + suffix

    return first_free(numbered, taken)


def file_name(title: str, taken: Container[str], otherwise: str = "lesson") -> str:
    """A name for a file of lessons, without its ending, not among `taken`."""
    words = _words(title) or [otherwise]
    return first_free(lambda number: cut(words, 60, "-") + (f"-{number}" if number > 1 else ""), taken)


def _words(text: str) -> list[str]:
    text = text[:_READ]
    folded = unicodedata.normalize("NFKD", re.sub("['\u2019]", "", text.casefold()))
    latin = "".join(sign if sign.isascii() else _in_latin(sign) for sign in folded)
    return re.findall("[a-z0-9]+", latin)


def _in_latin(sign: str) -> str:
    if unicodedata.combining(sign):
        return ""
    name = anyascii(sign).lower()
    # An ideograph is a word; an emoji is none.
    return f" {name} " if unicodedata.category(sign) == "Lo" and len(name) > 1 else name if sign.isalnum() else " "


def first_free(numbered: Callable[[int], str], taken: Container[str]) -> str:
    """The first of these names that is not taken."""
    # Searches in leaps, as notes may ask the same question thousands of times.
    low, high = 0, 1
    while numbered(high) in taken:
        low, high = high, high * 2
    while low + 1 < high:
        middle = (low + high) // 2
        low, high = (middle, high) if numbered(middle) in taken else (low, middle)
    return numbered(high)


def cut(words: Sequence[str], size: int, between: str) -> str:
    """The words joined, as many of them as fit."""
    text = between.join(words)
    if len(text) <= size:
        return text
    return text[: size + 1].rpartition(between)[0] or text[:size]
