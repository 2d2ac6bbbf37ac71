"""'From a to b' is the opposite of 'from b to a', however it is written."""

from __future__ import annotations

import pytest

from bot.search.opposites.directions import directions
from bot.search.words.wording import words


@pytest.mark.parametrize(
    "text",
    [
        "csv to excel",
        "csv -> excel",
        "convert a csv file to excel",
        "from csv to excel pls",
        "how do i turn a csv into an excel file",
        "convert to excel from csv",
        "make an excel file out of a csv",
        "make an excel file from a csv",
        "i have a csv and need an excel file",
        "the reverse of excel to csv",
        "the other way round, not excel to csv but csv to excel",
        "de csv a excel",
    ],
)
def test_the_direction_is_found(text: str):
    """From csv to Excel, and not from Excel to csv."""
    found = set(directions(words(text, 20)))
    assert ("csv", "excel") in found
    assert ("excel", "csv") not in found


@pytest.mark.parametrize(
    "text",
    [
        "how do i send a message to a friend and get an answer to it soon",
        "i want to upload my file to github with the button over there",
        "convert a csv to excel and vice versa",
        "i have to start now",
        "how to convert",
    ],
)
def test_what_is_sent_somewhere_has_no_direction(text: str):
    """A message to a friend can not be turned round; and 'vice versa' asks for both."""
    assert not {pair for pair in directions(words(text, 20)) if set(pair) & {"csv", "file", "message", "friend"}}


def test_german_and_spanish_have_words_of_their_own():
    """'Csv in Excel umwandeln' and 'convertir csv en excel' go from csv to Excel, too."""
    for text in ("csv in excel umwandeln", "von csv zu excel", "convertir csv en excel"):
        assert ("csv", "excel") in set(directions(words(text, 20), in_any_language=True))
