"""Threads and posts that Discord has put away: a press there opens them again."""

from __future__ import annotations

import logging

import discord

from bot.discord_ui.kit.command_mentions import clickable
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.paces import Paces
from bot.discord_ui.kit.refusals import REQUEST_ERRORS, in_words
from bot.language.words import N_, _

log = logging.getLogger(__name__)

CLOSED = {50083, 160005}  # an archived thread, a locked one
ELSEWHERE = N_(
    "I can't answer in that thread because it is closed. Send me your question here, or use `/ask` in "
    "another channel."
)


async def reopen(interaction: Interaction) -> None:
    """Open an archived thread: Discord takes no answer to a press in it. Only moderators open a locked one."""
    thread = interaction.channel
    if not isinstance(thread, discord.Thread) or not thread.archived or thread.locked:
        return
    try:
        await thread.edit(archived=False)
    except REQUEST_ERRORS as error:
        log.info("an archived thread could not be opened: %s", in_words(error))


async def tell_elsewhere(interaction: Interaction) -> None:
    """Say in a direct message what cannot be said in a thread that is closed: once, however often they press."""
    if interaction.client.kept(Paces).closed.wait((interaction.user.id, interaction.channel_id)) is not None:
        return
    try:
        await interaction.user.send(*clickable(_(ELSEWHERE)))
    except REQUEST_ERRORS as error:  # closed, too
        log.info("could not tell a member of a closed thread: %s", in_words(error))
