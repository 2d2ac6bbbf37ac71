"""SQLite while another program uses the same file."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.errors import StoreFailingError
from bot.store.connections import Connections
from bot.store.database import CLOSING
from bot.store.database_url import database_at
from bot.store.store import Store
from tests.support.moments import MIA, NOW
from tests.support.stored import HERE


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "memory.sqlite3"


@pytest.fixture
async def store(file: Path) -> AsyncIterator[Store]:
    opened = await Store.open(f"sqlite:///{file}")
    await opened.reminders.remember(MIA, "two-versions", {1: NOW})
    yield opened
    await opened.close()


@pytest.fixture
def other(store: Store, file: Path) -> Iterator[sqlite3.Connection]:
    """Another program, in the middle of writing."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE reminders SET days = 2")
        yield connection


async def test_whoever_reads_does_not_wait_for_whoever_writes(store, other):
    """Another writer delays no answer, and readers see only complete changes."""
    (reminder,) = await store.reminders.due(NOW)
    assert reminder.days == 1


async def test_whoever_writes_waits_for_whoever_writes(store, other):
    """Two writers at once do not fail, and no change is lost."""
    waiting = asyncio.create_task(store.reminders.set_tried(1, "[1]"))
    done, _ = await asyncio.wait([waiting], timeout=0.3)
    assert not done
    other.execute("COMMIT")
    await waiting
    reminder = await store.reminders.find(1)
    assert (reminder.days, reminder.tried) == (2, "[1]")


async def test_whoever_writes_does_not_wait_for_whoever_reads(store, file):
    """A slow backup delays no write."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM reminders").fetchall()
        await asyncio.wait_for(store.reminders.set_tried(1, "[1]"), timeout=60)


async def test_closing_waits_for_whoever_writes(store, file, caplog):
    """What members asked in the last moment is not lost, even if the other program takes a while."""
    await store.questions.log(HERE, "what is a venv", NOW, "answer")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        asyncio.get_running_loop().call_later(CLOSING + 0.5, other.execute, "COMMIT")
        await store.close()
        assert other.execute("SELECT count(*) FROM questions").fetchone() == (1,)
    assert "lost" not in caplog.text


async def test_opening_waits_for_whoever_makes_the_file(file):
    """Two processes that start without a file both succeed."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("CREATE TABLE notes (text)")
        other.execute("BEGIN IMMEDIATE")
        opening = asyncio.create_task(Store.open(f"sqlite:///{file}"))
        done, _ = await asyncio.wait([opening], timeout=0.3)
        assert not done
        other.execute("COMMIT")
        await (await opening).close()


async def test_hundreds_of_readers_and_writers_get_their_turn(store):
    """No request fails because all connections are in use."""
    readers = (store.reminders.find(1) for _ in range(300))
    writers = (store.walks.tally("a") if n % 2 else store.reminders.set_tried(1, f"[{n}]") for n in range(300))
    await asyncio.gather(*readers, *writers)
    assert (await store.reminders.find(1)).tried == "[298]"


async def test_a_server_that_ends_a_connection_while_it_opens_is_away():
    """As PostgreSQL does while it stops; the next try may find it again, so this is no bug."""

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(8)
        writer.transport.abort()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        now = create_async_engine(f"postgresql+asyncpg://me:secret@127.0.0.1:{port}/lessons?ssl=disable")
        to_server = Connections(now, before=lambda: asyncio.sleep(0))
        for opening in (to_server.connect, to_server.begin):
            with pytest.raises(StoreFailingError, match="does not answer"):
                async with opening():
                    pass
        await now.dispose()


@pytest.mark.parametrize("is_asked", [False, True], ids=["idle", "asked"])
async def test_a_server_that_hangs_does_not_keep_the_bot_from_ending(is_asked, server, caplog):
    """Ctrl+C ends the bot within seconds, whatever the server does; the log says what is lost."""
    opened = await Store.open(server.new_database())
    process = await opened._database.scalar(select(func.pg_backend_pid()))
    assert process
    if is_asked:
        await opened.questions.log(HERE, "what is a venv", NOW, "answer")
    os.kill(process, signal.SIGSTOP)
    try:
        async with asyncio.timeout(20):
            await opened.close()
    finally:
        os.kill(process, signal.SIGCONT)
    assert ("1 questions are lost" in caplog.text) is is_asked


@pytest.mark.parametrize("steps", range(0, 30, 2))
@pytest.mark.parametrize("use", ["reading", "writing"])
def test_closing_leaves_no_connection_of_whoever_was_cancelled(use, steps, file):
    """A bot that stops at any moment leaves no open connection, and no thread that waits for one."""
    before = set(threading.enumerate())

    async def read(connections: Connections) -> None:
        async with connections.begin() as connection:
            await connection.execute(text("SELECT 1"))

    async def stop_while_it_reads() -> None:
        database = database_at(f"sqlite:///{file}")
        task = asyncio.create_task(read(getattr(database, use)))
        for _ in range(steps):
            await asyncio.sleep(0.0002)
        task.cancel()
        await asyncio.sleep(0)
        await database.close()

    asyncio.run(stop_while_it_reads())
    for thread in set(threading.enumerate()) - before:
        thread.join(1)
        assert not thread.is_alive(), "it is left behind"


async def test_a_connection_is_given_back_where_all_tasks_are_cancelled(file: Path):
    """As at the end of a program: a task that never begins closes nothing."""
    database = database_at(f"sqlite:///{file}")
    pool: Any = database.reading.engine.pool
    is_used = asyncio.Event()

    async def read() -> None:
        async with database.reading.connect() as connection:
            await connection.execute(text("SELECT 1"))
            is_used.set()

    others = asyncio.all_tasks()
    reading = asyncio.create_task(read())
    await is_used.wait()
    for task in asyncio.all_tasks() - others:
        task.cancel()
    await asyncio.wait({reading})
    assert pool.checkedout() == 0
    await database.close()
