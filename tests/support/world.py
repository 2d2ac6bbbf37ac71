"""A simulated Discord server with the real bot, and functions for what a member sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import discord
from simcord import ChannelHandle, Env, GuildHandle, InteractionResult, MemberActor, ResponseMessage

Shown = discord.Message | ResponseMessage | InteractionResult


@dataclass
class World:
    """A server: Mia is a member, Max a moderator, and `channel` is where they write."""

    env: Env
    server: GuildHandle
    channel: ChannelHandle
    mia: MemberActor
    max: MemberActor

    @classmethod
    def made_in(cls, env: Env) -> World:
        server = env.create_guild("Python learners")
        moderators = server.create_role("Moderators", permissions=discord.Permissions(manage_guild=True))
        return cls(
            env,
            server,
            server.create_text_channel("ask-here"),
            server.add_member(env.create_user("mia")),
            server.add_member(env.create_user("max"), roles=[moderators]),
        )

    @property
    def bot(self) -> Any:
        return self.env.bot

    @property
    def mention(self) -> str:
        return str(self.bot.user.mention)

    @property
    def last(self) -> discord.Message:
        """The last message in the channel."""
        said = self.channel.last_message
        assert said is not None, "nothing was said"
        return said

    async def ask(self, text: str) -> discord.Message:
        """Mention the bot as Mia; returns its reply in the channel."""
        before = len(self.channel.history())
        await self.mia.send(self.channel, f"{self.mention} {text}")
        said = self.channel.history()
        assert len(said) > before + 1, "the bot said nothing"
        return said[before + 1]


def message(shown: Shown) -> discord.Message | ResponseMessage:
    if isinstance(shown, InteractionResult):
        assert shown.response is not None, "the bot answered nothing"
        return shown.response
    return shown


def components(shown: Shown) -> Iterator[dict[str, Any]]:
    """All components of a message, including nested ones, as sent to Discord."""
    found = message(shown)
    raw: list[Any] = [part if isinstance(part, dict) else part.to_dict() for part in found.components]
    while raw:
        part = raw.pop(0)
        yield part
        raw = [*part.get("components", []), *raw]
        if "accessory" in part:
            raw.insert(0, part["accessory"])


def text(shown: Shown) -> str:
    """The whole text of a message."""
    return "\n".join(part["content"] for part in components(shown) if "content" in part)


def buttons(shown: Shown) -> list[str]:
    """The labels of a message's enabled buttons, in order."""
    return [
        part["label"] for part in components(shown) if part.get("type") == 2 and not part.get("disabled", False)
    ]


def options(shown: Shown) -> list[str]:
    """The labels of the options of a message's menu, in order."""
    return [each["label"] for part in components(shown) for each in part.get("options", [])]
