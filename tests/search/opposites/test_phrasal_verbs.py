"""Phrasal verbs that leave something out or undo it are found, with their object between their words."""

from __future__ import annotations

import pytest

from bot.search.opposites.phrasal_verbs import phrasal_verbs_in_one_word


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("leave out the gridlines", "without the gridlines"),
        ("leave the gridlines out", "without the gridlines"),
        ("get rid of a role", "remove a role"),
        ("take the protection off a sheet", "remove the protection off a sheet"),
        ("get my stash back", "restore my stash"),
        ("give up my land", "remove my land"),
        ("give us back our land", "restore us our land"),
        ("take a file out of staging", "remove a file from staging"),
        ("take the rights away from her", "remove the rights from her"),
        ("put the wheel back", "attach the wheel"),
        ("get out of a contract", "leave a contract"),
        ("get a csv out of a table", "get a csv out of a table"),
        ("get on the list", "join list"),
        ("get back in my account", "restore in my account"),
        ("bring up the console", "bring up the console"),
        ("leave the server", "leave the server"),
        ("i give up how do i add a member", "i give up how do i add a member"),
        ("get 20 percent off a course", "get 20 percent off a course"),
        ("how do i back up", "how do i back up"),
    ],
)
def test_a_phrasal_verb_is_read_as_one_word(text: str, read: str):
    """'Leave out' is not 'leave'."""
    assert " ".join(phrasal_verbs_in_one_word(text.split())) == read
