"""The messages of a channel that DiscordChatExporter saved as JSON, without names and mentions of members."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.lessons.intake.decoding import cleaned
from bot.lessons.intake.moderator_roles import moderator_roles

# Stands where a member was mentioned.
MENTION = "@\N{HORIZONTAL ELLIPSIS}"
_MOST_MENTIONS = 100
_LONGEST = 6_000  # characters: Discord has no longer texts
# What people wrote; all other kinds are what Discord says, such as who joined.
_WRITTEN = ("Default", "Reply")
_RAW_MENTION = re.compile(r"<@[!&]?\d{1,25}>")
_AT_THE_BEGINNING = re.compile(rf"(?:{MENTION}[ \t,:]*)+")


@dataclass(frozen=True)
class ChannelMessage:
    """What somebody wrote, the `number`-th message. `to` is the id of the one that it replies to."""

    number: int
    id: str
    author: str
    text: str
    to: str
    is_bots: bool
    is_moderators: bool
    files: tuple[str, ...]
    embeds: tuple[str, ...]


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
    text = _RAW_MENTION.sub(MENTION, text).strip()
    addressed = _AT_THE_BEGINNING.match(text)
    return text[addressed.end() :].strip() if addressed else text


def value_in(data: object, key: str) -> object:
    return data.get(key) if isinstance(data, dict) else None


def text_in(data: object, key: str) -> str:
    value = value_in(data, key)
    return cleaned(value[:_LONGEST])[0] if isinstance(value, str) else ""


def list_in(data: object, key: str) -> list[object]:
    value = value_in(data, key)
    return value if isinstance(value, list) else []
