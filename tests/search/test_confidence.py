"""The confidence in a ranking decides the reply."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.search.confidence import MAX_SUGGESTIONS, judge
from bot.search.match import CalibrationOffset, Evidence, Match

SHARE = st.floats(0, 1)
EVIDENCE = st.builds(
    Evidence,
    st.sampled_from(["words", "table", "model"]),
    st.builds(CalibrationOffset, st.floats(-10, 10), st.floats(-10, 10)),
    SHARE,
    st.floats(-1, 1),
    SHARE,
    st.floats(-1, 1),
    SHARE,
    st.integers(0, 9),
    st.integers(1, 60),
    st.booleans(),
)
RANKINGS = st.lists(
    st.builds(Match, st.uuids().map(str), st.floats(0.01, 100), SHARE, SHARE, SHARE, SHARE, EVIDENCE),
    max_size=12,
).map(lambda matches: sorted(matches, key=lambda match: -match.score))


def seen(score: float, lead: float = 0.5, content: int = 2, *, is_exact: bool = False) -> Match:
    """The best match for a question of four words, ranked by words alone."""
    evidence = Evidence(
        lexical=score / 100,
        lexical_lead=lead,
        content_share=content / 2,
        content_held=content,
        asked=4,
        is_exact=is_exact,
    )
    return Match(f"e{score}", score, evidence=evidence)


@settings(deadline=None)
@given(RANKINGS, st.sampled_from(["cautious", "balanced", "eager"]))
def test_an_answer_or_suggestions_or_nothing(ranking, mode):
    """There is an answer or up to three suggestions, never both, the best first; probabilities are from 0 to 1."""
    judgement = judge(ranking, mode)
    assert not (judgement.sure and judgement.possible)
    assert judgement.sure in {None, *ranking[:1]}
    # Where several keywords are named, only what is about one of them is suggested.
    ranked = iter(ranking)
    assert all(match in ranked for match in judgement.possible)
    assert len(judgement.possible) <= MAX_SUGGESTIONS
    assert 0 <= judgement.probability <= 1


@settings(deadline=None)
@given(RANKINGS)
def test_whoever_is_cautious_answers_less(ranking):
    """Each mode gives all answers of a more cautious mode."""
    cautious, balanced, eager = (judge(ranking, mode).sure for mode in ("cautious", "balanced", "eager"))
    assert not cautious or balanced
    assert not balanced or eager


def test_the_same_words_with_nothing_beside_them_are_sure():
    """An entry's own question is answered."""
    assert judge([seen(100.0, is_exact=True)]).sure


def test_a_tie_is_never_sure():
    """If two entries fit equally well, the member chooses."""
    assert judge([seen(90.0, 0.0), Match("other", 90.0)]).possible


def test_a_lead_makes_sure():
    """The first is the more probable, the further the second is behind."""
    close, clear = ([seen(60.0, lead), Match("other", 60.0 - 100 * lead)] for lead in (0.02, 0.4))
    assert judge(close).probability < judge(clear).probability


@pytest.mark.parametrize(("nearness", "is_sure"), [(0.7, True), (0.35, False)])
def test_with_a_model_words_alone_do_not_make_sure(nearness, is_sure):
    """An entry that means something else is no answer, though it holds all words: "delete everything"."""
    evidence = Evidence(
        "model",
        lexical=0.6,
        lexical_lead=0.6,
        meaning=nearness,
        meaning_lead=0.3,
        content_share=1.0,
        content_held=2,
        asked=4,
    )
    judgement = judge([Match("uninstall", 50.0, evidence=evidence)])
    assert judgement.probability > 0.9
    assert bool(judgement.sure) is is_sure


@pytest.mark.parametrize("ranking", [[], [seen(30.0, content=0)]])
def test_nothing_in_common_but_small_words_is_unknown(ranking):
    """Entries that share only small words such as 'How do I' are not offered."""
    judgement = judge(ranking, "eager")
    assert not judgement.sure
    assert not judgement.possible
