"""Advice is given once, at its line, and only where it is true."""

from __future__ import annotations

from pathlib import Path

import pytest

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
  - {{id: y, title: Y, plan: y, why: w}}
  check:
    question: Q
    options:
    - {{text: a, correct: true}}
    - {{text: b, feedback: f}}
    - text: c
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
        "a.yaml:22: scenarios[0].solutions[1]: has no 'outcome' yet",
        "a.yaml:22: scenarios[0].solutions[1]: has no 'verdict' yet",
        "a.yaml:28: scenarios[0].check.options[2]: has no 'feedback'; what misleads whoever takes it?",
        "b.yaml:4: entries[0].question: is asked twice: a.yaml:11 has it for the entry 'two'",
    ]


def thin(solutions: str, check: str = "") -> list[str]:
    text = f"lesson: A\nscenarios:\n- id: s\n  title: T\n  story: S\n  solutions:\n{solutions}{check}"
    return [str(hint) for hint in advice([read_document("a.yaml", text.encode())])]


def solution(solution_id: str, verdict: str = "works") -> str:
    return f"  - {{id: {solution_id}, title: T, plan: p, outcome: o, why: w, verdict: {verdict}}}\n"


CHECK = "  check: {question: Q, options: [{text: a, correct: true}, {text: b, feedback: f}]}\n"


def test_a_scenario_is_complete_without_a_takeaway():
    """What is optional is not begged for."""
    assert thin(solution("x") + solution("y", "fails"), CHECK) == []


@pytest.mark.parametrize(
    ("solutions", "check", "expected"),
    [
        (
            solution("x") + solution("y"),
            "",
            "a.yaml:3: scenarios[0]: has no 'check'; what would show that a learner understood the cause?",
        ),
        (solution("x"), CHECK, "a.yaml:6: scenarios[0].solutions: has one solution; a choice needs two"),
        (
            solution("x", "tedious") + solution("y", "fails"),
            CHECK,
            "a.yaml:6: scenarios[0].solutions: none has 'verdict: works'; which way out is left?",
        ),
    ],
)
def test_a_thin_scenario_gets_the_one_advice_that_it_needs(solutions, check, expected):
    """It can be walked already; what is missing is named where it belongs."""
    assert thin(solutions, check) == [expected]


def test_a_verdict_that_is_missing_is_one_matter():
    """It may turn out to be the one that works."""
    unsaid = "  - {id: y, title: T, plan: p, outcome: o, why: w}\n"
    assert thin(solution("x", "fails") + unsaid, CHECK) == [
        "a.yaml:8: scenarios[0].solutions[1]: has no 'verdict' yet"
    ]


def test_the_lessons_that_come_with_the_bot_need_no_advice():
    """They are what authors begin from."""
    assert advice(Library.open(KNOWLEDGE).lessons.documents) == []
