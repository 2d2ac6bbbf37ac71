"""The language of the interface is chosen by moderators, else by Discord, else it is that of the lessons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.discord_ui.kit.locale import Descriptions, language_for
from bot.discord_ui.preview.spoken import locale_in
from bot.language.catalogues import ENGLISH, language_names
from tests.support.tongues import TONGUES
from tests.support.world import World, buttons, components, direct_messages, message, text

LANGUAGE = "lb:set-language"


async def choose(world: World, language: str) -> str:
    """Choose a language in `/lessons settings`; returns the text of the card."""
    card = message(await world.max.slash(world.channel, "lessons settings"))
    await world.max.select(card, [language], custom_id=LANGUAGE)
    return text(card)


async def test_a_server_chooses_its_language(world: World, new_bot: Any):
    """The chosen language is used at once for cards, commands, mentions and presses, and after a restart."""
    assert "Sprache**: Deutsch" in await choose(world, "de"), "the card is in it at once"
    assert "Sprache**: Deutsch" in text(await world.max.slash(world.channel, "lessons settings"))
    asked = await world.mia.slash(world.channel, "ask", question="how tall is the Eiffel tower")
    assert "Das beantwortet noch keine Lektion" in text(asked)
    assert "Die Moderation fragen" in buttons(asked)
    await world.env.restart_bot(new_bot())
    assert "Das beantwortet noch keine Lektion" in text(await world.ask("how tall is the Eiffel tower"))
    assert "Language**: English" in await choose(world, "en")
    assert "No lesson answers that yet" in text(await world.ask("how tall is the Eiffel tower"))
    world.spoken[world.max.id] = discord.Locale.spain_spanish
    assert "Idioma**: Deutsch" in await choose(world, "de"), "it stays in a moderator's own, which is another one"


async def test_what_a_lesson_says_is_not_translated(world: World):
    """An answer stays in the language of its lesson."""
    await choose(world, "de")
    said = text(await world.ask("what is a venv"))
    assert "isolated Python environment" in said
    assert "What is a virtual environment?" in said


async def test_without_a_choice_it_is_what_discord_says_of_the_server(world: World):
    """Without a choice, the bot uses the language that the server has in Discord."""
    server = world.env.create_guild("Pythonistas", preferred_locale="es-419")
    channel, mia = server.create_text_channel("preguntas"), server.add_member(world.mia.user)
    await mia.send(channel, f"{world.mention} how tall is the Eiffel tower")
    assert channel.last_message
    assert "Ninguna lección" in text(channel.last_message)


async def test_a_language_that_is_there_no_longer_is_forgotten(world: World):
    """If a chosen translation is removed, the bot still works, and moderators can choose another."""
    await choose(world, "de")
    servers = world.bot.app.servers
    servers._known[world.server.id] = type(servers.of(world.server.id))(language="tlh")
    assert "No lesson answers that yet" in text(await world.ask("how tall is the Eiffel tower"))
    assert "Language" in text(await world.max.slash(world.channel, "lessons settings"))


def test_a_locale_is_used_where_nothing_was_chosen(new_bot: Any):
    """In a direct message, the bot uses the member's language."""
    app = new_bot().app
    assert language_for(app, None, discord.Locale.spain_spanish) == "es"
    assert language_for(app, None, discord.Locale.japanese) == ENGLISH


NOT_FOUND = {
    "en": "No lesson answers that yet",
    "de": "Das beantwortet noch keine Lektion",
    "es": "Ninguna lección",
}


@pytest.mark.parametrize("lessons", [each.lessons for each in TONGUES], indirect=True, ids=map(str, TONGUES))
class TestWithLessonsInAnotherLanguage:
    async def test_an_english_server_gets_cards_in_their_language(self, world: World, lessons: Path):
        """Discord calls every server without Community English. Whoever wants English chooses it."""
        tag = world.bot.app.tutor.snapshot.language
        assert tag != ENGLISH
        assert NOT_FOUND[tag] in text(await world.ask("how tall is the Eiffel tower"))
        card = await world.max.slash(world.channel, "lessons settings")
        offered = next(each for each in components(card) if each.get("custom_id") == LANGUAGE)["options"]
        assert offered[0]["label"].endswith(f": {language_names()[tag]}")
        await choose(world, ENGLISH)
        assert NOT_FOUND[ENGLISH] in text(await world.ask("how tall is the Eiffel tower"))

    @pytest.mark.parametrize("locale", ["en-GB", "fr", "ja"])
    async def test_a_language_that_somebody_chose_in_discord_is_no_default(
        self, world: World, lessons: Path, locale: str
    ):
        """British English, French and Japanese were chosen, so the bot speaks English there."""
        server = world.env.create_guild("Community", preferred_locale=locale)
        channel, mia = server.create_text_channel("questions"), server.add_member(world.mia.user)
        await mia.send(channel, f"{world.mention} how tall is the Eiffel tower")
        assert channel.last_message
        assert NOT_FOUND[ENGLISH] in text(channel.last_message)

    async def test_in_direct_messages_commands_speak_as_messages_do(self, world: World, lessons: Path):
        """A member whose language the bot does not speak gets that of the only server."""
        world.spoken[world.mia.id] = discord.Locale.french
        await choose(world, ENGLISH)
        await world.mia.send_dm("how tall is the Eiffel tower")
        assert NOT_FOUND[ENGLISH] in text(direct_messages(world.mia)[-1])
        answered = await world.mia.user.slash("ask", question="how tall is the Eiffel tower")
        assert NOT_FOUND[ENGLISH] in text(message(answered))

    async def test_servers_in_several_languages_leave_direct_messages_to_the_lessons(
        self, world: World, lessons: Path
    ):
        world.env.create_guild("Community", preferred_locale="en-GB")
        await world.mia.send_dm("how tall is the Eiffel tower")
        assert NOT_FOUND[world.bot.app.tutor.snapshot.language] in text(direct_messages(world.mia)[-1])

    async def test_what_discord_says_of_a_server_counts_more(self, world: World, lessons: Path):
        other = "es" if world.bot.app.tutor.snapshot.language == "de" else "de"
        server = world.env.create_guild("Community", preferred_locale=locale_in(other).value)
        channel, mia = server.create_text_channel("fragen"), server.add_member(world.mia.user)
        await mia.send(channel, f"{world.mention} how tall is the Eiffel tower")
        assert channel.last_message
        assert NOT_FOUND[other] in text(channel.last_message)


@pytest.mark.parametrize("locale", [discord.Locale.german, discord.Locale.spain_spanish])
async def test_every_command_says_in_every_language_what_it_is_for(world: World, locale: discord.Locale):
    """Command names are English. Descriptions are translated, and have at most 100 characters."""
    read = 0
    for command in world.bot.tree.get_commands():
        told = await command.get_translated_payload(world.bot.tree, Descriptions())
        for part in parts(told):
            if isinstance(command, app_commands.ContextMenu):
                assert part["name_localizations"][locale.value]
                continue
            assert not part.get("name_localizations")
            translated = part["description_localizations"][locale.value]
            assert translated != part["description"]
            assert len(translated) <= 100, translated
            read += 1
    assert read > 30


def parts(told: dict[str, Any]) -> list[dict[str, Any]]:
    """A command, its subcommands and all their options."""
    return [told, *(each for option in told.get("options", []) for each in parts(option))]


async def test_every_language_can_be_chosen(world: World):
    """The menu lists each language by its own name; the first option leaves it to the bot."""
    card = await world.max.slash(world.channel, "lessons settings")
    offered = next(each for each in components(card) if each.get("custom_id") == LANGUAGE)["options"]
    assert [each["label"] for each in offered] == [
        "Automatic: English",
        *language_names().values(),
    ]
