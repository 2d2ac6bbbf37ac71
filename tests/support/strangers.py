"""A moderator of another server, who tries every button and menu of moderators."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui
from simcord import ChannelHandle, MemberActor

from bot.discord_ui import parts
from tests.support import forged
from tests.support.world import World, text

MANAGES = discord.Permissions(manage_guild=True)
# The files with moderators' buttons, menus and forms.
ROOMS = [each for each in parts.ROOMS if each.__name__.startswith("bot.discord_ui.curating.")]


class Stranger:
    """Sam manages another server, which has the bot, or only its commands."""

    def __init__(self, world: World, name: str = "Elsewhere") -> None:
        self.world = world
        self.server = world.env.create_guild(name)
        self.channel: ChannelHandle = self.server.create_text_channel("here")
        managers = self.server.create_role("Managers", permissions=MANAGES)
        self.sam: MemberActor = self.server.add_member(world.env.create_user("sam"), roles=[managers])

    @classmethod
    def with_commands_alone(cls, world: World) -> Stranger:
        """Sam's server with the commands but without the bot, as installed with `applications.commands` only."""
        stranger = cls(world)
        world.bot._connection.parse_guild_delete({"id": str(stranger.server.id)})
        assert stranger.server.id not in {each.id for each in world.bot.guilds}
        return stranger

    async def presses(self, custom_id: str) -> str:
        """The reply to Sam for a press or a choice in a forged component."""
        if custom_id == "lb:set-role":
            role = self.server.roles["Managers"]
            return text(await self._chooses(custom_id, role, forged.ROLES))
        if custom_id in {"lb:set-listens", "lb:set-notices", "lb:set-inbox", "lb:set-lessons-of"}:
            return text(await self._chooses(custom_id, self.channel, forged.CHANNELS))
        if issubclass(part_of(custom_id), ui.DynamicItem) and hasattr(part_of(custom_id), "chosen"):
            return text(await self._chooses(custom_id, "1"))
        return text(await forged.press(self.world, self.sam, custom_id, self.channel))

    async def _chooses(self, custom_id: str, chosen: Any, kind: int = forged.MENU) -> Any:
        return await forged.choose(self.world, self.sam, custom_id, chosen, channel=self.channel, kind=kind)


def part_of(custom_id: str) -> Any:
    """The button or menu with this custom_id."""
    every = [each for room in ROOMS for each in room.COMPONENTS]
    (found,) = (each for each in every if each.__discord_ui_compiled_template__.fullmatch(custom_id))
    return found
