"""Copies a whole database: to a new SQLite file while a bot uses it, and from such a file into any database."""

from __future__ import annotations

import asyncio
import errno
import os
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

from sqlalchemy import Table, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.store.database_errors import reason
from bot.store.database_url import database_at, sqlite_path
from bot.store.migrating import migrate, newest_revision, revision
from bot.store.sqlite_engines import LOCKED
from bot.store.tables import metadata

_ROWS = 500  # copied at a time


async def revision_at(url: str) -> str | None:
    """The revision of the database at this URL; None if there is none yet. Creates and changes nothing.

    Raises `StoreError` if it cannot be read, or if a newer version made it.
    """
    if _is_missing(url):
        return None
    async with _transaction(url) as connection:
        return await connection.run_sync(revision)


def _is_missing(url: str) -> bool:
    path = sqlite_path(url)
    try:
        return path is not None and not (path and Path(path).exists())
    except OSError as error:  # its folder may not be opened
        raise StoreError(f"the database {path} cannot be read: {error.strerror}") from error


def delete_if_empty(url: str) -> Callable[[], None]:
    """Returns what deletes the file of this database of SQLite, if it is empty now; nothing may use it then."""
    path = sqlite_path(url)
    files = [Path(f"{path}{end}") for end in ("", "-wal", "-shm")] if path else []
    is_empty = bool(files) and files[0].stat().st_size == 0

    def delete() -> None:
        for each in files if is_empty else ():
            each.unlink(missing_ok=True)

    return delete


async def copy_to(url: str, file: Path) -> None:
    """Copy the database to a new SQLite file, as it is at one moment. Others may read and write meanwhile.

    Raises `StoreError`: there is no database, or it cannot be read, or it is not of this version. Raises `OSError`
    if the file cannot be written.
    """
    now = await revision_at(url)
    if now is None:
        raise StoreError("there is no database yet; start the bot once, or correct DATA_DIR or DATABASE_URL")
    if path := sqlite_path(url):
        await asyncio.to_thread(_copy_file, path, file)
        return
    if now != newest_revision():
        raise StoreError("the database is of an earlier version; start this version once to update it")
    async with _transaction(url) as source, _transaction(f"sqlite:///{file}") as target:
        await target.run_sync(migrate)
        await _copy_rows(source, target)


def _copy_file(path: str, file: Path) -> None:
    # Unlike a copy of its pages, this holds no remains of deleted rows.
    try:
        with closing(_connect(path)) as connection:
            connection.execute("VACUUM INTO ?", (str(file),))
    except sqlite3.Error as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:  # the disk of the copy, which SQLite does not say
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise StoreError(f"the database {path}: {error}") from error


def _connect(path: str) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=LOCKED / 1000)


async def check_copy(file: Path) -> None:
    """Raises `StoreError` if the file is not a sound copy of a database, of this version or an earlier one."""
    if await revision_at(f"sqlite:///{file}") is None:
        raise StoreError("it is not a database of Lessonbot")
    async with _transaction(f"sqlite:///{file}") as connection:
        found = (await connection.execute(text("PRAGMA integrity_check(1)"))).scalar_one()
    if found != "ok":
        raise StoreError(f"it is damaged: {found}")


@asynccontextmanager
async def replaced_by(file: Path, url: str) -> AsyncIterator[None]:
    """Replace all rows of the database at this URL by those of a copy, if the block ends without an error.

    Creates the database, and updates both to this version. Raises `StoreError`; nothing is replaced then.
    """
    async with _transaction(f"sqlite:///{file}") as source, _transaction(url) as target:
        await source.run_sync(migrate)
        await target.run_sync(migrate)
        for table in reversed(metadata.sorted_tables):
            await target.execute(table.delete())
        await _copy_rows(source, target)
        yield


async def _copy_rows(source: AsyncConnection, target: AsyncConnection) -> None:
    for table in metadata.sorted_tables:
        names = [column.key for column in table.c]
        async with source.stream(select(*table.c)) as rows:
            async for some in rows.partitions(_ROWS):
                await target.execute(table.insert(), [dict(zip(names, row, strict=True)) for row in some])
        # Buttons in old messages hold ids: those of deleted rows must not be given to new ones.
        if table.dialect_options["sqlite"]["autoincrement"]:
            await _give_no_id_below(target, table, await _last_id(source, table))


async def _last_id(connection: AsyncConnection, table: Table) -> int:
    if connection.dialect.name == "sqlite":
        last = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    else:
        last = text("SELECT pg_sequence_last_value(CAST(pg_get_serial_sequence(:name, 'id') AS regclass))")
    return int(await connection.scalar(last, {"name": table.name}) or 0)


async def _give_no_id_below(connection: AsyncConnection, table: Table, least: int) -> None:
    last = {"name": table.name, "last": max(least, await _last_id(connection, table))}
    if not last["last"]:
        return
    if connection.dialect.name == "sqlite":
        await connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), last)
        await connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), last)
    else:
        await connection.execute(text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"), last)


class _NamedError(StoreError):
    """An error that names its database."""


@asynccontextmanager
async def _transaction(url: str) -> AsyncIterator[AsyncConnection]:
    """A transaction that sees the database as it is at one moment. Raises `StoreError` if the database fails."""
    database = database_at(url)
    try:
        async with database.writing.connect() as connection:
            if connection.dialect.name == "postgresql":
                await connection.execution_options(isolation_level="REPEATABLE READ")
            async with connection.begin():
                yield connection
    except _NamedError:  # raised by a transaction inside this one
        raise
    except (StoreError, DBAPIError) as error:
        raise _NamedError(f"{database.name}: {reason(error)}") from error
    finally:
        await database.close()
