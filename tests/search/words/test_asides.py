"""What somebody says about a question, or how they feel, does not change its answer."""

from __future__ import annotations

import pytest

from bot.lessons.library import Library
from bot.search.words.politeness import without_politeness
from bot.search.words.wording import words
from bot.tutor import Tutor
from tests.support.findable import Findable, LateIndex
from tests.support.shipped import KNOWLEDGE


@pytest.mark.parametrize(
    "wrapped",
    [
        "maybe a silly question but {}",
        "sorry if this was already asked, {}",
        "im new here, {}",
        "no idea, {} im so lost",
        "{} any help would be great",
        "{} been stuck on this for 2 days, someone pls help",
        "ive tried everything already. {}",
        "{} google didnt help and its driving me crazy",
        "{} is that even possible?",
        "{} sorry for my bad english",
        "{} for some reason, does anyone know",
        "srsly, {} lmk",
        "keine ahnung, {} kann mir jemand helfen",
        "soy nuevo aquí, {} ¿alguna idea?",
    ],
)
def test_asides_around_a_question_do_not_change_its_reply(wrapped: str):
    """A member who says how lost they are gets the same reply as one who only asks."""
    tutor = Tutor(Library.open(KNOWLEDGE))
    for asked in ("how do i turn the venv on in cmd", "can i drag the whole venv to my D drive", "pip vs pip3"):
        assert tutor.answer(wrapped.format(asked)) == tutor.answer(asked), asked


@pytest.mark.parametrize(
    ("asked", "heard"),
    [
        ("any idea why my venv is gone??", "why my venv is gone"),
        ("idk how to leave my venv", "how to leave my venv"),
        ("i don't know if i activated it", "i do not know if i activated it"),
        ("my venv is gone and i have no idea what to do", "my venv is gone"),
        ("in which channel do i write when i am stuck", "in which channel do i write when i am stuck"),
        ("any ideas for a game", "any ideas for a game"),
        ("where can i get any advice", "where can i get any advice"),
        ("does the book have any tips", "does the book have any tips"),
        ("what if the examiner has no idea", "what if the examiner has no idea"),
        ("how do i end a mail with kind regards", "how do i end a mail with kind regards"),
        ("how do i say have a nice day", "how do i say have a nice day"),
        ("how do i learn how to fix this", "how do i learn how to fix this"),
        ("which plan is urgent", "which plan is urgent"),
        ("wie sagt man keine ahnung", "wie sagt man keine ahnung"),
        ("im stuck in the queue", "i am stuck in the queue"),
        ("im stuck, my bot is gone", "my bot is gone"),
        ("im new to this server how do i verify", "i am new to this server how do i verify"),
        ("im new to this how do i verify", "how do i verify"),
        ("for exercise 3 is there a solution", "for exercise 3 is there a solution"),
        ("i don't know where", "i do not know where"),
        ("no idea", "no idea"),
        ("no clue tbh, any ideas?", "no clue any ideas"),
    ],
)
def test_only_what_stands_beside_a_question_is_left_out(asked: str, heard: str):
    """What follows "when" belongs to a question, and a message that says no more is kept."""
    assert without_politeness(words(asked, 20)) == heard.split()


@pytest.mark.parametrize(
    "asked",
    [
        "ich bin neu hier wo finde ich die regeln bitte",
        "ich bin neu hier, wo genau finde ich die regeln",
        "also cmd for leaving a venv",
    ],
)
def test_an_entry_that_is_asked_with_an_aside_is_found_by_it(asked: str):
    """Who asks in its very words, in polite ones or with fillers, gets it."""
    index = LateIndex(
        [
            Findable("new", "Ich bin neu hier, wo finde ich die Regeln?", (), "Oben."),
            Findable("leave", "How do I deactivate it?", ("cmd for leaving a venv",), "deactivate"),
        ]
    )
    assert index.rank(asked)[0].evidence.is_exact
