"""Who wants to end something is not told how to set it up, whatever words the two have."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.evaluate.rows import Row
from bot.search.confidence import judge
from bot.search.index import Index
from bot.search.match import Match
from bot.search.meaning.table import TableSource
from bot.search.opposites.opposite_words import OppositeWords
from bot.search.opposites.setting_up import done_before, ends_in_any_language, sets_up
from bot.search.words.wording import words
from tests.support.findable import LateIndex

OPPOSITES = OppositeWords()
HELPDESK = LateIndex(
    [
        Row(
            "book",
            "How do I book a repair slot?",
            ("appointment for the workshop",),
            "Use the calendar on our site.",
        ),
        Row("park", "How do I rent a parking space?", (), "Write to the caretaker."),
        Row("rights", "How do I give a user admin rights?", ("add a user to the admins",), "Open the settings."),
        Row("mesh", "How do I make a mesh look smooth?", ("get rid of visible edges",), "Choose Shade Smooth."),
        Row("chain", "How do I shorten a chain?", (), "Push out a rivet."),
        Row("sketch", "How do I show the histogram?", (), "Open the window of that name."),
        Row("letter", "How do I subscribe to the newsletter?", (), "Press Subscribe."),
        Row("wash", "How do I wash hand-knitted wool?", (), "By hand, in cold water."),
        Row("clock", "How do I set the time of the server?", ("the clock is wrong",), "Use timedatectl."),
        Row("hours", "When is the workshop open?", (), "From nine to five."),
        Row("lift", "Where is the lift?", (), "Beside the stairs."),
    ],
    {},
    (TableSource(),),
)
MESSAGES = LateIndex(
    [
        Row("mails", "How do I unsubscribe from emails?", (), "Follow the link at their end."),
        Row("ads", "How do I remove ads?", (), "With Plus."),
        Row("quiet", "How do I turn off the output?", (), "With -q."),
        Row("limit", "How do I remove the limit of messages?", ("see more messages",), "In the settings."),
        Row("join", "How do I join a club?", (), "Press Join."),
        Row("pay", "How do I pay the fee?", (), "By card."),
    ],
    {},
    (TableSource(),),
)
MARKS = LateIndex(
    [
        Row("close", "How do I close my question?", ("mark as solved",), "Press Solved."),
        Row("reopen", "How do I open my question again?", (), "Write in it."),
        Row("spoiler", "How do I mark a picture as a spoiler?", (), "Press the eye."),
        Row("no-spoiler", "How do I remove the spoiler from a picture?", (), "Press the eye again."),
        Row("mark", "How do I mark a place on the map?", (), "Press M."),
        Row("unmark", "How do I remove a mark?", (), "Press it."),
        Row("join", "How do I join a club?", (), "Press Join."),
    ],
    {},
    (TableSource(),),
)


@pytest.mark.parametrize(
    ("asked", "opposite"),
    [
        ("how do i cancel my repair slot", "book"),
        ("i cant make it on saturday, how do i get out of my repair slot", "book"),
        ("how do i give back my parking space", "park"),
        ("no longer need the parking space", "park"),
        ("how do i take admin rights away from a user", "rights"),
        ("how do i make a mesh look less smooth", "mesh"),
        ("my chain is too short, how do i make it longer", "chain"),
        ("get the histogram off my screen", "sketch"),
        ("histogram is in my way how to close it", "sketch"),
        ("i dont want the newsletter anymore", "letter"),
        ("i want the newsletter gone", "letter"),
        ("how do i stop getting mails from the newsletter", "letter"),
    ],
)
def test_how_to_set_it_up_is_no_answer_to_how_to_end_it(asked: str, opposite: str):
    """An entry on booking is neither given nor offered first to somebody who cancels."""
    judgement = judge(HELPDESK.rank(asked), "eager")
    assert not judgement.sure or judgement.sure.id != opposite
    assert not judgement.possible or judgement.possible[0].id != opposite


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        ("book a repair slot", "book"),
        ("rent a parking space in the garage", "park"),
        ("smooth mesh", "mesh"),
        ("subscribe to the newsletter", "letter"),
        ("why can i not book a repair slot", "book"),
        ("how do i rent a parking space for less money", "park"),
        ("i need my repair slot back it is gone", "book"),
    ],
)
def test_how_to_set_it_up_is_still_found(asked: str, entry: str):
    """Whoever wants to set it up, or has a problem with that, gets the entry."""
    assert HELPDESK.rank(asked)[0].id == entry


@pytest.mark.parametrize(
    ("asked", "opposite"),
    [
        ("how do i get more emails", "mails"),
        ("i want more emails", "mails"),
        ("can i see more ads", "ads"),
        ("how do i get more output from it", "quiet"),
    ],
)
def test_how_to_end_it_is_no_answer_to_how_to_get_more_of_it(asked: str, opposite: str):
    """Who wants more emails is not told how to get rid of them."""
    assert all(match.id != opposite for match in _judged(MESSAGES, asked))


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        ("i don't want more emails", "mails"),
        ("how do i get no more emails", "mails"),
        ("why do i get more ads", "ads"),
        ("how do i remove more than one ad", "ads"),
        ("how do i see more messages", "limit"),
    ],
)
def test_what_gets_rid_of_more_is_still_found(asked: str, entry: str):
    """ "No more" and "why more" ask for less, and a limit is ended to see more."""
    assert _judged(MESSAGES, asked)[0].id == entry


@pytest.mark.parametrize("asked", ["how to get more free memory", "how do i get more memory"])
def test_room_is_what_there_is_more_of_when_something_is_deleted(asked: str):
    memory = Row("memory", "How do I free memory?", ("delete cached files",))
    index = Index([memory, Row("python", "How do I install Python?", ("get python",))])
    assert _judged(index, asked)[0].id == "memory"


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        ("how do i mark as solved", "close"),
        ("how do i mark my question as solved", "close"),
        ("it is answered, how do i mark it solved", "close"),
        ("can i mark this as solved?", "close"),
        ("how do i mark a picture as a spoiler", "spoiler"),
        ("how do i remove the spoiler from a picture", "no-spoiler"),
        ("how do i mark the map", "mark"),
        ("how do i remove a mark from the map", "unmark"),
    ],
)
def test_to_mark_it_as_something_can_be_the_way_to_end_it(asked: str, entry: str):
    """A phrasing with "mark as" finds its entry, though the entry's own question ends something."""
    assert _judged(MARKS, asked)[0].id == entry


def _judged(index: Index, asked: str) -> Sequence[Match]:
    judgement = judge(index.rank(asked))
    return (judgement.sure,) if judgement.sure else judgement.possible


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("how do i claim a role", True),
        ("turn on the lights", True),
        ("drop a role i claimed", False),
        ("how do i mark the map", True),
        ("how do i mark my question as solved", None),
        ("i have the wrong role, how do i remove it", False),
        ("my site should not force https", False),
        ("how do i keep it from starting", False),
        ("stop my address from changing", None),
        ("why do my gears skip", None),
        ("what is a role", None),
        ("less than five", None),
        ("lift ticket for children", None),
        ("my bot should not crash how do i add a check", True),
        ("i want it off", False),
        ("i need a day off", None),
    ],
)
def test_setting_up_and_ending_are_told_apart(text: str, expected: bool | None):
    """The verb that is asked for decides, not any verb in the text."""
    assert sets_up(words(text, 20), OPPOSITES) is expected


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("wie sage ich meinen termin ab", True),
        ("cómo me doy de baja", True),
        ("hacerlo menos ácido", True),
        ("no me deja reservar", False),
        ("al menos reservar un turno", False),
        ("für weniger als fünf euro", False),
        ("imagen de baja calidad", False),
    ],
)
def test_what_is_to_end_is_found_in_german_and_spanish(text: str, ends: bool):
    """ "Darse de baja" unsubscribes, and "de baja calidad" is of low quality."""
    assert ends_in_any_language(words(text, 20), {}) is ends


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("drop a role i claimed", ["claimed"]),
        ("how do i open a locked chest again", ["locked"]),
        ("i claimed a role but it does not show", []),
        ("what is a locked chest", []),
        ("how do i get it claimed", []),
    ],
)
def test_what_was_done_before_is_not_what_is_asked(text: str, done: list[str]):
    """ "A role I claimed" tells what was done; "I claimed a role, but …" may be a problem with that."""
    assert list(done_before(words(text, 20))) == done


def test_marking_as_unsolved_is_not_the_way_to_close():
    """Only to "mark it as solved" can be; the opposite gets no sure answer."""
    index = Index(
        [
            Row("open", "How do I open a ticket?"),
            Row("close", "How do I close a ticket?", ("mark a ticket as solved",)),
        ]
    )
    assert not judge(index.rank("how do i mark a ticket as unsolved"), "balanced").sure
