"""`/lessons export`: all lessons as a zip file."""

from __future__ import annotations

import asyncio
import io

import discord

from bot.discord_ui.kit.command_mentions import clickable
from bot.discord_ui.kit.delivery import tell
from bot.discord_ui.kit.interaction import Interaction
from bot.language.numbers import mebibytes
from bot.language.words import _
from bot.lessons import archive


async def export(interaction: Interaction) -> None:
    """Send one zip with all lessons, pictures and questions; without pictures if it is too large for Discord."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    library, most = interaction.client.app.library, interaction.filesize_limit
    whole = content = await asyncio.to_thread(archive.export, library)
    (note,) = clickable(_("To bring the files back after you have changed them, use `/lessons import`."))
    if len(whole) > most:
        content = await asyncio.to_thread(archive.export, library, pictures=False)
        note = _(
            "This zip file has no pictures. With pictures, it would be {size} MB, and Discord's limit "
            "here is {most} MB. The bot owner can find the pictures in the lessons folder.",
            size=mebibytes(len(whole)),
            most=mebibytes(most),
        )
    if len(content) > most:
        too_large = _(
            "The lessons can't be exported here: the zip file would be {size} MB, and Discord's limit "
            "here is {most} MB. The bot owner can find the files in the lessons folder.",
            size=mebibytes(len(content)),
            most=mebibytes(most),
        )
        await tell(interaction, too_large)
        return
    await interaction.followup.send(note, file=discord.File(io.BytesIO(content), "lessons.zip"), ephemeral=True)
