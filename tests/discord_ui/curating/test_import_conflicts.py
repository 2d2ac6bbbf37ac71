"""Which of many conflicts take the file's text is kept in a custom_id."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.curating.source_changes import BothChanged
from bot.discord_ui.curating.import_conflicts import (
    CONFLICT_TEXT,
    MOST_CHOSEN,
    conflict_lines,
    menu_pages,
    taken,
    whole_conflicts,
    with_chosen,
)

LONG = "A text that is the same for a while, "


def conflicts(count: int) -> list[BothChanged]:
    texts = (LONG * 30 + "here", LONG * 30 + "there")
    return [BothChanged(f"a-{n}", "answer", f"What is {n}?", "the answer", *texts) for n in range(count)]


@given(st.lists(st.sets(st.integers(0, 24)), min_size=4, max_size=4))
def test_a_choice_in_one_menu_keeps_those_in_the_others(pages: list[set[int]]):
    """Whatever is chosen, in any order; nothing chosen is the same as the beginning."""
    take = "here"
    for page in (2, 0, 3, 1, 2):
        take = with_chosen(take, page, [page * 25 + n for n in pages[page]])
    wanted = {page * 25 + n for page, chosen in enumerate(pages) for n in chosen}
    assert {n for n in range(MOST_CHOSEN) if n in taken(take)} == wanted
    assert (take == "here") == (not wanted)
    assert len(f"lb:import:0123456789ab:{take}:{'x' * 50}") <= 100
    assert len(f"lb:take:0123456789ab:{take}:3:{'x' * 50}") <= 100


def test_more_conflicts_than_a_card_has_room_for_are_shown_in_part():
    """Four menus of 25; the rest keeps our texts. The file has all texts whole."""
    many = conflicts(130)
    assert [len(options) for __, options in menu_pages(many, "source")] == [25] * 4
    assert all(each.default for __, options in menu_pages(many, "source") for each in options)
    assert [asks for asks, __ in menu_pages(many, "here")][3] == "Where to take the file's text: 76 to 100"
    assert len(conflict_lines(many)) < CONFLICT_TEXT + 100
    assert "here\u201d, the file's: \u201c" in conflict_lines(many[:1])
    assert whole_conflicts(many).count(LONG) == 130 * 60
