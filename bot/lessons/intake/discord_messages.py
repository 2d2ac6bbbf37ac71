"""The messages of a channel that DiscordChatExporter saved as JSON, without names and mentions of members."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.lessons.intake.channel import ChannelMessage
from bot.lessons.intake.json_values import list_in, text_in, value_in
from bot.lessons.intake.mentions import MENTION, unaddressed
from bot.lessons.intake.moderator_roles import moderator_roles

_MOST_MENTIONS = 100
# What people wrote; all other kinds are what Discord says, such as who joined.
_WRITTEN = ("Default", "Reply")
_RAW_MENTION = re.compile(r"<@[!&]?\d{1,25}>")


def channel_messages(data: object) -> Iterator[ChannelMessage]:
    """The messages in the data of a channel."""
    messages = list_in(data, "messages")
    named = {role for each in messages for role in _roles(each)}
    moderators = moderator_roles(named, text_in(value_in(data, "guild"), "name"))
    for number, each in enumerate(messages, 1):
        if text_in(each, "type") in _WRITTEN:
            yield _message(each, number, moderators)


def _roles(message: object) -> set[str]:
    """The names of the roles of whoever wrote a message."""
    return {text_in(role, "name") for role in list_in(value_in(message, "author"), "roles")}


def _message(data: object, number: int, moderators: frozenset[str]) -> ChannelMessage:
    author = value_in(data, "author")
    names = [
        text_in(each, key) for each in list_in(data, "mentions")[:_MOST_MENTIONS] for key in ("nickname", "name")
    ]
    return ChannelMessage(
        number,
        text_in(data, "id"),
        text_in(author, "id"),
        _without_mentions(text_in(data, "content"), names),
        text_in(value_in(data, "reference"), "messageId"),
        value_in(author, "isBot") is True,
        not moderators.isdisjoint(_roles(data)),
        tuple(filter(None, (text_in(each, "url") for each in list_in(data, "attachments")))),
        tuple(_without_mentions(_embedded(each), names) for each in list_in(data, "embeds")),
    )


def _embedded(embed: object) -> str:
    """The texts of an embed as Markdown: its title, and the names of its fields, are headings."""
    parts = [(text_in(embed, "title"), text_in(embed, "description"))]
    parts += [(text_in(each, "name"), text_in(each, "value")) for each in list_in(embed, "fields")]
    return "\n\n".join(f"## {title}\n\n{text}" if title else text for title, text in parts)


def _without_mentions(text: str, names: list[str]) -> str:
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = text.replace(f"@{name}", MENTION)
    return unaddressed(_RAW_MENTION.sub(MENTION, text))
