"""The type of an interaction with this bot: `interaction.client.app` leads to all services."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

if TYPE_CHECKING:
    from bot.discord_ui.client import LessonBot  # noqa: F401 -- named in the string below

Interaction = discord.Interaction["LessonBot"]
