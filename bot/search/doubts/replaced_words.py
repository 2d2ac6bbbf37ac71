"""Compares texts that are the same but for other words in one place: "how do I water roses", "… prune roses"."""

from __future__ import annotations

from collections.abc import Sequence

MOST = 3  # words in that place; more say another thing altogether


def replaced(one: Sequence[int], other: Sequence[int]) -> tuple[slice, slice] | None:
    """The place in each of two texts where alone they differ, given their stems; None if it has too many words."""
    shorter = min(len(one), len(other))
    begin = 0
    while begin < shorter and one[begin] == other[begin]:
        begin += 1
    end = 0
    while end < shorter - begin and one[-1 - end] == other[-1 - end]:
        end += 1
    places = slice(begin, len(one) - end), slice(begin, len(other) - end)
    return places if all(begin < place.stop <= begin + MOST for place in places) else None
