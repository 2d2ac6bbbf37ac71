"""Tells moderators, once, what is wrong with a lesson file; members keep the last good answers meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import discord
from discord.utils import escape_markdown

from bot.discord_ui.cards import GREY, Card
from bot.errors import Problem
from bot.store.servers import Servers

log = logging.getLogger(__name__)

SHOWN = 8


class Notices:
    """What moderators were told already."""

    def __init__(self, client: discord.Client, servers: Servers) -> None:
        self._client = client
        self._servers = servers

    async def tell(self, problems: Sequence[Problem]) -> None:
        """Send what is new of these to the channels that servers chose for it; and that all is well again."""
        now = frozenset(problems)
        # Kept with the servers, which outlive a lost connection: nobody is told twice.
        new, was_wrong = now - self._servers.told, bool(self._servers.told)
        self._servers.told = now
        if new:
            await self._send(_card(sorted(new)))
        elif was_wrong and not now:
            await self._send(Card(["The lessons are whole again: every file is being served as it is saved."]))

    async def _send(self, card: Card) -> None:
        for channel in self._servers.notices:
            try:
                await self._client.get_partial_messageable(channel).send(view=card.view())
            except discord.HTTPException as error:
                log.warning("moderators could not be told in channel %s: %s", channel, error)


def _card(problems: Sequence[Problem]) -> Card:
    lines = [f"- `{each.file}:{each.line}` {escape_markdown(each.what[:300])}" for each in problems[:SHOWN]]
    more = [f"- and {len(problems) - SHOWN} more"] if len(problems) > SHOWN else []
    text = (
        "## A lesson file has a mistake\nThe last good version goes on serving until it is saved again without it."
    )
    return Card([text, "\n".join([*lines, *more])], colour=GREY)
