"""Holds the quality of answers with questions that members might type, a third of them out of scope."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.passages import passages
from bot.dialogue.reply import Answer, Suggestions
from bot.lessons.library import Library
from bot.tutor import Tutor
from tests.support.members_questions import FOREIGN, QUESTIONS

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.open(HERE.parents[1] / "knowledge")


@pytest.fixture(scope="module")
def became(library) -> Counter[tuple[str, str]]:
    """How many questions of each kind became what."""
    tutor = Tutor(library)
    found: Counter[tuple[str, str]] = Counter()
    for asked in QUESTIONS:
        reply = tutor.answer(asked["ask"])
        if isinstance(reply, Answer):
            what = "right" if reply.id in asked["expect"] else "answered"
        elif isinstance(reply, Suggestions):
            what = "offered" if {each.id for each in reply.questions} & set(asked["expect"]) else "suggested"
        else:
            what = "unknown"
        found[_kind(asked), what] += 1
    return found


def _kind(asked: dict[str, Any]) -> str:
    """Who asks in a language that no lesson is in needs an encoder that knows it; they are counted apart."""
    if not asked["expect"]:
        return "out"
    return "foreign language" if asked in FOREIGN else "in"


def test_the_set_is_large_and_honest(library):
    """300 questions or more, a third that nothing answers, none that an author wrote down."""
    assert len(QUESTIONS) >= 300
    assert sum(not asked["expect"] for asked in QUESTIONS) >= len(QUESTIONS) / 3
    lessons = library.lessons
    written = {
        re.sub(r"\W+", " ", text).strip().casefold()
        for passage in passages(lessons)
        for text in (passage.question, *passage.phrasings)
    }
    for asked in QUESTIONS:
        assert re.sub(r"\W+", " ", asked["ask"]).strip().casefold() not in written, asked["ask"]
        for id_ in asked["expect"]:
            entry, _, _ = id_.partition(".")
            assert entry in lessons.entries or entry in lessons.scenarios, id_


def test_what_is_answered_is_right(became):
    """Of ten outright answers to questions in scope, hardly one is another question's."""
    assert became["in", "answered"] <= (became["in", "right"] + became["in", "answered"]) * 0.05


def test_most_questions_lead_to_their_answer(became):
    """At once, or at one press of a suggestion."""
    asked = sum(count for (kind, _), count in became.items() if kind == "in")
    assert became["in", "right"] >= asked * 0.45
    assert became["in", "right"] + became["in", "offered"] >= asked * 0.80


def test_a_question_in_another_language_is_answered_rightly_or_not_at_all(became):
    """The words that it shares with the lessons are names, and names alone tell little."""
    assert became["foreign language", "answered"] == 0


def test_what_nothing_answers_gets_no_answer(became):
    """Of twenty questions about something else, hardly one is answered."""
    asked = sum(count for (kind, _), count in became.items() if kind == "out")
    assert became["out", "answered"] <= asked * 0.05
