"""How a moderator edits the lesson about virtual environments in Discord, step by step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from simcord import InteractionResult

from tests.support.world import Shown, World

ENTRY = "what-is-a-virtual-environment"
QUESTION = "What is a virtual environment?"
NEW = "It is a folder with packages of its own."


def lesson(lessons: Path) -> str:
    """The lesson file that has the entry."""
    return (lessons / "virtual-environments.yaml").read_text(encoding="utf-8")


async def open_edit(world: World, who: Any = None) -> InteractionResult:
    return await (who or world.max).slash(world.channel, "lessons edit", what=ENTRY)


def texts(**changed: str) -> dict[str, str]:
    """What the moderator types into the form."""
    return {"question": QUESTION, "phrasings": "what is a venv", "answer": NEW, **changed}


async def draft(world: World, who: Any = None, **changed: str) -> InteractionResult:
    """A moderator typed these texts; the result shows the draft."""
    box = await open_edit(world, who)
    return await (who or world.max).submit_modal(box, texts(**changed))


async def press(world: World, result: Shown, label: str, who: Any = None) -> InteractionResult:
    """Press a button as the moderator, or as `who`."""
    return await world.press(result, label, who or world.max)


async def undo(world: World, card: Shown, label: str = "Undo") -> InteractionResult:
    """Press Undo or Redo as the moderator, and publish what it shows, which becomes the card of that."""
    asked = await press(world, card, label)
    await press(world, asked, "Publish")
    return asked


async def undo_latest(world: World, **which: str) -> InteractionResult:
    """The command, and the press that does it."""
    return await press(world, await world.max.slash(world.channel, "lessons undo", **which), "Publish")
