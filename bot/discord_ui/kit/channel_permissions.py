"""What the bot has to be allowed at Discord, and what for; for the invite link, the settings and `doctor`."""

from __future__ import annotations

from dataclasses import dataclass, replace

import discord

from bot.language.words import N_

Channel = discord.abc.GuildChannel | discord.Thread


@dataclass(frozen=True)
class Need:
    """A permission by discord.py's name, its name in Discord's own settings, and what the bot does with it."""

    name: str
    label: str
    purpose: str
    is_optional: bool = False


NEEDS = (
    Need("view_channel", N_("View Channels"), N_("to see questions and posts")),
    Need("send_messages", N_("Send Messages"), N_("to answer")),
    Need("send_messages_in_threads", N_("Send Messages in Threads"), N_("to answer in threads and forum posts")),
    Need("read_message_history", N_("Read Message History"), N_("to answer as a reply to the question")),
    Need("attach_files", N_("Attach Files"), N_("to show the pictures of lessons"), is_optional=True),
    Need("add_reactions", N_("Add Reactions"), N_("to thank with 👍"), is_optional=True),
)
# What the invite link asks for.
PERMISSIONS = discord.Permissions(**{each.name: True for each in NEEDS})

# What the bot has to do in an inbox: post a card, change it, and find it again after a kill.
_IN_INBOX = {"view_channel", "send_messages", "read_message_history"}
_FOR_INBOX = N_("for the cards of the inbox")

_NOT_IN_POSTS = {"send_messages"}  # in forums, it means to open posts


def lacking(channel: Channel, me: discord.Member) -> list[Need]:
    """What the bot may not do in a channel and would have to, the most important first.

    Where it does not see the channel, it can do nothing else.
    """
    in_threads = isinstance(channel, discord.ForumChannel | discord.Thread)
    return _lacking(channel, me, {each.name for each in NEEDS} - (_NOT_IN_POSTS if in_threads else set()))


def lacking_to_write(channel: Channel, me: discord.Member) -> list[Need]:
    """As `lacking`, for a channel in which the bot only writes."""
    return [each for each in lacking(channel, me) if each.name in {"view_channel", "send_messages"}]


def lacking_in_inbox(channel: Channel, me: discord.Member) -> list[Need]:
    """As `lacking`, for an inbox. In a forum, each card is a post."""
    names = _IN_INBOX | ({"send_messages_in_threads"} if isinstance(channel, discord.ForumChannel) else set())
    return [replace(each, purpose=_FOR_INBOX) for each in _lacking(channel, me, names)]


def _lacking(channel: Channel, me: discord.Member, names: set[str]) -> list[Need]:
    can = channel.permissions_for(me)
    if not can.view_channel:
        names = {"view_channel"}
    return [each for each in NEEDS if each.name in names and not getattr(can, each.name)]
