"""reStructuredText: what its parts refer to, and long texts, which are read piece by piece."""

from __future__ import annotations

import pytest

from bot.errors import NotesError
from bot.lessons.intake.restructured.pieces import divided
from tests.lessons.intake.reading_files import left, pairs, read

PARAGRAPH = "A usual line of a paragraph with no marks, which is as long as those of other pages are.\n" * 32


def test_names_lead_to_addresses_sections_and_other_names():
    """A link by name gets its address, also by way of another name; without one, it stays as it is written."""
    text = """\
What is a kiln?
---------------

An oven_, or a kiln_; `see this <shop_>`_, and `that`__. A my_name_ is not known, nor a round_.

What is a shop?
---------------

See `What is a kiln?`_ and [Book]_.

.. _oven: http://e.org/a
   /long/address
.. _kiln: oven_
.. _shop: http://e.org/shop
.. _round: circle_
.. _circle: round_
.. _unused: http://e.org/unused

__ http://e.org/that

.. [Book] A book on it.
"""
    found = dict(pairs(text, "faq.rst"))
    assert found["What is a kiln?"] == (
        "An [oven](http://e.org/a/long/address), or a [kiln](http://e.org/a/long/address); "
        "[see this](http://e.org/shop), and [that](http://e.org/that). "
        "A my_name_ is not known, nor a round."
    )
    assert found["What is a shop?"] == "See What is a kiln? and (Book).\n\n(Book) A book on it."
    assert [each for _, each in left(text, "faq.rst") if "[" not in each] == [".. _unused: http://e.org/unused"]


def test_quoted_code_and_other_rare_parts_are_read():
    """Code that is quoted line by line is code; a page's keywords are no text of it."""
    text = ".. meta::\n   :keywords: clay\n\nHow?\n----\n\nSo::\n\n> fire()\n> wait()\n\nThen *open* it.\n"
    assert pairs(text, "faq.rst") == [("How?", "So:\n\n```\n> fire()\n> wait()\n```\n\nThen *open* it.")]


def test_a_long_text_is_read_as_if_it_were_one_piece():
    """Titles keep their level, names their addresses and remarks their lines, wherever they are defined."""
    middle = "".join(
        f"Group {n}\n========\n\n"
        + "".join(f"What is {n}, {k}?\n~~~~~~~~~~~~~~\n\n{PARAGRAPH}\n" for k in range(9))
        for n in range(1, 23)
    )
    text = (
        f"****\nKiln\n****\n\n.. |oven| replace:: the oven\n\nWhat is first?\n==============\n\n.. _one:\n\n"
        f"See `the last`_, `What is last?`_ and shop_.\n\n{middle}"
        "What is last?\n=============\n\n|oven|, `What is first?`_ and shop_, [#]_ as it is.\n\n"
        ".. a comment\n\n.. _the last: shop_\n.. _shop: http://e.org\n\n.. [#] A note.\n"
    )
    pieces, __ = divided(text)
    assert len(pieces) > 1
    made = read(text, "faq.rst")
    assert {each.lesson for each in made.lessons} >= {"Group 1", "Group 22"}
    entries = [entry for lesson in made.lessons for entry in lesson.entries]
    assert len(entries) == 2 + 22 * 9
    assert entries[0].answer == "See [the last](http://e.org), What is last? and [shop](http://e.org)."
    assert entries[0].related == (entries[-1].id,)
    assert entries[-1].answer == "the oven, What is first? and [shop](http://e.org), (1) as it is.\n\n(1) A note."
    assert entries[-1].related == (entries[0].id,)
    comment = next(each for each in made.unplaced if each.text == "a comment")
    assert text.split("\n")[comment.line - 1] == ".. a comment"


def test_a_long_text_without_titles_is_divided_between_its_blocks():
    """No line of it is lost, and none is read twice."""
    text = "Kiln\n====\n\n" + "".join(f"What is {n}?\n   A part.\n\n" for n in range(4_000))
    pieces, __ = divided(text)
    assert len(pieces) > 1
    assert "\n".join(each.own for each in pieces) == text
    assert all(each.titles == 1 for each in pieces[1:])


def test_a_text_that_is_nested_too_deep_is_refused():
    """The error says where."""
    with pytest.raises(NotesError, match="line 1: has lists or quotes that are nested too deep"):
        read("A?\n==\n\n" + "- " * 400 + "a\n", "faq.rst")


def test_sphinx_boxes_say_what_they_are():
    """The version stands in the title of a box, and the text on the directive's own lines is parsed."""
    text = """\
Is it new?
----------

Yes.

.. versionadded:: 3.2
   The ``mode`` option.

.. deprecated:: 4.0

.. versionchanged:: 5.1 Now with *colour*.

   And sound.

.. seealso::
   The `docs <http://e.org>`_ and **bold** words
   go on.

.. seealso:: This.

.. dropdown:: More of ``mode``

   Hidden.
"""
    assert pairs(text, "faq.rst") == [
        (
            "Is it new?",
            "Yes.\n\n"
            "> **New in version 3.2**\n> The `mode` option.\n\n"
            "> **Deprecated since version 4.0**\n\n"
            "> **Changed in version 5.1**\n> Now with *colour*.\n\n> And sound.\n\n"
            "> **See also**\n> The [docs](http://e.org) and **bold** words\n> go on.\n\n"
            "> **See also**\n> This.\n\n"
            "> **More of `mode`**\n> Hidden.",
        )
    ]


@pytest.mark.parametrize("text", ["\n   Use *it*.\n", "\n\n   Use *it*.\n", " :class: a\n\n   Use *it*.\n"])
def test_a_box_for_a_version_may_name_none(text):
    """Its text is no version, and not lost."""
    page = f"Is it there?\n------------\n\nNo.\n\n.. deprecated::{text}"
    assert pairs(page, "faq.rst") == [("Is it there?", "No.\n\n> **Deprecated**\n> Use *it*.")]


def test_members_read_the_words_of_roles():
    """Neither the name of an unknown role nor a target is shown; the report names both."""
    text = "Why?\n----\n\nIt is :strike:`not_so`. See :ref:`models <buckets>`, :x:`maps <m>`, or `Dune`.\n"
    assert pairs(text, "faq.rst") == [("Why?", "It is not\\_so. See models, maps, or *Dune*.")]
    assert [each for _, each in left(text, "faq.rst")] == [
        ":strike:`not_so`",
        ":ref:`models <buckets>`",
        ":x:`maps <m>`",
    ]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("`git checkout <branch>`", "*git checkout <branch>*"),
        ("`ssh <user>@<host>`", "*ssh <user>@<host>*"),
        (":opt:`--file=<name>`", "--file=<name>"),
        (":samp:`ls <folder>`", "`ls <folder>`"),
        (":file:`~/.bashrc`", "`~/.bashrc`"),
    ],
)
def test_an_argument_in_a_command_is_no_target(written, shown):
    """On a page with no such place, members would miss a part of what they are to type."""
    assert pairs(f"Why?\n----\n\nType {written} here.\n", "faq.rst") == [("Why?", f"Type {shown} here.")]
    asked = f"How do I use {written}?"
    [(question, __)] = pairs(f"{asked}\n{'-' * len(asked)}\n\nSo.\n", "faq.rst")
    assert question == f"How do I use {shown.strip('*`')}?"
