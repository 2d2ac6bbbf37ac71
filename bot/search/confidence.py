"""A ranking -> how sure the bot may be, and so which reply it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.search.index import Match

SURE = 70.0
LEAD = 5.0
POSSIBLE = 55.0
MAX_SUGGESTIONS = 3


@dataclass(frozen=True)
class Judgement:
    """`sure` is the one match to answer with, `possible` the ones to offer if there is none."""

    sure: Match | None = None
    possible: tuple[Match, ...] = ()


def judge(ranking: Sequence[Match]) -> Judgement:
    """Sure only of a good match that is clear of the second."""
    possible = tuple(match for match in ranking if match.score >= POSSIBLE)[:MAX_SUGGESTIONS]
    if not possible:
        return Judgement()
    first = possible[0]
    second = ranking[1].score if len(ranking) > 1 else 0.0
    if first.score >= SURE and first.score - second >= LEAD:
        return Judgement(sure=first)
    return Judgement(possible=possible)
