"""If the bot knows how to fix a problem, the problem says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.checking import Finding
from bot.errors import LessonError, Problem
from bot.lessons.advice import lesson_advice, without_phrasings
from bot.lessons.aliases import alias_proposals
from bot.lessons.document import read_document
from bot.lessons.validation import problems_between

ENTRY = "lesson: A\nentries:\n- id: a\n  question: Why a?\n  phrasings: [how a]\n  answer: A\n"
OTHER = "- id: b\n  question: What is b?\n  phrasings: [tell me b]\n  answer: B\n"
SOLUTION = "{id: x, title: X, plan: x, outcome: o, why: w, verdict: works}"
SECOND = "{id: y, title: Y, plan: y, outcome: o, why: w, verdict: fails}"
CHECK = "{question: Q, options: [{text: a, correct: true}, {text: b, feedback: f}]}"
LONG_OPTIONS = ", ".join(f"{{text: {n * 200}, correct: true, feedback: {'f' * 600}}}" for n in "abcde")
LONG_CHECK = f"{{question: {'q' * 1000}, options: [{LONG_OPTIONS}]}}"
SCENARIO = (
    f"lesson: A\nscenarios:\n- id: s\n  title: T\n  story: S\n  solutions:\n  - {SOLUTION}\n  - {SECOND}\n"
    f"  check: {CHECK}\n"
)


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        (ENTRY.replace("answer", "anser"), "write 'answer'"),
        (ENTRY.replace("  answer: A\n", ""), "add 'answer: …'"),
        (ENTRY.replace("answer: A", "answer:"), "write something after 'answer:'"),
        (ENTRY.replace("[how a]", '[""]'), "write something after 'phrasings:'"),
        (ENTRY.replace("Why a?", "a" * 201), "remove 1 character"),
        (ENTRY.replace("answer: A", f"answer: {'a' * 10_500}"), "remove 1,500 characters"),
        (ENTRY.replace("answer: A", "answer: A\n  answer: B"), "remove it here or on line 6"),
        (ENTRY.replace("answer: A", "answer: <file:///a>"), "link to a web page, or put the address into `code`"),
        (SCENARIO.replace("id: y", "id: x"), "choose another ID"),
        (SCENARIO.replace("text: b", "text: a"), "write another text, or remove it"),
        (SCENARIO.replace("plan: y", f"plan: {'y' * 3398}, cost: c"), "remove 1 character"),
        (SCENARIO.replace(CHECK, LONG_CHECK), "remove 2,600 characters"),
        (ENTRY.replace("answer: A", "answer: A\n  reviewed: soon"), ""),
    ],
)
def test_a_mistake_in_a_file_says_how_to_fix_it(text, fix):
    """Authors do not need to look it up."""
    with pytest.raises(LessonError) as caught:
        read_document("a.yaml", text.encode())
    assert fix in [problem.fix for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        (
            ENTRY.replace("answer: A", "answer: A\n  related: [bb]") + OTHER.replace("b\n", "bbb\n", 1),
            "write 'bbb'",
        ),
        (ENTRY.replace("answer: A", "answer: A\n  related: [zebra]"), "remove it, or add the entry"),
        (ENTRY.replace("answer: A", "answer: A\n  related: [a]"), "remove it"),
        (ENTRY + OTHER.replace("id: b", "id: a"), "choose another ID"),
    ],
)
def test_a_mistake_between_lessons_says_how_to_fix_it(tmp_path, text, fix):
    """An unknown id that resembles another one is probably misspelled."""
    found = problems_between([read_document("a.yaml", text.encode())], tmp_path)
    assert [problem.fix for problem in found] == [fix]


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        (ENTRY.replace("  phrasings: [how a]\n", ""), "add 'phrasings:' and below it a line '- …' for each"),
        (ENTRY.replace("Why a?", "a" * 82), "remove 2 characters"),
        (ENTRY.replace("answer: A", "answer: A\n  image: a.png"), "add 'alt: …' beside the file"),
        (ENTRY.replace("[how a]", "[why a]"), "remove it here or at a.yaml:4"),
        (
            ENTRY + OTHER.replace("tell me b", "why a!"),
            "remove it here or at a.yaml:4, or merge the two entries",
        ),
        (
            ENTRY + OTHER.replace("tell me b", "why is a"),
            "remove it here or at a.yaml:4, or merge the two entries",
        ),
        (
            ENTRY.replace("answer: A", "answer: A\n  reviewed: 2020-01-01"),
            "correct what is no longer true, then write 'reviewed: 2026-11-22'",
        ),
        (ENTRY.replace("answer: A", "answer: A\n  related: [b, b]") + OTHER, "remove it"),
        (
            SCENARIO + SCENARIO.partition("scenarios:\n")[2].replace("id: s", "id: t"),
            "give it or a.yaml:4 another title",
        ),
        (SCENARIO.replace(", verdict: fails", ""), "add 'verdict: works', 'tedious' or 'fails'"),
        (SCENARIO.replace("plan: y, outcome: o", "plan: y"), "add 'outcome: …'"),
        (SCENARIO.replace(f"  check: {CHECK}\n", ""), "add 'check: …'"),
        (SCENARIO.replace(", feedback: f", ""), "add 'feedback: …'"),
        (ENTRY.replace("answer: A", "answer: A\u00ad"), "type the text again instead of copying it"),
        (
            ENTRY.replace("answer: A", "answer: '[a.com](https://b.com)'"),
            "use a link text that is not an address",
        ),
        (ENTRY.replace("answer: A", "answer: </ask:123>"), "write the command as `code`"),
    ],
)
def test_advice_says_how_to_follow_it(text, fix):
    """People who edit the file read what to type."""
    documents = [read_document("a.yaml", text.encode())]
    found = [*lesson_advice(documents, date(2026, 11, 22)), *without_phrasings(documents)]
    assert fix in [problem.fix for problem in found]


def test_a_proposed_alias_is_given_as_it_is_written():
    """It can be copied into the file."""
    text = ENTRY.replace("[how a]", "[what is ci]").replace(
        "answer: A", "answer: Continuous integration (CI) is it."
    )
    (found,) = alias_proposals([read_document("a.yaml", text.encode())], lambda word: word == "ci")
    assert found.fix == "add to 'aliases:' continuous integration: [CI]"


def test_a_fix_is_no_part_of_what_is_wrong():
    """A problem is not reported again if only the wording of its fix changes."""
    problem = Problem("a.yaml", 1, "lesson", "is missing")
    assert problem == replace(problem, fix="add 'lesson: …'")


def test_a_fix_that_the_problem_names_already_is_not_printed_twice():
    """There is no second line that says the same."""
    told = Problem("a.yaml", 1, "anser", "is not a known key; did you mean 'answer'?", "write 'answer'")
    assert str(Finding.of(told, "error")) == f"error: {told}"
    other = Problem("a.yaml", 1, "related[0]", "no entry has the ID 'whyy'", "write 'why'")
    assert str(Finding.of(other, "error")) == f"error: {other}\n  fix: write 'why'"
    assert "fix" not in Finding.of(Problem("a.yaml", 1, "", "is empty"), "error").as_json()
