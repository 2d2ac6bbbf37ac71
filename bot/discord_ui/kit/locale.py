"""The language for a member: the one their server chose, else the one that Discord reports."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.app import Servers
from bot.discord_ui.kit.interaction import Interaction
from bot.language.catalogues import ENGLISH, catalogue, language_of, languages
from bot.language.words import set_locale

_DESCRIPTIONS = {
    app_commands.TranslationContextLocation.command_description,
    app_commands.TranslationContextLocation.group_description,
    app_commands.TranslationContextLocation.parameter_description,
}


def set_locale_for(interaction: Interaction) -> None:
    """Use the language of this interaction's server or member until it is done."""
    servers = interaction.client.app.servers
    set_locale(language_for(servers, interaction.guild_id, interaction.guild_locale or interaction.locale))


def set_locale_of(servers: Servers, server: discord.Guild | None) -> None:
    """Use the language of this server until the task is done; English outside of servers."""
    set_locale(language_for(servers, server.id, server.preferred_locale) if server else ENGLISH)


def language_for(servers: Servers, server: int | None, locale: discord.Locale) -> str:
    """The language that this server chose; else the one of Discord's locale."""
    chosen = servers.of(server).language
    return chosen if chosen in languages() else language_of(locale.value)


class Descriptions(app_commands.Translator):
    """Translates the descriptions of commands and options into the language of each member's app.

    Their names are the same in all languages, so that members can tell each other what to type. Only the names of
    context menus are translated, as nobody types them.
    """

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        is_read = context.location in _DESCRIPTIONS or isinstance(context.data, app_commands.ContextMenu)
        text = catalogue(language_of(locale.value)).gettext(string.message) if is_read else string.message
        return text if text != string.message else None
