"""A ranking -> how sure the bot may be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.search.confidence import LEAD, MAX_SUGGESTIONS, POSSIBLE, SURE, judge
from bot.search.index import Match

RANKINGS = st.lists(st.floats(0.01, 100), max_size=12).map(
    lambda scores: [Match(f"e{n}", score) for n, score in enumerate(sorted(scores, reverse=True))]
)


def ranked(*scores: float) -> list[Match]:
    return [Match(f"e{n}", score) for n, score in enumerate(scores)]


@settings(deadline=None)
@given(RANKINGS)
def test_sure_takes_a_good_score_and_a_clear_lead(ranking):
    """An answer is given only when it is good, and nothing else is nearly as good."""
    judgement = judge(ranking)
    if judgement.sure:
        assert judgement.sure == ranking[0]
        assert judgement.possible == ()
        assert judgement.sure.score >= SURE
        assert all(judgement.sure.score - other.score >= LEAD for other in ranking[1:])


@settings(deadline=None)
@given(RANKINGS)
def test_suggestions_are_the_best_few_that_are_possible(ranking):
    """Never more than three, never one that is out of the question, the best first."""
    judgement = judge(ranking)
    if not judgement.sure:
        possible = [match for match in ranking if match.score >= POSSIBLE]
        assert judgement.possible == tuple(possible[:MAX_SUGGESTIONS])


@pytest.mark.parametrize(
    ("scores", "sure", "possible"),
    [
        ((), False, 0),
        ((54.9,), False, 0),
        ((55,), False, 1),
        ((69.9,), False, 1),
        ((70,), True, 0),
        ((70, 65), True, 0),
        ((70, 65.1), False, 2),
        ((100, 100), False, 2),
        ((100, 96, 90, 80), False, 3),
        ((90, 54), True, 0),
    ],
)
def test_each_edge_is_where_it_is_said_to_be(scores, sure, possible):
    """The three numbers of the design: 70 with a lead of 5, else 55."""
    judgement = judge(ranked(*scores))
    assert bool(judgement.sure) is sure
    assert len(judgement.possible) == possible
