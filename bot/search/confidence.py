"""A ranking -> how sure the bot may be, and so which reply it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt, tanh
from typing import Literal

from bot.search.match import Match

ConfidenceMode = Literal["cautious", "balanced", "eager"]
Features = tuple[float, ...]
Weights = Sequence[float]

MAX_SUGGESTIONS = 3

# From which probability on the first is given as the answer, and from which on the best three are
# offered. What each mode means in measured precision: tests/benchmarks/README.md.
ANSWER: dict[ConfidenceMode, float] = {"cautious": 0.90, "balanced": 0.80, "eager": 0.65}
OFFER: dict[ConfidenceMode, float] = {"cautious": 0.40, "balanced": 0.30, "eager": 0.20}

# Logistic regressions on what `features` says of a ranking, fitted by tests/benchmarks/fit.py.
INSIDE = (-0.817, 3.637, 2.491, -0.044, 0.317)
FIRST_IF_INSIDE = (-2.040, 1.523, 3.873, 2.956, 0.179)
THREE_IF_INSIDE = (-1.692, 2.750, 0.369, 3.826, 0.110)


@dataclass(frozen=True)
class Judgement:
    """`sure` is the one match to answer with, `possible` the ones to offer if there is none.

    `inside` is how likely the entries answer the question at all, `probability` that the best match does.
    """

    sure: Match | None = None
    possible: tuple[Match, ...] = ()
    probability: float = 0.0
    inside: float = 0.0


def judge(ranking: Sequence[Match], mode: ConfidenceMode = "balanced") -> Judgement:
    """Sure only of a match that is probably right and clear of the second."""
    if not ranking:
        return Judgement()
    seen, offset = features(ranking), ranking[0].offset
    inside = probability(log_odds(INSIDE, seen) + offset.inside)
    first = inside * probability(log_odds(FIRST_IF_INSIDE, seen) + offset.first)
    three = inside * probability(log_odds(THREE_IF_INSIDE, seen) + offset.first)
    # Sharing "how", "do" and "I" with an entry is no reason to offer it.
    if not ranking[0].content_share:
        return Judgement(None, (), first, inside)
    if first >= ANSWER[mode] and _is_clear(ranking):
        return Judgement(ranking[0], (), first, inside)
    if max(first, three) >= OFFER[mode]:
        return Judgement(None, tuple(ranking[:MAX_SUGGESTIONS]), first, inside)
    return Judgement(None, (), first, inside)


def features(ranking: Sequence[Match]) -> Features:
    """What a ranking shows of its own worth: how much of how much was understood, and by how much it leads."""
    first = ranking[0]
    second, third = ([match.score for match in ranking[1:3]] + [0.0, 0.0])[:2]
    # Half of a long question is more than half of a short one.
    much = sqrt(first.asked) / 100
    return (
        first.score * much,
        (first.score - second) * much,
        (first.score - third) / first.score,
        # A logarithm: what the best entry hardly holds at all is not made good by a lead.
        log(first.content_share + 0.02),
    )


def _is_clear(ranking: Sequence[Match]) -> bool:
    """One word in common is a topic in common, not yet the same question; a tie is none at all."""
    first = ranking[0]
    is_alone = len(ranking) == 1 or first.score > ranking[1].score
    return is_alone and (first.content_held > 1 or first.score == 100)


def log_odds(weights: Weights, seen: Features) -> float:
    bias, *slopes = weights
    return bias + sum(slope * value for slope, value in zip(slopes, seen, strict=True))


def probability(odds: float) -> float:
    return (1 + tanh(odds / 2)) / 2
