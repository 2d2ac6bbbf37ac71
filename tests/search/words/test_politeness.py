"""Polite phrases around a question do not change its answer."""

from __future__ import annotations

import pytest

from bot.evaluate.rows import Row
from bot.lessons.library import Library
from bot.search.index import Index
from bot.search.meaning.table import TableSource
from bot.search.words.chat_spellings import CHAT_SPELLINGS
from bot.search.words.politeness import without_fillers, without_politeness
from bot.search.words.wording import words
from bot.tutor import Tutor
from tests.support.shipped import KNOWLEDGE

SHIPPED = Library.open(KNOWLEDGE)
WRAPPED = (
    "please {}",
    "{} please?",
    "hi, {} thanks!",
    "hey guys pls, {} thx",
    "hello everyone! quick question: {}",
    "sorry, {} thank you so much",
    "hallo zusammen, {} danke",
    "hola, {} por favor",
    "could someone please tell me: {}",
)


@pytest.mark.parametrize("wrapped", WRAPPED)
def test_polite_words_around_a_question_do_not_change_its_reply(wrapped: str):
    """With polite phrases, a question gets the same reply, in an entry's words and in a member's."""
    tutor = Tutor(SHIPPED)
    own = ["how do i turn the venv on in cmd", "can i drag the whole venv to my D drive", "pip vs pip3"]
    for asked in [*(entry.question.rstrip("?.") for entry in SHIPPED.lessons.entries.values()), *own]:
        assert tutor.answer(wrapped.format(asked)) == tutor.answer(asked), asked


@pytest.mark.parametrize(
    "filled",
    ["{} right now", "{} again?", "{} then, exactly?", "actually, {}", "{} tho", "also {}", "hey {} rn pls"],
)
def test_words_that_only_fill_a_question_do_not_change_its_answer(filled: str):
    """An entry is found by its own question also where members put in "now", "again" or "actually"."""
    tutor = Tutor(SHIPPED)
    for asked in (entry.question.rstrip("?.") for entry in SHIPPED.lessons.entries.values()):
        assert tutor.answer(filled.format(asked)) == tutor.answer(asked), asked


@pytest.mark.parametrize(
    ("asked", "heard"),
    [
        ("yo whats a venv even", "yo what is a venv"),
        ("how do i actually leave right now", "how do i leave"),
        ("was ist denn jetzt ein venv", "was ist ein venv"),
        ("entonces que es un venv exactamente", "que es un venv"),
        ("is it right", "is it right"),
        ("now", ""),
    ],
)
def test_fillers_are_left_out_wherever_they_stand(asked: str, heard: str):
    """They are left out anywhere, and "right" only of "right now"."""
    assert without_fillers(words(asked, 20)) == heard.split()


def test_a_filler_that_an_entry_is_asked_with_counts():
    """Where an entry has such a word, it is found by it."""
    cards = Index([Row("a", "How do I insert it?"), Row("b", "How do I insert it properly?")])
    assert cards.rank("how do i insert it properly")[0].id == "b"


@pytest.mark.parametrize(
    ("asked", "heard"),
    [
        ("hey all, what is a venv?", "what is a venv"),
        ("Hi! how do I leave it", "how do i leave it"),
        ("hallo zusammen was ist ein venv", "was ist ein venv"),
        ("Thank you. what is a venv?", "what is a venv"),
        ("can you please tell me what a venv is", "what a venv is"),
        ("does anyone know how to leave a venv", "how to leave a venv"),
        ("can you tell me a joke", "can you tell me a joke"),
        ("could somebody please show me how to leave a venv", "how to leave a venv"),
        ("can anybody explain to me how to leave it", "how to leave it"),
        ("does anyone here know what a venv is", "what a venv is"),
        ("kann mir bitte jemand zeigen wie das geht", "wie das geht"),
        ("könntet ihr uns bitte erklären was ein venv ist", "was ein venv ist"),
        ("¿alguien me podría enseñar cómo borrar un venv?", "como borrar un venv"),
        ("can someone look over my code", "look over my code"),
        ("could anybody pls fix my venv", "fix my venv"),
        ("can anyone join the course", "can anyone join the course"),
        ("can someone", "can someone"),
        ("someone deleted my venv", "someone deleted my venv"),
        ("gimme cmd 2 list pkgs", "list packages"),
        ("whats the command for listing packages", "listing packages"),
        ("show me how 2 freeze it", "how to freeze it"),
        ("command not found", "command not found"),
        ("what is the command line", "what is the command line"),
        ("hello world in python", "hello world in python"),
        ("thanks page in flask", "thanks page in flask"),
        ("hey there", "hey there"),
        ("what is hello", "what is hello"),
        ("please", "please"),
    ],
)
def test_only_what_asks_nothing_is_left_out(asked: str, heard: str):
    """A greeting before a question is removed, but not the one in 'hello world'."""
    assert without_politeness(words(asked, 20)) == heard.split()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gimme a venv", "give me a venv"),
        ("whyd u delete it", "why did you delete it"),
        ("whydu delete it", "why did you delete it"),
        ("why mustn't i", "why must not i"),
        ("why mustnt i", "why must not i"),
        ("howd they do it", "how did they do it"),
        ("theyre broken tbh", "they are broken"),
        ("howdoi start", "how do i start"),
        ("canu explain", "can you explain"),
        ("gr8 thx", "great thanks"),
        ("how 2 make it", "how to make it"),
        ("thx 4 the help", "thanks for the help"),
        ("python 2 or python 4", "python 2 or python 4"),
        ("i shouldve asked", "i should have asked"),
        ("hw do i hand in my hw", "how do i hand in my hw"),
    ],
)
def test_chat_is_spelt_out(typed: str, meant: str):
    """Contractions are spelled out with and without an apostrophe, and so are chat spellings."""
    assert words(typed, 20) == meant.split()


def test_an_abbreviation_is_spelt_out_where_the_library_has_only_the_long_word():
    """An abbreviation such as `rm` stays in a library that has it."""
    long = Index([Row("a", "How do I remove a folder?"), Row("b", "How do I activate it?")], {}, (TableSource(),))
    assert long.rank("hw do i rm it")[0].id == "a"
    assert long.rank("activ8")[0].id == "b"
    course = Index(
        [Row("a", "How do I hand in my homework?"), Row("b", "How do I get help?")], {}, (TableSource(),)
    )
    assert course.rank("where does my hw go")[0].id == "a"
    short = Index([Row("a", "How do I remove a folder?"), Row("b", "What does rm mean?")])
    assert short.rank("rm")[0].id == "b"


def test_no_spelling_is_a_word_that_a_rule_made_by_accident():
    """Words such as 'were', 'well', 'shed' and 'its' are not taken for contractions."""
    assert not {"were", "well", "shell", "hell", "its", "id", "ill", "want", "doi"} & set(CHAT_SPELLINGS)
