"""Texts without markup become entries if they are made of questions with answers."""

from __future__ import annotations

import pytest

from bot.errors import NotesError
from tests.lessons.intake.reading_files import left, pairs, read

TWO = [("What is a kiln?", "An oven for clay."), ("Can I open it hot?", "No.\n\nWait.")]


@pytest.mark.parametrize(
    "text",
    [
        # copied from a document
        "Pottery FAQ\n\nWhat is a kiln?\n\nAn oven for clay.\n\nCan I open it hot?\n\nNo.\n\nWait.\n",
        # pasted from a chat
        "Pottery FAQ\n\nWhat is a kiln?\nAn oven for clay.\n\nCan I open it hot?\nNo.\n\nWait.\n",
        # a text file with indented answers
        "Pottery FAQ\n\n1.1 What is a kiln?\n\n\tAn oven for clay.\n\n1.2 Can I open it hot?\n\tNo.\n\n\tWait.\n",
        # without empty lines
        "Pottery FAQ\nWhat is a kiln?\nAn oven for clay.\nCan I open it hot?\nNo.\n\nWait.\n",
        # with rules between
        "Pottery FAQ\n\nWhat is a kiln?\n\nAn oven for clay.\n\n----\n\nCan I open it hot?\n\nNo.\n\nWait.\n",
    ],
)
def test_lines_that_ask_are_questions(text):
    """A line of its own that ends in a question mark is a question, and the first line is the lesson's title."""
    assert pairs(text, "notes.txt") == TWO
    assert [lesson.lesson for lesson in read(text, "notes.txt").lessons] == ["Pottery FAQ"]
    assert not left(text, "notes.txt")


def test_code_below_a_question_stays_code():
    """An answer that is indented as a whole is no code; a part of it that is indented more is."""
    text = "What is it?\n\n  Run:\n\n      kiln --hot\n\nWhy?\n\n    So.\n"
    assert pairs(text, "notes.txt") == [("What is it?", "Run:\n\n```\nkiln --hot\n```"), ("Why?", "So.")]


def test_headings_and_labels_come_first():
    """Where a page marks its questions, a line that asks something is a part of its answer."""
    text = "# Pottery\n\n## What is a kiln?\n\nWant to know?\n\nIt is an oven.\n\nWant more?\n\nRead on.\n"
    [(question, answer)] = pairs(text)
    assert question == "What is a kiln?"
    assert "Want to know?" in answer
    assert "Want more?" in answer
    asked = "# Why is my pot cracked?\n\nToo dry?\n\nAdd water.\n\nToo hot?\n\nWait.\n"
    assert [question for question, _ in pairs(asked)] == ["Why is my pot cracked?"]


def test_the_next_question_can_stand_right_below_an_answer():
    """In a text with and without empty lines, every question gets its own answer, and a title among them none."""
    text = "What is a kiln?\nAn oven.\nSo it is hot.\n¿Quema?\nSí.\n\nOn glazes\nWhat is a glaze?\nGlass.\n"
    assert pairs(text, "notes.txt") == [
        ("What is a kiln?", "An oven.\nSo it is hot."),
        ("¿Quema?", "Sí."),
        ("What is a glaze?", "Glass."),
    ]
    assert left(text, "notes.txt") == [(7, "On glazes")]


@pytest.mark.parametrize(
    "answer",
    [
        "Too dry?\nAdd water.\nToo hot?\nWait.",
        "We had to find out\nwhy does it crack?\nSo we waited.",
        "It was wet.\nIs that all you need to know?",
    ],
)
def test_what_an_answer_asks_stays_in_it(answer):
    """Short words that lead on, a line within a sentence, and a last line are no questions of members."""
    text = f"Why is it cracked?\n{answer}\n\nWhat is a kiln?\nAn oven.\n"
    assert pairs(text, "notes.txt") == [("Why is it cracked?", answer), ("What is a kiln?", "An oven.")]


def test_prose_that_asks_here_and_there_is_no_list_of_questions():
    """A text that is not made of questions stays out."""
    prose = "".join(f"We made pot {n}.\n\n" for n in range(20))
    with pytest.raises(NotesError, match=r"It has 2 lines that end in '\?'\."):
        read(f"{prose}Interested?\n\nCome by.\n\n{prose}Any questions?\n\nWrite us.\n", "notes.txt")
    with pytest.raises(NotesError):
        read("We get asked a lot. Is it hot?\n\nYes. Is it safe?\n\nNo.\n", "notes.txt")
    with pytest.raises(NotesError, match=r"It has 1 line that ends in '\?'\."):
        read("What is a kiln?\nAn oven.\n", "notes.txt")
