"""Calibrates the confidence for a library: asks its own phrasings, each as if the library did not have it.

The same ranking is less reliable in a library whose entries are similar to each other, or match many questions
that they do not answer. How much less is learned when a library is indexed: from a sample of its phrasings, from
the same phrasings asked without their entries, and from questions that hardly any library answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.search.confidence import Constants, Features, features, log_odds, probability
from bot.search.features import hash_of
from bot.search.match import CalibrationOffset, Findable, Match

Rank = Callable[[str], Sequence[Match]]
Indexed = TypeVar("Indexed")

# The most entries of a sample, and the fewest phrasings that are asked if there are so many. Four times as many
# give no better offsets.
SAMPLE = 100
# About this share of members' questions is answered by no entry.
FOREIGN = 0.2


@dataclass(frozen=True)
class Experience:
    """The features of a library's rankings: for its own phrasings, and for questions that it cannot answer.

    `own` are rankings for phrasings, each without that phrasing in the index; `first` says for each whether its
    entry came first. `foreign` are rankings for questions about something else, `near` for the library's own
    phrasings without their entries in the index.
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
    """How much these constants have to be shifted for a library, in log odds; 0 without phrasings."""
    if not experience.own:
        return CalibrationOffset()
    # Half of the unanswered questions are about something else, the other half about nearly the same.
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
    sample: Sequence[Findable],
    left_out: Iterable[tuple[Rank, Sequence[tuple[str, str]]]],
    rank: Rank,
    rank_without: Callable[[str, str], Sequence[Match]],
    unrelated: Sequence[str],
) -> Experience:
    """The experience with a library, of which this is a sample.

    `left_out` has functions that rank the sample, each for these phrasings of its entries: see `leave_out`.
    `rank` ranks all entries for a question, and `rank_without` all but the entry with an id. `unrelated` are
    questions in the library's language that it does not answer.
    """
    asked = ((id_, among(phrasing)) for among, phrasings in left_out for id_, phrasing in phrasings)
    own = [(id_, ranking) for id_, ranking in asked if ranking]
    foreign = map(rank, unrelated if own else ())
    near = (rank_without(each.phrasings[0], each.id) for each in sample)
    return Experience(
        [features(ranking) for _, ranking in own],
        [ranking[0].id == id_ for id_, ranking in own],
        [features(ranking) for ranking in foreign if ranking],
        [features(ranking) for ranking in near if ranking],
    )


def sample_of(entries: Sequence[Findable]) -> list[Findable]:
    """At most `SAMPLE` entries that have phrasings. The choice does not depend on the order of the entries."""
    able = (each for each in entries if each.phrasings)
    return sorted(able, key=lambda each: (hash_of(each.id), each.id))[:SAMPLE]


def leave_out(
    sample: Sequence[Findable], index: Callable[[list[Findable]], Indexed]
) -> Iterator[tuple[Indexed, list[tuple[str, str]]]]:
    """Indexes of a sample without one phrasing of each entry, and these phrasings with the ids of their entries.

    They hold the sample alone, as rebuilding the whole index would double the time of a build.
    """
    asked = 0
    for n in range(max((len(each.phrasings) for each in sample), default=0)):
        if asked >= SAMPLE:
            return
        phrasings = [(each.id, each.phrasings[n]) for each in sample if n < len(each.phrasings)]
        asked += len(phrasings)
        yield index([_without(each, n) for each in sample]), phrasings


def _without(entry: Findable, n: int) -> Findable:
    phrasings = (*entry.phrasings[:n], *entry.phrasings[n + 1 :])
    return _Without(entry.id, entry.question, phrasings, entry.answer)


def _shift(seen: Sequence[tuple[float, bool, float]]) -> float:
    """What to add to the log odds so that they agree best with the outcomes: triples (log odds, outcome, weight).

    The prior of the shift is a standard normal distribution, so that a few phrasings shift it little.
    """
    shift = 0.0
    for _ in range(50):
        slope, bend = -shift, 1.0
        for odds, came, weight in seen:
            p = probability(odds + shift)
            slope += weight * (came - p)
            bend += weight * p * (1 - p)
        # Newton's method. Steps are limited, as on a flat curve longer ones can go back and forth forever.
        step = max(-1.0, min(1.0, slope / bend))
        shift += step
        if abs(step) < 1e-6:
            break
    return shift
