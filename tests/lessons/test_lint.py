"""Advice is given once, at its line, and only where it is true."""

from __future__ import annotations

from pathlib import Path

from bot.lessons.document import read_document
from bot.lessons.library import Library
from bot.lessons.lint import advice

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"

A = f"""\
lesson: A
entries:
- id: one
  question: {"q" * 81}
  answer: A
  image: a.png
- id: two
  question: What is  a Venv?
  phrasings:
  - what is a venv
  - venv
  answer: A
  image: {{file: a.png, alt: A}}
scenarios:
- id: s
  title: T
  story: S
  picture:
    file: a.png
  solutions:
  - {{id: x, title: X, plan: x, outcome: o, why: w, verdict: works}}
  - {{id: y, title: Y, plan: y, outcome: o}}
"""
B = """\
lesson: B
entries:
- id: three
  question: VENV!
  phrasings: [b]
  answer: A
"""


def test_each_advice_is_given_once_at_its_line():
    """An author works through it from top to bottom."""
    documents = [read_document("a.yaml", A.encode()), read_document("b.yaml", B.encode())]
    assert [str(hint) for hint in advice(documents)] == [
        "a.yaml:3: entries[0]: has no phrasings; how do members ask this?",
        "a.yaml:4: entries[0].question: has 81 characters; a button shows 80",
        "a.yaml:6: entries[0].image: has no 'alt': what would you tell somebody who cannot see it?",
        "a.yaml:10: entries[1].phrasings[0]: is asked twice: a.yaml:8 has it for this entry too",
        "a.yaml:18: scenarios[0].picture: has no 'alt': what would you tell somebody who cannot see it?",
        "a.yaml:22: scenarios[0].solutions[1]: has no 'verdict' yet",
        "a.yaml:22: scenarios[0].solutions[1]: has no 'why' yet",
        "b.yaml:4: entries[0].question: is asked twice: a.yaml:11 has it for the entry 'two'",
    ]


def test_the_lessons_that_come_with_the_bot_need_no_advice():
    """They are what authors begin from."""
    assert advice(Library.open(KNOWLEDGE).lessons.documents) == []
