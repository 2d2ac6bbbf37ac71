"""What one member sees is in their language; what everybody sees is in the server's."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from bot.store.servers import Choices
from tests.support.world import World, buttons, components, message, text

GERMAN, SPANISH, JAPANESE = discord.Locale.german, discord.Locale.spain_spanish, discord.Locale.japanese
UNKNOWN = "how tall is the Eiffel tower"
SAYS = {"en": "No lesson answers that yet", "de": "Das beantwortet noch keine Lektion", "es": "Ninguna lección"}
DISMISS = {"en": "Dismiss", "de": "Nachricht löschen", "es": "Quitar"}


@pytest.mark.parametrize(
    ("server", "member", "own"), [("de", SPANISH, "es"), ("es", GERMAN, "de"), ("de", JAPANESE, "de")]
)
async def test_private_is_the_members_and_public_is_the_servers(
    world: World, server: str, member: discord.Locale, own: str
):
    """By command, shared, by mention, by direct message; the server's where the bot does not speak theirs."""
    await world.bot.app.servers.set(world.server.id, Choices(language=server))
    world.spoken[world.mia.id] = member
    assert SAYS[own] in text(await world.mia.slash(world.channel, "ask", question=UNKNOWN))
    assert SAYS[server] in text(await world.mia.slash(world.channel, "ask", question=UNKNOWN, private=False))
    assert SAYS[server] in text(await world.ask(UNKNOWN))
    answer = message(await world.mia.slash(world.channel, "ask", question="what is a venv"))
    await world.mia.click(answer, custom_id=share_in(answer))
    assert DISMISS[server] in buttons(world.last)
    await world.mia.user.send_dm(UNKNOWN)
    direct = world.mia.user.dm_channel.last_message
    assert direct
    assert SAYS[own] in text(direct)


@pytest.mark.parametrize("asked", ["wie backe ich ein Brot?", "was ist ein venv", "¿cómo se hace el pan?"])
async def test_whoever_asks_in_another_language_than_the_lessons_reads_that_they_are(world: World, asked: str):
    """Other words in that language would find nothing, too. In the lessons' own, nothing is said of it."""
    told = "The lessons are in another language than your question"
    unknown = await world.ask(asked)
    assert SAYS["en"] in text(unknown)
    assert told in text(unknown)
    said = await world.mia.send(world.channel, asked)
    assert told in text(await world.max.context_menu(world.channel, "Answer this", said))
    assert told not in text(await world.ask(UNKNOWN))


async def test_whoever_has_never_pressed_anything_is_answered_as_their_server(world: World):
    """Discord does not say in a direct message which language its author uses."""
    await world.bot.app.servers.set(world.server.id, Choices(language="es"))
    await world.mia.user.send_dm(UNKNOWN)
    direct = world.mia.user.dm_channel.last_message
    assert direct
    assert SAYS["es"] in text(direct)


async def test_a_shared_walkthrough_is_in_the_servers_language_whoever_presses(world: World):
    """Their own pick is confirmed in theirs."""
    await world.bot.app.servers.set(world.server.id, Choices(language="de"))
    world.spoken |= {world.mia.id: SPANISH, world.max.id: discord.Locale.american_english}
    panel = await world.mia.slash(world.channel, "walkthrough", scenario="two-django-versions", share=True)
    assert "Schritt 1 von" in text(panel)
    await world.mia.click(message(panel), label="Weiter")
    told = await world.max.click(message(panel), label=first_try(panel))
    assert "You picked" in text(told)
    assert "Schritt" in text(world.last)


def share_in(shown: Any) -> str:
    return next(each for each in ids_of(shown) if each.startswith("lb:share:"))


def first_try(panel: Any) -> str:
    """The label of the first solution that can be picked."""
    found = (each for each in components(panel) if each.get("custom_id", "").startswith("lb:all-try:"))
    return str(next(found)["label"])


def ids_of(shown: Any) -> list[str]:
    return [each["custom_id"] for each in components(shown) if "custom_id" in each]
