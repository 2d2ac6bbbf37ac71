"""What became of the roles and channels that a server chose: some are deleted, or lack a permission."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import discord

from bot.app import Choices
from bot.discord_ui.kit.channel_permissions import Channel, Need, lacking, lacking_in_inbox, lacking_to_write
from bot.discord_ui.kit.markdown import first_fitting
from bot.discord_ui.kit.refusals import REQUEST_ERRORS, in_words
from bot.language.words import _, _n

# The kinds of channels where people talk, for menus of channels. A category stands for all of its channels.
TALK = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
    discord.ChannelType.forum,
    discord.ChannelType.media,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
    discord.ChannelType.category,
]

log = logging.getLogger(__name__)

MAX_LOOKED_UP = 25  # channels that the bot does not know; each is a request to Discord
MAX_WARNINGS = 10


@dataclass(frozen=True)
class ChosenPlaces:
    """The deleted roles and channels of a server's settings, and a line for each lack of a permission."""

    deleted: Collection[int] = ()
    warnings: tuple[str, ...] = ()

    def role(self, id_: int) -> str:
        return _("a deleted role") if id_ in self.deleted else f"<@&{id_}>"

    def channel(self, id_: int) -> str:
        return _("a deleted channel") if id_ in self.deleted else f"<#{id_}>"

    def channels(self, ids: Iterable[int]) -> str:
        """The channels in one line; the deleted ones as a number at its end."""
        every = list(ids)
        left = [f"<#{each}>" for each in every if each not in self.deleted]
        if gone := len(every) - len(left):
            left.append(_n("{count} deleted channel", "{count} deleted channels", gone))
        return ", ".join(left)

    def there(self, id_: int | None) -> int | None:
        """The role or channel, if one was chosen and it is not deleted."""
        return None if id_ in self.deleted else id_

    def still_there(self, ids: Iterable[int]) -> tuple[int, ...]:
        """Discord refuses menus in which a deleted channel is chosen."""
        return tuple(each for each in ids if each not in self.deleted)

    def warned(self, room: int) -> str:
        """The warnings as a list, as many as fit into `room` characters; '' if there are none."""
        every = range(min(MAX_WARNINGS, len(self.warnings)), 0, -1)
        return "".join(first_fitting(([self._first(each)] for each in every), room))

    def _first(self, count: int) -> str:
        lines = [*self.warnings[:count]]
        if more := len(self.warnings) - count:
            lines.append(_n("and {count} more channel", "and {count} more channels", more))
        return "\n".join(f"- ⚠️ {each}" for each in lines)


async def places_of(server: discord.Guild | None, chosen: Choices) -> ChosenPlaces:
    """Look at the roles and channels in a server's settings."""
    if server is None:
        return ChosenPlaces()
    known, deleted = await _find(server, filter(None, (*chosen.listens_in, chosen.notices_in, chosen.inbox)))
    if chosen.moderator_role and not server.get_role(chosen.moderator_role):
        deleted.add(chosen.moderator_role)
    me = server.me
    lines = [line for channel in known.values() for line in _warnings(channel, me, chosen)]
    if chosen.moderator_role == server.default_role.id:  # earlier versions saved it
        lines.insert(0, _("Everybody has the role @everyone. Choose one that only moderators have."))
    inbox = known.get(chosen.inbox or 0)
    if inbox and inbox.permissions_for(server.default_role).view_channel:
        lines.insert(
            0,
            _(
                "Everybody can read the inbox in {channel}. Choose a channel that only moderators see.",
                channel=f"<#{inbox.id}>",
            ),
        )
    return ChosenPlaces(frozenset(deleted), tuple(lines))


async def deleted_among(server: discord.Guild | None, channels: Iterable[int]) -> Collection[int]:
    """Those of these channels that are deleted. An archived thread is not."""
    return (await _find(server, channels))[1] if server else ()


async def _find(server: discord.Guild, channels: Iterable[int]) -> tuple[dict[int, Channel], set[int]]:
    """These channels by their ids, and those that are deleted; in neither if that cannot be told."""
    found = {id_: server.get_channel_or_thread(id_) for id_ in channels}
    deleted: set[int] = set()
    unknown = [id_ for id_, channel in found.items() if channel is None][:MAX_LOOKED_UP]
    looked_up = await asyncio.gather(*(_look_up(server, id_, deleted) for id_ in unknown))
    every = {**found, **dict(zip(unknown, looked_up, strict=True))}
    return {id_: channel for id_, channel in every.items() if channel is not None}, deleted


async def _look_up(server: discord.Guild, id_: int, deleted: set[int]) -> Channel | None:
    """A channel that the bot was not told of, such as an archived thread; notes if it does not exist."""
    try:
        return await server.fetch_channel(id_)
    except (discord.NotFound, discord.InvalidData):
        deleted.add(id_)
    except REQUEST_ERRORS as error:
        log.info("a chosen channel could not be looked up: %s", in_words(error))
    return None


def _warnings(channel: Channel, me: discord.Member, chosen: Choices) -> Iterator[str]:
    """A line for a channel with what the bot lacks there; for a category, one for each of its channels."""
    every = channel.channels if isinstance(channel, discord.CategoryChannel) else [channel]
    for each in every:
        if missing := _missing(each, me, channel.id, chosen):
            yield _(
                "Missing permissions in {channel}: {permissions}.",
                channel=f"<#{each.id}>",
                permissions=_named(missing),
            )


def _missing(channel: Channel, me: discord.Member, id_: int, chosen: Choices) -> list[Need]:
    """What the bot lacks in a channel. `id_`, which was chosen, is the channel or its category."""
    needs = lacking(channel, me) if id_ in chosen.listens_in else []
    if id_ == chosen.inbox:
        needs += lacking_in_inbox(channel, me)
    if id_ == chosen.notices_in:
        needs += lacking_to_write(channel, me)
    return [each for n, each in enumerate(needs) if each.name not in {before.name for before in needs[:n]}]


def _named(missing: list[Need]) -> str:
    return ", ".join(f"**{_(each.label)}** ({_described(each)})" for each in missing)


def _described(need: Need) -> str:
    """What the bot needs it for, and whether it works without it."""
    return _("{purpose}; optional", purpose=_(need.purpose)) if need.is_optional else _(need.purpose)
