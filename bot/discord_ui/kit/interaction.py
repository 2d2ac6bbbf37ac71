"""The type of an interaction with this bot: `interaction.client.app` leads to all services."""

from __future__ import annotations

import discord

from bot.discord_ui.kit.base_bot import BaseBot

Interaction = discord.Interaction[BaseBot]
