"""Only moderators of the home server can change the lessons, whatever others install or press."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from discord import app_commands

from bot.lessons.library import Library
from bot.store.servers import Choices
from bot.store.store import Store
from tests.support import forged
from tests.support.bots import bot_of
from tests.support.broken_lessons import break_a_lesson
from tests.support.strangers import ROOMS, Stranger, part_of
from tests.support.world import World, buttons, text, told

ENTRY = "why-virtual-environments"
NOT_HERE = "only my commands were added to this server"
ELSEWHERE = "can't be edited from this server"
# One custom_id for each button and menu of moderators.
DOORS = [
    *(
        "lb:advice:0",
        "lb:publish:1",
        "lb:discard:1",
        "lb:merge:1:mine",
        "lb:edit:1:text",
        "lb:never:1",
        "lb:edit-part:1:0",
    ),
    *("lb:undo:1", "lb:undo-all:1", "lb:revision:", "lb:older::9", "lb:import:0123456789ab", "lb:discard-import"),
    *("lb:miss:1", "lb:miss-turn:1:next", "lb:miss-entry:1", "lb:miss-search:1", "lb:miss-ignore:1"),
    *(
        "lb:miss-undo:1",
        "lb:miss-undo-all:1.2",
        f"lb:miss-phrase:1:{ENTRY}",
        f"lb:miss-answered:1:{ENTRY}",
        "lb:miss-new:1",
    ),
    *("lb:miss-lesson:1", "lb:stats", "lb:usage"),
    *("lb:draft-words:1", "lb:draft-leave:1", f"lb:draft-close:1:{ENTRY}", f"lb:draft-append:1:{ENTRY}"),
    *("lb:proposals:0", "lb:proposal-open:0", "lb:proposal:1", "lb:proposal-draft:1", "lb:proposal-decline:1"),
    *(f"lb:proposal-add:1:answer:{ENTRY}", "lb:proposal-reopen:1"),
    *(
        "lb:misses:1",
        "lb:miss-open:0",
        "lb:miss-several:0",
        "lb:take:0123456789ab:here:0:",
        "lb:miss-phrase-all:1",
        "lb:miss-ignore-all:1",
        "lb:miss-first",
    ),
    *("lb:inbox-take:1", "lb:inbox-over:1:2", "lb:inbox-list:1", "lb:ask-back:1", "lb:digest-off:1"),
    *("lb:set-inbox", "lb:set-inbox-options"),
    *("lb:set-role", "lb:set-listens", "lb:set-notices", "lb:set-feedback:off", "lb:set-language"),
    *("lb:set-lessons:open", "lb:set-lessons-of", "lb:set-lessons-in:1:0", "lb:set-lessons-page:1:0"),
    "lb:set-lessons-clean",
    "lb:set-all",
]
BOXES = [
    "lb:draft:1:text",
    "lb:miss-find:1",
    "lb:proposal-declined:1",
    "lb:asked-back:1",
    "lb:inbox-form:all",
]
# What each option of a command takes; what it is makes no difference to whoever is refused.
FILLED: dict[str, Any] = {"alt": "x", "picture": ("x.png", b"x"), "file": ("x.yaml", b"x")}


def subcommands(world: World) -> list[app_commands.Command[Any, ..., Any]]:
    group = world.bot.tree.get_command("lessons")
    return list(group.walk_commands())


async def a_draft_and_a_miss(world: World) -> None:
    """A draft and a miss. Both have the id 1, so that forged ids find them."""
    await world.mia.slash(world.channel, "ask", question="how do i bake bread")
    await world.max.slash(world.channel, "lessons edit", what=ENTRY)
    assert await world.bot.app.curating.drafts.find(1)


async def state(world: World) -> str:
    """Everything that a moderator can change."""
    store, library = world.bot.app.store, world.bot.app.library
    library.reload()
    files = [each.text for each in library.lessons.documents]
    kept = (await store.questions.find(1), await store.drafts.find(1), await store.revisions.published())
    return repr((files, kept, {each: store.servers.of(each) for each in store.servers._known}))


def test_every_door_is_tried():
    """The lists in this file and the code have the same buttons, menus and forms for moderators."""
    every = {each for room in ROOMS for each in room.COMPONENTS}
    assert {part_of(custom_id) for custom_id in DOORS} == every
    forms = {form for room in ROOMS for form in getattr(room, "FORMS", ())}
    assert {form for form in forms if any(form.match(f"{box}:1") for box in BOXES)} == forms


@pytest.mark.parametrize("is_member", [False, True], ids=["commands alone", "bot"])
async def test_a_stranger_has_no_way_in(world: World, is_member: bool):
    """A moderator of another server can use no command, button, menu, form or autocomplete of moderators."""
    await a_draft_and_a_miss(world)
    stranger = Stranger(world) if is_member else Stranger.with_commands_alone(world)
    before = await state(world)
    refusal = ELSEWHERE if is_member else NOT_HERE
    sam, there = stranger.sam, stranger.channel
    for command in subcommands(world):
        if is_member and command.name == "settings":
            continue  # these change only their own server
        needed = {each.name: FILLED.get(each.name, ENTRY) for each in command.parameters if each.required}
        said = text(await sam.slash(there, f"lessons {command.name}", **needed))
        assert refusal in said, command.name
        for typed_into in command.parameters:
            if typed_into.autocomplete:
                offered = await sam.autocomplete(there, f"lessons {command.name}", typed_into.name, "v")
                assert offered == [], f"{command.name} {typed_into.name}"
    for custom_id in DOORS:
        if not (is_member and custom_id.startswith("lb:set-")):
            assert refusal in await stranger.presses(custom_id), custom_id
    for box in BOXES:
        typed = {"question": "Sam was here?", "wanted": "venv"}
        assert refusal in text(await forged.submit(world, sam, box, typed, there)), box
    assert await state(world) == before


async def test_moderators_at_home_are_let_in_as_before(world: World):
    """Max, a moderator of the home server, can use them all."""
    Stranger(world)
    Stranger.with_commands_alone(world)
    assert "No open questions" in text(await world.max.slash(world.channel, "lessons misses"))
    assert await world.max.autocomplete(world.channel, "lessons edit", "what", "venv")


async def test_members_see_nothing_as_they_type_a_moderators_command(world: World):
    """Autocomplete of moderators' commands shows members nothing, even if a server allows everybody `/lessons`."""
    root = world.env.backend.find_command("lessons", None)
    assert root
    root["default_member_permissions"] = None
    assert await world.mia.autocomplete(world.channel, "lessons add", "lesson", "v") == []
    assert await world.max.autocomplete(world.channel, "lessons add", "lesson", "v")


async def test_members_of_a_server_with_commands_alone_are_answered(world: World):
    """Members of a server that has only the commands get answers, too."""
    stranger = Stranger.with_commands_alone(world)
    shown = await stranger.sam.slash(stranger.channel, "ask", question="what is a venv")
    assert "isolated Python environment" in text(shown)


async def test_who_joins_later_takes_nothing_and_inherits_nothing(world: World, new_bot: Any, caplog: Any):
    """The home stays the same while other servers join, after restarts, and after it removed the bot."""
    stranger = Stranger(world)
    assert "No open questions" in text(await world.max.slash(world.channel, "lessons misses"))
    await world.env.restart_bot(new_bot())
    assert "No open questions" in text(await world.max.slash(world.channel, "lessons misses"))
    assert ELSEWHERE in text(await stranger.sam.slash(stranger.channel, "lessons misses"))

    caplog.clear()
    world.env.backend.remove_guild(world.server.id)
    await world.env.settle()
    assert ELSEWHERE in text(await stranger.sam.slash(stranger.channel, "lessons misses"))
    assert f"until LESSONS_SERVERS names the server for that; the bot is in {stranger.server.id}" in caplog.text
    await world.env.restart_bot(new_bot())
    assert ELSEWHERE in text(await stranger.sam.slash(stranger.channel, "lessons misses"))
    asked = await stranger.sam.slash(stranger.channel, "ask", question="how do i bake bread")
    assert "Ask the moderators" not in buttons(asked), "nobody could answer"


async def test_a_home_that_is_left_with_the_commands_alone_is_none(world: World):
    """Whoever threw the bot out and kept its commands does not go on editing the lessons of other servers."""
    assert "No open questions" in text(await world.max.slash(world.channel, "lessons misses"))
    world.bot._connection.parse_guild_delete({"id": str(world.server.id)})
    assert NOT_HERE in text(await world.max.slash(world.channel, "lessons misses"))
    assert await world.max.autocomplete(world.channel, "lessons edit", "what", "venv") == []
    assert not world.bot.is_home(world.server.id)


async def test_an_outage_of_discords_gives_home_to_nobody(world: World):
    """During an outage, no other server becomes the home."""
    stranger = Stranger(world)
    world.bot._connection.parse_guild_delete({"id": str(world.server.id), "unavailable": True})
    assert ELSEWHERE in text(await stranger.sam.slash(stranger.channel, "lessons misses"))
    assert world.bot.is_home(world.server.id)


async def test_of_several_servers_none_is_home_until_somebody_says_which(
    world: World, new_bot: Any, memory: Store, caplog: Any
):
    """If the bot is in several servers, none becomes the home until the operator sets it."""
    stranger = Stranger(world)
    await world.env.settle()
    await memory.servers.set_homes(())
    caplog.clear()
    await world.env.restart_bot(new_bot())
    assert ELSEWHERE in text(await world.max.slash(world.channel, "lessons misses"))
    assert ELSEWHERE in text(await stranger.sam.slash(stranger.channel, "lessons misses"))
    assert "nobody can edit the lessons in Discord until LESSONS_SERVERS names the server" in caplog.text
    assert str(world.server.id) in caplog.text
    assert str(stranger.server.id) in caplog.text
    world.env.backend.remove_guild(stranger.server.id)
    await world.env.settle()
    assert ELSEWHERE in text(await world.max.slash(world.channel, "lessons misses")), "nobody inherits"


async def test_the_setting_moves_home_and_is_remembered(
    world: World, lessons: Path, memory: Store, tmp_path: Path
):
    """`LESSONS_SERVERS` overrides the stored home. After it is removed, its servers stay the home."""
    stranger = Stranger(world, "The new home")

    async def restart(*homes: int) -> None:
        library = Library.open(lessons)
        bot = bot_of(library, memory, tmp_path / "data", homes=homes)
        await world.env.restart_bot(bot)
        await world.env.settle()

    for homes in ([stranger.server.id], []):
        await restart(*homes)
        assert "No open questions" in text(await stranger.sam.slash(stranger.channel, "lessons misses"))
        assert ELSEWHERE in text(await world.max.slash(world.channel, "lessons misses"))


async def test_a_mistake_in_the_lessons_is_told_at_home_alone(world: World, lessons: Path):
    """Notices about errors in lessons go only to the home server, as they show file names and lines."""
    stranger = Stranger(world)
    settings = await stranger.sam.slash(stranger.channel, "lessons settings")
    assert "Lesson errors are reported to" not in text(settings)
    assert "Lesson errors are reported to" in text(await world.max.slash(world.channel, "lessons settings"))
    await world.bot.app.servers.set(stranger.server.id, Choices(notices_in=stranger.channel.id))
    await world.bot.app.servers.set(world.server.id, Choices(notices_in=world.channel.id))
    await break_a_lesson(world, lessons)
    assert told(stranger.channel) == []
    assert len(told(world.channel)) == 1


async def test_commands_say_where_they_are_installed_and_used(world: World):
    """Members cannot use the bot in servers that did not add it; direct messages work."""
    (guild, user), (in_server, directly, between_others) = (0, 1), (0, 1, 2)
    known = {each["name"]: each for each in world.env.backend.commands[None].values()}
    for each in known.values():
        assert each["integration_types"] == [guild], f"{each['name']}: not {user}"
        assert between_others not in each["contexts"]
    assert known["lessons"]["contexts"] == [in_server]
    for name in ("ask", "browse", "walkthrough", "Answer this"):
        assert sorted(known[name]["contexts"]) == [in_server, directly]
    assert "isolated Python environment" in text(await world.mia.user.slash("ask", question="what is a venv"))


async def test_a_public_application_without_a_home_is_warned_of(world: World, new_bot: Any, caplog: Any):
    """The log warns that anybody's server could become the home, until there is a home."""
    assert world.bot.application.bot_public
    assert "turn Public Bot off" in "".join(record.getMessage() for record in caplog.get_records("setup"))
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        await world.env.restart_bot(new_bot())
    assert "Public Bot" not in caplog.text
