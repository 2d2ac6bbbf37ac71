"""Forged presses: with any custom_id, on any message."""

from __future__ import annotations

from typing import Any

import discord
from simcord import InteractionResult

from tests.support.world import World, message

BUTTON, MENU, ROLES, CHANNELS = 2, 3, 6, 8


async def press(world: World, member: Any, custom_id: str, channel: Any = None) -> InteractionResult:
    """Press a button with this custom_id as a member; by default in the main channel."""
    card = await _card(world, member, channel, {"type": BUTTON, "style": 2, "label": "forged"}, custom_id)
    pressed: InteractionResult = await member.click(card, custom_id=custom_id)
    return pressed


async def choose(
    world: World, member: Any, custom_id: str, chosen: Any, *, channel: Any = None, kind: int = MENU
) -> InteractionResult:
    """Choose an option in a menu with this custom_id as a member."""
    menu: dict[str, Any] = {"type": kind}
    if kind == MENU:
        menu["options"] = [{"label": "forged", "value": chosen}]
    card = await _card(world, member, channel, menu, custom_id)
    selected: InteractionResult = await member.select(card, [chosen], custom_id=custom_id)
    return selected


async def press_directly(world: World, member: Any, custom_id: str) -> InteractionResult:
    """Press a button with this custom_id in a member's direct messages with the bot."""
    card = message(await member.user.slash("ask", question="what is a venv"))
    _put(world, member.user.dm_channel.id, card, {"type": BUTTON, "style": 2, "label": "forged"}, custom_id)
    pressed: InteractionResult = await member.user.click(card, custom_id=custom_id)
    return pressed


async def submit(
    world: World, member: Any, custom_id: str, typed: dict[str, str], channel: Any = None
) -> InteractionResult:
    """Submit a modal with this custom_id as a member, without opening it."""
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
    await world.env.advance_time(20)  # so that the member is not too fast
    card = message(await member.slash(where, "ask", question="what is a venv"))
    _put(world, where.id, card, part, custom_id)
    return card


def _put(world: World, channel: int, card: Any, part: dict[str, Any], custom_id: str) -> None:
    stored = world.env.backend.get_message(channel, card.id)
    row = next(each for each in stored.components if each["type"] == 1)
    row["components"] = [{**part, "custom_id": custom_id}]
