"""Whoever types YAML reads what to type instead, at the line where it goes wrong."""

from __future__ import annotations

import pytest

from bot.errors import LessonError
from bot.lessons.advice import lesson_advice as advice
from bot.lessons.document import read_document
from bot.lessons.loading import unread_files

HEAD = "lesson: Git\n\nentries:\n  - id: what-is-git\n"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (
            "lesson: Git\n\nentries:\n  -id: what-is-git\n    question: What is git?\n",
            4,
            "a space is missing after '-'",
        ),
        (
            "lesson: Git\n\nentries:\n  - id:what-is-git\n    question: What?\n",
            4,
            "a space is missing after 'id:'",
        ),
        (
            HEAD + "    question: \u201cWhat: is git?\u201d\n    answer: A tool.\n",
            5,
            "\u201c is not a quotation mark in YAML",
        ),
        (HEAD + "    question: What is git?\n      answer: A tool.\n", 6, "is indented more than line 5"),
        (HEAD + "    question: What?\n    answer: @everyone a tool\n", 6, "a text cannot start with '@'"),
        (HEAD + "    question: What?\n    answer: `git` is a tool\n", 6, "a text cannot start with '`'"),
        (HEAD + "    question: What?\n    answer: %s is a tool\n", 6, "a text cannot start with '%'"),
        (HEAD + "    question: What?\n    answer: [A] tool\n", 6, "a text cannot start with '['"),
        (HEAD + "    question: What?\n    answer: | A tool.\n", 6, "start the text on the line below the '|'"),
        (HEAD + "    question: 'What's git?'\n    answer: A tool.\n", 5, "an apostrophe ends a text"),
        ("# Git\n\n## What is git?\n\nA tool: really.\n", 1, "this is Markdown"),
        ("lesson: Git\nquestion: What is git?\nanswer: A tool.\n", 2, "put it under 'entries:'"),
        (
            "lesson: Git\nentries:\n  - {id: a, question: What is git, and why?, answer: A tool.}\n",
            3,
            "a comma in {…} ends a text",
        ),
    ],
)
def test_a_mistake_is_named_where_it_is_mended(text, line, what):
    """Its cause, and what to type."""
    with pytest.raises(LessonError) as error:
        read_document("git.yaml", text.encode())
    found = [problem for problem in error.value.problems if what in problem.what]
    assert found, error.value
    assert found[0].line == line


@pytest.mark.parametrize(
    ("text", "line", "rest"),
    [
        ("    question: What is git? #basics\n    answer: A tool.\n", 5, "#basics"),
        ("    question: What?\n    answer: Ask in #help or see #1\n", 6, "#help or see #1"),
        ("    question: What?\n    phrasings:\n      - what # really\n    answer: A.\n", 7, "# really"),
    ],
)
def test_a_text_that_a_hash_cuts_is_named(text, line, rest):
    """ "Ask in #help" is what people write in Discord every day."""
    found = [each for each in advice([read_document("git.yaml", (HEAD + text).encode())]) if " #" in each.what]
    assert [(each.line, f"('{rest}')" in each.what) for each in found] == [(line, True)]


@pytest.mark.parametrize("value", ['"Ask in #help"', "'a #b'", "a#b", "|\n      Ask in #help"])
def test_a_hash_that_cuts_nothing_is_not_named(value):
    """Quotes and blocks keep it; a comment behind an id is a comment."""
    text = f"lesson: Git\nentries:\n  - id: a  # stable\n    question: What?\n    answer: {value}\n"
    assert not [each for each in advice([read_document("git.yaml", text.encode())]) if "comment" in each.what]


def test_files_that_are_not_read_are_known(tmp_path):
    """Nobody wonders why the bot does not know what they wrote."""
    (tmp_path / "sub").mkdir()
    for name in ("good.yaml", "other.yaml.txt", "FOURTH.YAML", "FAQ.md", "sub/third.yaml", "README.md", "a.png"):
        (tmp_path / name).write_text("lesson: A\n")
    names = [path.relative_to(tmp_path).as_posix() for path in unread_files(tmp_path)]
    assert names == ["FAQ.md", "FOURTH.YAML", "other.yaml.txt", "sub/third.yaml"]


def test_a_lesson_without_entries_is_named():
    """It is served, and says nothing."""
    [hint] = advice([read_document("git.yaml", b"lesson: Git\n")])
    assert "has no entries yet" in hint.what


def test_markup_that_discord_does_not_draw_is_named():
    """A table that was typed looks like lines of bars to members."""
    text = HEAD + "    question: What?\n    answer: |\n      | a | b |\n      |---|---|\n      | 1 | 2 |\n"
    found = [each for each in advice([read_document("git.yaml", text.encode())]) if "does not format" in each.what]
    assert [(each.line, each.where) for each in found] == [(6, "entries[0].answer")]
