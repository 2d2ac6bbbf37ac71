"""Who asks for a walkthrough that nobody wrote is offered the others."""

from __future__ import annotations

from tests.support.asking import logged
from tests.support.world import World, buttons, message, text


async def test_who_asks_for_a_walkthrough_that_nobody_wrote_is_offered_others(world: World):
    """They see which ones there are, and can still ask the moderators for theirs."""
    asked = await world.ask("is there a walkthrough on sharing code")
    assert "Does one of these help?" in text(asked)
    assert "It works on my machine" in text(asked)
    assert "To see all walkthroughs, use" in text(asked)
    assert "None of these" in buttons(asked)
    assert await logged(world) == ["is there a walkthrough on sharing code"]
    shown = await world.mia.click(message(asked), label="Show 1")
    assert "Amara writes a quiz page" in text(shown)
