"""A question that takes something back is not answered by how to do it."""

from __future__ import annotations

import pytest

from bot.evaluate.rows import Row
from bot.search.confidence import judge
from bot.search.meaning.table import TableSource
from bot.search.opposites.taking_back import asks_for_again, asks_to_take_back
from tests.support.findable import LateIndex

CLUB = LateIndex(
    [
        Row("race", "How do I sign up for a race?", ("register for the half marathon",), "On the website."),
        Row("seat", "How do I put in the child seat?", ("fasten the kids seat",), "Pull the belt through."),
        Row("plain", "How do I send mail as plain text?", (), "In the settings."),
        Row("tickets", "How do I get free tickets for my family?", (), "Ask at the desk."),
        Row("room", "How do I reserve a room?", ("book the small hall",), "In the calendar."),
        Row("leave", "How do I leave the club?", (), "Write to the board."),
        Row("tools", "Where do I return the tools?", (), "Into the green box."),
        Row("paint", "How do I clean my brushes?", ("wash paint off",), "With soap."),
        Row("freeze", "How do I freeze my membership?", ("pause my membership",), "Write to the office."),
        Row("homework", "How do I hand in my homework?", (), "Upload it."),
        Row("update", "How do I update to the newest version?", (), "Press Update."),
        Row("cutter", "How do I turn off the thread cutter?", (), "Hold the key."),
        Row("chat", "How do I mute the chat?", (), "Press M."),
        Row("hidden", "How do I show hidden objects again?", (), "Press H."),
        *(Row(f"other-{n}", f"What is chapter {n} of the course about?", (), "See the plan.") for n in range(9)),
    ],
    {},
    (TableSource(),),
)


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        ("how do i sign out of the race", "race"),
        ("cant get the child seat out, what do i press", "seat"),
        ("how do i get out of plain text", "plain"),
        ("my family cant come, how do i give the free tickets back", "tickets"),
        ("undo the room reservation", "room"),
        ("how do i un-submit the homework", "homework"),
        ("how do i go back to the old version", "update"),
        ("how do i turn the thread cutter back on", "cutter"),
        ("i want the chat back on", "chat"),
        ("my pause is over, how do i get my membership going again", "freeze"),
        ("i left the club last year, how do i get back in", "leave"),
    ],
)
def test_doing_it_taking_it_back_and_having_it_again_are_told_apart(asked: str, entry: str):
    """The entry on the other of the two is neither the answer nor the first suggestion."""
    judgement = judge(CLUB.rank(asked), "eager")
    assert judgement.sure is None
    assert entry not in [each.id for each in judgement.possible[:1]]


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        ("how do i get out of the club", "leave"),
        ("where do i put the tools back", "tools"),
        ("how do i get paint off the brushes", "paint"),
        ("how do i bring hidden objects back", "hidden"),
        ("how do i get the child seat in", "seat"),
        ("not how to get out of the race, how do i sign up for it", "race"),
    ],
)
def test_an_entry_that_says_how_to_take_it_back_comes_first(asked: str, entry: str):
    """Other words for taking something back are found, and so is how to do it, if that is what is asked."""
    judgement = judge(CLUB.rank(asked))
    assert (judgement.sure or judgement.possible[0]).id == entry


@pytest.mark.parametrize(
    ("text", "takes_back"),
    [
        ("how do i get the child seat out", True),
        ("please take me off the list", True),
        ("can i turn it in", False),
        ("can not get it off", True),
        ("how do i undo a reservation", True),
        ("undo", True),
        ("i want to cancel premium before it renews", True),
        ("how do i unenrol him", True),
        ("how do i un enrol him", True),
        ("how do i go back to the small plan", True),
        ("how do i get back to work", False),
        ("how do i get my files back", False),
        ("how do i take out rackets", False),
        ("how do i take the racket out", True),
        ("i want to give something back", False),
        ("can you give me my items back", False),
        ("can a mod give us back our land", False),
        ("i get thrown off all the time", False),
        ("why do i get logged out all the time", False),
        ("how do i get both sides printed out", False),
        ("can i get my money back", False),
        ("where do i bring the ladder back", True),
        ("i do not need my locker anymore", True),
        ("i do not need the bed after all", True),
        ("too many messages and i want out", True),
        ("is it big enough anymore", False),
        ("i am unable to log in", False),
        ("how do i carry on without unplugging it", False),
        ("should i cancel it", False),
        ("how do i get back in", False),
        ("how do i put my watermark back on", False),
        ("put it on rather than take it off", False),
        ("not how to take it off", False),
        ("get the plant back to life", False),
        ("who do i give the key back to", True),
        ("how do i bring back a deleted file", False),
        ("do i have to take it out before i wash it", False),
        ("when do i have to put the bin out", False),
        ("my friend let me down", False),
        ("can i work out before the deadline", False),
        ("off", False),
    ],
)
def test_taking_back_is_told_from_doing_again(text: str, takes_back: bool):
    """'Back on', 'back in' and 'not off' take nothing back, and neither does a question whether to do it."""
    assert asks_to_take_back(text.split()) is takes_back


@pytest.mark.parametrize(
    ("text", "wants_it_again"),
    [
        ("how do i get back in", True),
        ("how do i bring the lights back up", True),
        ("how do i get it going again", True),
        ("how do i let him back in", True),
        ("i deleted it by mistake", True),
        ("i installed it by mistake", False),
        ("how do i bring back a deleted file", True),
        ("why was it deleted again", False),
        ("why did it stop again", False),
        ("how do i get it back", False),
        ("do i have to put the key back in the box", False),
        ("is it ok to get back in", False),
        ("again", False),
        ("", False),
    ],
)
def test_what_is_wanted_again_is_told_from_what_happened_again(text: str, wants_it_again: bool):
    """'Back on' and 'going again' want something again; an error that comes again does not."""
    assert asks_for_again(text.split()) is wants_it_again


ORDINARY = LateIndex(
    [
        Row("invitations", "How do I send invitations?", (), "Press Send."),
        Row("give", "How do I give a role to a member?", (), "In the list of members."),
        Row("remove", "How do I remove a role?", (), "In the list of members."),
        Row("branch", "How do I switch branches?", (), "With git switch."),
        Row("language", "How do I change the language?", (), "In the settings."),
        Row("layer", "How do I move a layer?", (), "Drag it."),
        Row("index", "What does IndexError mean?", (), "The list is shorter."),
        Row("memory", "What does MemoryError mean?", (), "The machine has too little of it."),
        Row("callback", "What is a call back function?", (), "One that is called later."),
        Row("notifications", "How do I turn off notifications?", (), "Press the bell."),
        Row("editor", "How do I leave the editor?", (), "Type :q."),
        Row("reaction", "How do I remove a reaction?", (), "Press it once more."),
        Row("sheet", "How do I sign my timesheet?", (), "At the end of the month."),
        Row("discount", "Is there a student discount?", (), "Yes, 20 percent."),
    ],
    {},
    (TableSource(),),
)


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        ("how do i send out invitations", "invitations"),
        ("how do i give out roles", "give"),
        ("how do i hand out a role to a member", "give"),
        ("how do i switch back to the main branch", "branch"),
        ("how do i change the language back to english", "language"),
        ("how do i move a layer down", "layer"),
        ("i keep getting IndexError: list index out of range", "index"),
        ("getting MemoryError, am i out of memory", "memory"),
        ("what is a call back function", "callback"),
        ("i turned on notifications, how do i turn them off again", "notifications"),
        ("how do i get out of the editor again", "editor"),
        ("i left a reaction by mistake, how do i remove it", "reaction"),
        ("how do i sign off a timesheet", "sheet"),
        ("can students get 20 percent off", "discount"),
    ],
)
def test_off_out_and_back_take_nothing_back_in_most_questions(asked: str, entry: str):
    """What members hand out, switch back or get out of range is found as ever."""
    judgement = judge(ORDINARY.rank(asked))
    assert (judgement.sure or judgement.possible[0]).id == entry


FILES = LateIndex(
    [
        Row("undo", "How do I undo a deletion?", (), "Press Ctrl+Z."),
        Row("delete", "How do I delete a file?", (), "Press Delete."),
        Row("lift", "How do I lift a ban?", (), "Open the list of bans."),
        Row("ban", "How do I ban a member?", (), "Use /ban."),
        Row("lock", "How do I lock the sheet?", (), "Press lock."),
        Row("unlock", "How do I unlock the sheet?", (), "Press unlock."),
        Row("mute", "How do I mute a player?", ("silence somebody noisy",), "Press M."),
        Row("unmute", "How do I unmute a player?", ("i muted someone by accident", "hear them again"), "Press U."),
        Row("print", "How do I print a page?", (), "Press Ctrl+P."),
        Row("heading", "How do I add a heading to the print?", (), "In the settings."),
    ],
    {},
    (TableSource(),),
)


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("i deleted it by mistake, how do i undo that", "undo"),
        ("how do i undo what i deleted by mistake", "undo"),
        ("i locked the sheet by mistake", "unlock"),
        ("i got banned by mistake how do i get it lifted", "lift"),
        ("i muted someone by accident, how do i undo that", "unmute"),
        ("how do i hear someone again", "unmute"),
    ],
)
def test_what_was_done_by_mistake_is_undone(question: str, entry: str):
    """An entry on undoing something does not only end it, and is what is asked for."""
    ranking = FILES.rank(question)
    judged = judge(ranking)
    found = [judged.sure] if judged.sure else list(judged.possible)
    assert found
    assert found[0].id == entry


def test_a_thing_in_ing_that_is_left_out_is_not_added():
    """ "The heading" is a thing, unlike in "print without warping"."""
    judged = judge(FILES.rank("how do i print without the heading"))
    assert judged.sure is None or judged.sure.id != "heading"
