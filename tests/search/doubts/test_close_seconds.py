"""Where a second entry fits a question nearly as well as the first, both are offered."""

from __future__ import annotations

import pytest

from bot.dialogue.reply import Answer, Suggestions
from bot.search.confidence import judge
from bot.search.match import Understanding
from bot.tutor import Tutor
from tests.support.course_server import ENTRIES
from tests.support.findable import Findable, indexes

UNLOCK_FRONT = Findable("front", "How do I unlock the front door of the workshop?", (), "With the blue card.")
UNLOCK_BACK = Findable("back", "How do I unlock the back door of the workshop?", (), "With the red card.")
SIZES = indexes((*ENTRIES, UNLOCK_FRONT, UNLOCK_BACK))


@pytest.mark.parametrize("question", ["how do i activate a venv", "activate the virtual environment"])
def test_a_question_that_two_entries_share_offers_both(tutor: Tutor, question: str):
    """Who does not say which system it is for is offered the entries on Windows and on macOS."""
    said = tutor.answer(question)
    assert isinstance(said, Suggestions)
    assert {"activate-on-windows", "activate-on-macos-and-linux"} <= {each.id for each in said.questions}


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("how do i activate a venv on windows", "activate-on-windows"),
        ("python: command not found", "python-command-not-found"),
        ("pip: command not found", "pip-command-not-found"),
    ],
)
def test_a_word_that_only_one_of_them_has_decides(tutor: Tutor, question: str, entry: str):
    """Entries that share most of their words are told apart by the word that the question has, too."""
    said = tutor.answer(question)
    assert isinstance(said, Answer)
    assert said.id == entry


@pytest.mark.parametrize("understanding", ["words", "table"])
def test_two_doors_are_told_apart_by_their_names(understanding: Understanding):
    """The door that is named is the answer; without a name, neither is."""
    index = SIZES[understanding]
    named = judge(index.rank("how do i unlock the back door of the workshop", understanding=understanding)).sure
    assert named
    assert named.id == "back"
    unnamed = judge(index.rank("how do i unlock the workshop door", understanding=understanding))
    assert unnamed.sure is None
    assert {each.id for each in unnamed.possible[:2]} == {"front", "back"}
