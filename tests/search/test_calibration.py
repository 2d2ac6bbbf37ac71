"""The calibration: how sure the bot may be depends on the library."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from bot.search.calibration import SAMPLE, Experience, offset_of
from bot.search.confidence import CONSTANTS, Features, features, judge
from bot.search.index import Index
from bot.search.match import CalibrationOffset, Evidence, Match
from bot.search.unrelated import UNRELATED
from tests.support.findable import Findable

NO_OFFSET = CalibrationOffset()
WORDS = CONSTANTS["words"]
VERBS = ("open", "close", "paint", "clean", "mend", "sell", "carry", "lock", "measure", "lift")
THINGS = ("door", "window", "fence", "boat", "chair", "lamp")
ENTRIES = [
    Findable(f"{verb}-{thing}", f"How do I {verb} a {thing}?", (f"{verb} my {thing}", f"the {thing} to {verb}"))
    for verb in VERBS
    for thing in THINGS
]


def offset(index: Index) -> CalibrationOffset:
    return index.rank("open the boat")[0].evidence.offset


def learned(own: Sequence[Features], first: Sequence[bool], foreign: Sequence[Features]) -> CalibrationOffset:
    return offset_of(Experience(own, first, foreign), WORDS)


def seen(score: float, second: float) -> tuple[float, ...]:
    return features(ranking(score, second))


def ranking(score: float, second: float = 0.0, offset: CalibrationOffset = NO_OFFSET) -> list[Match]:
    evidence = Evidence(
        offset=offset,
        lexical=score / 100,
        lexical_lead=(score - second) / 100,
        content_share=score / 100,
        content_held=2,
        asked=6,
    )
    return [Match("a", score, evidence=evidence), Match("b", second)]


def test_a_library_without_phrasings_is_taken_as_it_comes():
    """A library without phrasings gets no offsets."""
    index = Index([Findable(each.id, each.question) for each in ENTRIES])
    assert offset(index) == CalibrationOffset()


def test_the_order_of_entries_teaches_nothing():
    """The offsets do not depend on the order of entries."""
    many = [*ENTRIES, *(Findable(f"e{n}", f"about {n}", (f"what of {n}",)) for n in range(SAMPLE))]
    shuffled = random.Random(1).sample(many, len(many))
    assert offset(Index(many)) == offset(Index(shuffled)) != CalibrationOffset()


def test_where_own_phrasings_go_astray_the_bot_is_less_sure():
    """If own phrasings find wrong entries, the bot is less sure."""
    own = [seen(60, 30)] * 50
    astray, found = (learned(own, [is_first] * 50, []) for is_first in (False, True))
    assert astray.first < 0 < found.first


def test_what_seems_to_know_everything_is_less_believed():
    """If unrelated questions fit as well as own phrasings, the bot is less sure."""
    own, first = [seen(60, 30)] * 50, [True] * 50
    alike = learned(own, first, own)
    apart = learned(own, first, [seen(5, 4)] * 50)
    assert alike.inside < apart.inside


def test_entries_that_are_all_alike_make_the_bot_modest():
    """If a phrasing without its entry fits another entry as well, the bot is less sure."""
    own, first, foreign = [seen(60, 30)] * 50, [True] * 50, [seen(5, 4)] * 50
    alike, apart = (offset_of(Experience(own, first, foreign, near), WORDS) for near in (own, foreign))
    assert alike.inside < apart.inside


def test_a_library_of_twins_is_answered_less():
    """A library in which each entry has a near duplicate gives fewer answers."""
    twins = [
        Findable(f"{each.id}-{n}", f"{each.question} {n}", tuple(f"{text} {n}" for text in each.phrasings))
        for each in ENTRIES
        for n in ("today", "tomorrow")
    ]
    assert offset(Index(twins)).inside < offset(Index(ENTRIES)).inside


def test_three_phrasings_teach_little():
    """A few phrasings change the confidence only little."""
    few, many = (learned([seen(60, 30)] * n, [False] * n, []) for n in (1, 100))
    assert many.first < few.first < 0
    assert few.first > many.first / 3


@pytest.mark.parametrize("shift", [-2.0, 2.0])
def test_what_was_learnt_changes_how_sure_the_bot_is(shift):
    """Both offsets change the confidence."""
    plain = judge(ranking(60))
    for learnt in (CalibrationOffset(inside=shift), CalibrationOffset(first=shift)):
        judgement = judge(ranking(60, offset=learnt))
        assert (judgement.probability > plain.probability) == (shift > 0)


def test_the_unrelated_questions_are_many_and_different():
    """The unrelated questions are many and different, so that no single subject decides."""
    for language, fewest in (("english", 80), ("german", 40), ("spanish", 40)):
        assert len(set(UNRELATED[language])) == len(UNRELATED[language]) >= fewest
