"""Advice that needs the search: entries and phrasings that members would not find."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.curating.advice import advice
from bot.dialogue.snapshot import Snapshot
from bot.lessons.library import Library

LESSON = """\
lesson: Python
aliases:
  remove: [get rid of]
entries:
  - id: identity
    question: What does `is` do?
    answer: It compares identities.
  - id: equality
    question: What does `==` do?
    answer: It compares values.
  - id: marks
    question: lol omg btw
    answer: They end a sentence.
  - id: install
    question: How do I install a package?
    answer: With pip.
  - id: remove
    question: How do I remove it?
    answer: With pip.
  - id: rid
    question: How do I get rid of it?
    answer: With uv.
  - id: upgrade
    question: Please, how do I install a package
    phrasings: [upgrade a package]
    answer: With pip and --upgrade.
"""


def test_an_entry_that_its_own_question_does_not_find_is_named(tmp_path: Path):
    """Its author is the only one who can give it a question that finds it; keywords and operators find theirs."""
    (tmp_path / "python.yaml").write_text(LESSON, encoding="utf-8")
    found = advice(Snapshot.of(Library.open(tmp_path).lessons), date(2026, 11, 26))
    assert [(each.where, each.what) for each in found if "find" in each.what] == [
        ("entries[2].question", "members cannot find this entry by its question, which has no word to look for"),
        ("entries[4].question", "members who ask this question also find “How do I get rid of it?”"),
        ("entries[5].question", "members who ask this question also find “How do I remove it?”"),
    ]
