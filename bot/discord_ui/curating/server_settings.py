"""`/lessons settings`: the settings of a server, on one card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace as with_

import discord
from discord import ui

from bot.app import Choices
from bot.discord_ui.curating.inbox_settings import InboxOptions, inbox_line, was_changed
from bot.discord_ui.kit.cards import Card, Controls
from bot.discord_ui.kit.delivery import replace, respond
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.locale import set_locale_for
from bot.discord_ui.kit.permissions import may_choose
from bot.discord_ui.kit.press import Button, Component, Menu, option
from bot.language.catalogues import language_of, languages
from bot.language.words import _

MAX_CHANNELS = 25
AS_DISCORD = "as-discord"
# Where people talk; a category stands for all of its channels.
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


class ModeratorRole(Component[ui.RoleSelect[ui.LayoutView]], template="lb:set-role"):
    """The role whose members moderate the lessons, besides those who manage the server."""

    @classmethod
    def make(cls, chosen: int | None) -> ModeratorRole:
        default = (
            [discord.SelectDefaultValue(id=chosen, type=discord.SelectDefaultValueType.role)] if chosen else []
        )
        menu: ui.RoleSelect[ui.LayoutView] = ui.RoleSelect(
            custom_id="lb:set-role",
            placeholder=_("Moderator role"),
            min_values=0,
            max_values=1,
            default_values=default,
        )
        return cls(menu)

    async def pressed(self, interaction: Interaction) -> None:
        role = self.item.values[0].id if self.item.values else None
        await _change(interaction, lambda chosen: with_(chosen, moderator_role=role))


class ListeningChannels(Component[ui.ChannelSelect[ui.LayoutView]], template="lb:set-listens"):
    """Channels where questions are answered without a mention, when the bot is sure."""

    @classmethod
    def make(cls, chosen: tuple[int, ...]) -> ListeningChannels:
        menu: ui.ChannelSelect[ui.LayoutView] = ui.ChannelSelect(
            custom_id="lb:set-listens",
            placeholder=_("Channels, forums and categories where I answer without being mentioned"),
            channel_types=TALK,
            min_values=0,
            max_values=MAX_CHANNELS,
            default_values=[_channel(each) for each in chosen],
        )
        return cls(menu)

    async def pressed(self, interaction: Interaction) -> None:
        await _change(
            interaction, lambda chosen: with_(chosen, listens_in=tuple(each.id for each in self.item.values))
        )


class ReportChannel(Component[ui.ChannelSelect[ui.LayoutView]], template="lb:set-notices"):
    """The channel for reports of errors in lesson files."""

    @classmethod
    def make(cls, chosen: int | None) -> ReportChannel:
        menu: ui.ChannelSelect[ui.LayoutView] = ui.ChannelSelect(
            custom_id="lb:set-notices",
            placeholder=_("Channel for lesson error reports"),
            channel_types=[discord.ChannelType.text, discord.ChannelType.news],
            min_values=0,
            max_values=1,
            default_values=[_channel(chosen)] if chosen else [],
        )
        return cls(menu)

    async def pressed(self, interaction: Interaction) -> None:
        await _change(
            interaction,
            lambda chosen: with_(chosen, notices_in=self.item.values[0].id if self.item.values else None),
        )


class InboxChannel(Component[ui.ChannelSelect[ui.LayoutView]], template="lb:set-inbox"):
    """The text channel or forum where questions are brought to moderators."""

    @classmethod
    def make(cls, chosen: int | None) -> InboxChannel:
        menu: ui.ChannelSelect[ui.LayoutView] = ui.ChannelSelect(
            custom_id="lb:set-inbox",
            placeholder=_("Inbox: a channel or forum for moderators"),
            channel_types=[discord.ChannelType.text, discord.ChannelType.forum],
            min_values=0,
            max_values=1,
            default_values=[_channel(chosen)] if chosen else [],
        )
        return cls(menu)

    async def pressed(self, interaction: Interaction) -> None:
        before = interaction.client.app.servers.of(interaction.guild_id)
        inbox = self.item.values[0].id if self.item.values else None
        await _change(interaction, lambda chosen: with_(chosen, inbox=inbox))
        await was_changed(interaction, before)


class Feedback(Button, template="lb:set-feedback:(?P<to>on|off)"):
    """Turns the buttons to rate an answer on or off."""

    kind = "set-feedback"

    async def pressed(self, interaction: Interaction) -> None:
        await _change(interaction, lambda chosen: with_(chosen, asks_for_feedback=self.ids["to"] == "on"))


class Language(Menu, template="lb:set-language"):
    """The language of the bot in this server; lessons stay in their own language."""

    kind = "set-language"

    @classmethod
    def of(cls, chosen: str, own: str) -> Language:
        """The menu; `own` is the language that Discord says the server has."""
        known = languages()
        as_discord = _("Server language in Discord: {language}", language=known[own])
        options = [option(as_discord, AS_DISCORD, chosen=not chosen)]
        options += [option(name, tag, chosen=tag == chosen) for tag, name in known.items()]
        return cls.make(_("Language of my messages"), options)

    async def pressed(self, interaction: Interaction) -> None:
        wanted = "" if self.chosen == AS_DISCORD else self.chosen
        # The menu may have been sent by a version with more languages.
        await _change(interaction, lambda chosen: with_(chosen, language=wanted if wanted in languages() else ""))


COMPONENTS = (ModeratorRole, ListeningChannels, ReportChannel, InboxChannel, Feedback, Language)


async def show_settings(interaction: Interaction) -> None:
    """Show the settings, to moderators only."""
    await respond(interaction, [_card(interaction)], private=True)


def _card(interaction: Interaction) -> Card:
    chosen = interaction.client.app.servers.of(interaction.guild_id)
    own = language_of((interaction.guild_locale or interaction.locale).value)
    bot = interaction.client
    is_home = bot.is_home(interaction.guild_id)
    return settings_card(chosen, own, can_read=bot.intents.message_content, is_home=is_home)


def settings_card(chosen: Choices, own_language: str, *, can_read: bool, is_home: bool) -> Card:
    """The settings, and the menus to change them. Errors are reported only where lessons can be edited."""
    manage = _("members with the Manage Server permission")
    moderators = _("<@&{role}> and {others}", role=chosen.moderator_role, others=manage)
    listens = ", ".join(f"<#{each}>" for each in chosen.listens_in) or _("no channels")
    if chosen.listens_in and not can_read:
        listens += " " + _(
            "(not active: the bot owner must set {setting} so that I can read messages. In forums, I read only "
            "the titles of new posts)",
            setting="`MESSAGE_CONTENT=on`",
        )
    lines = [
        (_("Moderators"), moderators if chosen.moderator_role else manage),
        (_("I answer without being mentioned in"), listens),
    ]
    if is_home:
        told = (
            f"<#{chosen.notices_in}>"
            if chosen.notices_in
            else _("the community updates channel or the server owner")
        )
        lines.append((_("Lesson errors are reported to"), told))
    lines += [
        (_("Feedback buttons below answers"), _("on") if chosen.asks_for_feedback else _("off")),
        (_("Language"), languages().get(chosen.language, languages()[own_language])),
    ]
    controls = Controls()
    controls.add(ModeratorRole.make(chosen.moderator_role))
    controls.add(ListeningChannels.make(chosen.listens_in))
    if is_home:
        controls.add(ReportChannel.make(chosen.notices_in))
        controls.add(InboxChannel.make(chosen.inbox))
    controls.add(Language.of(chosen.language, own_language))
    if chosen.asks_for_feedback:
        controls.add(Feedback.make(_("Turn off feedback"), to="off"))
    else:
        controls.add(Feedback.make(_("Turn on feedback"), to="on"))
    if is_home:
        controls.rows[-1].append(InboxOptions.make(_("Inbox options")))
    title = _("Server settings")
    text = "\n".join(f"**{what}**: {is_so}" for what, is_so in lines)
    if is_home:
        text += f"\n{inbox_line(chosen)}"
    # Discord hides the command from members who cannot manage the server, and a bot cannot change that.
    hidden = _(
        "Members with this role see {command} only after an administrator allows it in Server Settings "
        "→ Integrations.",
        command="`/lessons`",
    )
    return Card([f"## {title}", text], controls.rows, hidden if chosen.moderator_role else "")


async def _change(interaction: Interaction, change: Callable[[Choices], Choices]) -> None:
    if not await may_choose(interaction):
        return
    store, server = interaction.client.app.servers, interaction.guild_id or 0
    await store.set(server, change(store.of(server)))
    set_locale_for(interaction)  # it may be another language now
    await replace(interaction, [_card(interaction)])


def _channel(id_: int) -> discord.SelectDefaultValue:
    return discord.SelectDefaultValue(id=id_, type=discord.SelectDefaultValueType.channel)
