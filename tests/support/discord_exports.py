"""Channels as DiscordChatExporter saves them in JSON."""

from __future__ import annotations

import json
from typing import Any

_PEOPLE = {
    "mia": ("Mia Kay", []),
    "tom": ("Tom (Mod)", ["Moderators"]),
    "bo": ("Bo", ["Level 5"]),
    "dyno": ("Dyno", []),
}


def said(
    who: str, text: str, to: int | None = None, mentions: tuple[str, ...] = (), **more: Any
) -> dict[str, Any]:
    """A message, which may reply to that of this number."""
    reference = {} if to is None else {"reference": {"messageId": f"90{to}", "channelId": "3", "guildId": "4"}}
    return {
        "type": "Default" if to is None else "Reply",
        "timestamp": "2026-03-01T10:00:00+00:00",
        "timestampEdited": None,
        "isPinned": False,
        "content": text,
        "author": _person(who),
        "attachments": [],
        "embeds": [],
        "stickers": [],
        "reactions": [{"emoji": {"id": "", "name": "thumbsup"}, "count": 1, "users": [_person("bo")]}],
        "mentions": [_person(each) for each in mentions],
        **reference,
        "inlineEmojis": [],
        **more,
    }


def exported(*messages: dict[str, Any], name: str = "club-faq", kind: str = "GuildTextChat") -> str:
    """The file of a channel with these messages; their numbers begin with 0."""
    channel = {"id": "3", "type": kind, "categoryId": "5", "category": "help-forum", "name": name, "topic": None}
    return json.dumps(
        {
            "guild": {"id": "4", "name": "Pots", "iconUrl": "https://cdn.discordapp.com/icons/4/a.png"},
            "channel": channel,
            "dateRange": {"after": None, "before": None},
            "exportedAt": "2026-11-20T12:00:00+00:00",
            "messages": [{"id": f"90{n}", **each} for n, each in enumerate(messages)],
            "messageCount": len(messages),
        },
        indent=2,
        ensure_ascii=False,
    )


def _person(who: str) -> dict[str, Any]:
    nickname, roles = _PEOPLE[who]
    return {
        "id": f"80{[*_PEOPLE].index(who)}",
        "name": who,
        "discriminator": "0000",
        "nickname": nickname,
        "color": None,
        "isBot": who == "dyno",
        "roles": [{"id": "7", "name": role, "color": None, "position": 2} for role in roles],
        "avatarUrl": f"https://cdn.discordapp.com/avatars/8/{who}.png",
    }
