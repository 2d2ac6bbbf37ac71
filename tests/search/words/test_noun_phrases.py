"""A message that only names something asks for what it names."""

from __future__ import annotations

import pytest

from bot.search.confidence import judge
from bot.search.index import Index
from bot.search.words.noun_phrases import is_noun_phrase, part_in
from tests.support.course_server import ENTRIES
from tests.support.findable import indexes

FORMS = indexes(ENTRIES)


@pytest.mark.parametrize("index", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize(
    "question", ["slides of the lectures", "the slides of the lectures", "photos of the lectures"]
)
def test_the_slides_of_the_lectures_are_not_their_recordings(index: Index, question: str):
    """Who wants the slides is not told where the recordings are as if that were the answer."""
    assert judge(index.rank(question), "eager").sure is None


@pytest.mark.parametrize("index", FORMS.values(), ids=FORMS)
def test_the_recordings_of_the_lectures_are_answered(index: Index):
    """The same phrase for what the entry has is answered."""
    sure = judge(index.rank("recordings of the lectures")).sure
    assert sure
    assert sure.id == "recordings"


@pytest.mark.parametrize(
    ("message", "part"),
    [
        ("slides of the lectures", "slides"),
        ("the slides of the lectures", "slides"),
        ("final slides of the lectures", ""),
        ("where are the slides of the lectures", ""),
        ("the purpose of the lectures", ""),
        ("cost of the lectures", ""),
        ("cancellation of a lecture", ""),
        ("slides of", ""),
        ("the", ""),
        ("slides", ""),
        ("", ""),
    ],
)
def test_the_word_before_of_is_what_is_asked_for(message: str, part: str):
    """Only in a message that names something, and begins with it."""
    assert part_in(message.split()) == part


@pytest.mark.parametrize(
    ("message", "is_one"), [("final project grade", True), ("what is a grade", False), ("i need a grade", False)]
)
def test_a_noun_phrase_has_no_question_word_and_no_person(message: str, is_one: bool):
    """ "I need" and "what is" ask something about the thing."""
    assert is_noun_phrase(message.split()) is is_one
