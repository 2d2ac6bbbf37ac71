"""Reading reStructuredText takes time proportional to its length, or it is refused beforehand."""

from __future__ import annotations

import contextlib

import pytest

from bot.errors import NotesError
from tests.lessons.intake.reading_files import read
from tests.support.growth import assert_linear


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a\n\n" * 700_000, "is reStructuredText of 2,100,000 characters; at most 2,000,000 are read: split it"),
        ("Why?\n----\n\n" + "|a| `b`_ " * 10_000, "line 4: has a paragraph of .* marks, which takes too long"),
    ],
)
def test_restructured_text_that_would_take_minutes_is_refused(text, why):
    """A page that would take minutes is refused beforehand, and the error says what to do."""
    with pytest.raises(NotesError, match=why):
        read(text, "faq.rst")


@pytest.mark.parametrize("piece", ["Why?\n----\n\nSo *it* is.\n\n", "----\n\n", "+--+\n|a |\n+--+\n\n", "- a\n"])
def test_twice_the_restructured_text_takes_about_twice_the_time(piece):
    """The time to read a page is proportional to its length, whatever it contains."""

    def read_some(size: int) -> None:
        with contextlib.suppress(NotesError):
            read(piece * (size // len(piece)), "faq.rst")

    assert_linear(read_some, 6_000)
