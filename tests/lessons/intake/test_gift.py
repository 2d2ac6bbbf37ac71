"""Quizzes of Moodle in GIFT: what is a question with an answer there becomes an entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import NotesError
from tests.lessons.intake.reading_files import entries, left, pairs, read
from tests.support.importing import import_files


def why(text: str) -> dict[str, str]:
    return {each.text: each.why for each in read(f"{text}\n\nHow wet?{{=Dry.}}\n", "quiz.gift").unplaced}


def taken(text: str) -> list[tuple[str, str]]:
    found = pairs(f"{text}\n\nHow wet?{{=Dry.}}\n", "quiz.gift")
    assert found[-1] == ("How wet?", "Dry.")
    return found[:-1]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("How hot is the kiln?{=1240 degrees =1240 =%50%very#Be exact.}", "1240 degrees"),
        ("::Q1:: How hot is the kiln? {=%100%1240 degrees#Very good!}", "1240 degrees"),
        ("How hot is the kiln? {\n\t=*1240*\n\t=1240 degrees\n}", "1240 degrees"),
        ("How hot is the kiln? {\n=1240 \u00b0C\n####Cone 6 melts.\n}", "1240 \u00b0C\n\nCone 6 melts."),
        ("[html]<b>How hot</b> is the kiln\\?{=[html]<i>1240</i> degrees}", "*1240* degrees"),
        ("How hot is the kiln?{#1240:10}", "1240"),
        ("How hot is the kiln?{#\n  =1240:0 #Right!\n  =%50%1240:20#Close.\n}", "1240"),
        ("How hot is the kiln?{~900 degrees =1240 degrees#Yes! ~2000}.", "1240 degrees"),
        ("How hot is the kiln?{~%-50%900 ~%50%1240 with cone 6 ~%50%1280 with cone 9}",
         "- 1240 with cone 6\n- 1280 with cone 9"),
        ("How hot is the kiln?{=cone 6 -> 1240\n=cone 9 -> 1280\n= -> 900}",
         "- cone 6 \u2192 1240\n- cone 9 \u2192 1280"),
        ("How hot is the kiln?{####Up to 1240.}", "Up to 1240."),
        ("How hot is the kiln?{=1 \\= 2 \\{a\\: b\\} \\~ \\#3\\nand more}", "1 = 2 {a: b} ~ #3\nand more"),
    ],
)  # fmt: skip
def test_a_question_with_its_right_answer_is_an_entry(text, answer):
    """Short answers, numbers, choices, pairs, and what an author tells everybody at the end."""
    assert taken(text) == [("How hot is the kiln?", answer)]


def test_a_statement_is_taken_with_what_explains_it():
    """What only reacts to a learner explains nothing."""
    assert taken(
        "Open the kiln at once.{F#Below 100 degrees the pots stay whole.#You gave the right answer.}"
    ) == [("Open the kiln at once.", "Below 100 degrees the pots stay whole.")]
    assert taken("Open the kiln at once.{FALSE#Wrong, sorry!\n####Wait for a day.}") == [
        ("Open the kiln at once.", "Wait for a day.")
    ]
    for text in ("Clay is earth.{T}", "Clay is earth.{TRUE#Sorry, no.}", "Clay is earth.{ F }"):
        assert taken(text) == []
        assert "true or false without an explanation" in why(text)["Clay is earth."]


@pytest.mark.parametrize(
    ("text", "named", "reason"),
    [
        ("The kiln is {~cold =hot} at night.", "The kiln is _____ at night.", "a text with a gap"),
        ("The kiln burns with {=gas}", "The kiln burns with", "a text with a gap"),
        ("Match it.{=cone 6 -> 1240 =cone 9 -> 80}", "- cone 6 \u2192 1240\n- cone 9 \u2192 80", "asks nothing"),
        ("How hot?{#1200..1300}", "1200..1300", "a range of numbers"),
        ("How are you? {}", "How are you?", "a question without an answer"),
        ("Read this first.", "Read this first.", "a text without a question"),
        ("Which of these is hot?{=kiln ~clay}", "Which of these is hot?", "multiple choice outside"),
        ("What is hot?{=all of the above ~kiln ~oven}", "What is hot?", "multiple choice outside"),
        ("How hot?{=very", "How hot?{=very", "a brace is missing"),
        ("How cold?{=very#Good! =icy}", "icy", "another answer that counts as right"),
        ("How cold?{=very =%50%chilly}", "chilly", "right only in part"),
        ("What is this?<img src\\='a.png'>{=clay}", "What is this?<img src='a.png'>", "about a picture"),
        ("[html]What is it?<pre>a\\=1</pre>{=1}", "What is it?<pre>a=1</pre>", "sound or code"),
        ("The kiln burns with {=gas#Good!####It is cheap.}", "It is cheap.", "a text with a gap"),
        ("The kiln burns with {=gas#Good!####It is cheap.}", "Good!", "feedback on"),
        ("How hot?{#1200..1300####Cone 6.}", "Cone 6.", "a question without an answer"),
        ("How hot?{=cone 6 -> 1240 =cone 9 -> 1280 = -> 900}", "-> 900", "a choice that is not the answer"),
        ("How cold?{=*ice*}", "How cold?", "a question without an answer"),
        ("How cold?{=very#Good!}", "Good!", "feedback on what a learner answered"),
        ("How cold?{~warm =icy}", "warm", "a choice that is not the answer"),
        ("::Temperature::How cold?{=very}", "Temperature", "the name of a question"),
        ("// ask Tom\nHow cold?{=very}", "ask Tom", "a comment, which members do not see"),
    ],
)
def test_what_is_left_out_of_a_quiz_is_named(text, named, reason):
    """With what to do about it."""
    assert reason in why(text)[named]


def test_the_categories_of_an_export_are_headings():
    """Moodle writes where the questions are, and comments of its own, which nobody has to read."""
    text = (
        "// question: 0  name: switch category to $course$/top/Heat\n$CATEGORY: $course$/top/Heat\n\n\n"
        "// question: 44  name: Kiln\n::Kiln::[html]How hot?{\n\t=<p>Very.</p>#\n}\n\n\n"
        "$CATEGORY: $course$/top/Water\n\n::Clay::How hot?{=Cold.}\n"
    )
    assert pairs(text, "questions-Course-top-20261129.txt") == [
        ("Heat: How hot?", "Very."),
        ("Water: How hot?", "Cold."),
    ]
    assert not any("switch category" in each for _, each in left(text, "a.txt"))
    assert [line for line, each in left(text, "a.txt") if each == "Kiln"] == [6]


def test_a_text_with_braces_is_no_quiz(tmp_path: Path):
    """A `.txt` file is one only if it looks like it; a `.gift` file always is."""
    text = 'How do I print a name?\n\nUse `f"{name}"`, or {=} and {~}.\n\nHow hot?\n\nVery. {#heat}\n'
    assert [each.question for each in entries(text, "faq.txt")] == ["How do I print a name?", "How hot?"]
    with pytest.raises(NotesError, match=r"nothing to import.*It has 1 question of a quiz"):
        read("Clay is earth.{T}", "quiz.gift")
    (tmp_path / "quiz.gift").write_text("How hot?{=Very.}", encoding="utf-8")
    (tmp_path / "quiz.txt").write_text("::Q::How hot?{=Very.}\n\nHow wet?\n{\n=Dry.}", encoding="utf-8")
    imported = import_files([tmp_path], Path("-"), tmp_path / "lessons")
    assert sum(len(each.lesson.entries) for each in imported.made) == 3


def test_spaces_behind_a_number_take_no_minutes():
    """One answer with 200,000 of them took longer than anybody waits."""
    spaces = " " * 200_000
    assert pairs(f"How hot?{{#1{spaces}x}}\n\nHow wet?{{#2{spaces}:1}}", "quiz.gift") == [("How wet?", "2")]
