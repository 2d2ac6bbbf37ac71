"""Finds phrases in a text: at a place, or those of a list with which it begins."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

# Phrases by their first words, the longest first.
Phrases = Mapping[str, Sequence[tuple[str, ...]]]


def phrases(text: str) -> Phrases:
    """The phrases in a text; a comma or a new line separates them."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(map(str.split, re.split("[,\n]+", text.strip())), key=len, reverse=True):
        found.setdefault(phrase[0], []).append(tuple(phrase))
    return found


def longest_opening(among: Phrases, tokens: Sequence[str]) -> int:
    """The number of words of the longest phrase with which these words begin; 0 if there is none."""
    if not tokens or tokens[0] not in among:
        return 0
    return next((len(each) for each in among[tokens[0]] if tuple(tokens[: len(each)]) == each), 0)


def word_at(tokens: Sequence[str], n: int) -> str:
    """The word at this place; '' before the beginning of the text and behind its end."""
    return tokens[n] if 0 <= n < len(tokens) else ""


def are_at(tokens: Sequence[str], n: int, *phrase: str) -> bool:
    """Whether these words stand one after the other from this place on."""
    return n >= 0 and tuple(tokens[n : n + len(phrase)]) == phrase
