"""The number of a suggestion, in place of a press."""

from __future__ import annotations

import pytest

from bot.asking.choosing import choice_in


@pytest.mark.parametrize(
    ("said", "number"),
    [
        *(
            (each, 1)
            for each in ("1", "1.", "#1", "one", "first", "the first one", "die erste", "la primera, por favor")
        ),
        *(
            (each, 2)
            for each in (
                "2",
                "2️⃣",
                "number two",
                "second one pls",
                "Nummer 2",
                "das zweite",
                "el segundo",
                "la dos",
                "muéstrame la 2",
                "zeige mir die 2",
                "ich meinte die zweite",
                "me refiero a la segunda",
                "and the second one?",
                "ok 2 then",
                "what about 2",
                "und die zweite?",
                "dann die 2",
                "was ist mit der zweiten",
                "¿y la segunda?",
                "entonces el 2",
            )
        ),
        *(
            (each, 0)
            for each in (
                "0",
                "none of these",
                "none",
                "neither",
                "keine davon",
                "nichts davon",
                "ninguna de estas",
            )
        ),
        *((each, 12) for each in ("12", "number 12", "opción 12")),
    ],
)
def test_a_number_chooses(said: str, number: int):
    """As people say it in each of the bot's languages."""
    assert choice_in(said) == number


@pytest.mark.parametrize(
    "said",
    [
        "",
        "no",
        "404",
        "3.12",
        "1 or 2",
        "what is the second one",
        "one venv per project",
        "python 3",
        "and",
        "and then?",
        "what about one for each project",
        "und noch eine",
        "y una más",
        "las dos",
        "los dos, por favor",
        "muéstrame las 2",
        "the two of them",
        "the three",
        "me neither",
        "last command",
        "the last version of pip",
        "quiero la última versión",
        "die letzte Version",
        "please " * 8 + "the 2nd command of pip",  # only its first words are looked at
    ],
)
def test_what_says_more_chooses_nothing(said: str):
    """It is a question like any other."""
    assert choice_in(said) is None


@pytest.mark.parametrize("said", ["the last one", "das letzte", "die letzte bitte", "la última", "el último"])
def test_the_last_one_is_the_last_of_those_that_are_offered(said: str):
    """However many there are."""
    assert [choice_in(said, offered) for offered in (1, 2, 3)] == [1, 2, 3]
