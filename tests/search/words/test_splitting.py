"""Two questions in one message, and messages that only look like two."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.dialogue.reply import Answer, Suggestions
from bot.lessons.library import Library
from bot.search.words.splitting import pairs_in
from bot.tutor import Tutor

LIST, UPGRADE, LEAVE = "list-packages", "upgrade-a-package", "deactivate-a-venv"


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("how do I list my packages and upgrade one", "how do i list my packages", "how do i upgrade one"),
        ("how do i create and activate a venv", "how do i create a venv", "how do i activate a venv"),
        ("what is uv? and what is poetry?", "what is uv", "what is poetry"),
        ("What is a venv, and why do I need it?", "what is a venv", "why do i need it"),
        ("Wie erstelle ich ein venv und lösche es?", "wie erstelle ich ein venv", "wie losche es"),
        ("¿Qué es un venv y cómo lo creo?", "que es un venv", "como lo creo"),
        ("what is a lock file, where do packages go", "what is a lock file", "where do packages go"),
        ("list my packages and delete a venv", "list my packages", "delete a venv"),
        ("when and where do we meet", "when do we meet", "where do we meet"),
        ("when the last one was and how do i join", "when the last one was", "how do i join"),
        ("hi, wisst ihr wann und wo die Probe ist?", "hi, wisst ihr wann die probe ist", "wo die probe ist"),
        ("- what is a venv\n- how do i delete it", "what is a venv", "how do i delete it"),
        ("1. What is uv?\n2) What is poetry?", "what is uv", "what is poetry"),
        ("1) what is uv 2) what is poetry", "what is uv", "what is poetry"),
        ("a) what is uv b) what is poetry", "what is uv", "what is poetry"),
        ("what is uv?what is poetry", "what is uv", "what is poetry"),
        ("what is uv and btw what is poetry", "what is uv", "what is poetry"),
        ("what is uv? oh and what is poetry?", "what is uv", "what is poetry"),
        ("what is uv, and one more thing: what is poetry", "what is uv", "what is poetry"),
        ("was ist uv und außerdem wie finde ich es", "was ist uv", "wie finde ich es"),
        ("qué es uv y además cómo lo instalo", "que es uv", "como lo instalo"),
        ("what is uv + how do i install it", "what is uv", "how do i install it"),
        ("what is uv... and what is poetry", "what is uv", "what is poetry"),
    ],
)
def test_each_of_two_gets_the_words_that_both_need(text: str, first: str, second: str):
    """Words that both questions need are added to both."""
    pair = next(pairs_in(text))
    assert (pair.first.strip("¿"), pair.second.strip("¿")) == (first, second)


@pytest.mark.parametrize(
    "text",
    [
        "venv and conda",
        "what is the difference between venv and conda",
        "is a card also available",
        "my card has expired, how do i get a new one",
        "how do i print it and not have the grid on it",
        "if it fails, what do i do",
        "the render is still grainy, and why tho",
        "i have python 3 and 2) does not work",
        "is c plus plus faster",
        "open the menu / choose a file",
        "i open https://example.org/?page=2 how",
        "are there meetings in two thousand and seventeen",
        "write a letter and read it back",
        "",
        "and",
        "how and",
        "x " * 200,
    ],
)
def test_words_of_one_question_stay_together(text: str):
    """A question with an "and" in it is not split."""
    assert not list(pairs_in(text))


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("how do I list my packages and upgrade one", (LIST, UPGRADE)),
        ("how do I upgrade one and list my packages", (UPGRADE, LIST)),
        ("what is uv? and what is poetry?", ("uv", "poetry")),
        ("what is a venv and why do i need it", ("what-is-a-virtual-environment", "why-virtual-environments")),
        ("how do i activate a venv and how do i leave it", ("activate-on-windows", LEAVE)),
        ("where do packages go and how do i list them", ("where-packages-go", LIST)),
        ("what are lock files and where do my packages go", ("pin-versions", "where-packages-go")),
        ("whats a lock file, where do packages go", ("pin-versions", "where-packages-go")),
        ("list packages and delete a venv", (LIST, "delete-a-venv")),
    ],
)
def test_both_are_named(tutor: Tutor, text: str, both: tuple[str, str]):
    """Both entries are suggested, in the order of the questions."""
    said = tutor.answer(text)
    assert isinstance(said, Suggestions)
    assert said.asked_at_once
    assert tuple(each.id for each in said.questions) == both


@pytest.mark.parametrize(
    "text",
    [
        'What is pyproject.toml, and what does "pip install -e ." do?',
        "how do i pin versions and what are lock files",
        "what's the difference between venv and conda",
        "lock file, do i need that? what's in there",
        "when pipx and when normal pip",
        "what is pipx and is it free",
        "what is poetry and is it free",
    ],
)
def test_one_question_with_an_and_gets_its_one_answer(tutor: Tutor, text: str):
    """A question with an "and" that one entry answers gets its answer."""
    assert isinstance(tutor.answer(text), Answer)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("How do I delete a venv? ich verstehe es nicht", "delete-a-venv"),
        ("How do I create a virtual environment? is it correct", "create-a-venv"),
    ],
)
def test_what_is_said_behind_a_question_is_no_second_one(tutor: Tutor, text: str, entry: str):
    """A plea or a complaint asks nothing more."""
    said = tutor.answer(text)
    if isinstance(said, Answer):
        assert said.id == entry
    else:
        assert isinstance(said, Suggestions)
        assert not said.asked_at_once
        assert said.questions[0].id == entry


@pytest.mark.parametrize(
    "text",
    ["what is docker and how do I install it", "whats git and how do i use it", "what is jupyter and is it free"],
)
def test_what_answers_neither_question_is_not_given_for_both(tutor: Tutor, text: str):
    """The "it" of the second is docker: neither how to install packages is meant, nor what mentions both."""
    said = tutor.answer(text)
    assert not isinstance(said, Answer)
    assert not (isinstance(said, Suggestions) and said.asked_at_once)


CHOIR = {
    "wann": "Wann ist Probe?",
    "wo": "Wo ist die Probe?",
    "konzert": "Wann ist das nächste Konzert?",
    "karten": "Wo gibt es Karten für das Konzert?",
    "kleidung": "Was ziehen wir beim Konzert an?",
    "beitrag": "Was kostet die Mitgliedschaft?",
}
BAKING = {
    "sessions": "When are the live sessions?",
    "homework": "Where do I post my homework?",
    "starter": "How do I feed my starter?",
    "dense": "Why is my bread so dense?",
}


@pytest.mark.parametrize(
    ("library", "text", "found"),
    [
        (CHOIR, "wann und wo ist die Probe", ["wann", "wo"]),
        (CHOIR, "wo und wann ist Probe?", ["wo", "wann"]),
        (CHOIR, "wann und wo ist das nächste Konzert", ["konzert"]),
        (BAKING, "where and when are the live sessions", ["sessions"]),
        (BAKING, "when and where do i post my homework", ["homework"]),
    ],
)
def test_when_and_where_ask_both_of_the_same(tmp_path: Path, library: dict[str, str], text: str, found: list[str]):
    """Where two entries answer the two halves, both are offered; where one does, it is the answer."""
    entries = [{"id": id_, "question": each, "answer": each} for id_, each in library.items()]
    (tmp_path / "choir.yaml").write_text(yaml.safe_dump({"lesson": "Choir", "entries": entries}), "utf-8")
    said = Tutor(Library.open(tmp_path)).answer(text)
    if isinstance(said, Answer):
        assert [said.id] == found
    else:
        assert isinstance(said, Suggestions)
        assert said.asked_at_once
        assert [each.id for each in said.questions] == found


MATHS = {
    "converge": "When does a series converge?",
    "independent": "How do I check linear independence?",
    "invertible": "When is a matrix invertible?",
    "determinant": "What is a determinant?",
    "meet": "When do the study groups meet?",
    "join": "How do I join a study group?",
}


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("does this series converge or not, how do i check", ()),
        ("is my matrix invertible, how can i check?", ()),
        ("when do the study groups meet, how do i join", ("meet", "join")),
        ("when do you meet, study groups i mean, and how do i join", ("meet", "join")),
        ("is my matrix invertible, how do i check linear independence", ("invertible", "independent")),
    ],
)
def test_how_to_check_is_asked_about_what_stands_before(tmp_path: Path, text: str, both: tuple[str, ...]):
    """How to check something else is no second answer, but how to join the group is."""
    entries = [{"id": id_, "question": question, "answer": "So."} for id_, question in MATHS.items()]
    (tmp_path / "maths.yaml").write_text(yaml.safe_dump({"lesson": "Maths", "entries": entries}), encoding="utf-8")
    said = Tutor(Library.open(tmp_path)).answer(text)
    found = said.questions if isinstance(said, Suggestions) and said.asked_at_once else ()
    assert tuple(each.id for each in found) == both


def test_half_a_message_about_something_else_does_not_go_on_from_the_other(tutor: Tutor):
    """ "Who are you" is no question about leaving a venv."""
    said = tutor.answer("how do i leave a venv and who are you")
    assert not (isinstance(said, Suggestions) and said.asked_at_once)


def test_no_phrasing_of_the_lessons_is_taken_for_two(tutor: Tutor):
    """No question or phrasing of the lessons is split."""
    for lesson in tutor.lessons:
        for entry in lesson.entries:
            for text in (entry.question, *entry.phrasings):
                said = tutor.answer(text)
                assert not isinstance(said, Suggestions) or not said.asked_at_once, text


@pytest.mark.parametrize(
    ("text", "is_more"),
    [
        ("what is a venv, how do i delete it and how do i rename it?", True),
        ("what is a venv and how do i delete it?", False),
    ],
)
def test_a_third_question_is_not_passed_over_in_silence(tutor: Tutor, text: str, is_more: bool):
    """Two questions are answered, and nobody reads that there were only two."""
    said = tutor.answer(text)
    assert isinstance(said, Suggestions)
    assert said.asked_at_once
    assert said.asked_more == is_more
