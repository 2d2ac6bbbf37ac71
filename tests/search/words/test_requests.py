"""A request is understood as the order that it is, in the verbs of the lessons."""

from __future__ import annotations

import pytest

from bot.evaluate.rows import Row
from bot.search.index import Index
from bot.search.words.requests import as_order, asks_to_explain
from bot.search.words.wording import words
from bot.tutor import Tutor

KNOWN = frozenset({"make", "list"})


@pytest.mark.parametrize(
    ("request_", "order"),
    [
        ("give me a room", "make a room"),
        ("give me the room", "the room"),
        ("zeig mir den raum", "den raum"),
        ("zeig mir das", "zeig mir das"),
        ("pasame la sala", "la sala"),
        ("ensename", "ensename"),
        ("let me see my rooms", "list my rooms"),
        ("i want to see all rooms", "list all rooms"),
        ("see my rooms", "list my rooms"),
        ("see rooms", "see rooms"),
        ("see you", "see you"),
        ("let me check", "let me check"),
        ("let me see where the rooms are", "where the rooms are"),
        ("let me see", "let me see"),
        ("let me leave a room", "leave a room"),
        ("let me know the room", "let me know the room"),
        ("see about that at home", "see about that at home"),
        ("give me that", "give me that"),
        ("how do i see my rooms", "how do i see my rooms"),
        ("", ""),
    ],
)
def test_a_request_is_an_order_in_verbs_of_the_library(request_: str, order: str):
    """Who wants to be given one wants to make one, and who wants to see them wants a list."""
    assert as_order(request_.split(), KNOWN) == order.split()


def test_no_verb_is_added_that_the_library_lacks():
    """A word that no entry has would only make the best entry less sure."""
    assert as_order("give me a room".split(), frozenset()) == ["a", "room"]


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("gimme a venv", "create-a-venv"),
        ("gimme a new venv pls", "create-a-venv"),
        ("lemme see my packages", "list-packages"),
        ("i wanna see my packages", "list-packages"),
        ("gimme the list of packages", "list-packages"),
        ("gimme a requirements.txt", "create-requirements-txt"),
        ("lemme activate it on windows", "activate-on-windows"),
        ("lemme delete this venv", "delete-a-venv"),
    ],
)
def test_a_request_in_chat_english_finds_its_entry_first(tutor: Tutor, question: str, entry: str):
    """ "Gimme" and "lemme" say nothing about the subject, although "give" and "let" are words of the lessons."""
    judged = tutor.snapshot.judge(question, "balanced")
    assert judged
    assert judged[0][0].id == entry


def test_a_request_in_spanish_is_about_what_is_wanted():
    """ "Pásame la IP" is no question about the entry whose answer says "pásale"."""
    index = Index(
        [
            Row("ip", "¿Cuál es la IP?", ("dirección del servidor",)),
            Row("invite", "¿Puedo invitar a un amigo?", ("pásale la ip a otra persona",)),
            Row("rules", "¿Dónde están las normas?"),
        ]
    )
    assert index.rank("pásame la ip porfa")[0].id == "ip"


@pytest.mark.parametrize("said", ["give me a minute", "gimme a sec", "let me check", "see you", "see below"])
def test_what_only_sounds_like_a_request_gets_nothing(tutor: Tutor, said: str):
    """Members say this to each other, too."""
    judged = tutor.snapshot.judge(said, "balanced", public=True)
    assert not judged or not (judged[1].sure or judged[1].possible)


def test_what_is_asked_for_is_not_lost_by_a_verb_of_another_entry():
    """'Give me a role' finds how to get one, though the lessons say how to create something else."""
    index = Index([Row("role", "How do I get a role?"), Row("channel", "How do I create a channel?")])
    assert index.rank("gimme a role")[0].id == "role"


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("can i see the installed packages", "list-packages"),
        ("let me see the packages", "list-packages"),
        ("can i see the site-packages folder", "where-packages-go"),
    ],
)
def test_who_wants_to_see_something_is_shown_how_to_list_it(tutor: Tutor, question: str, entry: str):
    """An entry on listing them comes before those that only mention packages; a folder is found as before."""
    judged = tutor.snapshot.judge(question, "balanced")
    assert judged
    _, judgement = judged
    assert (judgement.sure or judgement.possible[0]).id == entry


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("Hey bot, please tell me about Django!", True),
        ("explain virtual environments", True),
        ("Erklär mir bitte Django", True),
        ("erzähl mir etwas über Django", True),
        ("¡Háblame de Django!", True),
        ("tell me about your setup", False),
        ("explain what you did", False),
        ("beschreib deinen Aufbau", False),
        ("explícame qué has hecho", False),
        ("explain it please", False),
        ("explain what happened", False),
        ("tell me more about the error", False),
        ("describe the problem in more detail", False),
        ("Define DEBUG=False in settings.py", False),
        ("erklär mal, was genau passiert", False),
        ("Beschreibe bitte den Fehler", False),
        ("explica el problema", False),
        ("explica qué pasó", False),
        ("tell me", False),
        ("you can explain it with Django", False),
        ("", False),
    ],
)
def test_a_request_to_explain_a_thing_is_no_request_to_a_person(said: str, asks: bool):
    """A helper asks the member what they did; others ask for what a thing is."""
    assert asks_to_explain(words(said, 50)) is asks
