"""The first minutes on a server: one card where the bot may write, with what to set up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import discord
import pytest
from simcord import ChannelHandle, Env, GuildHandle

from bot.discord_ui.client import LessonBot
from bot.lessons.library import Library
from bot.store.servers import Choices
from bot.store.store import Store
from tests.support.bots import bot_of
from tests.support.world import World, buttons, components, message, text


@pytest.fixture
def new_bot(lessons: Path, memory: Store, tmp_path: Path) -> Any:
    """A bot that greets, as in production."""

    def make() -> LessonBot:
        return bot_of(Library.open(lessons), memory, tmp_path / "data", greets=True)

    return make


def in_channels(server: GuildHandle) -> list[discord.Message]:
    return [each for channel in server.channels.values() for each in channel.history()]


async def invite(world: World, server: GuildHandle) -> None:
    """Discord says that the bot was added, which it also does after some outages."""
    await world.bot.on_guild_join(world.bot.get_guild(server.id))


async def invited(env: Env, name: str, locale: str | None = None) -> tuple[World, ChannelHandle]:
    """A server that has a channel when it invites the bot, and then gets the card."""
    world = World.made_in(env)
    await invite(world, world.server)  # the home of the lessons
    world.server = env.create_guild(name, preferred_locale=locale)
    channel = world.server.create_text_channel("general")
    await invite(world, world.server)
    return world, channel


@pytest.mark.parametrize(
    ("locale", "hello", "steps"),
    [
        ("en-US", "Hi, I'm", "choose these below"),
        ("de", "Hallo, ich bin", "triff die Auswahl unten"),
        ("es-ES", "Hola, soy", "elige lo de abajo"),
    ],
)
async def test_one_card_says_what_it_does_and_what_to_choose(
    simcord_env: Env, new_bot: Any, locale: str, hello: str, steps: str
):
    """In the server's language; once, also after another event, a reconnect and a restart."""
    world, channel = await invited(simcord_env, "New", locale)
    (card,) = channel.history()
    for expected in (hello, steps, "</ask:", "**Python learners**"):
        assert expected in text(card), expected
    menus = [each["custom_id"] for each in components(card) if "placeholder" in each]
    assert menus == ["lb:set-role", "lb:set-listens", "lb:set-language"]
    await invite(world, world.server)
    await world.env.restart_bot(new_bot())
    await invite(world, world.server)
    assert len(in_channels(world.server)) == 1


async def test_it_is_set_up_on_the_card_by_those_who_manage_the_server(simcord_env: Env):
    """The card shows what was chosen, in the chosen language. Members are refused, and can try a question."""
    world, channel = await invited(simcord_env, "New")
    staff = world.server.create_role("Staff", permissions=discord.Permissions(manage_guild=True))
    max_ = world.server.add_member(world.max.user, roles=[staff])
    mia = world.server.add_member(world.mia.user)
    (card,) = channel.history()
    for chosen, custom_id in ((staff, "lb:set-role"), (channel, "lb:set-listens"), ("de", "lb:set-language")):
        refused = await mia.select(card, [chosen], custom_id=custom_id)
        assert "Only moderators" in text(refused)
    assert not world.bot.app.servers.of(world.server.id).listens_in
    await max_.select(card, [staff], custom_id="lb:set-role")
    await max_.select(card, [channel], custom_id="lb:set-listens")
    await max_.select(card, ["de"], custom_id="lb:set-language")
    (card,) = channel.history()
    for expected in ("Hallo, ich bin", f"<@&{staff.id}>", f"<#{channel.id}>", "Deutsch"):
        assert expected in text(card), expected
    assert "Bot settings for this server" in text(await max_.click(card, custom_id="lb:set-all"))
    assert "Only moderators" in text(await mia.click(card, custom_id="lb:set-all"))
    box = await mia.click(card, custom_id="lb:try")
    answer = await mia.submit_modal(box, {"question": "what is a venv"})
    assert answer.ephemeral
    assert "isolated Python environment" in text(answer)
    assert "Share in this channel" in buttons(message(answer))


async def test_where_it_may_not_write_the_next_channel_or_the_owner_gets_it(simcord_env: Env):
    """The first channel that accepts it; the owner reads what to allow, and has nothing to choose there."""
    world = World.made_in(simcord_env)
    server = simcord_env.create_guild("Closed")
    await invite(world, server)
    (told,) = server.owner.dm_channel.history()
    assert "I can't write in any channel of **Closed**" in text(told)
    assert "</lessons settings:" in text(told)
    assert buttons(told) == ["Try a question"]
    closed, open_ = server.create_text_channel("closed"), server.create_text_channel("open")
    world.server = server
    await world.bot.app.servers.set(server.id, Choices())
    world.env.inject_error("POST", f"/channels/{closed.id}/messages", status=403, code=50013)
    await invite(world, world.server)
    assert not closed.history()
    assert len(open_.history()) == 1


async def test_whoever_invites_it_again_is_greeted_again(simcord_env: Env):
    """After it was removed; an outage is no removal."""
    world, channel = await invited(simcord_env, "New")
    guild = world.bot.get_guild(world.server.id)
    await world.bot.on_guild_available(guild)
    await invite(world, world.server)
    assert len(channel.history()) == 1
    await world.bot.on_guild_remove(guild)
    await invite(world, world.server)
    assert len(channel.history()) == 2
