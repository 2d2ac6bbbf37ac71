"""What members do with a question in Discord, and what they get, for tests of every wing."""

from __future__ import annotations

from typing import Any

import discord
from sqlalchemy import func, select

from bot.store.tables import questions
from tests.support.stored import everything
from tests.support.world import World, components, direct_messages, message

BREAD = "how do i bake bread"
WHY = "why-virtual-environments"
TEN_MINUTES = 601
ASK, WANT = "Ask the moderators", "Notify me when it's answered"


async def kept(world: World) -> str:
    """All that the database holds, as text."""
    return await everything(world.bot.app.store)


async def logged(world: World) -> list[str]:
    """The last questions that were saved."""
    found: list[str] = await world.bot.app.store.questions.recent_texts(10)
    return found


async def last(world: World) -> Any:
    """The question that was asked last, as it is kept."""
    async with world.bot.app.store._database.reading.connect() as connection:
        newest = await connection.scalar(select(func.max(questions.c.id)))
    return await world.bot.app.store.questions.find(newest or 0)


async def slash(world: World, question: str) -> Any:
    return await world.mia.slash(world.channel, "ask", question=question)


async def pass_on(world: World, shown: Any, context: str = "") -> Any:
    box = await world.mia.click(message(shown), label=ASK)
    return await world.mia.submit_modal(box, {"context": context})


async def moderate(world: World) -> Any:
    """The card of the first miss, as a moderator sees it: where there are several, opened from their list."""
    shown = await world.max.slash(world.channel, "lessons misses")
    menu = next(
        (part for part in components(shown) if part.get("custom_id", "").startswith("lb:miss-open:")), None
    )
    if menu:
        await world.max.select(message(shown), [menu["options"][0]["value"]], custom_id=menu["custom_id"])
    return shown


async def answered(world: World, *ids: int, passage: str = WHY) -> int:
    """Moderators have answered these with that passage; how many members are told."""
    await world.bot.app.store.questions.resolve(ids, "answered", f"1/{passage}")
    with world.env._bot_scope():
        return int(await world.bot.notifications.notify_of(passage))


def direct(world: World, member: Any = None) -> list[discord.Message]:
    """What the bot wrote to a member, but for what says that it can."""
    return [each for each in direct_messages(member or world.mia) if not has(each, "lb:unwant:")]


def has(shown: discord.Message, start: str) -> bool:
    return any(part.get("custom_id", "").startswith(start) for part in components(shown))
