"""Discord accepts every menu, whatever its options are."""

from __future__ import annotations

from bot.discord_ui.asking.browse import ChooseLesson
from bot.discord_ui.kit.press import option


async def test_no_menu_has_two_options_of_one_value():
    """Discord would refuse the whole message, so only the first of equal options is shown."""
    options = [option("One", "a"), option("Two", "b"), option("One again", "a")]
    made = ChooseLesson.make("Choose", options)
    assert [(each.label, each.value) for each in made.item.options] == [("One", "a"), ("Two", "b")]
