"""A question whether to leave something out is about that thing, and not its opposite."""

from __future__ import annotations

import pytest

from bot.evaluate.rows import Row
from bot.search.confidence import judge
from bot.search.meaning.table import TableSource
from bot.search.opposites.whether import asked_whether
from tests.support.findable import LateIndex

RUNNING = LateIndex(
    [
        Row("warm-up", "How do I warm up before a run?", ("warming up",), "Jog for ten minutes."),
        Row("eat", "What should I eat before a run?", ("breakfast before running",), "A banana, an hour before."),
        Row("shoes", "Which shoes should I buy?", (), "Go to a shop with a treadmill."),
        Row("pace", "How fast should I run?", (), "So that you can still talk."),
        Row("club", "How do I join the club?", (), "Fill in the form."),
    ],
    {},
    (TableSource(),),
)


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        ("is it ok to not warm up", "warm-up"),
        ("what happens if i dont warm up", "warm-up"),
        ("is it bad to not eat before a run", "eat"),
        ("not eating before a run", "eat"),
        ("run without breakfast", "eat"),
    ],
)
def test_whether_to_leave_it_out_finds_the_entry_about_it(asked: str, entry: str):
    """Who asks whether one may skip warming up is told about warming up."""
    judgement = judge(RUNNING.rank(asked))
    assert (judgement.sure or judgement.possible[0]).id == entry


def test_what_is_left_out_is_not_answered_outright():
    """Running without breakfast is offered what to eat, and may mean something else."""
    assert judge(RUNNING.rank("run without breakfast"), "eager").sure is None


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("should i commit it", "commit"),
        ("is it ok to commit it", "commit"),
        ("soll ich es committen", "committen"),
        ("how do i commit it", ""),
        ("is it ok to not commit it", "commit"),
        ("may i ask how to commit it", ""),
        ("soll", ""),
        ("should i", ""),
        ("", ""),
    ],
)
def test_what_is_asked_whether_is_found(text: str, verb: str):
    """The word after the opening is what somebody asks whether to do."""
    assert asked_whether(text.split()) == verb
