"""The card of what was published, and what follows: neither waits for the other."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import replace as with_

import discord

from bot.curating.curating import Revision
from bot.discord_ui.kit.cards import Card
from bot.discord_ui.kit.delivery import replace
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.refusals import log_failure

log = logging.getLogger(__name__)
# Notifications are sent after the press was answered; without a reference, asyncio could drop the task.
_following: set[asyncio.Task[None]] = set()


async def show_published(interaction: Interaction, revision: Revision, drawing: Awaitable[Card]) -> None:
    """Show the card, and notify whoever waits.

    Many members may have to be notified, and Discord accepts a few messages a second: the moderator does not wait
    for that. Nor do the members wait for the card, which Discord may refuse.
    """
    shown: asyncio.Future[Card | None] = asyncio.get_running_loop().create_future()
    following = asyncio.create_task(_follow(interaction, revision, shown))
    _following.add(following)
    following.add_done_callback(_following.discard)
    card = None
    try:
        card = await drawing
        await replace(interaction, [card])
    finally:
        shown.set_result(card)


async def _follow(interaction: Interaction, revision: Revision, shown: asyncio.Future[Card | None]) -> None:
    """Notify members, then add a note to the card, unless the card shows by then that this was undone."""
    bot = interaction.client
    try:
        note = await bot.after_publishing(revision)
        card = await shown
        if note and card and not await bot.app.curating.is_undone(revision):
            await _renew(interaction, with_(card, footer=note))
    except Exception as error:
        log_failure(log, f"a task after publishing revision {revision.id} failed", error)


async def _renew(interaction: Interaction, card: Card) -> None:
    try:
        await interaction.edit_original_response(view=card.view())
    except discord.HTTPException as error:  # after fifteen minutes, Discord accepts no more edits
        log.info("a card could not be updated: %s", error)
