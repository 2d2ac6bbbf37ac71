"""`/lessons settings` says what no longer works: deleted roles and channels, and missing permissions."""

from __future__ import annotations

import discord
import pytest

from bot.discord_ui.kit.channel_permissions import NEEDS
from bot.store.servers import Choices
from tests.support.asking import BREAD, pass_on, slash
from tests.support.world import World, components, message, text


async def settings(world: World) -> str:
    return text(await world.max.slash(world.channel, "lessons settings"))


async def test_deleted_roles_and_channels_are_shown_as_deleted(world: World):
    """They are named as such, are no longer chosen in the menus, and a working channel stays."""
    role = world.server.create_role("Helpers")
    gone = world.server.create_text_channel("gone")
    await world.bot.app.servers.set(
        world.server.id,
        Choices(moderator_role=role.id, listens_in=(world.channel.id, gone.id), notices_in=gone.id),
    )
    before = await settings(world)
    assert f"<@&{role.id}>" in before
    assert "deleted" not in before
    await world.bot.get_guild(world.server.id).get_role(role.id).delete()
    await world.bot.get_channel(gone.id).delete()
    card = await world.max.slash(world.channel, "lessons settings")
    assert "a deleted role and members" in text(card)
    assert f"<#{world.channel.id}>, 1 deleted channel" in text(card)
    assert "reported to**: a deleted channel" in text(card)
    chosen = [each["id"] for part in components(card) for each in part.get("default_values") or []]
    assert [int(each) for each in chosen] == [world.channel.id]


async def test_settings_stand_in_the_order_of_their_menus(world: World):
    """A menu in which something is chosen has no name any more, so the lines above tell which is which.

    A forum is answered by the titles of its posts without the Message Content intent: it is not "not active".
    """
    forum, inbox = world.server.create_forum_channel("forum"), world.server.create_text_channel("inbox")
    server = world.server.id
    await world.bot.app.servers.set(server, Choices(listens_in=(forum.id,), inbox=inbox.id))
    said = await settings(world)
    names = ["Moderators", "I answer", "Lesson errors", "Inbox", "Language", "Feedback", "Lessons for certain"]
    assert sorted(names, key=lambda each: said.index(f"**{each}")) == names
    assert f"<#{forum.id}> (only the titles of new posts." in said
    assert "not active" not in said
    await world.bot.app.servers.set(server, Choices(listens_in=(forum.id, world.channel.id)))
    assert "not active" in await settings(world)


async def test_where_nothing_is_chosen_each_line_says_none_in_its_own_words(world: World):
    """German has another "none" for lessons than for channels. A deleted channel fits the label before it, too."""
    gone = world.server.create_text_channel("gone")
    choices = Choices(language="de", notices_in=gone.id)
    await world.bot.app.servers.set(world.server.id, choices)
    await world.bot.get_channel(gone.id).delete()
    world.spoken[world.max.id] = discord.Locale.german
    said = await settings(world)
    assert "Antworten ohne Erwähnung**: kein Kanal" in said
    assert "Fehlermeldungen zu Lektionen**: ein gelöschter Kanal" in said
    assert "Lektionen für einzelne Kanäle**: keine" in said


async def test_everybody_cannot_be_the_moderators(world: World):
    """The role that all members have is not taken, instead of being shown as chosen and letting nobody in."""
    card = await world.max.slash(world.channel, "lessons settings")
    told = await world.max.select(message(card), [world.server.default_role], custom_id="lb:set-role")
    assert "Choose one that only moderators have." in text(told)
    assert world.bot.app.servers.of(world.server.id).moderator_role is None
    assert "@everyone" not in await settings(world)


async def test_a_database_with_everybody_as_the_moderators_makes_nobody_one(world: World):
    """An earlier version saved that; the settings say so, and show the role as not chosen."""
    await world.bot.app.servers.set(world.server.id, Choices(moderator_role=world.server.default_role.id))
    said = await settings(world)
    assert "Everybody has the role @everyone. Choose one that only moderators have." in said
    assert f"<@&{world.server.id}>" not in said
    (command,) = (each for each in await world.bot.tree.fetch_commands() if each.name == "lessons")
    world.server.set_command_permissions(command, {world.mia: True})
    assert "Only moderators can do this" in text(await world.mia.slash(world.channel, "lessons settings"))


async def test_an_inbox_that_everybody_can_read_is_named(world: World):
    """Its cards show what members write to the moderators."""
    inbox = world.server.create_text_channel("inbox")
    await world.bot.app.servers.set(world.server.id, Choices(inbox=inbox.id))
    warning = f"Everybody can read the inbox in <#{inbox.id}>"
    assert warning in await settings(world)
    everybody = world.bot.get_guild(world.server.id).default_role
    hidden = discord.PermissionOverwrite(view_channel=False)
    await world.bot.get_channel(inbox.id).set_permissions(everybody, overwrite=hidden)
    assert warning not in await settings(world)


async def test_each_permission_that_the_bot_lacks_is_named(world: World):
    """With its channel and what it is for; also for the channels of a category, and where only reports go."""
    about = world.server.create_category("Help")
    forum = world.server.create_forum_channel("forum")
    await world.bot.get_channel(forum.id).edit(category=world.bot.get_channel(about.id))
    reports = world.server.create_text_channel("reports")
    server = world.bot.get_guild(world.server.id)
    role = server.me.top_role
    overwrite = discord.PermissionOverwrite(send_messages=False)
    await world.bot.get_channel(reports.id).set_permissions(role, overwrite=overwrite)
    may = discord.Permissions(
        view_channel=True, send_messages=True, attach_files=True, use_application_commands=True
    )
    for each in (role, server.default_role):
        world.env.backend.edit_role(world.server.id, each.id, {"permissions": may.value})
    chosen = Choices(listens_in=(about.id, world.channel.id), notices_in=reports.id)
    await world.bot.app.servers.set(world.server.id, chosen)
    said = await settings(world)
    assert f"in <#{forum.id}>: **Send Messages in Threads** (to answer in threads and forum posts)" in said
    assert f"in <#{world.channel.id}>: **Send Messages in Threads**" in said
    assert f"Missing permissions in <#{reports.id}>: **Send Messages** (to answer)." in said
    assert "**Add Reactions** (to thank with 👍; optional)" in said
    assert "Attach Files" not in said


@pytest.mark.parametrize(
    "spoken", [discord.Locale.american_english, discord.Locale.german, discord.Locale.spain_spanish], ids=str
)
async def test_settings_open_however_many_permissions_are_missing(world: World, spoken: discord.Locale):
    """Some channels are named, and how many more there are: it fits a card, on which they can be unchosen."""
    about, server = world.server.create_category("Help"), world.bot.get_guild(world.server.id)
    channels = [world.server.create_text_channel(f"channel-{n}") for n in range(25)]
    for each in channels[:10]:
        await world.bot.get_channel(each.id).edit(category=world.bot.get_channel(about.id))
    may = discord.Permissions(view_channel=True, use_application_commands=True)
    for role in (server.me.top_role, server.default_role):
        world.env.backend.edit_role(world.server.id, role.id, {"permissions": may.value})
    world.spoken[world.max.id] = spoken
    for chosen in ([about], channels):
        listens_in = tuple(each.id for each in chosen)
        await world.bot.app.servers.set(world.server.id, Choices(listens_in=listens_in))
        card = await world.max.slash(world.channel, "lessons settings")
        *named, more = [line for line in text(card).splitlines() if "⚠️" in line]
        named_or_not = len(channels[:10] if chosen == [about] else channels)
        assert len(named) > 3
        assert str(named_or_not - len(named)) in more
        assert not text(card).endswith("…")
        menu = next(part for part in components(card) if part.get("custom_id") == "lb:set-listens")
        assert len(menu["default_values"]) == len(chosen)


@pytest.mark.parametrize("kind", ["channel", "forum"])
async def test_an_inbox_that_takes_no_cards_says_why(world: World, kind: str):
    """Whatever keeps the cards away is named. Once all of it is allowed, they come; in a forum, as posts."""
    create = world.server.create_text_channel if kind == "channel" else world.server.create_forum_channel
    inbox, role = create("inbox"), world.bot.get_guild(world.server.id).me.top_role
    await world.bot.app.servers.set(world.server.id, Choices(inbox=inbox.id, digest=False))
    needed = ["send_messages", "read_message_history", *["send_messages_in_threads"] * (kind == "forum")]
    for name in needed:
        refused = discord.PermissionOverwrite(**{name: False})
        await world.bot.get_channel(inbox.id).set_permissions(role, overwrite=refused)
        named = next(each.label for each in NEEDS if each.name == name)
        assert f"in <#{inbox.id}>: **{named}** (for the cards of the inbox)." in await settings(world)
    others = discord.PermissionOverwrite(
        **{each.name: each.name == "view_channel" or each.name in needed for each in NEEDS}
    )
    await world.bot.get_channel(inbox.id).set_permissions(role, overwrite=others)
    assert "Missing permissions" not in await settings(world)
    await pass_on(world, await slash(world, BREAD))
    await world.env.settle()
    posts = world.env.backend.active_threads(world.server.id)
    assert len(posts if kind == "forum" else inbox.history()) == 1


async def test_on_a_second_server_it_says_whose_lessons_these_are(world: World):
    """Its moderators can choose settings, and read who writes the lessons."""
    second = world.env.create_guild("Another server")
    manager = second.add_member(
        world.max.user, roles=[second.create_role("Staff", permissions=discord.Permissions(manage_guild=True))]
    )
    here = second.create_text_channel("here")
    said = text(await manager.slash(here, "lessons settings"))
    assert "The lessons**: written by the moderators of **Python learners**" in said
    assert "The lessons**" not in await settings(world)
