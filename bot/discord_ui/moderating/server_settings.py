"""`/lessons settings`: what a server chooses, on one card."""

from __future__ import annotations

from dataclasses import replace as with_
from typing import Any

import discord
from discord import ui

from bot.discord_ui.cards import Card, Controls
from bot.discord_ui.delivery import replace, respond
from bot.discord_ui.moderating.moderators import may_choose
from bot.discord_ui.press import Button, Pressable
from bot.store.servers import Choices
from bot.tutor import Tutor

MAX_CHANNELS = 10
TEXT = [discord.ChannelType.text, discord.ChannelType.public_thread, discord.ChannelType.forum]


class Role(Pressable[ui.RoleSelect[Any]], template="lb:set-role"):
    """The role whose members moderate the lessons, besides those who manage the server."""

    @classmethod
    def make(cls, chosen: int | None) -> Role:
        default = (
            [discord.SelectDefaultValue(id=chosen, type=discord.SelectDefaultValueType.role)] if chosen else []
        )
        menu: ui.RoleSelect[Any] = ui.RoleSelect(
            custom_id="lb:set-role",
            placeholder="Moderator role",
            min_values=0,
            max_values=1,
            default_values=default,
        )
        return cls(menu)

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        role = self.item.values[0].id if self.item.values else None
        await _change(interaction, moderator_role=role)


class Listens(Pressable[ui.ChannelSelect[Any]], template="lb:set-listens"):
    """Channels where questions are answered without a mention, when the bot is sure."""

    @classmethod
    def make(cls, chosen: tuple[int, ...]) -> Listens:
        menu: ui.ChannelSelect[Any] = ui.ChannelSelect(
            custom_id="lb:set-listens",
            placeholder="Channels where I answer without being mentioned",
            channel_types=TEXT,
            min_values=0,
            max_values=MAX_CHANNELS,
            default_values=[_channel(each) for each in chosen],
        )
        return cls(menu)

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        await _change(interaction, listens_in=tuple(each.id for each in self.item.values))


class Notices(Pressable[ui.ChannelSelect[Any]], template="lb:set-notices"):
    """The channel where moderators are told of a mistake in a lesson file."""

    @classmethod
    def make(cls, chosen: int | None) -> Notices:
        menu: ui.ChannelSelect[Any] = ui.ChannelSelect(
            custom_id="lb:set-notices",
            placeholder="Channel where moderators are told what is wrong",
            channel_types=[discord.ChannelType.text],
            min_values=0,
            max_values=1,
            default_values=[_channel(chosen)] if chosen else [],
        )
        return cls(menu)

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        await _change(interaction, notices_in=self.item.values[0].id if self.item.values else None)


class Feedback(Button, template="lb:set-feedback:(?P<to>on|off)"):
    """Whether answers ask if they helped."""

    kind = "set-feedback"

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        await _change(interaction, asks_for_feedback=self.ids["to"] == "on")


PRESSABLES = (Role, Listens, Notices, Feedback)


async def show_settings(interaction: discord.Interaction[Any]) -> None:
    """The card, for moderators."""
    chosen = interaction.client.store.servers.of(interaction.guild_id)
    await respond(
        interaction, [settings_card(chosen, can_read=interaction.client.intents.message_content)], private=True
    )


def settings_card(chosen: Choices, *, can_read: bool) -> Card:
    """What is chosen, and the menus to change it."""
    role = f"<@&{chosen.moderator_role}>, and " if chosen.moderator_role else ""
    listens = ", ".join(f"<#{each}>" for each in chosen.listens_in) or "nowhere"
    if chosen.listens_in and not can_read:
        listens += " (but Discord shows me no messages there: the operator has to set `MESSAGE_CONTENT=on`)"
    notices = f"<#{chosen.notices_in}>" if chosen.notices_in else "only the log"
    lines = [
        f"**Moderators**: {role}who may manage this server",
        f"**Answers without a mention**: {listens}",
        f"**Told of mistakes in the lessons**: {notices}",
        f"**Answers ask whether they helped**: {'yes' if chosen.asks_for_feedback else 'no'}",
    ]
    controls = Controls()
    controls.add(Role.make(chosen.moderator_role))
    controls.add(Listens.make(chosen.listens_in))
    controls.add(Notices.make(chosen.notices_in))
    label, to = ("Do not ask for feedback", "off") if chosen.asks_for_feedback else ("Ask for feedback", "on")
    controls.add(Feedback.make(label, to=to))
    return Card(["## Settings of this server", "\n".join(lines)], controls.rows)


async def _change(interaction: discord.Interaction[Any], **changed: Any) -> None:
    if not await may_choose(interaction):
        return
    store, server = interaction.client.store.servers, interaction.guild_id
    chosen = with_(store.of(server), **changed)
    await store.set(server, chosen)
    await replace(interaction, [settings_card(chosen, can_read=interaction.client.intents.message_content)])


def _channel(id_: int) -> discord.SelectDefaultValue:
    return discord.SelectDefaultValue(id=id_, type=discord.SelectDefaultValueType.channel)
