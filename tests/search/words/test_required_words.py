"""An entry answers some questions only if it is asked in the same sense itself."""

from __future__ import annotations

import pytest

from bot.search.words.required_words import asked_with_one_of


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("is git better than svn", "difference"),
        ("best editor for css", "recommend"),
        ("is the project hard to finish", "difficult"),
        ("is it worth it", "should"),
        ("who invented the compressor", "inventor"),
    ],
)
def test_an_entry_can_use_another_word_for_what_is_asked(question: str, word: str):
    """An entry on the difference between two things can say which is better."""
    assert word in asked_with_one_of(question.split())


def test_most_questions_are_answered_by_entries_in_any_words():
    """ "How do I make a venv" compares and rates nothing."""
    assert not asked_with_one_of("how do i make a venv".split())
