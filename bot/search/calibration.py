"""A library's own phrasings, each asked as if it were not there -> how its confidence is to be read.

A probability that holds for one library does not hold for another, whose entries are more alike or fit more
questions that they do not answer. How much so is learned when a library is indexed: from a sample of its
phrasings, from the same asked without their entries, and from questions that hardly any library answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.search.confidence import Constants, Features, features, log_odds, probability
from bot.search.features import hash_of
from bot.search.match import CalibrationOffset, Findable, Match
from bot.search.unrelated import UNRELATED

Rank = Callable[[str], Sequence[Match]]

# Entries asked at most, and phrasings asked at least if there are as many. Four times as many are no better.
SAMPLE = 100
# Of what members ask, about so much is answered nowhere.
FOREIGN = 0.2


@dataclass(frozen=True)
class Experience:
    """What rankings of a library showed: of its own phrasings, and of questions that it does not answer.

    `first` says of each own phrasing whether its entry came first, asked without it. `foreign` questions are about
    something else; `near` ones are the library's own, asked as if their entry were not there.
    """

    own: Sequence[Features]
    first: Sequence[bool]
    foreign: Sequence[Features]
    near: Sequence[Features] = ()


@dataclass(frozen=True)
class _Without:
    """An entry that lacks one of its phrasings."""

    id: str
    question: str
    phrasings: Sequence[str]
    answer: str


def offset_of(experience: Experience, constants: Constants) -> CalibrationOffset:
    """How far these constants are off for a library; not at all for one that has no phrasings."""
    if not experience.own:
        return CalibrationOffset()
    # Half of what is not answered is about something else, half nearly the same.
    weight = len(experience.own) * FOREIGN / (1 - FOREIGN) / 2
    known = [(log_odds(constants.inside, seen), True, 1.0) for seen in experience.own]
    unknown = [
        (log_odds(constants.inside, seen), False, weight / len(group))
        for group in (experience.foreign, experience.near)
        for seen in group
    ]
    right = [
        (log_odds(constants.first, seen), is_first, 1.0)
        for seen, is_first in zip(experience.own, experience.first, strict=True)
    ]
    return CalibrationOffset(_shift(known + unknown), _shift(right))


def experience_of(
    entries: Sequence[Findable],
    rank: Rank,
    rank_without: Callable[[str, str], Sequence[Match]],
    rank_among: Callable[[list[Findable]], Rank],
) -> Experience:
    """`rank` ranks all the entries, `rank_without` all but the one with an id; `rank_among` indexes only some."""
    sample = sample_of(entries)
    own = [(id_, ranking) for id_, ranking in _own(sample, rank_among) if ranking]
    foreign = map(rank, UNRELATED if own else ())
    near = (rank_without(each.phrasings[0], each.id) for each in sample)
    return Experience(
        [features(ranking) for _, ranking in own],
        [ranking[0].id == id_ for id_, ranking in own],
        [features(ranking) for ranking in foreign if ranking],
        [features(ranking) for ranking in near if ranking],
    )


def sample_of(entries: Sequence[Findable]) -> list[Findable]:
    """Some entries with phrasings; the same ones in whatever order they come."""
    able = (each for each in entries if each.phrasings)
    return sorted(able, key=lambda each: (hash_of(each.id), each.id))[:SAMPLE]


def _own(
    sample: Sequence[Findable], rank_among: Callable[[list[Findable]], Rank]
) -> Iterator[tuple[str, Sequence[Match]]]:
    """Ids of entries, with what one of their phrasings finds in an index that does not hold it.

    It is an index of the sample alone: rebuilding the whole one would double what a build costs.
    """
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
