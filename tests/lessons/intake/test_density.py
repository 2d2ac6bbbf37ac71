"""A long reStructuredText is refused before it is read if that would take too long, and a usual one never."""

from __future__ import annotations

import pytest

from bot.errors import NotesError
from bot.lessons.intake.conversion import read_source
from bot.lessons.intake.density import refuse_dense, refuse_short_lines
from bot.lessons.intake.restructured.pieces import divided
from tests.lessons.intake.reading_files import read_lessons

USUAL = (
    "What is a kiln?\n---------------\n\nAn oven that gets *hot*; see `here <https://e.org/>`_. Call ``fire()``,\n"
    "which is as long as a usual answer of a page of questions, of which there may be many, each in a\n"
    "paragraph or two.\n\nThen wait until it is cold before you open it, which takes a day.\n\n"
)


LINKS = (
    ".. _q{n}:\n\nHow do I install number {n}?\n---------------------------\n\nOpen the `page of number {n} "
    "<https://example.org/install/{n}.html>`_, which says\nmore about it than there is room for here, and then "
    "*type* ``install {n}`` there.\nWhoever has done that before may leave it out:\n\n"
    ".. code-block:: bash\n\n   $ install {n} --all\n   $ echo done\n\n* It takes a `minute <https://e.org/{n}>`_"
    " or so, and see :ref:`the other page <q{n}>`.\n* It needs a network.\n\n.. note::\n\n   Keep the **key**.\n\n"
)


def parts(text: str) -> list[str]:
    """The parts that are read by themselves."""
    return [each.own for each in divided(text)[0]]


@pytest.mark.parametrize("size", [2**19, 3 * 2**20])
@pytest.mark.parametrize("unit", [USUAL, LINKS])
def test_usual_pages_are_not_refused_however_long(unit, size):
    """Thousands of questions with short answers, each with its links, its code and its lists."""
    refuse_dense(*parts("".join(unit.replace("{n}", str(n)) for n in range(size // len(unit)))))


@pytest.mark.parametrize("unit", ["-", "/", "a'"])
def test_a_word_without_end_is_refused_before_it_is_read(unit):
    """It would take docutils minutes."""
    refuse_dense(f"See {unit * 1_500} there.\n")
    with pytest.raises(NotesError, match=r"line 3: has a word of 20,000 characters"):
        refuse_dense(f"A?\n\n{unit * (20_000 // len(unit))}\n")


@pytest.mark.parametrize(
    "piece",
    [
        *("- a\n", "- a\n\n", ":a: b\n", "*a* ``b`` **c**\n\n", ".. note:: a\n\n", "a\n\n", "a?\n  b\n"),
        *(
            "| a\n| b\n\n",
            "- - - a\n\n",
            "- a\n\n  - b\n\n    - c\n\n",
            "`a`__\n\n__ http://e.org\n\n",
            "a [#]_\n\n.. [#] b\n\n",
        ),
        *(
            "== ==\na  b\na  b\n== ==\n\n",
            "+--+--+\n|a |b |\n+--+--+\n\n",
            ".. csv-table::\n\n   a,b,c,d\n\n",
            "a\n \n",
        ),
        *("- a::\n\n  b\n\n", "a::\n  b\n\n", ".. list-table::\n\n   * - a\n     - b\n\n"),
    ],
)
def test_short_lines_without_end_are_refused_before_they_are_read(piece):
    """The error names the line at which to split the file, and the part before that line is accepted."""
    text = piece * (2**19 // len(piece))
    with pytest.raises(NotesError, match=r"line \d+: so many short lines take too long") as refused:
        refuse_dense(*parts(text))
    line = int(str(refused.value).split(":", 1)[0].removeprefix("line "))
    assert line > 1
    refuse_dense(*parts("\n".join(text.split("\n")[: line - 1])))


@pytest.mark.parametrize("size", [2**19, 2**21])
def test_markdown_of_short_lines_without_end_is_refused_too(size):
    """A text of questions of one letter each is no page of a community."""
    with pytest.raises(NotesError, match=r"line \d+: so many short lines take too long"):
        read_source("a?\nb\n\n" * (size // 6), "faq.md")
    refuse_short_lines(USUAL * (size // len(USUAL)))


@pytest.mark.parametrize(
    ("name", "begin", "row"), [("a.csv", "question,answer\n", "a?,b\n"), ("a.yaml", "", "- {q: a?, a: b}\n")]
)
def test_more_questions_than_can_be_written_in_time_are_refused(name, begin, row):
    """The error says how many questions one file may have."""
    with pytest.raises(NotesError, match=r"has 20,001 questions; at most 20,000 can be imported at once"):
        read_lessons(begin + row * 20_001, name, has_picture=lambda path: False)
