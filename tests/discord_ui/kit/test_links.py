"""Every button that leads to another part of the bot is handled there."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pytest
from discord import ui

from bot.discord_ui.kit import links
from bot.discord_ui.parts import ROOMS
from tests.support.world import World

VALUES = {
    "page": 0,
    "label": "Go",
    "question": 7,
    "draft": 8,
    "revision": 9,
    "proposal": 10,
    "disabled": False,
    "primary": True,
    "together": False,
}
WORDS = {"passage": "what-is-a-venv", "entry": "what-is-a-venv", "scenario": "two-versions", "step": "story"}
STATES = {"state": "0123abcd", "take": "mine", "how": "answer"}

TEMPLATES = [each.__discord_ui_compiled_template__ for room in ROOMS for each in room.COMPONENTS]


MAKERS = [
    make
    for name, make in inspect.getmembers(links, inspect.isfunction)
    if make.__module__ == links.__name__ and make.__annotations__["return"] == "Link" and not name.startswith("_")
]


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_every_link_is_answered_by_one_component(make: Callable[..., links.Link]):
    """No button is without a handler."""
    known = {**VALUES, **WORDS, **STATES}
    button = make(**{each: known[each] for each in inspect.signature(make).parameters})
    assert button.custom_id
    assert sum(bool(each.fullmatch(button.custom_id)) for each in TEMPLATES) == 1


async def test_a_menu_of_related_questions_is_answered_too(world: World):
    """Several related questions are a menu, which fits a phone; a single one is a button."""
    tutor = world.bot.app.tutor
    questions = tutor.questions([each.id for lesson in tutor.lessons for each in lesson.entries][:3])
    (menu,) = links.choose_related(questions, tutor)
    assert isinstance(menu, ui.Select)
    assert [each.value for each in menu.options] == [each.id for each in questions]
    assert sum(bool(each.fullmatch(menu.custom_id)) for each in TEMPLATES) == 1
    (button,) = links.choose_related(questions[:1], tutor)
    assert isinstance(button, links.Link)
    assert links.choose_related((), tutor) == []


async def test_a_menu_of_walkthroughs_is_answered_too(world: World):
    """A lesson may have more walkthroughs than fit as buttons."""
    tutor = world.bot.app.tutor
    menu = links.choose_walkthrough(tutor.scenarios, tutor)
    assert [each.value for each in menu.options] == [each.id for each in tutor.scenarios]
    assert sum(bool(each.fullmatch(menu.custom_id)) for each in TEMPLATES) == 1


def test_undoing_together_is_a_button_of_its_own():
    """One button undoes a whole import, another one a single file of it."""
    assert links.undo("Undo", 9, together=True).custom_id != links.undo("Undo", 9, together=False).custom_id
