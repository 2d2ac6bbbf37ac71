"""Puts entries of chosen lessons first among suggestions, where they fit a question about as well as the best."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from bot.search.confidence import ConfidenceMode, Judgement, judge
from bot.search.index import Index
from bot.search.match import Match

# An entry fits about as well as the best one if the odds that it answers the question are at least so many times
# those of the best. Each is judged as if the other candidates were not in the library: of two that fit equally
# well, neither is probable beside the other.
AS_WELL = 1 / 3


def prefer(  # noqa: PLR0913 -- a question, what was found, and what is preferred
    index: Index,
    question: str,
    ranking: list[Match],
    judgement: Judgement,
    own_ids: Container[str],
    *,
    mode: ConfidenceMode,
) -> Judgement:
    """The judgement with the entries of `own_ids` first, among those that are suggested.

    A sure answer stays as it is, nothing becomes sure, and no suggestion is left out: at most one is added.
    """
    possible = judgement.possible
    if judgement.sure or not possible or possible[0] not in ranking:
        return judgement
    own = [match for match in ranking if match.id in own_ids]
    candidates = [match for match in own if match in possible] or own[:1]
    if not candidates or candidates[0] == possible[0]:
        return judgement
    every = {match.id for match in ranking}

    def alone(match: Match) -> float:
        found = index.rank(question, besides=every - {match.id})
        return judge(found, mode).probability if found and found[0].id == match.id else 0.0

    best = alone(possible[0])
    first = [match for match in candidates if _fits_as_well(alone(match), best)]
    return replace(judgement, possible=(*first, *(match for match in possible if match not in first)))


def _fits_as_well(own: float, best: float) -> bool:
    # Compares the odds without dividing: the odds of a probability of 1 are infinite.
    return own > 0 and own * (1 - best) >= AS_WELL * best * (1 - own)
