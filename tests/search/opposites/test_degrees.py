"""What is too much of one thing is too little of its opposite."""

from __future__ import annotations

import pytest

from bot.evaluate.rows import Row
from bot.search.confidence import judge
from bot.search.meaning.table import TableSource
from bot.search.opposites.degrees import amounts_in, degrees_in_one_word
from bot.search.opposites.polarities import NO, YES
from tests.support.findable import LateIndex

LIBRARY = LateIndex(
    [
        Row("brighten", "How do I brighten a photo?", (), "Drag Exposure to the right."),
        Row("darken", "How do I darken a photo?", (), "Drag Exposure to the left."),
        Row("quiet", "My mic is too quiet, what can I do?", (), "Add a gain filter."),
        Row("loud", "My mic is too loud, what can I do?", (), "Add a limiter."),
        Row("zoom", "How do I get more magnification?", ("zoom in further",), "Turn the ring."),
        Row("crop", "How do I crop a photo?", (), "Press C."),
        *(Row(f"other-{n}", f"What is chapter {n} of the course about?", (), "See the plan.") for n in range(9)),
    ],
    {},
    (TableSource(),),
)


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        ("my photo is too dark", "brighten"),
        ("make the photo less bright", "darken"),
        ("the photo is not bright enough", "brighten"),
        ("my mic is not loud enough", "quiet"),
        ("make my mic less loud", "loud"),
    ],
)
def test_what_is_too_much_is_to_become_less(asked: str, entry: str):
    """ "Too dark" gets how to brighten, and never first how to darken."""
    judgement = judge(LIBRARY.rank(asked), "eager")
    assert (judgement.sure or judgement.possible[0]).id == entry


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("it is too dark", "it is brighter"),
        ("it is less dark", "it is brighter"),
        ("not dark enough", "darker"),
        ("it is not dark at all", "it is darker at all"),
        ("when is it dark enough", "when is it dark enough"),
        ("not too dark", "not too dark"),
        ("no longer dark", "no longer dark"),
        ("i made a role and no longer need it", "i made a role and no longer need it"),
        ("a bot that takes longer than that", "a bot that takes longer than that"),
        ("more short videos", "more short videos"),
        ("make it longer", "make it lengthen"),
        ("is it dark", "is it dark"),
    ],
)
def test_a_degree_is_read_as_one_word(text: str, read: str):
    """What is wanted is the other side of what is too much."""
    assert " ".join(degrees_in_one_word(text.split())) == read


@pytest.mark.parametrize("asked", ["how do i get less magnification", "too much magnification, what now"])
def test_more_of_a_thing_is_no_answer_to_less_of_it(asked: str):
    """Nor is it the first suggestion."""
    judgement = judge(LIBRARY.rank(asked), "eager")
    assert judgement.sure is None
    assert "zoom" not in [each.id for each in judgement.possible[:1]]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("how do i get more power", {"more power": YES}),
        ("too few lessons", {"more lessons": YES}),
        ("less power for my radio", {"more power": NO}),
        ("too many messages", {"more messages": NO}),
        ("not too many messages", {}),
        ("no more messages", {}),
        ("more than five", {}),
        ("is it less", {}),
        ("more", {}),
    ],
)
def test_an_amount_belongs_to_its_thing(text: str, amounts: dict[str, int]):
    """More and less only count with the same thing: "no later than" and "more than" say nothing."""
    assert dict(amounts_in(text.split(), str)) == amounts
