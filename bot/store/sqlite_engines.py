"""Opens a database of SQLite: an engine that reads, and one that writes."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import aiosqlite
from sqlalchemy import URL, Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot import private
from bot.errors import StoreError
from bot.store.database_errors import HIDE_VALUES, in_words

LOCKED = 30_000  # milliseconds that SQLite waits while another process writes


def sqlite_engines(path: str) -> tuple[AsyncEngine, AsyncEngine]:
    """An engine for reading and one for writing; in memory, both are the same. Raises `StoreError`."""
    url = URL.create("sqlite+aiosqlite", database=path)
    # One connection writes, and tasks wait for it in a queue. With more, hundreds of presses at once would poll
    # for SQLite's lock in no order. Other processes still wait by polling.
    writing = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=3600,
        hide_parameters=HIDE_VALUES,
        connect_args={"async_creator_fn": _opened},
    )
    event.listen(writing.sync_engine, "handle_error", in_words)
    event.listen(writing.sync_engine, "connect", _prepare)
    event.listen(writing.sync_engine, "begin", _begins_with("BEGIN IMMEDIATE"))
    if path == ":memory:":  # only one connection can see it
        return writing, writing
    _make_file(path)
    reading = create_async_engine(url, hide_parameters=HIDE_VALUES, connect_args={"async_creator_fn": _opened})
    event.listen(reading.sync_engine, "handle_error", in_words)
    event.listen(reading.sync_engine, "connect", _prepare)
    event.listen(reading.sync_engine, "begin", _begins_with("BEGIN"))
    return reading, writing


# `Any`: what SQLAlchemy passes on to aiosqlite.
async def _opened(*args: Any, **options: Any) -> aiosqlite.Connection:
    """A connection to SQLite. Whoever is cancelled meanwhile waits for it first: it takes a few milliseconds.

    aiosqlite would otherwise leave its thread behind, which may outlive the event loop.
    """
    connection = aiosqlite.connect(*args, **options)
    connection._thread.daemon = (
        True  # as SQLAlchemy does: a thread that hangs does not keep the program from ending
    )

    async def connect() -> aiosqlite.Connection:
        return await connection

    opening = asyncio.create_task(connect())
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        with suppress(sqlite3.Error):
            await (await opening).close()
        raise


def _make_file(path: str) -> None:
    folder = Path(path).parent
    try:
        folder.mkdir(private.FOLDER, parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):  # SQLite creates files beside the database
            pass
        # They get the file mode of the database.
        Path(path).touch(private.FILE)
        for each in map(Path, (path, f"{path}-wal", f"{path}-shm")):
            if each.is_file():
                private.close_to_others(each)
        # aiosqlite does not wait for its thread when it cannot open a file, and the thread may complain later.
        sqlite3.connect(path).close()
    except OSError as error:
        raise StoreError(f"the database's folder {folder} cannot be written: {error.strerror}") from error
    except sqlite3.Error as error:
        raise StoreError(f"the database {path}: {_why_closed(path) or error}") from error


def _why_closed(path: str) -> str:
    """Why a file cannot be opened, which SQLite does not say: "Permission denied"; '' if it can be."""
    try:
        Path(path).open("r+b").close()
    except OSError as error:
        return error.strerror or ""
    return ""


def _prepare(connection: DBAPIConnection, _: object) -> None:
    # Without this, Python's sqlite3 begins transactions late; `_begins_with` begins them instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"busy_timeout = {LOCKED}", "journal_mode = WAL", "foreign_keys = ON", "secure_delete = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begins_with(statement: str) -> Callable[[Connection], None]:
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    return begin
