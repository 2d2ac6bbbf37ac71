"""A change is described in words for a quick look, and as YAML that hides nothing without saying so."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.curating.diff import Difference, difference, words_between
from bot.lessons.document import read_document
from bot.lessons.lesson import Entry
from bot.lessons.library import Lessons
from tests.curating.conftest import SMALL
from tests.support.growth import seconds

ANIMALS = SMALL["animals.yaml"]
ENTRY = Entry(id="e", question="Q?", phrasings=("a", "b"), answer="one\ntwo\nthree", related=("x", "y"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"question": "What?"}, ["the question: “Q?” → “What?”"]),
        ({"answer": "one\n2\nthree\nfour"}, ["the answer: 1 line changed, 1 added"]),
        ({"answer": "three"}, ["the answer: 2 lines removed"]),
        ({"phrasings": ("a", "b", "c", "d")}, ["2 phrasings added: c, d"]),
        ({"phrasings": ("c", "b")}, ["1 phrasing added: c; 1 phrasing removed: a"]),
        ({"phrasings": ("b", "a")}, ["phrasings: reordered"]),
        ({"phrasings": tuple("123456789ab")}, ["9 phrasings added: 1, 2, 3, 4, 5, … 4 more"]),
        ({"related": ("x", "z")}, ["related entries: + “z” − “y”"]),
        (
            {"answer": "x", "related": ()},
            ["the answer: 1 line changed, 2 removed", "related entries: − “x” − “y”"],
        ),
    ],
)
def test_an_edit_is_told_in_words(change, words):
    """Moderators read which field changed, how much of it, and what was added and removed."""
    assert list(words_between(ENTRY, ENTRY.model_copy(update=change))) == words


def test_related_entries_are_told_by_their_questions():
    """Moderators see the questions of related entries, not their ids."""
    after = ANIMALS.replace("    related: [wash-a-dog]\n", "")
    assert after != ANIMALS
    known = Lessons((read_document("animals.yaml", ANIMALS.encode()),))
    assert difference({"animals.yaml": (ANIMALS, after)}, known).words == (
        "related entries: − “How do I wash a dog?”",
    )


def test_an_entry_that_comes_or_goes_is_named():
    """Added and removed entries are named by their questions."""
    assert words_between(None, ENTRY) == ("new entry: Q?",)
    assert words_between(ENTRY, None) == ("removed entry: Q?",)


def test_a_change_of_nothing_but_layout_says_so():
    """If only comments or layout changed, moderators read that."""
    found = difference({"animals.yaml": (ANIMALS, ANIMALS.replace("# not hot", "# hot!"))})
    assert found.words == ("animals.yaml: only formatting or comments",)
    assert "+    answer: With warm water.   # hot!" in found.yaml()


def test_an_entry_that_moves_is_not_told_as_removed():
    """Its lessons are named, and what else changed in it; nothing is said of the file that lost it."""
    dog = ANIMALS[ANIMALS.index("  - id: wash-a-dog") :]
    plants = SMALL["plants.yaml"]
    files = {
        "animals.yaml": (ANIMALS, ANIMALS.removesuffix(dog)),
        "plants.yaml": (plants, plants + dog.replace("With warm water.", "With cold water.")),
    }
    moved = "How do I wash a dog?: moved from “Animals” to “Plants”"
    assert difference(files).words == (moved, "How do I wash a dog?: the answer: 1 line changed")


def test_a_lesson_without_entries_is_named_by_its_title():
    """A new or deleted one is no change of its formatting."""
    empty = "lesson: Stones\n"
    assert difference({"stones.yaml": (None, empty)}).words == ("new lesson: Stones (stones.yaml)",)
    assert difference({"stones.yaml": (empty, None)}).words == ("deleted lesson: Stones (stones.yaml)",)


def test_a_file_that_no_version_can_read_is_still_shown():
    """An old revision in a format that is no longer valid can still be seen."""
    found = difference({"animals.yaml": ("lesson: {", ANIMALS)})
    assert found.words == ("animals.yaml contains something that this version of the bot cannot read",)
    assert found.yaml().startswith("@@")


@given(
    before=st.lists(st.sampled_from("abc"), max_size=30),
    after=st.lists(st.sampled_from(["a", "b", "x" * 40]), max_size=30),
    limit=st.integers(20, 300),
)
def test_a_shortened_diff_says_exactly_how_much_is_missing(before, after, limit):
    """It also never exceeds the length of a message."""
    found = Difference({"f": ("\n".join(before), "\n".join(after))}, ())
    whole, shown = found.yaml(10**6).split("\n"), found.yaml(limit)
    assert len(shown) <= limit
    *lines, last = shown.split("\n")
    if note := re.fullmatch(r"… (\d+) more lines?", last):
        assert lines == whole[: len(lines)]
        assert len(lines) + int(note[1]) == len(whole)
    else:
        assert [*lines, last] == whole


def test_a_diff_of_thousands_of_lines_is_shortened_in_no_time():
    """Moderators wait only for the first lines."""
    before, after = ("\n".join(f"{word} {n}" for n in range(20_000)) for word in ("a", "b"))
    texts: list[str] = []
    assert seconds(lambda: texts.append(Difference({"f": (before, after)}, ()).yaml(1500)), 1) < 2
    assert len(texts[0]) <= 1500
