"""How a learner walks through a scenario in Discord."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import discord

from tests.support.world import World, buttons, components, direct_messages, message, text

ID = "two-django-versions"


async def start(world: World, **wanted: Any) -> Any:
    return await world.mia.slash(world.channel, "walkthrough", **{"scenario": ID, **wanted})


async def jump(world: World, panel: Any, step: str) -> None:
    ids = [part.get("custom_id", "") for part in components(panel)]
    menu = next(each for each in ids if each.startswith("lb:leap:"))
    await world.mia.select(message(panel), [step], custom_id=menu)


async def days(world: World, number: int) -> None:
    """So many days pass, one by one."""
    for _ in range(number):
        await world.env.advance_time(86400)


def quiz_of(world: World, id_: str = ID) -> Any:
    return world.bot.app.tutor.scenario(id_).check


def letters_of(panel: Any, options: list[str]) -> list[str]:
    """The letters that these options of the quiz have on a panel, in the order of the panel."""
    lines = [line for line in text(panel).splitlines() if line.startswith("**")]
    return [line[2] for line in lines for option in options if option in line]


def letters(world: World) -> list[discord.Message]:
    """What the bot wrote to Mia directly, but for what says that it can."""
    return [each for each in direct_messages(world.mia) if "in 2 days and in 7 days" not in text(each)]


async def ask_for_reminders(world: World) -> Any:
    panel = await start(world)
    if "Continue at: The end" in buttons(panel):
        await world.press(panel, "Continue at: The end")
    else:
        await jump(world, panel, "finish")
    return await world.press(panel, "Quiz me in a few days")


def edit(lessons: Path, *changes: tuple[str, str]) -> None:
    """Change texts of the lesson that has the scenario."""
    file = lessons / "virtual-environments.yaml"
    whole = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in whole
        whole = whole.replace(old, new)
    file.write_text(whole, encoding="utf-8")
