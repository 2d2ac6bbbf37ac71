"""An answer does not wait longer for the database than Discord waits for the answer."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from bot.app import App
from bot.asking import recording
from bot.dialogue.reply import Answer
from bot.errors import StoreFailingError
from bot.lessons.library import Library
from bot.store.store import Store
from bot.time_left import end_in, time_left
from tests.support.moments import MIA, NOW
from tests.support.waiting import until


@pytest.fixture
async def memory(tmp_path: Path) -> AsyncIterator[Store]:
    """A store whose SQLite works in threads of its own, as in production: one waits, the bot goes on."""
    store = await Store.open(f"sqlite:///{tmp_path / 'lessonbot.sqlite3'}")
    yield store
    await store.close()


async def test_an_answer_waits_for_its_log_only_as_long_as_there_is_time(
    lessons: Path, memory: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """While another program writes for long, members get their answers, and what they asked is logged later."""
    monkeypatch.setattr(recording, "PATIENCE", 3600.0)
    asking = App.build(Library.open(lessons), memory, clock=lambda: NOW).asking
    # What they ask next is linked to this, which takes the database.
    await asking.answer("how do i bake bread", member=MIA, server=1)
    await memory.questions.settle()
    is_answered = False
    with closing(sqlite3.connect(tmp_path / "lessonbot.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        end_in(0.01, lambda: is_answered)
        async with asyncio.timeout(20):
            answered = await asking.answer("what is a venv", member=MIA, server=1)
        assert isinstance(answered.reply, Answer)
        assert not answered.logged
        other.execute("COMMIT")
    is_answered = True

    async def is_saved() -> bool:
        return "what is a venv" in await memory.questions.recent_texts()

    await until(is_saved)


async def test_a_vote_does_not_wait_for_the_database_until_it_is_too_late(lessons: Path, memory: Store):
    """While something else writes for long, members read that their vote is not saved. Later it is."""
    asking = App.build(Library.open(lessons), memory, clock=lambda: NOW).asking
    asked = await asking.answer("what is a venv", member=MIA, server=1)
    assert isinstance(asked.reply, Answer)
    assert asked.logged
    vote = partial(asking.vote, asked.logged.id, MIA, asked.reply.id, helped=True)
    is_answered = False
    end_in(0.05, lambda: is_answered)
    async with memory._database.writing.engine.begin():
        with pytest.raises(StoreFailingError, match="the database does not answer"):
            async with asyncio.timeout(20):
                await vote()
    is_answered = True  # Discord was told in time: all else may take as long as it takes
    assert await vote()


async def test_what_is_begun_in_time_may_end_later():
    """Tasks that a press begins are not stopped by its end: nobody waits for them."""
    end_in(0, lambda: False)
    assert time_left(1.0) == 0
    assert await asyncio.create_task(_time_left_elsewhere()) == 1.0


async def _time_left_elsewhere() -> float:
    return time_left(1.0)
