"""Scores of matches, from 0 to 1: how far one leads, and what becomes of those that say the opposite."""

from __future__ import annotations

from collections.abc import Sequence

# The factor for the best score of the others, which no entry that says the opposite may exceed.
BEHIND = 0.95
LEAST = 0.00005  # a lower score is shown as 0


def percent(score: float) -> float:
    """A score from 0 to 100, with two digits behind the point."""
    return round(10_000 * score) / 100  # quicker than to round to two digits


def behind(scores: list[float], opposite: Sequence[bool]) -> list[float]:
    """These scores, with those of entries that say the opposite below the best of the others."""
    if not any(opposite) or all(opposite):
        return scores
    most = max(score for score, other in zip(scores, opposite, strict=True) if not other)
    return [min(score, BEHIND * most) if other else score for score, other in zip(scores, opposite, strict=True)]


def lead(scores: Sequence[float], first: int) -> float:
    """The difference between one score and the best of the others."""
    others = [*scores]
    return others.pop(first) - max(others, default=0.0)
