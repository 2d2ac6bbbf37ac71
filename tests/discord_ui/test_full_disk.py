"""On a full disk, users read what is wrong, nothing is half done, and later the bot works again."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.counting import counts
from bot.discord_ui.kit import rounds
from bot.store import write_behind
from tests.support.asking import BREAD, WANT, direct, moderate, pass_on, slash
from tests.support.broken_lessons import break_a_lesson, read
from tests.support.editing import NEW, draft, lesson, press
from tests.support.pseudo import outside
from tests.support.world import World, buttons, components, message, said, text, told, with_button

SOON = 3600.0  # SimCord waits for what comes within a minute
MOST = 2**32 - 2  # pages, SQLite's default


@pytest.fixture(autouse=True)
def not_too_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "SOON", SOON)
    monkeypatch.setattr(write_behind, "AGAIN", SOON)


async def allow(world: World, pages: int) -> None:
    """Limit the database to this size, or to its current size if that is larger."""
    async with world.bot.app.store._database.writing.connect() as connection:
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


async def refuse_changes(world: World, refuses: bool) -> None:
    """Let the database answer, and take no changes."""
    async with world.bot.app.store._database.writing.engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver, "the connection is open"
        await driver.execute_fetchall(f"PRAGMA query_only = {int(refuses)}")


async def fails_after_writing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the database take no changes from the moment at which the lesson files are written."""
    library, loop = world.bot.app.library, asyncio.get_running_loop()
    publish_all = library.publish_all

    def then_it_fails(files: Any) -> None:
        publish_all(files)
        asyncio.run_coroutine_threadsafe(refuse_changes(world, True), loop).result()

    monkeypatch.setattr(library, "publish_all", then_it_fails)


async def test_nothing_is_published_on_a_full_disk(world: World, lessons: Path, caplog: pytest.LogCaptureFixture):
    """The moderator reads the reason; the lesson, the history and the draft are unchanged."""
    before = lesson(lessons)
    proposed = await draft(world)
    await allow(world, 1)
    errors = counts.database_errors
    refused = said(await press(world, proposed, "Publish"))
    assert "I couldn't save that: the database disk is full" in refused
    assert counts.database_errors > errors, "for METRICS"
    assert lesson(lessons) == before
    assert await world.bot.app.curating.history() == []
    assert "isolated Python environment" in text(await world.ask("what is a virtual environment?"))
    failed = [each for each in caplog.records if each.name.endswith("delivery")]
    assert [each.getMessage() for each in failed] == ["a reply failed: the database disk is full"]
    assert not failed[0].exc_info
    caplog.clear()
    await allow(world, MOST)
    await press(world, proposed, "Publish")
    assert NEW in lesson(lessons)
    assert len(await world.bot.app.curating.history()) == 1


async def test_what_was_published_before_the_database_failed_is_not_called_unsaved(
    world: World, lessons: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """It fails between the file and the history: the moderator reads just that, and the history gets it later."""
    proposed = await draft(world)
    await fails_after_writing(world, monkeypatch)
    told = said(await press(world, proposed, "Publish"))
    assert "This is published: the lessons are changed. But the database cannot be written to" in told
    assert "couldn't save" not in told
    assert NEW in text(await world.ask("what is a virtual environment?"))
    await refuse_changes(world, False)
    caplog.clear()
    late = await press(world, proposed, "Publish")
    assert "Published" in text(with_button(proposed, "Undo")), said(late)
    assert len(await world.bot.app.curating.history()) == 1


async def test_why_is_said_in_the_language_of_who_pressed(abroad: World, caplog: pytest.LogCaptureFixture):
    """The message and its reason are in the user's language. The log is in English."""
    proposed = await draft(abroad)
    await allow(abroad, 1)
    refused = await press(abroad, proposed, "⟦Publish⟧")
    assert "⟦the database disk is full⟧" in text(refused.followups[-1])
    assert outside(text(refused.followups[-1])) == ""
    assert caplog.records[-1].getMessage() == "a reply failed: the database disk is full"
    caplog.clear()


async def test_members_who_wait_are_notified_once_a_late_publish_is_recorded(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """Half a minute after the database works again, with nobody's help; and the history has it."""
    asked = await slash(world, BREAD)
    await pass_on(world, asked)
    await world.mia.click(message(asked), label=WANT)
    miss = await moderate(world)
    menu = next(part for part in components(miss) if "options" in part)
    await world.max.select(message(miss), [menu["options"][0]["value"]], custom_id=menu["custom_id"])
    guess = next(label for label in buttons(miss) if label.startswith("Add as phrasing of: "))
    preview = await press(world, miss, guess)
    await fails_after_writing(world, monkeypatch)
    assert "This is published" in said(await press(world, preview, "Publish"))
    await world.env.advance_time(SOON)
    await refuse_changes(world, False)
    assert direct(world) == []
    assert await world.bot.app.curating.history() == []
    await world.env.advance_time(SOON)
    for _late in range(2):
        (told,) = direct(world)
        assert "Your question now has an answer." in text(told)
        assert len(await world.bot.app.curating.history()) == 1
        await world.env.advance_time(SOON)
    caplog.clear()


async def test_what_the_database_did_not_take_is_saved_once_it_does(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """A question, and an edit by hand: nobody is asked to do it again."""
    app, file = world.bot.app, world.bot.app.library.folder / "virtual-environments.yaml"
    await slash(world, "django")
    await refuse_changes(world, True)
    await slash(world, BREAD)
    edited = file.read_text(encoding="utf-8").replace("isolated Python", "separate Python")
    file.write_text(edited, encoding="utf-8")
    app.library.reload()
    with world.env._bot_scope():  # so that its timers are simulated
        await world.bot.lessons_read()
    assert "edits made outside Discord, if there are any, were not recorded yet" in caplog.text
    await refuse_changes(world, False)
    await world.env.advance_time(SOON)
    assert [each.kind for each in await app.curating.history()] == ["outside"]
    assert await app.store.questions.recent_texts() == [BREAD, "django"]
    caplog.clear()


async def test_an_error_report_that_cannot_be_remembered_is_sent_once_until_a_restart(
    world: World, lessons: Path, caplog: pytest.LogCaptureFixture
):
    """The error is reported all the same, and not with each file that is saved."""
    await refuse_changes(world, True)
    await break_a_lesson(world, lessons)
    await read(world)
    assert len(told(world.server.owner.dm_channel)) == 1
    assert "could not save which errors were reported" in caplog.text
    await refuse_changes(world, False)
