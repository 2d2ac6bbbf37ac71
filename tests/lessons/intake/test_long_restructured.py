"""Reading reStructuredText takes time proportional to its length, or it is refused beforehand."""

from __future__ import annotations

import contextlib

import pytest

from bot.errors import NotesError
from tests.lessons.intake.reading_files import read
from tests.support.growth import assert_linear


def test_a_paragraph_that_would_take_minutes_is_refused():
    """It is refused before it is read, and the error says what to do."""
    text = "Why?\n----\n\n" + "|a| `b`_ " * 10_000
    with pytest.raises(NotesError, match=r"line 4: has a paragraph of .* marks, which takes too long"):
        read(text, "faq.rst")


@pytest.mark.parametrize("piece", ["Why?\n----\n\nSo *it* is.\n\n", "----\n\n", "+--+\n|a |\n+--+\n\n", "- a\n"])
def test_twice_the_restructured_text_takes_about_twice_the_time(piece):
    """The time to read a page is proportional to its length, whatever it contains."""

    def read_some(size: int) -> None:
        with contextlib.suppress(NotesError):
            read(piece * (size // len(piece)), "faq.rst")

    assert_linear(read_some, 6_000)
