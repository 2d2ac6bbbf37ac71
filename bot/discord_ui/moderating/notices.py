"""Tells moderators, once, what is wrong with a lesson file; members keep the last good answers meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence

import discord
from discord.utils import escape_markdown

from bot.discord_ui.cards import GREY, Card
from bot.discord_ui.speech import language_for
from bot.errors import Problem
from bot.language.words import _, _n, speaking
from bot.store.servers import Servers

log = logging.getLogger(__name__)

SHOWN = 8


class Notices:
    """What moderators were told already, and where they are told.

    That is the channel that a server chose for it. Where the lessons are at home nobody has to choose one: else it
    is the channel that Discord has for moderators, or a direct message to the owner.
    """

    def __init__(self, client: discord.Client, servers: Servers, is_home: Callable[[int], bool]) -> None:
        self._client = client
        self._servers = servers
        self._is_home = is_home

    async def tell(self, problems: Sequence[Problem]) -> None:
        """Say what is new of these, in each server in its language; and that all is well again."""
        now = frozenset(problems)
        # Kept with the servers, which outlive a lost connection: nobody is told twice.
        new, was_wrong = now - self._servers.told, bool(self._servers.told)
        self._servers.told = now
        if new or (was_wrong and not now):
            for server in list(self._client.guilds):
                with speaking(language_for(self._servers, server.id, server.preferred_locale)):
                    await self._send(server, sorted(new))

    async def _send(self, server: discord.Guild, new: Sequence[Problem]) -> None:
        """To the first place that takes it: channels are deleted, or closed to us, and so are direct messages."""
        chosen = self._servers.of(server.id).notices_in
        for place in self._places(server, chosen):
            hint = "" if place.id == chosen else _hint(server)
            card = _mistakes(new, hint) if new else _whole(hint)
            try:
                channel = await self._client.create_dm(place) if isinstance(place, discord.Object) else place
                await channel.send(view=card.view())
            except (discord.HTTPException, OSError) as error:
                log.warning("the moderators of server %s could not be told in %r: %s", server.id, place, error)
            else:
                return

    def _places(
        self, server: discord.Guild, chosen: int | None
    ) -> Iterator[discord.PartialMessageable | discord.Object]:
        if chosen:
            yield self._client.get_partial_messageable(chosen)
        if self._is_home(server.id):
            if own := server.public_updates_channel:
                yield self._client.get_partial_messageable(own.id)
            if server.owner_id:
                yield discord.Object(server.owner_id)


def _hint(server: discord.Guild) -> str:
    name = escape_markdown(server.name)
    return _("To read this in a channel of your choice: `/lessons settings` in {server}", server=name)


def _mistakes(problems: Sequence[Problem], hint: str) -> Card:
    title = _("A lesson file has a mistake")
    text = _("The last good version goes on serving until it is saved again without it.")
    lines = [f"- `{each.file}:{each.line}` {escape_markdown(each.what[:300])}" for each in problems[:SHOWN]]
    if more := len(problems[SHOWN:]):
        lines.append("- " + _n("and {count} more mistake", "and {count} more mistakes", more))
    return Card([f"## {title}\n{text}", "\n".join(lines)], footer=hint, colour=GREY)


def _whole(hint: str) -> Card:
    return Card([_("The lessons are whole again: every file is being served as it is saved.")], footer=hint)
