"""A ranking -> how sure the bot may be, and so which reply it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, log1p
from typing import Literal

from bot.search.index import Match

Manner = Literal["cautious", "balanced", "eager"]

MAX_SUGGESTIONS = 3

# From which probability on the first is given as the answer, and from which on the best three are
# offered. What each manner means in measured precision: tests/benchmarks/README.md.
ANSWER: dict[Manner, float] = {"cautious": 0.90, "balanced": 0.80, "eager": 0.65}
OFFER: dict[Manner, float] = {"cautious": 0.40, "balanced": 0.30, "eager": 0.20}

# Logistic regression on what `features` says of a ranking, fitted by tests/benchmarks/fit.py.
FIRST_IS_RIGHT = (-4.562, 1.026, 1.304, 1.985, 0.238, 2.730, 3.025, 1.061, 1.515)
THREE_HOLD_IT = (-3.323, 0.987, 1.563, 2.618, 0.185, 0.516, 3.544, 0.608, 1.288)


@dataclass(frozen=True)
class Judgement:
    """`sure` is the one match to answer with, `possible` the ones to offer if there is none.

    `probability` is how likely the best match is the right one.
    """

    sure: Match | None = None
    possible: tuple[Match, ...] = ()
    probability: float = 0.0


def judge(ranking: Sequence[Match], manner: Manner = "balanced") -> Judgement:
    """Sure only of a match that is probably right and clear of the second."""
    # Sharing "how", "do" and "I" with an entry is no reason to offer it.
    if not ranking or not ranking[0].telling:
        return Judgement()
    seen = features(ranking)
    right = _logistic(FIRST_IS_RIGHT, seen)
    if right >= ANSWER[manner] and _is_clear(ranking):
        return Judgement(ranking[0], (), right)
    if max(right, _logistic(THREE_HOLD_IT, seen)) >= OFFER[manner]:
        return Judgement(None, tuple(ranking[:MAX_SUGGESTIONS]), right)
    return Judgement(probability=right)


def features(ranking: Sequence[Match]) -> tuple[float, ...]:
    """What a ranking shows of its own worth: coverage, lead, and how much was asked."""
    first = ranking[0]
    second, third = ([match.score for match in ranking[1:3]] + [0.0, 0.0])[:2]
    return (
        # Logarithms: what is hardly covered at all is not made good by a lead.
        log(first.words + 0.02),
        first.pairs,
        first.letters,
        log(first.telling + 0.02),
        (first.score - second) / first.score,
        (first.score - third) / first.score,
        (first.score - second) / 100,
        log1p(first.asked),
    )


def _is_clear(ranking: Sequence[Match]) -> bool:
    """One word in common is a topic in common, not yet the same question; a tie is none at all."""
    first = ranking[0]
    is_alone = len(ranking) == 1 or first.score > ranking[1].score
    return is_alone and (first.shared > 1 or first.score == 100)


def _logistic(weights: Sequence[float], seen: Sequence[float]) -> float:
    bias, *slopes = weights
    return 1 / (1 + exp(-bias - sum(slope * value for slope, value in zip(slopes, seen, strict=True))))
