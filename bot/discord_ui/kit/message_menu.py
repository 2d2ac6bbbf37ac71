"""An entry in the menu of a message (*Apps*), which the bot has as long as its cog is loaded."""

from __future__ import annotations

from typing import ClassVar

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.interaction import Interaction


class MessageMenu(commands.Cog):
    """The base of each entry. Decorators of its `chosen` say where, and for whom, Discord shows it."""

    title: ClassVar[str]

    def __init__(self, bot: BaseBot) -> None:
        self.bot = bot
        self._menu = app_commands.ContextMenu(name=self.title, callback=self.chosen)

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    async def chosen(self, interaction: Interaction, message: discord.Message) -> None:
        raise NotImplementedError("each entry says what it does with the message")
