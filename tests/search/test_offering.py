"""Suggestions have to be more probable in public than in private."""

from __future__ import annotations

import pytest

from bot.dialogue.reply import Suggestions, Unknown
from bot.evaluate.rows import Row
from bot.search.confidence import ANSWER, OFFER, OFFER_IN_PUBLIC, ConfidenceMode, Judgement, judge
from bot.search.index import Index
from bot.search.match import Evidence, Match
from bot.search.meaning.table import TableSource
from bot.tutor import Tutor
from tests.support.findable import LateIndex

MODES: tuple[ConfidenceMode, ...] = ("cautious", "balanced", "eager")


def judged(lexical: float, *, public: bool, mode: ConfidenceMode = "balanced") -> Judgement:
    seen = Evidence("words", lexical=lexical, lexical_lead=lexical / 4, content_share=0.6, content_held=2, asked=4)
    return judge([Match("a", 100 * lexical, evidence=seen), Match("b", 75 * lexical)], mode, public=public)


@pytest.mark.parametrize("mode", MODES)
def test_in_public_a_suggestion_has_to_be_likelier(mode: ConfidenceMode):
    """There is a question that gets suggestions in private, and none in public."""
    steps = [n / 200 for n in range(1, 160)]
    private = [bool(judged(each, public=False, mode=mode).possible) for each in steps]
    public = [bool(judged(each, public=True, mode=mode).possible) for each in steps]
    assert sum(private) > sum(public) > 0
    assert all(yes or not likely for yes, likely in zip(private, public, strict=True))


def test_what_is_answered_is_answered_everywhere():
    """Answers are the same in public and in private."""
    for each in (n / 200 for n in range(1, 200)):
        assert judged(each, public=True).sure == judged(each, public=False).sure


def test_every_understanding_has_its_thresholds_in_order():
    """For each understanding, more cautious modes offer less, and every mode offers more than it answers."""
    for understanding, least in OFFER_IN_PUBLIC.items():
        assert least["cautious"] > least["balanced"] > least["eager"]
        assert all(OFFER[understanding][mode] < least[mode] < ANSWER[understanding][mode] for mode in MODES)
    assert OFFER_IN_PUBLIC.keys() == ANSWER.keys()


def test_a_question_that_only_shares_the_subject_gets_no_buttons_in_public(tutor: Tutor):
    """Most entries of the lessons hold "python", so it says nothing about which of them could be meant."""
    for text in ("which editor for python", "python web framework", "how do i make a website with python"):
        assert isinstance(tutor.answer(text, public=True), Unknown), text
    assert isinstance(tutor.answer("which editor for python"), Suggestions), "in private, a guess costs little"
    # The subject alone asks which entry, and another word of an entry tells which.
    for text in ("python", "which python version do i need"):
        assert isinstance(tutor.answer(text, public=True), Suggestions), text


@pytest.mark.parametrize("text", ["uninstall numpy", "pip uninstall pandas", "how do i uninstall kubernetes"])
@pytest.mark.parametrize("public", [False, True], ids=["private", "public"])
def test_who_names_one_of_its_kind_is_offered_the_entry_on_the_kind(tutor: Tutor, text: str, public: bool):
    """No entry is about uninstalling numpy, but one is about uninstalling a package."""
    reply = tutor.answer(text, public=public)
    assert isinstance(reply, Suggestions)
    assert reply.questions[0].id == "uninstall-a-package"


CAREER = LateIndex(
    [
        Row("book", "How do I book a mock interview?", (), "In #mock, by writing there."),
        Row("move", "How do I move an interview?", (), "By writing to them early."),
        Row("prepare", "How do I prepare for an interview?", (), "Read the ad."),
        Row("whiteboard", "What happens in a whiteboard interview?", (), "You draw and explain in writing."),
        Row("thank", "Should I thank them for the interview?", (), "Yes, in writing."),
        Row("cv", "How long should my CV be?", (), "One page. Good writing counts."),
        Row("gap", "How do I explain a gap?", (), "In one sentence, in writing."),
        Row("groups", "Where do the groups meet?", (), "In the hall."),
    ]
)


@pytest.mark.parametrize("public", [False, True], ids=["private", "public"])
def test_a_single_word_of_many_questions_is_offered_some_of_them(public: bool):
    """Who types "interview" is asked what about it, though most entries have the word."""
    possible = judge(CAREER.rank("interview"), public=public).possible
    assert len(possible) == 3
    assert {match.id for match in possible} <= {"book", "move", "prepare", "whiteboard", "thank"}


@pytest.mark.parametrize("text", ["writing", "interview coach insurance", "insurance"])
def test_a_word_that_only_answers_hold_tells_less(text: str):
    """Nor is anything offered to whoever asks for something else with one of these words."""
    judgement = judge(CAREER.rank(text), public=True)
    assert not judgement.sure
    assert not judgement.possible


def test_what_is_near_in_meaning_needs_no_word_in_common():
    """ "Boosters" is no form of "boosting" to the index, and yet means it."""
    server = Index(
        [
            Row("boost", "What do I get for boosting?", ("boost perks",), "A colour."),
            Row("rank", "How do I see my rank?", (), "With /rank."),
            Row("rules", "Where are the rules?", (), "In #rules."),
            Row("voice", "How do I create a voice channel?", (), "With /voice."),
            Row("nick", "How do I change my nickname?", (), "In your profile."),
        ],
        {},
        (TableSource(),),
    )
    assert [each.id for each in judge(server.rank("what do boosters get")).possible][:1] == ["boost"]
    assert judge(server.rank("how do i bake bread")).possible == ()
