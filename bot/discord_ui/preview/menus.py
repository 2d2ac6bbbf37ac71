"""Menus that change with their message, in the preview as in Discord. Needs the extra `preview`."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import discord
from simcord import components

MENU = discord.ComponentType.select.value


@contextmanager
def numbered_by_id() -> Iterator[None]:
    """Number the menus of messages by their custom_id, inside the block.

    SimCord numbers all components of a message by their order, and its page keeps what is selected by that number:
    the menu of all steps would show an earlier step than the one that is shown.
    """
    assign = components._assign_ids  # SimCord has no hook for it

    # `Any`: components as JSON.
    def by_id(parts: list[dict[str, Any]], taken: set[int]) -> None:
        menus = [
            each for each in components.walk_components(parts) if each.get("type") == MENU and not each.get("id")
        ]
        for menu in menus:
            menu["id"] = zlib.crc32(menu["custom_id"].encode()) >> 1  # fits Discord's 32 bits with a sign
        assign(parts, taken | {menu["id"] for menu in menus})

    components._assign_ids = by_id  # type: ignore[assignment]  # only the names of its parameters differ
    try:
        yield
    finally:
        components._assign_ids = assign
