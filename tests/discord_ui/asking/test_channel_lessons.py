"""A channel that is about some lessons: theirs come first there, however it is asked, and Browse opens on them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import discord
import pytest

from bot.app import ChosenLesson
from bot.discord_ui.kit.choices import key_of
from bot.store.servers import Choices
from tests.support import forged, frameworks
from tests.support.posts import open_post
from tests.support.world import World, buttons, components, message, options, text

DJANGO, FLASK = ChosenLesson("django.yaml", "Django"), ChosenLesson("flask.yaml", "Flask")


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    return frameworks.write(tmp_path / "lessons")


def first(shown: Any) -> str:
    """The entry of the first suggestion."""
    ids = [each["custom_id"] for each in components(shown) if each.get("custom_id", "").startswith("lb:suggest:")]
    return str(ids[0].split(":")[2])


async def test_it_is_chosen_in_the_settings_and_holds_wherever_it_is_asked(world: World, new_bot: Any):
    """By command, mention, in a thread inside, in a post of a forum of that category, and after a restart."""
    about = world.server.create_category("Flask")
    inside = world.server.create_text_channel("flask", category=about)
    forum = world.server.create_forum_channel("flask-help")
    await world.bot.get_channel(forum.id).edit(category=world.bot.get_channel(about.id))
    settings = message(await world.max.slash(world.channel, "lessons settings"))
    page = message(await world.max.click(settings, label="Lessons for certain channels"))
    await world.max.select(page, [about], custom_id="lb:set-lessons-of")
    assert options(page) == ["Django", "Fastapi", "Flask"]
    await world.max.select(page, [key_of("flask.yaml")])
    assert [
        each["label"] for part in components(page) for each in part.get("options", []) if each.get("default")
    ] == ["Flask"]
    await world.max.click(page, label="All channels")
    assert f"<#{about.id}>: Flask" in text(page)
    await world.env.restart_bot(new_bot())
    await world.bot.app.servers.set(world.server.id, Choices(listens_in=(about.id,)))

    assert first(await world.mia.slash(inside, "ask", question=frameworks.BOTH)) == "flask-database"
    await world.mia.send(inside, f"{world.mention} {frameworks.BOTH}")
    assert first(inside.history()[-1]) == "flask-database"
    post = await open_post(world, forum, world.mia, frameworks.BOTH)
    assert first(post.history()[-1]) == "flask-database"
    assert first(await world.mia.slash(world.channel, "ask", question=frameworks.BOTH)) == "django-database"
    opened = await world.mia.slash(inside, "browse")
    assert "## Flask" in text(opened)
    await world.mia.click(message(opened), label="All lessons")
    assert options(opened) == ["Django", "Fastapi", "Flask"]


async def test_a_channels_own_lessons_count_more_than_its_categorys(world: World):
    """Several lessons are listed, with a button to all others; elsewhere Browse shows all."""
    about = world.server.create_category("Frameworks")
    inside = world.server.create_text_channel("two", category=about)
    servers, server = world.bot.app.servers, world.server.id
    await servers.set_lessons(server, about.id, [ChosenLesson("fastapi.yaml", "Fastapi")])
    await servers.set_lessons(server, inside.id, [DJANGO, FLASK])
    listed = await world.mia.slash(inside, "browse")
    assert "Lessons for this channel" in text(listed)
    assert options(listed) == ["Django", "Flask"]
    assert "All lessons" in buttons(listed)
    assert options(await forged.press(world, world.mia, "lb:contents", inside)) == ["Django", "Flask"]
    assert options(await world.mia.slash(world.channel, "browse")) == ["Django", "Fastapi", "Flask"]


async def test_lessons_that_were_renamed_moved_or_removed_are_shown_as_such(world: World, lessons: Path):
    """A new title and a moved file are the same lesson. What is gone can be taken off, and harms nothing."""
    servers, server = world.bot.app.servers, world.server.id
    gone = world.server.create_text_channel("gone")
    await servers.set_lessons(server, world.channel.id, [DJANGO, FLASK, ChosenLesson("fastapi.yaml", "Fastapi")])
    await servers.set_lessons(server, gone.id, [FLASK])
    await world.bot.get_channel(gone.id).delete()
    (lessons / "fastapi.yaml").unlink()
    (lessons / "django.yaml").rename(lessons / "web.yaml")
    flask = lessons / "flask.yaml"
    flask.write_text(
        flask.read_text(encoding="utf-8").replace('"lesson": "Flask"', '"lesson": "Small"'), encoding="utf-8"
    )
    world.bot.app.library.reload()
    page = message(await forged.press(world, world.max, "lb:set-lessons:open"))
    assert "Django, Fastapi (removed), Small (was: Flask)" in text(page).replace("\\", "")
    assert "a deleted channel" in text(page)
    await world.max.click(page, label="Remove what is gone")
    assert "removed" not in text(page)
    assert "deleted" not in text(page)
    assert {each.file for each in servers.lessons_of(server)[world.channel.id]} == {"django.yaml", "flask.yaml"}
    assert first(await world.mia.slash(world.channel, "ask", question=frameworks.BOTH)) in {
        "django-database",
        "flask-database",
    }


async def test_archived_threads_keep_their_lessons(world: World):
    """Discord no longer lists them, and yet they are not deleted; however many there are."""
    servers, server = world.bot.app.servers, world.server.id
    channel = world.bot.get_channel(world.channel.id)
    threads = [
        await channel.create_thread(name=f"models {n}", type=discord.ChannelType.public_thread) for n in range(6)
    ]
    gone = world.server.create_text_channel("gone")
    for each in (*threads, gone):
        await servers.set_lessons(server, each.id, [DJANGO])
    for each in threads:
        await each.edit(archived=True)
    await world.bot.get_channel(gone.id).delete()
    await world.env.settle()
    page = message(await forged.press(world, world.max, "lb:set-lessons:open"))
    assert all(f"<#{each.id}>: Django" in text(page) for each in threads)
    assert text(page).count("a deleted channel") == 1
    await world.max.click(page, label="Remove what is gone")
    assert servers.lessons_of(server) == dict.fromkeys((each.id for each in threads), (DJANGO,))


async def test_only_those_who_may_change_the_settings_can(world: World):
    """Members are refused at each press; forged channels and pages end well."""
    inside = f"lb:set-lessons-in:{world.channel.id}:0"
    for press in ("lb:set-lessons:open", "lb:set-lessons-clean", f"lb:set-lessons-page:{world.channel.id}:0"):
        assert "Only moderators" in text(await forged.press(world, world.mia, press))
    assert "Only moderators" in text(await forged.choose(world, world.mia, inside, key_of("flask.yaml")))
    assert "Only moderators" in text(
        await forged.choose(world, world.mia, "lb:set-lessons-of", world.channel, kind=forged.CHANNELS)
    )
    await forged.choose(world, world.max, f"lb:set-lessons-in:{'9' * 20}:0", key_of("flask.yaml"))
    await forged.choose(world, world.max, f"lb:set-lessons-in:{world.channel.id}:9999", key_of("flask.yaml"))
    await forged.choose(world, world.max, inside, "no such lesson")
    assert not world.bot.app.servers.lessons_of(world.server.id)
