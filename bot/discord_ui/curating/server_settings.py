"""`/lessons settings`: the settings of a server, on one card."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace as with_

import discord
from discord import ui

from bot.app import Choices
from bot.discord_ui.curating import channel_lessons
from bot.discord_ui.curating.chosen_places import TALK, ChosenPlaces, places_of
from bot.discord_ui.curating.first_card import MARK, first_card
from bot.discord_ui.curating.inbox_settings import inbox_line, was_changed
from bot.discord_ui.kit import links
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.cards import Card, Controls
from bot.discord_ui.kit.delivery import holds, replace, respond, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.limits import CARD_TEXT
from bot.discord_ui.kit.locale import bot_language, in_public, language_by_default, set_locale_for
from bot.discord_ui.kit.markdown import escaped
from bot.discord_ui.kit.permissions import may_choose
from bot.discord_ui.kit.press import Button, ChannelMenu, Component, Menu, option
from bot.language.catalogues import language_names, languages
from bot.language.words import N_, _, current_locale

MAX_CHANNELS = 25
AUTOMATIC = "as-discord"  # the value is in menus that were sent long ago


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
        role = self.item.values[0] if self.item.values else None
        if role is None or not role.is_default():
            await _change(interaction, lambda chosen: with_(chosen, moderator_role=role.id if role else None))
        elif await may_choose(interaction):
            await tell(interaction, _("Everybody has the role @everyone. Choose one that only moderators have."))


class ListeningChannels(ChannelMenu, template="lb:set-listens"):
    """Channels where questions are answered without a mention, when the bot is sure."""

    placeholder = N_("Channels, forums and categories where I answer without being mentioned")
    types = TALK
    most = MAX_CHANNELS

    async def pressed(self, interaction: Interaction) -> None:
        await _change(interaction, lambda chosen: with_(chosen, listens_in=tuple(self.channels)))


class ReportChannel(ChannelMenu, template="lb:set-notices"):
    """The channel for reports of errors in lesson files."""

    placeholder = N_("Channel for lesson error reports")
    types = (discord.ChannelType.text, discord.ChannelType.news)

    async def pressed(self, interaction: Interaction) -> None:
        await _change(interaction, lambda chosen: with_(chosen, notices_in=self.channel))


class InboxChannel(ChannelMenu, template="lb:set-inbox"):
    """The text channel or forum where questions are brought to moderators."""

    placeholder = N_("Inbox: a channel or forum for moderators")
    types = (discord.ChannelType.text, discord.ChannelType.forum)

    async def pressed(self, interaction: Interaction) -> None:
        if before := await _change(interaction, lambda chosen: with_(chosen, inbox=self.channel)):
            await was_changed(interaction, before)


class Feedback(Button, template="lb:set-feedback:(?P<to>on|off)"):
    """Turns the buttons to rate an answer on or off."""

    kind = "set-feedback"

    async def pressed(self, interaction: Interaction) -> None:
        await _change(interaction, lambda chosen: with_(chosen, asks_for_feedback=self.ids["to"] == "on"))


class ChooseLanguage(Menu, template="lb:set-language"):
    """The language of the bot in this server; lessons stay in their own language."""

    kind = "set-language"

    @classmethod
    def of(cls, chosen: str, own: str) -> ChooseLanguage:
        """The menu; `own` is the language of a server that chooses none."""
        known = language_names()
        automatic = _("Automatic: {language}", language=known[own])
        options = [option(automatic, AUTOMATIC, chosen=not chosen)]
        options += [option(name, tag, chosen=tag == chosen) for tag, name in known.items()]
        return cls.make(_("Language of my messages"), options)

    async def pressed(self, interaction: Interaction) -> None:
        wanted = "" if self.chosen == AUTOMATIC else self.chosen
        # The menu may have been sent by a version with more languages.
        await _change(interaction, lambda chosen: with_(chosen, language=wanted if wanted in languages() else ""))


class OpenSettings(Button, template="lb:set-all"):
    """Opens all settings, from the card for a new server."""

    kind = "set-all"

    async def pressed(self, interaction: Interaction) -> None:
        if await may_choose(interaction):
            await show_settings(interaction)


COMPONENTS = (
    OpenSettings,
    ModeratorRole,
    ListeningChannels,
    ReportChannel,
    InboxChannel,
    Feedback,
    ChooseLanguage,
    *channel_lessons.COMPONENTS,
)


async def show_settings(interaction: Interaction) -> None:
    """Show the settings, to moderators only."""
    await respond(interaction, [await settings_card(interaction)], private=True)


async def settings_card(interaction: Interaction) -> Card:
    """The settings, and the menus to change them. Errors are reported only where lessons can be edited."""
    bot, server = interaction.client, interaction.guild_id
    chosen, is_home = bot.app.servers.of(server), bot.is_home(server)
    own_language = language_by_default(bot.app, interaction.guild_locale or interaction.locale)
    places = await places_of(interaction.guild, chosen)
    if chosen.moderator_role == server:  # @everyone, which makes nobody a moderator
        chosen = with_(chosen, moderator_role=None)
    lines = [
        (_("Moderators"), _moderators(chosen, places)),
        (_("I answer without being mentioned in"), _listens(bot, interaction.guild, chosen, places)),
    ]
    if is_home:
        told = (
            places.channel(chosen.notices_in)
            if chosen.notices_in
            else _("the community updates channel or the server owner")
        )
        lines.append((_("Lesson errors are reported to"), told))
    below = [
        (_("Language"), language_names().get(chosen.language, language_names()[own_language])),
        (_("Feedback buttons below answers"), _("on") if chosen.asks_for_feedback else _("off")),
        (_("Lessons for certain channels"), channel_lessons.count_of_channels(interaction)),
    ]
    if not is_home:
        below.append((_("The lessons"), whose_lessons(bot)))
    # In the order of the menus and buttons: a menu in which something is chosen shows that, and no name.
    shown = [
        *(f"**{what}**: {is_so}" for what, is_so in lines),
        *([inbox_line(chosen, places)] if is_home else []),
        *(f"**{what}**: {is_so}" for what, is_so in below),
    ]
    title = _("Bot settings for this server")
    text = [f"## {title}", "\n".join(shown)]
    # Discord hides the command from members who cannot manage the server, and a bot cannot change that.
    hidden = _(
        "Members with this role see {command} only after an administrator allows it in Server Settings "
        "→ Integrations.",
        command="`/lessons`",
    )
    footer = hidden if chosen.moderator_role else ""
    room = CARD_TEXT - sum(map(len, (*text, "-# ", footer)))
    if warned := places.warned(room):
        text.append(warned)
    controls = _controls(chosen, places, own_language, is_home=is_home)
    return Card(text, controls.rows, footer)


def _moderators(chosen: Choices, places: ChosenPlaces) -> str:
    manage = _("members with the Manage Server permission")
    if not chosen.moderator_role:
        return manage
    return _("{role} and {others}", role=places.role(chosen.moderator_role), others=manage)


def _listens(bot: BaseBot, server: discord.Guild | None, chosen: Choices, places: ChosenPlaces) -> str:
    listens = places.channels(chosen.listens_in) or _("no channels")
    if not chosen.listens_in or bot.intents.message_content:
        return listens
    there = [server.get_channel(each) for each in places.still_there(chosen.listens_in)] if server else []
    if there and all(isinstance(each, discord.ForumChannel) for each in there):
        listens += " " + _(
            "(only the titles of new posts. To read their texts, too, I need {setting} from the bot owner)",
            setting="`MESSAGE_CONTENT=on`",
        )
    else:
        listens += " " + _(
            "(not active: the bot owner must set {setting} so that I can read messages. In forums, I read only "
            "the titles of new posts)",
            setting="`MESSAGE_CONTENT=on`",
        )
    return listens


def _controls(chosen: Choices, places: ChosenPlaces, own_language: str, *, is_home: bool) -> Controls:
    controls = Controls()
    controls.add(ModeratorRole.make(places.there(chosen.moderator_role)))
    controls.add(ListeningChannels.make(*places.still_there(chosen.listens_in)))
    if is_home:
        controls.add(ReportChannel.make(places.there(chosen.notices_in)))
        controls.add(InboxChannel.make(places.there(chosen.inbox)))
    controls.add(ChooseLanguage.of(chosen.language, own_language))
    feedback = _("Turn off feedback") if chosen.asks_for_feedback else _("Turn on feedback")
    controls.add(
        Feedback.make(feedback, to="off" if chosen.asks_for_feedback else "on"),
        channel_lessons.ChannelLessons.make(_("Lessons for certain channels"), how="open"),
        *([links.inbox_options(_("Inbox options"))] if is_home else []),
    )
    return controls


def whose_lessons(bot: BaseBot) -> str:
    """On a server whose moderators cannot change the lessons: who can."""
    homes = [each.name for each in bot.guilds if bot.is_home(each.id)]
    names = ", ".join(f"**{escaped(each)}**" for each in sorted(homes))
    return _("written by the moderators of {servers}", servers=names) if homes else _("written by the bot owner")


def whose_lessons_here(bot: BaseBot, server: int) -> str:
    """The same in a sentence, for the card of a new server; '' where the lessons are its own."""
    if bot.is_home(server):
        return ""
    return _("My lessons are {written}.", written=whose_lessons(bot))


async def card_for_new_server(bot: BaseBot, server: discord.Guild) -> Card:
    """What the bot does, and the four settings that matter first."""
    chosen = bot.app.servers.of(server.id)
    own_language = language_by_default(bot.app, server.preferred_locale)
    places = await places_of(server, chosen)
    language = language_names().get(chosen.language, language_names()[own_language])
    steps = [
        (_("Moderators"), _moderators(chosen, places)),
        (_("I answer without being mentioned in"), _listens(bot, server, chosen, places)),
        (_("Language"), language),
    ]
    is_home = bot.is_home(server.id)
    if is_home:
        inbox = places.channel(chosen.inbox) if chosen.inbox else _("no channel")
        steps.insert(2, (_("Inbox, where moderators see what has no answer yet"), inbox))
    controls = Controls()
    controls.add(ModeratorRole.make(places.there(chosen.moderator_role)))
    controls.add(ListeningChannels.make(*places.still_there(chosen.listens_in)))
    if is_home:
        controls.add(InboxChannel.make(places.there(chosen.inbox)))
    controls.add(ChooseLanguage.of(chosen.language, own_language))
    controls.add(OpenSettings.make(_("All settings")))
    name = bot.user.display_name if bot.user else ""
    return first_card(name, steps, controls, whose_lessons_here(bot, server.id))


async def _change(interaction: Interaction, change: Callable[[Choices], Choices]) -> Choices | None:
    """Change settings, and show them; returns those before, or None if the member may not change them."""
    if not await may_choose(interaction):
        return None
    store, server = interaction.client.app.servers, interaction.guild_id or 0
    with in_public(interaction):
        reads_as_server = current_locale() == bot_language(interaction.locale)
    before, now = await store.change(server, change)
    set_locale_for(interaction)  # it may be another language now
    is_first = holds(interaction.message, MARK)
    # Whoever reads the server's language, and chooses another one, sees what they chose.
    is_new = reads_as_server and now.language != before.language
    with in_public(interaction) if is_first or is_new else nullcontext():
        if interaction.guild and is_first:
            card = await card_for_new_server(interaction.client, interaction.guild)
        else:
            card = await settings_card(interaction)
    await replace(interaction, [card])
    return before
