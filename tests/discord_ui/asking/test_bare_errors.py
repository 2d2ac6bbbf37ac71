"""Who only says that something fails is asked what, and can still ask the moderators."""

from __future__ import annotations

from tests.support.asking import logged
from tests.support.world import World, buttons, message, text


async def test_who_says_only_error_is_asked_what_happened(world: World):
    """Three errors at random would not help. It is a question all the same, with the way to the moderators."""
    asked = await world.ask("i get an error")
    assert "What exactly happened?" in text(asked)
    assert "paste its last line" in text(asked)
    assert "Ask the moderators" in buttons(asked)
    assert await logged(world) == ["i get an error"]

    box = await world.mia.click(message(asked), label="Ask the moderators")
    assert box.modal
    pasted = await world.ask("ModuleNotFoundError: No module named 'flask'")
    assert "ModuleNotFoundError although I installed the package" in text(pasted)
