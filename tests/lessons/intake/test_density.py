"""A long reStructuredText is refused before it is read if that would take too long, and a usual one never."""

from __future__ import annotations

import pytest

from bot.errors import NotesError
from bot.lessons.intake.density import LONGEST, refuse_dense

USUAL = (
    "What is a kiln?\n---------------\n\nAn oven that gets *hot*; see `here <https://e.org/>`_. Call ``fire()``,\n"
    "which is as long as a usual answer of a page of questions, of which there may be many, each in a\n"
    "paragraph or two.\n\nThen wait until it is cold before you open it, which takes a day.\n\n"
)


def test_a_usual_page_is_not_refused_however_long_it_is():
    """Thousands of questions with answers, each with its links and its code."""
    refuse_dense(USUAL * (LONGEST // len(USUAL)))


@pytest.mark.parametrize("size", [2**20, 2**19])
@pytest.mark.parametrize(
    "piece", ["- a\n", "- a\n\n", ":a: b\n", "*a* ``b`` **c**\n\n", ".. note:: a\n\n", "a\n\n", "a?\n  b\n"]
)
def test_short_lines_without_end_are_refused_before_they_are_read(piece, size):
    """With the line at which the file can be split; the part before it is read."""
    text = piece * (size // len(piece))
    with pytest.raises(NotesError, match=r"line \d+: so many short lines take too long") as refused:
        refuse_dense(text)
    line = int(str(refused.value).split(":", 1)[0].removeprefix("line "))
    assert line > 1
    refuse_dense("\n".join(text.split("\n")[: line - 1]))
