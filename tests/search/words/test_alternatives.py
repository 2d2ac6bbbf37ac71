"""Who asks what else there is than a thing gets the entries that compare it."""

from __future__ import annotations

import pytest

from bot.dialogue.reply import Answer, Suggestions
from bot.search.words.alternatives import as_comparison
from bot.tutor import Tutor


@pytest.mark.parametrize(
    ("asked", "heard"),
    [
        ("what can i use instead of pip", "pip vs"),
        ("instead of pip what can i use", "pip vs"),
        ("something other than pip", "pip vs"),
        ("any alternative to conda", "conda vs"),
        ("conda alternatives", "conda vs"),
        ("was kann ich statt pip benutzen", "pip vs"),
        ("alternative zu conda", "conda vs"),
        ("que uso en vez de pip", "pip vs"),
        ("que hay en lugar de conda", "conda vs"),
        ("use uv instead of pip", "use uv instead of pip"),
        ("leave a venv instead of deleting it", "leave a venv instead of deleting it"),
        ("instead of deleting it can i just rename it", "instead of deleting it can i just rename it"),
        ("statt es zu loschen mochte ich es umbenennen", "statt es zu loschen mochte ich es umbenennen"),
        ("instead of", "instead of"),
        ("", ""),
    ],
)
def test_only_a_question_for_something_unnamed_is_a_comparison(asked: str, heard: str):
    """If a question names both things, its words stay as they are."""
    assert as_comparison(asked.split()) == heard.split()


@pytest.mark.parametrize(
    "asked", ["what can i use instead of pip", "anything other than pip?", "was kann ich statt pip benutzen"]
)
def test_entries_that_compare_it_are_offered(tutor: Tutor, asked: str):
    """Several entries compare pip with something, so the member chooses."""
    said = tutor.answer(asked)
    assert isinstance(said, Suggestions)
    assert {"uv", "pipx"} <= {each.id for each in said.questions}


@pytest.mark.parametrize("asked", ["alternatives to conda", "statt conda was nehmen", "qué uso en lugar de conda"])
def test_the_only_comparison_is_the_answer(tutor: Tutor, asked: str):
    """One entry compares conda with something."""
    said = tutor.answer(asked)
    assert isinstance(said, Answer)
    assert said.id == "venv-or-conda"
