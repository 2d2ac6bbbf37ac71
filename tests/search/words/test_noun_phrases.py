"""A message that only names something asks for what it names."""

from __future__ import annotations

import pytest

from bot.search.words.noun_phrases import is_noun_phrase


@pytest.mark.parametrize(
    ("message", "is_one"), [("final project grade", True), ("what is a grade", False), ("i need a grade", False)]
)
def test_a_noun_phrase_has_no_question_word_and_no_person(message: str, is_one: bool):
    """ "I need" and "what is" ask something about the thing."""
    assert is_noun_phrase(message.split()) is is_one
