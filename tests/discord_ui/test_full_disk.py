"""On a full disk, users read what is wrong, nothing is half done, and later the bot works again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.editing import NEW, draft, lesson, press
from tests.support.pseudo import outside
from tests.support.world import World, said, text

MOST = 2**32 - 2  # pages, SQLite's default


async def allow(world: World, pages: int) -> None:
    """Limit the database to this size, or to its current size if that is larger."""
    async with world.bot.app.store._database.writing.connect() as connection:
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


async def test_nothing_is_published_on_a_full_disk(world: World, lessons: Path, caplog: pytest.LogCaptureFixture):
    """The moderator reads the reason; the lesson, the history and the draft are unchanged."""
    before = lesson(lessons)
    proposed = await draft(world)
    await allow(world, 1)
    refused = said(await press(world, proposed, "Publish"))
    assert "I couldn't save that: the database disk is full" in refused
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


async def test_why_is_said_in_the_language_of_who_pressed(abroad: World, caplog: pytest.LogCaptureFixture):
    """The message and its reason are in the user's language. The log is in English."""
    proposed = await draft(abroad)
    await allow(abroad, 1)
    refused = await press(abroad, proposed, "⟦Publish⟧")
    assert "⟦the database disk is full⟧" in text(refused.followups[-1])
    assert outside(text(refused.followups[-1])) == ""
    assert caplog.records[-1].getMessage() == "a reply failed: the database disk is full"
    caplog.clear()
