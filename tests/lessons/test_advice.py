"""Advice is given once, at its line, and only if it is true."""

from __future__ import annotations

from datetime import date

import pytest

from bot.lessons.advice import lesson_advice, without_phrasings
from bot.lessons.document import read_document
from bot.lessons.library import Library
from tests.support.flawed_lessons import A, B
from tests.support.growth import seconds
from tests.support.shipped import KNOWLEDGE


def test_each_advice_is_given_once_at_its_line():
    """Authors can work through it from top to bottom."""
    documents = [read_document("a.yaml", A.encode()), read_document("b.yaml", B.encode())]
    assert [str(hint) for hint in lesson_advice(documents)] == [
        "a.yaml:4: entries[0].question: has 81 characters; a button shows only 80",
        "a.yaml:6: entries[0].image: has no 'alt'; describe the picture for people who cannot see it",
        "a.yaml:10: entries[1].phrasings[0]: is the same as a.yaml:8, which belongs to this entry too",
        "a.yaml:18: scenarios[0].picture: has no 'alt'; describe the picture for people who cannot see it",
        "a.yaml:22: scenarios[0].solutions[1]: has no 'outcome' yet",
        "a.yaml:22: scenarios[0].solutions[1]: has no 'verdict' yet",
        "a.yaml:28: scenarios[0].check.options[2]: has no 'feedback'; explain why this option is wrong",
        "b.yaml:4: entries[0].question: is the same as a.yaml:11, which belongs to “What is  a Venv?”; "
        "remove one of them",
    ]
    assert [str(hint) for hint in without_phrasings(documents)] == [
        "a.yaml:3: entries[0]: has no phrasings; add other ways members ask this"
    ]


def thin(solutions: str, check: str = "") -> list[str]:
    text = f"lesson: A\nscenarios:\n- id: s\n  title: T\n  story: S\n  solutions:\n{solutions}{check}"
    return [str(hint) for hint in lesson_advice([read_document("a.yaml", text.encode())])]


def solution(solution_id: str, verdict: str = "works") -> str:
    return f"  - {{id: {solution_id}, title: {solution_id}, plan: p, outcome: o, why: w, verdict: {verdict}}}\n"


CHECK = "  check: {question: Q, options: [{text: a, correct: true}, {text: b, feedback: f}]}\n"


def test_a_scenario_is_complete_without_a_takeaway():
    """There is no advice to add optional fields."""
    assert thin(solution("x") + solution("y", "fails"), CHECK) == []


@pytest.mark.parametrize(
    ("solutions", "check", "expected"),
    [
        (
            solution("x") + solution("y"),
            "",
            "a.yaml:3: scenarios[0]: has no 'check'; add a quiz question about the cause",
        ),
        (
            solution("x"),
            CHECK,
            "a.yaml:6: scenarios[0].solutions: has only one solution; add another one to choose from",
        ),
        (
            solution("x", "tedious") + solution("y", "fails"),
            CHECK,
            "a.yaml:6: scenarios[0].solutions: none has 'verdict: works'; add a solution that works",
        ),
    ],
)
def test_a_thin_scenario_gets_the_one_advice_that_it_needs(solutions, check, expected):
    """It can be walked already; the advice names what is missing, and where."""
    assert thin(solutions, check) == [expected]


def test_a_verdict_that_is_missing_is_one_matter():
    """There is no second advice about "works": the missing verdict may be the one."""
    unsaid = "  - {id: y, title: T, plan: p, outcome: o, why: w}\n"
    assert thin(solution("x", "fails") + unsaid, CHECK) == [
        "a.yaml:8: scenarios[0].solutions[1]: has no 'verdict' yet"
    ]


def entries(*questions: str, more: str = "") -> str:
    written = (
        f"- id: e{n}\n  question: {each}\n  phrasings: [p{n}]\n  answer: A\n" for n, each in enumerate(questions)
    )
    return "lesson: A\nentries:\n" + "".join(written) + more


@pytest.mark.parametrize(
    ("reviewed", "is_told"),
    [("2025-11-21", True), ("2025-11-22", False), ("2026-11-22", False), ("2030-01-01", False)],
)
def test_an_entry_that_nobody_reviewed_for_a_year_is_named(reviewed, is_told):
    """Entries that were never reviewed get no such advice."""
    document = read_document("a.yaml", entries("Why", "How", more=f"  reviewed: {reviewed}\n").encode())
    said = f"was last reviewed on {reviewed}, more than a year ago; check that it is still correct"
    what = f"a.yaml:11: entries[1].reviewed: {said}"
    assert [str(each) for each in lesson_advice([document], date(2026, 11, 22))] == ([what] if is_told else [])
    assert lesson_advice([document]) == []


@pytest.mark.parametrize(
    ("one", "other", "is_told"),
    [
        ("What is a virtual environment?", "What are virtual environments", True),
        ("How do I remove a package", "how to removing packages", True),
        ("What is Python 2", "What is Python 3", False),
        ("How do I create a venv", "How do I activate a venv", False),
        ("Turn a list into a tuple", "Turn a tuple into a list", False),
        ("What is it", "Is it", False),
        ("What does `is` do?", "What does `==` do?", False),
        ("What is `:=`?", "What is ==?", False),
        ("What does `is` do?", "What does the `is` do", True),
    ],
)
def test_two_entries_asked_almost_the_same_are_named(one, other, is_told):
    """Members could get either answer. The same words in another order may mean something else."""
    told = [str(each) for each in lesson_advice([read_document("a.yaml", entries(one, other).encode())])]
    what = f"is almost the same as a.yaml:4, which belongs to “{one}”; reword or remove one of them"
    expected = f"a.yaml:8: entries[1].question: {what}"
    assert told == ([expected] if is_told else [])


def test_a_thousand_entries_are_compared_in_a_moment():
    """Moderators wait for the advice."""
    text = entries(*(f"What does thing {n} do in case {n * 7}" for n in range(1000)))
    document = read_document("a.yaml", text.encode())
    assert lesson_advice([document]) == []
    assert seconds(lambda: lesson_advice([document]), 1) < 2


def test_the_lessons_that_come_with_the_bot_need_no_advice():
    """Authors use them as a model."""
    assert lesson_advice(Library.open(KNOWLEDGE).lessons.documents) == []


def test_what_members_cannot_tell_apart_is_named():
    """Lessons of a course, scenarios, and solutions of a scenario are chosen by their titles."""
    solutions = solution("x") + solution("y").replace("title: y", "title: X")
    scenario = f"scenarios:\n- id: s\n  title: T\n  story: S\n  solutions:\n{solutions}"
    texts = {
        "a.yaml": "lesson: Git\ncourse: Basics\n" + scenario,
        "b.yaml": "lesson: git\ncourse: basics\n" + scenario.replace("id: s", "id: t"),
        "c.yaml": "lesson: Git\ncourse: Another\n",
    }
    found = lesson_advice([read_document(file, text.encode()) for file, text in texts.items()])
    alike = [f"{hint.file}:{hint.line} as {hint.what.split()[5]}" for hint in found if "same title" in hint.what]
    assert alike == [
        "a.yaml:9 as a.yaml:8;",
        "b.yaml:1 as a.yaml:1;",
        "b.yaml:5 as a.yaml:5;",
        "b.yaml:9 as b.yaml:8;",
    ]


@pytest.mark.parametrize(
    ("title", "is_told"),
    [("Solution 2", True), ("L\u00f6sung b", True), ("Solution 2 again", False), ("2", False)],
)
def test_a_solution_with_a_number_for_a_title_is_named(title, is_told):
    """Learners pick a solution by its title alone, before they read what it does."""
    said = "is only a number, but members choose by it; write in a few words what is done"
    told = thin(solution("x") + solution("y").replace("title: y", f"title: '{title}'"), CHECK)
    assert told == ([f"a.yaml:8: scenarios[0].solutions[1].title: {said}"] if is_told else [])


def test_a_link_that_is_there_twice_is_named():
    """In an entry, a scenario or a solution; members see it only once."""
    text = (
        "lesson: A\nentries:\n- {id: a, question: Q, answer: A, phrasings: [qq], related: [b, b]}\n"
        "- {id: b, question: R, answer: A, phrasings: [rr]}\n"
        "scenarios:\n- id: s\n  title: T\n  story: S\n  related: [a, b, a]\n  solutions:\n"
        + solution("x").replace("plan", "related: [a, a], plan")
        + solution("y")
        + CHECK
    )
    found = [str(hint) for hint in lesson_advice([read_document("a.yaml", text.encode())])]
    assert found == [
        "a.yaml:3: entries[0].related[1]: 'b' is listed twice",
        "a.yaml:9: scenarios[0].related[2]: 'a' is listed twice",
        "a.yaml:11: scenarios[0].solutions[0].related[1]: 'a' is listed twice",
    ]
