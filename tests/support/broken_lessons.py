"""Breaks a lesson file while the bot runs."""

from __future__ import annotations

from pathlib import Path

from tests.support.world import World

BROKEN = "lesson: ["


async def read(world: World) -> None:
    """What the bot does whenever a file was saved."""
    world.bot.app.library.reload()
    await world.bot.lessons_read()


async def break_a_lesson(world: World, lessons: Path) -> None:
    (lessons / "virtual-environments.yaml").write_text(BROKEN, encoding="utf-8")
    await read(world)
