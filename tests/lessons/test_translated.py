"""What moderators read about their drafts and lessons is translated; quotations from lessons are not."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date

import pytest

from bot.errors import EditError, LessonError
from bot.language.words import in_locale
from bot.lessons.advice import lesson_advice, without_phrasings
from bot.lessons.aliases import alias_proposals
from bot.lessons.document import read_document
from bot.lessons.editing.edits import change_entry, remove_entry
from bot.lessons.editing.scenario_edits import change_scenario
from bot.lessons.git import commit
from bot.lessons.nodes import MAX_PARTS
from bot.lessons.validation import problems_between
from tests.support.flawed_lessons import A, B
from tests.support.pseudo import outside

ENTRY = "lesson: A\nentries:\n- id: a\n  question: b\n  answer: c\n"
SOLUTION = "{id: x, title: X, plan: p}"
SCENARIO = "lesson: A\nscenarios:\n- id: s\n  title: T\n  story: S\n  solutions: "
CHECK = f"{SCENARIO}[{SOLUTION}]\n  check:\n    question: Q\n    options: "


def options(number: int, length: int) -> str:
    return ", ".join(
        f"{{text: {letter * length}, correct: true, feedback: {'f' * 600}}}" for letter in "abcdef"[:number]
    )


BROKEN = [
    "",
    "- a",
    "lesson: A\nlesson: B",
    "lesson: A\n? [a]\n: b",
    "lesson: A\nentris: []",
    "lesson: A\nxyzzy: []",
    "lesson: &a [*a]",
    "lesson:",
    "course: A",
    "lesson: [a]",
    "lesson: a: b",
    "lesson: 'a",
    "lesson: !a b",
    "lesson: *a",
    "\tlesson: A",
    "lesson: {a",
    "lesson: " + "[" * 30,
    "lesson: [" + "a," * (MAX_PARTS + 1) + "]",
    "lesson: [&a a" + ", *a" * 11 + "]",
    "lesson: a\0b",
    "lesson: " + "a" * 201,
    f'{ENTRY}  image: "a\\0b"',
    f"{ENTRY}  reviewed: soon",
    f"{ENTRY}  reviewed: 2026-13-01",
    f"{ENTRY}  phrasings: a",
    f"{ENTRY}  image: []",
    ENTRY.replace("id: a", "id: A b"),
    ENTRY.replace("answer: c", "answer: '[a](ftp://a)'"),
    f"{SCENARIO}[]",
    f"{SCENARIO}[{SOLUTION}, {SOLUTION}]",
    f"{SCENARIO}[{{id: story, title: X, plan: p, verdict: maybe}}]",
    f"{SCENARIO}[{{id: x, title: X, plan: {'p' * 3000}, why: {'w' * 3000}}}]",
    f"{CHECK}[{{text: a}}, {{text: a}}]",
    f"{CHECK}[{{text: a, correct: true}}, {{text: a}}]",
    f"{CHECK}[{{text: a, correct: maybe}}, {{text: b}}]",
    f"{CHECK}[{options(6, 1)}]",
    f"{CHECK}[{options(5, 150)}]",
    b"lesson: \xff",
    b"lesson: " + b"a" * 2**20,
]


@pytest.fixture
def theirs(pseudo: str) -> Iterator[str]:
    with in_locale(pseudo):
        yield pseudo


@pytest.mark.parametrize("content", BROKEN, ids=range(len(BROKEN)))
def test_what_is_wrong_with_a_text(theirs, content):
    """All errors of a draft, an import or a form are translated."""
    with pytest.raises(LessonError) as caught:
        read_document("a.yaml", content if isinstance(content, bytes) else content.encode())
    assert [each.what for each in caught.value.problems if outside(each.what)] == []


def test_many_mistakes_are_counted(theirs):
    """The line with the number of further problems is translated."""
    with pytest.raises(LessonError) as caught:
        read_document("a.yaml", ("lesson: A\n" + "".join(f"x{n}: 1\n" for n in range(60))).encode())
    assert [each.what for each in caught.value.problems if outside(each.what)] == []


def test_what_is_wrong_between_lessons(theirs, tmp_path):
    """Errors about ids, related entries, pictures and aliases are translated."""
    (tmp_path / "text.png").write_text("no picture")
    (tmp_path / "large.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2**23))
    pictures = ["../a.png", "none.png", "text.png", "large.png", ".git/a.png"]
    more = "".join(f'- {{id: p{n}, question: Q, answer: A, image: "{name}"}}\n' for n, name in enumerate(pictures))
    first = f"{ENTRY}  related: [a, b]\n{more}aliases: {{x: [y], z: [x], w: [y]}}\n"
    documents = [read_document(f"{n}.yaml", text.encode()) for n, text in enumerate((first, ENTRY))]
    found = [each.what for each in problems_between(documents, tmp_path)]
    assert len(found) >= 8
    assert [each for each in found if outside(each)] == []


def test_advice(theirs):
    """All advice of `/lessons check` is translated."""
    asked = "- {id: ci, question: What is CI?, phrasings: [c i?], answer: 'Continuous integration (CI).'}\n"
    words = "".join(
        f"- {{id: w{n}, question: Which venv {n}?, phrasings: [venvo {n}], answer: A}}\n" for n in "abc"
    )
    old = "- {id: old, question: Feed cats?, phrasings: [x], answer: A, reviewed: 2020-01-01}\n"
    thin = SCENARIO.replace("id: s", "id: t").replace("lesson: A", "")
    one = f"{thin}[{{id: x, title: X, plan: p, verdict: fails}}]"
    texts = [A, B, f"lesson: C\nentries:\n{asked}{words}{old}{one}"]
    documents = [read_document(f"{n}.yaml", text.encode()) for n, text in enumerate(texts)]
    found = [
        *lesson_advice(documents, date(2026, 11, 22)),
        *without_phrasings(documents),
        *alias_proposals(documents, lambda word: len(word) > 1),
    ]
    assert len({each.what.partition(" ")[0] for each in found}) >= 5
    assert [each.what for each in found if outside(each.what)] == []


def test_edits_that_cannot_be_made(theirs):
    """Messages about files that have to be edited by hand, and about items that are gone, are translated."""
    anchored = read_document("a.yaml", b"lesson: A\nentries: [&a {id: a, question: b, answer: c}]\n")
    scenario = read_document("s.yaml", f"{CHECK}[{{text: a, correct: true}}, {{text: b}}]".encode())
    (s,) = scenario.lesson.scenarios
    (e,) = anchored.lesson.entries
    assert s.check
    turned = s.check.model_copy(update={"options": s.check.options[::-1]})
    other = s.solutions[0].model_copy(update={"id": "y"})
    for edit in (
        lambda: remove_entry(anchored, "b"),
        lambda: change_entry(anchored, e.model_copy(update={"question": "q" * 300})),
        lambda: change_scenario(scenario, s.model_copy(update={"id": "t"})),
        lambda: change_scenario(scenario, s.model_copy(update={"check": None})),
        lambda: change_scenario(scenario, s.model_copy(update={"check": turned})),
        lambda: change_scenario(scenario, s.model_copy(update={"solutions": (other,)})),
    ):
        with pytest.raises(EditError) as caught:
            edit()
        assert outside(str(caught.value)) == ""


def test_why_git_made_no_commit(theirs, tmp_path, caplog):
    """Moderators read it in their language; the log is in English."""
    with caplog.at_level(logging.WARNING):
        why = commit(tmp_path, ["a.yaml"], "Ada", "Why").why
    assert why == "⟦the lessons folder is not in a Git repository⟧"
    assert "not committed to Git: the lessons folder is not in a Git repository" in caplog.text
