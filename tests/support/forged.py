"""Presses that no app offers: a custom_id that somebody made up, on a card of their own."""

from __future__ import annotations

from typing import Any

import discord
from simcord import InteractionResult

from tests.support.world import World, message

BUTTON, MENU, ROLES, CHANNELS = 2, 3, 6, 8


async def press(world: World, member: Any, custom_id: str, channel: Any = None) -> InteractionResult:
    """This member presses a button of that id; without a channel, where all talk."""
    card = await _card(world, member, channel, {"type": BUTTON, "style": 2, "label": "forged"}, custom_id)
    pressed: InteractionResult = await member.click(card, custom_id=custom_id)
    return pressed


async def choose(
    world: World, member: Any, custom_id: str, chosen: Any, *, channel: Any = None, kind: int = MENU
) -> InteractionResult:
    """This member chooses something in a menu of that id."""
    menu: dict[str, Any] = {"type": kind}
    if kind == MENU:
        menu["options"] = [{"label": "forged", "value": chosen}]
    card = await _card(world, member, channel, menu, custom_id)
    selected: InteractionResult = await member.select(card, [chosen], custom_id=custom_id)
    return selected


async def press_directly(world: World, member: Any, custom_id: str) -> InteractionResult:
    """This member presses a button of that id in their direct messages with the bot."""
    card = message(await member.user.slash("ask", question="what is a venv"))
    _put(world, member.user.dm_channel.id, card, {"type": BUTTON, "style": 2, "label": "forged"}, custom_id)
    pressed: InteractionResult = await member.user.click(card, custom_id=custom_id)
    return pressed


async def submit(
    world: World, member: Any, custom_id: str, typed: dict[str, str], channel: Any = None
) -> InteractionResult:
    """This member submits a modal of that id, which nobody opened for them."""
    record_box = {
        "custom_id": f"{custom_id}:1",
        "components": [
            {"type": 18, "component": {"type": 4, "custom_id": name, "value": text}}
            for name, text in typed.items()
        ],
    }
    submitted: InteractionResult = await member._dispatch_interaction(
        discord.InteractionType.modal_submit.value, channel or world.channel, record_box
    )
    return submitted


async def _card(
    world: World, member: Any, channel: Any, part: dict[str, Any], custom_id: str
) -> discord.Message | Any:
    where = channel or world.channel
    await world.env.advance_time(20)  # nobody may ask faster
    card = message(await member.slash(where, "ask", question="what is a venv"))
    _put(world, where.id, card, part, custom_id)
    return card


def _put(world: World, channel: int, card: Any, part: dict[str, Any], custom_id: str) -> None:
    stored = world.env.backend.get_message(channel, card.id)
    row = next(each for each in stored.components if each["type"] == 1)
    row["components"] = [{**part, "custom_id": custom_id}]
