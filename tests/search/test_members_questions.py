"""The quality of answers to questions that members might type; no entry answers a third of them."""

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
    """The number of questions by kind and reply."""
    tutor = Tutor(library)
    found: Counter[tuple[str, str]] = Counter()
    for asked in QUESTIONS:
        reply = tutor.answer(asked["ask"])
        if isinstance(reply, Answer):
            what = "right" if reply.id in asked["expect"] else "answered"
        elif isinstance(reply, Suggestions) and reply.asked_at_once:
            what = "right" if {each.id for each in reply.questions} <= set(asked["expect"]) else "answered"
        elif isinstance(reply, Suggestions):
            what = "offered" if {each.id for each in reply.questions} & set(asked["expect"]) else "suggested"
        else:
            what = "unknown"
        found[_kind(asked), what] += 1
    return found


def _kind(asked: dict[str, Any]) -> str:
    """The kind of a question. Those in other languages are counted separately, as they need another encoder."""
    if not asked["expect"]:
        return "out"
    return "foreign language" if asked in FOREIGN else "in"


def test_the_set_is_large_and_honest(library):
    """There are at least 300 questions. No entry answers a third, and none is in the words of an entry."""
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
    """At least 19 in 20 answers are right, for questions that the lessons answer."""
    assert became["in", "answered"] <= (became["in", "right"] + became["in", "answered"]) * 0.05


def test_most_questions_lead_to_their_answer(became):
    """Most questions get their answer at once, or by pressing a suggestion."""
    asked = sum(count for (kind, _), count in became.items() if kind == "in")
    assert became["in", "right"] >= asked * 0.45
    assert became["in", "right"] + became["in", "offered"] >= asked * 0.80


def test_a_question_in_another_language_is_answered_rightly_or_not_at_all(became):
    """Without an encoder for its language, a question gets the right answer or none, although it shares names."""
    assert became["foreign language", "answered"] == 0


def test_what_nothing_answers_gets_no_answer(became):
    """At most one in twenty questions about something else gets an answer."""
    asked = sum(count for (kind, _), count in became.items() if kind == "out")
    assert became["out", "answered"] <= asked * 0.05
