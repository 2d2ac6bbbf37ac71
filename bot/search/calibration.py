"""A library's own phrasings, each asked as if it were not there -> how its confidence is to be read.

A probability that holds for one library does not for another, whose entries are more alike, or take more
for their own. How much so is learnt when a library is indexed: from a sample of its phrasings and from
questions that it hardly answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.search.confidence import FIRST_IF_INSIDE, INSIDE, Features, Weights, features, log_odds, probability
from bot.search.match import CalibrationOffset, Findable, Match
from bot.search.texts import hash_of
from bot.search.unrelated import UNRELATED

Rank = Callable[[str], Sequence[Match]]

# Entries asked at most, and phrasings asked at least if there are as many. Four times as many are no better.
SAMPLE = 100
# Of what members ask, about so much is answered nowhere.
FOREIGN = 0.2


@dataclass(frozen=True)
class Experience:
    """What the rankings of a library's own phrasings showed, and of questions that are not its own.

    `first` says of each own phrasing whether its entry came first, asked without it.
    """

    own: Sequence[Features]
    first: Sequence[bool]
    foreign: Sequence[Features]


@dataclass(frozen=True)
class _Without:
    """An entry that lacks one of its phrasings."""

    id: str
    question: str
    phrasings: Sequence[str]
    answer: str


def offset_of(
    experience: Experience, inside: Weights = INSIDE, first: Weights = FIRST_IF_INSIDE
) -> CalibrationOffset:
    """How far these weights are off for a library; not at all for one that has no phrasings."""
    if not experience.own:
        return CalibrationOffset()
    weight = len(experience.own) * FOREIGN / (1 - FOREIGN) / max(len(experience.foreign), 1)
    known = [(log_odds(inside, seen), True, 1.0) for seen in experience.own]
    unknown = [(log_odds(inside, seen), False, weight) for seen in experience.foreign]
    right = [
        (log_odds(first, seen), is_first, 1.0)
        for seen, is_first in zip(experience.own, experience.first, strict=True)
    ]
    return CalibrationOffset(_shift(known + unknown), _shift(right))


def experience_of(
    entries: Sequence[Findable], rank: Rank, rank_among: Callable[[list[Findable]], Rank]
) -> Experience:
    """`rank` ranks all the entries; `rank_among` makes a small index of some."""
    own = [(id_, ranking) for id_, ranking in _own(entries, rank_among) if ranking]
    foreign = [ranking for ranking in map(rank, UNRELATED if own else ()) if ranking]
    return Experience(
        [features(ranking) for _, ranking in own],
        [ranking[0].id == id_ for id_, ranking in own],
        [features(ranking) for ranking in foreign],
    )


def _own(
    entries: Sequence[Findable], rank_among: Callable[[list[Findable]], Rank]
) -> Iterator[tuple[str, Sequence[Match]]]:
    """Ids of entries, with what one of their phrasings finds in an index that does not hold it.

    It is an index of the sample alone: rebuilding the whole one would double what a build costs.
    """
    # The same ones whatever order they come in.
    able = sorted((each for each in entries if each.phrasings), key=lambda each: (hash_of(each.id), each.id))
    sample = able[:SAMPLE]
    asked = 0
    for n in range(max((len(each.phrasings) for each in sample), default=0)):
        if asked >= SAMPLE:
            return
        rank = rank_among([_without(each, n) for each in sample])
        for each in sample:
            if n < len(each.phrasings):
                asked += 1
                yield each.id, rank(each.phrasings[n])


def _without(entry: Findable, n: int) -> Findable:
    phrasings = (*entry.phrasings[:n], *entry.phrasings[n + 1 :])
    return _Without(entry.id, entry.question, phrasings, entry.answer)


def _shift(seen: Sequence[tuple[float, bool, float]]) -> float:
    """What to add to these log odds so that they agree with what came, each by its weight.

    As probable beforehand as a standard normal has it: a few phrasings shift little.
    """
    shift = 0.0
    for _ in range(50):
        slope, bend = -shift, 1.0
        for odds, came, weight in seen:
            p = probability(odds + shift)
            slope += weight * (came - p)
            bend += weight * p * (1 - p)
        # Newton's method; longer steps can go back and forth for ever where a curve is flat.
        step = max(-1.0, min(1.0, slope / bend))
        shift += step
        if abs(step) < 1e-6:
            break
    return shift
