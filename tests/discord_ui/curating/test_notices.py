"""A broken lesson file is reported to people who can fix it, once, in their language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import discord
import pytest

from bot.errors import EditError
from bot.language.words import in_locale
from bot.lessons.library import Library
from bot.store.servers import Choices
from bot.store.store import Store
from tests.support.bots import bot_of
from tests.support.broken_lessons import BROKEN, break_a_lesson, read
from tests.support.pseudo import outside
from tests.support.world import World, text, told


async def mend_it(world: World, lessons: Path, whole: str) -> None:
    (lessons / "virtual-environments.yaml").write_text(whole, encoding="utf-8")
    await read(world)


@pytest.fixture
def whole(lessons: Path) -> str:
    return (lessons / "virtual-environments.yaml").read_text(encoding="utf-8")


def guild(world: World) -> discord.Guild:
    found: discord.Guild = world.bot.get_guild(world.server.id)
    return found


async def have_a_moderators_channel(world: World) -> Any:
    """As every community server has one: Discord itself asks for it."""
    channel = world.server.create_text_channel("moderators-only")
    its = guild(world).get_channel(channel.id)
    assert isinstance(its, discord.TextChannel)
    await guild(world).edit(public_updates_channel=its)
    return channel


def owner(world: World) -> Any:
    """The direct messages of whoever owns the server."""
    return world.server.owner.dm_channel


async def test_where_no_channel_is_chosen_discords_own_for_moderators_is(world: World, lessons: Path, whole: str):
    """The error and its fix are each reported once, with a hint how to choose a channel."""
    channel = await have_a_moderators_channel(world)
    await break_a_lesson(world, lessons)
    await read(world)
    await world.bot.on_ready()  # as after every lost connection
    (said,) = told(channel)
    assert "virtual-environments.yaml:1" in said
    assert "</lessons settings:" in said
    await mend_it(world, lessons, whole)
    await read(world)
    assert len(told(channel)) == 2
    assert "All errors in the lesson files are fixed" in told(channel)[1]
    assert not told(owner(world))
    assert not told(world.channel)


async def test_who_has_no_such_channel_is_told_as_the_owner(world: World, lessons: Path):
    """In a small server, the owner gets the report."""
    await break_a_lesson(world, lessons)
    (said,) = told(owner(world))
    assert "virtual-environments.yaml:1" in said
    assert "</lessons settings:" in said
    assert "in Python learners" in said


async def test_a_channel_that_the_bot_may_not_write_to_is_passed_over(world: World, lessons: Path, caplog):
    """If the bot cannot write there, or a chosen channel was deleted, the report goes to the next place."""
    channel = await have_a_moderators_channel(world)
    world.env.inject_error("POST", f"/channels/{channel.id}/messages", status=403, code=50001)
    await world.bot.app.servers.set(world.server.id, Choices(notices_in=1))
    await break_a_lesson(world, lessons)
    assert len(told(owner(world))) == 1
    assert caplog.text.count("could not notify the moderators") == 2


async def test_an_owner_with_closed_doors_is_a_line_in_the_log(world: World, lessons: Path, caplog):
    """If an owner's direct messages are closed, the other servers still get the report."""
    other = world.env.create_guild("Another")
    world.bot.homes = frozenset({world.server.id, other.id})
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)
    await break_a_lesson(world, lessons)
    assert not told(owner(world))
    assert len(told(other.owner.dm_channel)) == 1
    assert "could not notify the moderators" in caplog.text


async def test_the_owner_of_several_servers_reads_it_once(world: World, lessons: Path):
    """However many home servers they own."""
    other = world.env.create_guild("More learners", owner=world.server.owner)
    world.bot.homes = frozenset({world.server.id, other.id})
    await break_a_lesson(world, lessons)
    assert len(told(owner(world))) == 1


async def test_a_chosen_channel_is_the_only_one(world: World, lessons: Path):
    """Then the report goes only there, without a hint how to choose a channel."""
    channel = await have_a_moderators_channel(world)
    await world.bot.app.servers.set(world.server.id, Choices(notices_in=world.channel.id))
    await break_a_lesson(world, lessons)
    (said,) = told(world.channel)
    assert "/lessons settings" not in said
    assert not told(channel)
    assert not told(owner(world))


async def test_only_where_the_lessons_are_changed_anybody_is_told_unasked(world: World, lessons: Path):
    """Servers that are not home get no reports, as nobody there can fix the files."""
    home = world.env.create_guild("Home")
    world.bot.homes = frozenset({home.id})
    channel = await have_a_moderators_channel(world)
    await break_a_lesson(world, lessons)
    assert not told(channel)
    assert not told(owner(world))
    assert len(told(home.owner.dm_channel)) == 1


async def test_each_server_is_told_in_its_language(world: World, lessons: Path, pseudo: str, whole: str):
    """The report is translated; the description of the problem is the same for all."""
    abroad = world.env.create_guild("Abroad")
    world.bot.homes = frozenset({world.server.id, abroad.id})
    await world.bot.app.servers.set(abroad.id, Choices(language=pseudo))
    with in_locale(pseudo):
        await break_a_lesson(world, lessons)
        await mend_it(world, lessons, whole)
    wrong, well = told(owner(world))
    assert "⟦" not in wrong + well
    wrong, well = told(abroad.owner.dm_channel)
    assert "⟦Errors in the lesson files⟧" in wrong
    assert r"a text cannot start with '\['; put it in quotes" in outside(wrong), (
        "what is wrong with a file is said once, for all"
    )
    assert "⟦All errors in the lesson files are fixed" in well


async def test_what_broke_while_the_bot_was_off_is_told_when_it_is_back(
    world: World, lessons: Path, memory: Store
):
    """The report comes after the start, and members get the last good answers."""
    (lessons / "virtual-environments.yaml").write_text(BROKEN, encoding="utf-8")
    library = Library.open(lessons, await memory.revisions.newest())
    bot = bot_of(library, memory, lessons.parent / "data")
    await world.env.restart_bot(bot)
    assert len(told(owner(world))) == 1
    assert "isolated Python environment" in text(await world.ask("what is a venv"))
    await read(world)
    assert len(told(owner(world))) == 1


async def test_a_restart_tells_nobody_again(world: World, lessons: Path, memory: Store, whole: str):
    """A file that stays broken is reported once, even over restarts; its fix is reported, too."""

    async def restart() -> None:
        library = Library.open(lessons, await memory.revisions.newest())
        await world.env.restart_bot(bot_of(library, memory, lessons.parent / "data"))

    await read(world)  # so that there is a last good version
    await break_a_lesson(world, lessons)
    for _ in range(2):
        await restart()
        await read(world)
    assert len(told(owner(world))) == 1
    (lessons / "virtual-environments.yaml").write_text(whole, encoding="utf-8")
    await restart()
    assert len(told(owner(world))) == 2
    assert "All errors in the lesson files are fixed" in told(owner(world))[1]
    await restart()
    assert len(told(owner(world))) == 2


async def test_a_process_that_takes_over_tells_nobody_again(
    world: World, lessons: Path, memory: Store, whole: str, tmp_path: Path
):
    """Each process has a folder of its own; what was reported is in the database that they share."""
    await read(world)
    await break_a_lesson(world, lessons)
    library = Library.open(lessons, await memory.revisions.newest())
    await world.env.restart_bot(bot_of(library, memory, tmp_path / "another"))
    await read(world)
    assert len(told(owner(world))) == 1
    await mend_it(world, lessons, whole)
    library = Library.open(lessons, await memory.revisions.newest())
    await world.env.restart_bot(bot_of(library, memory, lessons.parent / "data"))
    assert len(told(owner(world))) == 2
    assert "All errors in the lesson files are fixed" in told(owner(world))[1]


@pytest.mark.parametrize(
    ("wrong", "what"),
    [("    qestion: What?", "did you mean"), ("    question: What?", "is already used at")],
)
async def test_an_error_whose_line_moves_is_no_new_error(
    world: World, lessons: Path, whole: str, wrong: str, what: str
):
    """Whoever writes above it and saves often gets one report; a second error like it is reported, too."""
    entry = f"\n  - id: why-virtual-environments\n{wrong}\n    answer: This.\n"
    assert "\nscenarios:" in whole
    for n in range(3):
        more = entry if n < 2 else entry * 2
        broken = "# a comment\n" * n + whole.replace("\nscenarios:", f"{more}\nscenarios:")
        await mend_it(world, lessons, broken)
        await mend_it(world, lessons, f"# another comment\n{broken}")
    first, second = told(owner(world))
    assert what in first
    assert what in second


async def test_an_error_that_moves_down_the_list_is_no_new_error(world: World, lessons: Path, whole: str):
    """Another entry above it changes its place; a longer text changes how far it is over the limit."""
    for above in range(3):
        for length in (201, 202):
            more = "".join(
                f"  - {{id: extra-{n}, question: What is extra {n}?, answer: This.}}\n" for n in range(above)
            )
            wrong = f"  - {{id: long, question: {'x' * length}, answer: This.}}\n  - {{id: odd, answer: This.}}\n"
            await mend_it(world, lessons, whole.replace("\nscenarios:", f"\n{more}{wrong}\nscenarios:"))
    (first,) = told(owner(world))
    for what in ("has 201 characters", "question"):
        assert what in first
    await mend_it(world, lessons, whole.replace("\nscenarios:", f"\n{wrong}{wrong}\nscenarios:"))
    assert len(told(owner(world))) == 2, "two more errors like these"


async def test_an_error_about_another_id_is_a_new_error(world: World, lessons: Path, whole: str):
    """The number of an id says which entry is missing."""
    for missing in ("faq-1", "faq-2"):
        wrong = f"  - {{id: odd, question: What is odd?, answer: This., related: [{missing}]}}\n"
        await mend_it(world, lessons, whole.replace("\nscenarios:", f"\n{wrong}\nscenarios:"))
    first, second = told(owner(world))
    assert "faq-1" in first
    assert "faq-2" in second


async def test_what_reached_nobody_is_told_at_the_next_reading(world: World, lessons: Path, whole: str):
    """If sending fails, the error or its fix is reported the next time."""
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)
    await break_a_lesson(world, lessons)
    assert not told(owner(world))
    await read(world)
    assert len(told(owner(world))) == 1
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)
    await mend_it(world, lessons, whole)
    assert len(told(owner(world))) == 1
    await world.bot.on_ready()
    assert "All errors in the lesson files are fixed" in told(owner(world))[1]


async def test_a_file_that_broke_while_the_bot_was_off_is_mended_before_it_is_edited(
    world: World, lessons: Path, memory: Store
):
    """An edit in Discord never overwrites text that somebody wrote by hand."""
    file = lessons / "virtual-environments.yaml"
    file.write_text(BROKEN, encoding="utf-8")
    library = Library.open(lessons, await memory.revisions.newest())
    await world.env.restart_bot(bot_of(library, memory, lessons.parent / "data"))
    curator = world.bot.app.curating
    draft = await curator.drafts.begin("edit", 1, world.server.id, item_id="why-virtual-environments")
    await curator.drafts.save(draft.id, {"question": "Why oh why?"})
    with pytest.raises(
        EditError, match=r"ask the bot owner: virtual-environments.yaml:1: a text cannot start with '\['"
    ):
        await curator.publish(draft.id, author=1, author_name="Max")
    assert file.read_text(encoding="utf-8") == BROKEN
    assert await curator.history() == []
