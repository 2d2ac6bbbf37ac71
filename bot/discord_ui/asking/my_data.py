"""`/ask my data`: a member gets all that is saved of them as a file. `/ask forget` deletes the same."""

from __future__ import annotations

import io

import discord

from bot.discord_ui.kit.admission import may_look_for_own_data
from bot.discord_ui.kit.command_mentions import clickable
from bot.discord_ui.kit.delivery import tell
from bot.discord_ui.kit.interaction import Interaction
from bot.language.words import _


async def send_my_data(interaction: Interaction) -> None:
    """Send the file, in private."""
    app = interaction.client.app
    if not await may_look_for_own_data(interaction):
        return
    await interaction.response.defer(ephemeral=True, thinking=True)
    content = await app.data_of(interaction.user.id)
    if not content:
        await tell(interaction, _("Nothing is saved that is linked to you. Questions are saved without names."))
        return
    note = _(
        "This is everything that is saved and linked to you. Questions are saved without names: only those that "
        "you asked and whose answer you are waiting for are in it. To delete your data, use `/ask forget`."
    )
    (note,) = clickable(note)
    await interaction.followup.send(note, file=discord.File(io.BytesIO(content), "my-data.json"), ephemeral=True)
