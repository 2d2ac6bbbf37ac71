"""Whoever tells what others did to them does not read how to do it."""

from __future__ import annotations

import pytest

from bot.search.confidence import judge
from bot.search.meaning.table import TableSource
from bot.search.words.done_to_me import done_to_me
from bot.search.words.wording import words
from tests.support.findable import Findable, LateIndex
from tests.support.sayings import sayings

DONE_TO_ME = """
i got kicked from a lobby | I was just banned | we keep getting muted | someone changed my nickname
somebody keeps pinging me | a mod removed my role | they blocked us | ich wurde gestern gekickt
someone is harassing me | jemand hat meinen Namen geändert | alguien me ha reportado | me han silenciado
"""
NOT_DONE_TO_ME = """
can someone help me | i was wondering how that works | i got an error | i kicked somebody | they need my password
my laptop loses my settings | ich würde gern mitspielen | alguien me ayuda | how do i kick somebody
"""


@pytest.mark.parametrize("text", sayings(DONE_TO_ME))
def test_what_others_did_is_told(text: str):
    """In the passive, or with "someone"."""
    assert done_to_me(words(text, 20))


@pytest.mark.parametrize("text", sayings(NOT_DONE_TO_ME))
def test_what_nobody_did_to_me_is_not(text: str):
    """Requests, errors and what the author did are nothing of the kind."""
    assert not done_to_me(words(text, 20))


SERVER = LateIndex(
    [
        Findable("kick", "How do I kick somebody from my lobby?", ("remove a player from my lobby",), "Press K."),
        Findable("report", "How do I report a player?", ("someone is annoying me",), "Press R."),
        Findable("banned", "How do I appeal a ban?", ("i was banned for nothing",), "Write to the board."),
        Findable("hacked", "What do I do if my account is hacked?", (), "Change your password."),
        Findable("locked", "How do I get in again?", ("locked out of the panel",), "Ask the board."),
        Findable("harassed", "How do I complain?", ("someone is harassing me",), "Write to the board."),
        Findable("restore", "How do I restore deleted files?", (), "From the backup."),
        Findable("nickname", "How do I change my nickname?", ("pick another name",), "In your profile."),
        *(Findable(f"other-{n}", f"What is chapter {n} about?", (), "See the plan.") for n in range(9)),
    ],
    {},
    (TableSource(),),
)


@pytest.mark.parametrize("text", ["i got kicked from a lobby", "i got reported", "someone changed my nickname"])
def test_how_to_do_it_to_others_is_only_offered(text: str):
    """ "I got kicked" is not answered by how to kick somebody."""
    assert judge(SERVER.rank(text), "eager").sure is None


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("i was banned for no reason", "banned"),
        ("how do i appeal if i was banned", "banned"),
        ("someone hacked my account", "hacked"),
        ("i got locked out of the panel", "locked"),
        ("he keeps harassing me", "harassed"),
        ("he deleted my files", "restore"),
    ],
)
def test_what_an_entry_says_to_do_then_is_the_answer(text: str, entry: str):
    """An entry that is asked for in this way, and whoever asks how to do something."""
    sure = judge(SERVER.rank(text), "eager").sure
    assert sure
    assert sure.id == entry
