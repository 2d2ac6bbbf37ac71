"""A simulated Discord server with the real bot, and functions for what a member sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
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
    # The language in which a member uses Discord, by their id; without one, it is that of the server.
    spoken: dict[int, discord.Locale] = field(default_factory=dict)

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

    async def press(self, card: Shown, label: str, who: MemberActor | None = None) -> InteractionResult:
        """Press the button with this label, on any message of this result: as Mia, or as `who`."""
        pressed: InteractionResult = await (who or self.mia).click(with_button(card, label), label=label)
        return pressed


def message(shown: Shown) -> discord.Message | ResponseMessage:
    if isinstance(shown, InteractionResult):
        assert shown.response is not None, "the bot answered nothing"
        return shown.response
    return shown


def shown(result: InteractionResult) -> list[ResponseMessage]:
    """Every message that a command, press or submit led to."""
    return [each for each in (result.response, *result.followups) if each]


def messages(result: Shown) -> list[discord.Message | ResponseMessage]:
    return [*shown(result)] if isinstance(result, InteractionResult) else [result]


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


def said(result: InteractionResult) -> str:
    """The whole text of all messages that a command, press or submit led to."""
    return "\n".join(text(each) for each in shown(result))


def buttons(shown: Shown) -> list[str]:
    """The labels of a message's enabled buttons, in order."""
    return [
        part["label"] for part in components(shown) if part.get("type") == 2 and not part.get("disabled", False)
    ]


def suggested(shown: Shown) -> list[str]:
    """The questions that a message suggests, each with a button "Show 1", "Show 2" … beside it."""
    return re.findall(r"^\*\*\d+\. (.+)\*\*$", text(shown).replace("\\", ""), re.MULTILINE)


def options(shown: Shown) -> list[str]:
    """The labels of the options of a message's menu, in order."""
    return [each["label"] for part in components(shown) for each in part.get("options", [])]


def with_button(result: Shown, label: str) -> discord.Message | ResponseMessage:
    """The message that has this button, or the first one if none has."""
    return next((each for each in messages(result) if label in buttons(each)), message(result))


async def press_id(member: MemberActor, result: Shown, start: str) -> InteractionResult:
    """Press the first button whose custom_id begins with `start`; its label may be in any language."""
    found = ((each, part.get("custom_id", "")) for each in messages(result) for part in components(each))
    card, custom_id = next(pair for pair in found if pair[1].startswith(start))
    pressed: InteractionResult = await member.click(card, custom_id=custom_id)
    return pressed


def told(channel: Any) -> list[str]:
    """The texts of all messages of a channel."""
    return [text(each) for each in channel.history()] if channel else []


def direct_messages(member: MemberActor) -> list[discord.Message]:
    channel = member.user.dm_channel
    return channel.history() if channel else []


def close_direct_messages(world: World, times: int = 1) -> None:
    """Refuse the next direct messages. Discord says so only when one is sent."""
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50007, times=times)


def second_moderator(world: World) -> MemberActor:
    """Ada, a moderator as Max is."""
    role = world.server.create_role("More moderators", permissions=discord.Permissions(manage_guild=True))
    return world.server.add_member(world.env.create_user("ada"), roles=[role])


def noah_in(world: World) -> MemberActor:
    """Noah, a member who speaks as Mia does."""
    noah = world.server.add_member(world.env.create_user("noah"))
    if world.mia.id in world.spoken:
        world.spoken[noah.id] = world.spoken[world.mia.id]
    return noah


def part_of(shown: Shown, start: str) -> dict[str, Any]:
    """The first button or menu of a message whose custom_id begins with `start`."""
    return next(part for part in components(shown) if part.get("custom_id", "").startswith(start))
