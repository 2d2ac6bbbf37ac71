"""Sends the first card when the bot is invited to a server: once, where it may write."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace as with_

import discord

from bot.discord_ui.curating.first_card import card_for_owner
from bot.discord_ui.curating.server_settings import card_for_new_server, whose_lessons_here
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.channel_permissions import lacking_to_write
from bot.discord_ui.kit.locale import set_locale_of
from bot.discord_ui.kit.markdown import escaped
from bot.discord_ui.kit.refusals import REQUEST_ERRORS, in_words

log = logging.getLogger(__name__)

MAX_TRIES = 5  # channels that refuse, before the owner gets it


class FirstSteps:
    """Greets servers. Which ones were greeted is saved with their settings, over restarts."""

    def __init__(self, bot: BaseBot) -> None:
        self._bot = bot
        self._under_way: set[int] = set()

    async def greet(self, server: discord.Guild) -> None:
        """Send the card, unless this server has got it since the bot was invited."""
        servers = self._bot.app.servers
        if servers.of(server.id).is_greeted or server.id in self._under_way:
            return
        self._under_way.add(server.id)
        try:
            # Saved first: rather no card than a second one after a restart.
            await servers.change(server.id, lambda chosen: with_(chosen, is_greeted=True))
            set_locale_of(self._bot.app, server)
            if not await self._is_sent(server):
                log.warning("nobody on server %d could be told how to set the bot up", server.id)
        finally:
            self._under_way.discard(server.id)

    async def forget(self, server: discord.Guild) -> None:
        """The bot was removed: if it is invited again, it greets again."""
        servers = self._bot.app.servers
        if servers.of(server.id).is_greeted:
            await servers.change(server.id, lambda chosen: with_(chosen, is_greeted=False))

    async def _is_sent(self, server: discord.Guild) -> bool:
        card = await card_for_new_server(self._bot, server)
        for channel in list(_channels(server))[:MAX_TRIES]:
            try:
                await channel.send(view=card.view())
            except REQUEST_ERRORS as error:
                log.info("the welcome card was refused in channel %d: %s", channel.id, in_words(error))
            else:
                return True
        if server.owner_id is None:
            return False
        name = self._bot.user.display_name if self._bot.user else ""
        for_owner = card_for_owner(name, escaped(server.name), whose_lessons_here(self._bot, server.id))
        try:
            channel_of_owner = await self._bot.create_dm(discord.Object(server.owner_id))
            await channel_of_owner.send(view=for_owner.view())
        except REQUEST_ERRORS as error:
            log.info("the welcome card was refused by the owner of server %d: %s", server.id, in_words(error))
            return False
        return True


def _channels(server: discord.Guild) -> Iterator[discord.TextChannel]:
    """The channels to try: the one for system messages, then the others from the top."""
    first = [server.system_channel] if server.system_channel else []
    for channel in (*first, *(each for each in server.text_channels if each not in first)):
        if not lacking_to_write(channel, server.me):
            yield channel
