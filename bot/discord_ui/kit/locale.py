"""In which language something is said.

What only one member sees is in their language, where the bot speaks it. What everybody sees is in the language
that the server chose, else in the one that Discord reports of the server. That is English where nobody chose one,
so the language of the lessons counts then.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import discord
from discord import app_commands

from bot.app import App
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.recent import Latest
from bot.discord_ui.kit.refusals import REQUEST_ERRORS, in_words
from bot.language.catalogues import catalogue, language_of, languages
from bot.language.words import current_locale, in_locale, set_locale

log = logging.getLogger(__name__)

_DESCRIPTIONS = {
    app_commands.TranslationContextLocation.command_description,
    app_commands.TranslationContextLocation.group_description,
    app_commands.TranslationContextLocation.parameter_description,
}


class LanguagesOfMembers(Latest[int, str]):
    """The language of members who pressed or typed a command lately; '' for one that the bot does not speak."""

    def __init__(self) -> None:
        super().__init__(1000)


def set_locale_for(interaction: Interaction) -> None:
    """Use the language of whoever pressed or typed until that is done. For what everybody sees: `in_public`."""
    own = bot_language(interaction.locale)
    interaction.client.kept(LanguagesOfMembers).put(interaction.user.id, own)
    set_locale(own or _of_server(interaction))


@contextmanager
def in_public(interaction: Interaction) -> Iterator[None]:
    """Use the language of this interaction's server inside the block, for what everybody there sees."""
    with in_locale(_of_server(interaction) if interaction.guild_id else current_locale()):
        yield


def set_locale_of(app: App, server: discord.Guild) -> None:
    """Use the language of this server until the task is done."""
    set_locale(language_for(app, server.id, server.preferred_locale))


def set_locale_of_member(bot: BaseBot, member: int) -> None:
    """Use the language of a member who wrote a direct message until the task is done.

    Discord does not say it there. It is the one that they last pressed or typed a command with, else that of all
    servers, else that of the lessons.
    """
    set_locale(bot.kept(LanguagesOfMembers).get(member) or _of_all(bot, bot.guilds))


async def language_of_member(bot: BaseBot, member: int, server: int) -> str:
    """The language of a member for a direct message: theirs where it is known.

    Else that of the server which the message is about, if there is one; else as for a direct message of theirs.
    """
    if own := bot.kept(LanguagesOfMembers).get(member):
        return own
    about = await _server(bot, server) if server else None
    return _of_all(bot, [about] if about else bot.guilds)


async def language_of_server(bot: BaseBot, server: int) -> str:
    """The language of a server for what everybody there sees, also of a shard that another process runs."""
    found = await _server(bot, server)
    return language_for(bot.app, server, found.preferred_locale if found else discord.Locale.american_english)


def _of_all(bot: BaseBot, servers: Sequence[discord.Guild]) -> str:
    """The language that all of these servers have; that of the lessons if they have several, or there are none."""
    # Thousands of servers have a handful of locales: what these mean is looked up once for each.
    settings = {(bot.app.servers.of(each.id).language, each.preferred_locale) for each in servers}
    theirs = {_chosen_or_default(bot.app, chosen, locale) for chosen, locale in settings}
    return theirs.pop() if len(theirs) == 1 else bot.app.tutor.snapshot.language


async def _server(bot: BaseBot, server: int) -> discord.Guild | None:
    """A server, also of a shard that another process runs; None if the bot left it."""
    here = bot.get_guild(server)
    if here or bot.sees_all_servers:
        return here
    try:
        return await bot.fetch_guild(server, with_counts=False)
    except REQUEST_ERRORS as error:
        log.info("the language of a server is not known: %s", in_words(error))
        return None


def bot_language(locale: discord.Locale) -> str:
    """The language of the bot for a member's locale; '' if it does not speak theirs."""
    tag = locale.value.partition("-")[0]
    return tag if tag in languages() else ""


def _of_server(interaction: Interaction) -> str:
    bot, locale = interaction.client, interaction.guild_locale
    return language_for(bot.app, interaction.guild_id, locale) if locale else _of_all(bot, bot.guilds)


def language_for(app: App, server: int | None, locale: discord.Locale) -> str:
    """The language that this server chose; else the one that it has by Discord's locale and the lessons."""
    return _chosen_or_default(app, app.servers.of(server).language, locale)


def _chosen_or_default(app: App, chosen: str, locale: discord.Locale) -> str:
    return chosen if chosen in languages() else language_by_default(app, locale)


def language_by_default(app: App, locale: discord.Locale) -> str:
    """The language of a server that chose none.

    Every server without Discord's community features is American English, so that says nothing.
    """
    if locale is discord.Locale.american_english:
        return app.tutor.snapshot.language
    return language_of(locale.value)


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
