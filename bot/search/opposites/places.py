"""Looks at the words around a place in a text, also beyond its ends."""

from __future__ import annotations

from collections.abc import Sequence


def word_at(tokens: Sequence[str], n: int) -> str:
    """The word at this place; '' before the beginning of the text and behind its end."""
    return tokens[n] if 0 <= n < len(tokens) else ""


def are_at(tokens: Sequence[str], n: int, *phrase: str) -> bool:
    """Whether these words stand one after the other from this place on."""
    return n >= 0 and tuple(tokens[n : n + len(phrase)]) == phrase
