"""A ranking -> how sure the bot may be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.search.confidence import MAX_SUGGESTIONS, judge
from bot.search.match import CalibrationOffset, Match

SHARE = st.floats(0, 1)
SCORE = st.floats(0.01, 100)
RANKINGS = st.lists(
    st.builds(
        Match,
        st.uuids().map(str),
        st.floats(0.01, 100),
        SHARE,
        SHARE,
        SHARE,
        SHARE,
        st.integers(0, 9),
        st.integers(1, 60),
        st.builds(CalibrationOffset, st.floats(-10, 10), st.floats(-10, 10)),
    ),
    max_size=12,
).map(lambda matches: sorted(matches, key=lambda match: -match.score))


def seen(score: float, share: float = 1.0, content_share: float = 1.0, asked: int = 4) -> Match:
    return Match(f"e{score}", score, share, share, share, content_share, 2, asked)


@settings(deadline=None)
@given(RANKINGS, st.sampled_from(["cautious", "balanced", "eager"]))
def test_an_answer_or_suggestions_or_nothing(ranking, mode):
    """Never both, never more than three, always the best first, and a probability is one."""
    judgement = judge(ranking, mode)
    assert not (judgement.sure and judgement.possible)
    assert judgement.sure in {None, *ranking[:1]}
    assert judgement.possible in {(), tuple(ranking[:MAX_SUGGESTIONS])}
    assert 0 <= judgement.probability <= 1


@settings(deadline=None)
@given(RANKINGS)
def test_whoever_is_cautious_answers_less(ranking):
    """Each mode gives every answer that a more cautious one gives."""
    cautious, balanced, eager = (judge(ranking, mode).sure for mode in ("cautious", "balanced", "eager"))
    assert not cautious or balanced
    assert not balanced or eager


def test_the_same_words_with_nothing_beside_them_are_sure():
    """The author's own question is answered."""
    assert judge([seen(100.0)]).sure
    assert judge([seen(100.0), seen(40.0, 0.4)]).sure


def test_a_tie_is_never_sure():
    """Of two that fit alike, the member chooses."""
    assert judge([seen(100.0), Match("other", 100.0, 1, 1, 1, 1, 2, 4)]).possible


def test_a_lead_makes_sure():
    """The further the second is behind, the more probable is the first."""
    close, clear = ([seen(60.0, 0.6), seen(other, 0.5)] for other in (58.0, 20.0))
    assert judge(close).probability < judge(clear).probability


@pytest.mark.parametrize("ranking", [[], [seen(30.0, 0.3, content_share=0.0)]])
def test_nothing_in_common_but_small_words_is_unknown(ranking):
    """'How do I' is no reason to offer an entry."""
    judgement = judge(ranking, "eager")
    assert not judgement.sure
    assert not judgement.possible
