"""Creates the engines for a database URL, and explains errors in words."""

from __future__ import annotations

import asyncio
import logging
import math
import os
import secrets
import socket
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple

import aiosqlite
from sqlalchemy import (
    URL,
    Connection,
    Dialect,
    ExceptionContext,
    Executable,
    Row,
    RowMapping,
    Table,
    event,
    func,
    make_url,
    select,
    text,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFreeError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, QueuePool
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import TypedReturnsRows

from bot import private
from bot.counting import counts
from bot.errors import StoreError, StoreFailingError
from bot.installation import pip_install
from bot.language.words import N_
from bot.store.write_behind import WriteBehind
from bot.time_left import time_left

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

PATIENCE = 10  # seconds to wait for the server to answer
CLOSING = 300  # looks, 0.01 seconds apart, whether anybody still uses a connection at the end
LOCKED = 30_000  # milliseconds that SQLite waits while another process writes
ERASING = 1_000  # milliseconds that it waits for other readers and writers before it erases
ERASE_AGAIN = 10.0  # seconds until the next try
IDLE = 30  # seconds after which PostgreSQL ends the transaction of a process that does nothing with it
ALONE = 300  # the same, where a process keeps others from publishing lessons

READ_ONLY = "25006"  # PostgreSQL's error code
# Errors that an operator can fix, as members read them; by the error code of SQLite or PostgreSQL.
_FULL = N_("the database disk is full")
_READ_ONLY = N_("the database cannot be written to")
_FAILING = N_("the database disk is failing")
AWAY = N_("the database does not answer")
_REASONS: dict[object, str] = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: _READ_ONLY,
    sqlite3.SQLITE_IOERR: _FAILING,
    "53100": _FULL,
    READ_ONLY: _READ_ONLY,
    "58030": _FAILING,
    "53300": AWAY,  # it takes no more connections
    "57P01": AWAY,  # it stops, or somebody ended the connection
    "57P02": AWAY,
    "57P03": AWAY,  # it starts
}

# The name of this process in PostgreSQL, at most 63 bytes. The random part differs between containers.
NAME = f"lessonbot {os.getpid()} on {socket.gethostname()[:35]} {secrets.token_hex(3)}"

_Value = TypeVar("_Value")
_Columns = TypeVarTuple("_Columns")

# Errors are logged. Without this, they would quote values of rows: ids of members, and what they asked.
_HIDE_VALUES = True

log = logging.getLogger(__name__)

FORMS = "write sqlite:///path/of/the/file or postgresql://user:password@host/name"


@dataclass(frozen=True)
class Engine:
    """An engine of SQLAlchemy. Each use of it begins with what is still to be written.

    Whoever has to be answered in time waits for a connection only as long as there is time. Then it raises
    `StoreFailingError`, and nothing was begun.
    """

    now: AsyncEngine  # without that
    before: Callable[[], Awaitable[None]]

    @property
    def dialect(self) -> Dialect:
        return self.now.dialect

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        async with AsyncExitStack() as until_the_end:
            yield await self._connection(until_the_end)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        async with AsyncExitStack() as until_the_end:
            connection = await self._connection(until_the_end)
            await until_the_end.enter_async_context(connection.begin())
            yield connection

    async def _connection(self, until_the_end: AsyncExitStack) -> AsyncConnection:
        left = time_left()
        try:
            async with asyncio.timeout(None if left == math.inf else left):
                await self.before()
                connection = await self.now.connect().start()
                until_the_end.push_async_callback(_give_back, connection)
                return connection
        except (OSError, NoneFreeError) as error:  # no time is left, or `_in_words` is not called for it
            raise StoreFailingError(AWAY) from error
        except DBAPIError as error:
            # A server that stops just then says nothing, or class 08: "connection exception".
            state = getattr(error.orig, "sqlstate", None)
            if self.dialect.name != "postgresql" or not (state is None or state.startswith("08")):
                raise
            raise StoreFailingError(AWAY) from error


@dataclass(frozen=True)
class Database:
    """An engine for reading and one for writing; on PostgreSQL, both are the same."""

    name: str
    reading: Engine
    writing: Engine
    file: str = ""
    _behind: list[WriteBehind] = field(default_factory=list, compare=False)
    process: str = field(default_factory=lambda: NAME)
    _erasing: set[asyncio.Task[None]] = field(default_factory=set, compare=False)

    @classmethod
    def of(cls, name: str, reading: AsyncEngine, writing: AsyncEngine, file: str = "") -> Database:
        """The database of these engines."""
        behind: list[WriteBehind] = []

        async def settle() -> None:
            for each in behind:
                await each.settle()

        async def flush() -> None:
            for each in behind:
                await each.flush()

        return cls(name, Engine(reading, settle), Engine(writing, flush), file, behind)

    def write_behind(self, statement: Executable, what: str) -> WriteBehind:
        """Rows for this statement that are written later, but before anything else is read or written."""
        self._behind.append(WriteBehind(self.writing.now, statement, what))
        return self._behind[-1]

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that supports ON CONFLICT; SQLAlchemy has one for each database."""
        if self.writing.dialect.name == "sqlite":
            return sqlite.insert(table)
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 -- who uses SQLite does not need it

        return postgresql.insert(table)

    async def rows(self, query: TypedReturnsRows[*_Columns]) -> Sequence[Row[*_Columns]]:
        """The rows that a query finds, read in a transaction of its own, as by the two below."""
        async with self.reading.connect() as connection:
            return (await connection.execute(query)).all()

    async def mappings(self, query: Executable) -> Sequence[RowMapping]:
        """The same rows, with their values by the names of the columns."""
        async with self.reading.connect() as connection:
            return (await connection.execute(query)).mappings().all()

    async def scalar(self, query: TypedReturnsRows[_Value]) -> _Value | None:
        """The first value of the first row; None if there is no row."""
        async with self.reading.connect() as connection:
            return await connection.scalar(query)

    async def change(self, statement: UpdateBase) -> int:
        """Execute a statement in a transaction of its own; returns how many rows it changed."""
        async with self.writing.begin() as connection:
            return (await connection.execute(statement)).rowcount

    async def delete(self, statement: UpdateBase, *, wholly: bool = False) -> int:
        """The same for a statement that deletes private data: see `deleting`."""
        async with self.deleting(wholly=wholly) as connection:
            return (await connection.execute(statement)).rowcount

    @asynccontextmanager
    async def alone(self, lock: int) -> AsyncIterator[None]:
        """Keep other processes from doing the same meanwhile; only PostgreSQL has any.

        The server ends the lock of a process that was stopped in between, so that the others can go on.
        """
        if self.writing.dialect.name != "postgresql":
            yield
            return
        async with self.writing.begin() as connection:
            await connection.execute(text(f"SET LOCAL idle_in_transaction_session_timeout = '{ALONE}s'"))
            await connection.execute(select(func.pg_advisory_xact_lock(lock)))
            yield

    @asynccontextmanager
    async def deleting(self, *, wholly: bool = False) -> AsyncIterator[AsyncConnection]:
        """A transaction that deletes private data: afterwards, SQLite's files do not contain it any more either.

        This empties the write-ahead log, which keeps older copies of pages. `wholly` also rewrites the database,
        which takes 0.2 s for 100,000 questions: `secure_delete` overwrites a row where it is, but not the copies
        that SQLite leaves when it moves a row to another page. PostgreSQL keeps dead rows until its next vacuum,
        which is up to its operator.
        """
        async with self.writing.begin() as connection:
            before = await self._changes(connection)
            yield connection
            is_changed = await self._changes(connection) != before
        if is_changed:
            await self._erase(wholly=wholly)

    async def _changes(self, connection: AsyncConnection) -> int:
        return int(await connection.scalar(text("SELECT total_changes()")) or 0) if self.file else 0

    async def _erase(self, *, wholly: bool) -> None:
        left = await self._left(wholly=wholly)
        if left and not self._erasing:
            log.warning("deleted data is still in the database files for now: %s", left)
            again = asyncio.create_task(self._erase_later())
            self._erasing.add(again)
            again.add_done_callback(self._erasing.discard)

    async def _erase_later(self) -> None:
        left = "not tried again yet"
        while left:
            await asyncio.sleep(ERASE_AGAIN)
            left = await self._left(wholly=True)
        log.info("deleted data is now gone from the database files")

    async def _left(self, *, wholly: bool) -> str:
        """Erase deleted data from the files. Returns the reason if that failed, else ''."""
        try:
            async with self.writing.connect() as connection:
                # Through the driver: SQLAlchemy would begin a transaction, and neither statement works in one.
                driver: aiosqlite.Connection | None = (await connection.get_raw_connection()).driver_connection
                assert driver, "the connection is open"
                try:
                    await driver.execute_fetchall(f"PRAGMA busy_timeout = {ERASING}")
                    if wholly:
                        await driver.execute_fetchall("VACUUM")
                    ((is_read, *_),) = await driver.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
                finally:
                    await driver.execute_fetchall(f"PRAGMA busy_timeout = {LOCKED}")
        except (sqlite3.Error, StoreFailingError) as error:
            return str(error)
        return "another program is reading them" if is_read else ""

    async def close(self) -> None:
        for each in self._behind:
            await each.close()
        for again in self._erasing:
            again.cancel()
        await self._nobody_uses_it()
        await self.reading.now.dispose()
        await self.writing.now.dispose()

    async def _nobody_uses_it(self) -> None:
        """Wait for whoever was cancelled and gives a connection back, which takes a moment more.

        An event loop that ends before would leave the connection open, or wait for it for ever.
        """
        pools = [engine.now.pool for engine in (self.reading, self.writing)]
        for _ in range(CLOSING):
            if not any(isinstance(pool, QueuePool) and pool.checkedout() for pool in pools):
                return
            await asyncio.sleep(0.01)


def database_at(url: str) -> Database:
    """The database of this URL, not connected yet. Raises `StoreError`, which never contains the password."""
    path = sqlite_path(url)
    if path is not None:
        return _sqlite(path or ":memory:")
    scheme, found, rest = url.partition("://")
    if found and scheme in {"postgresql", "postgres", "postgresql+asyncpg"}:
        return _postgresql(rest)
    raise StoreError(f"DATABASE_URL names no database that Lessonbot can use: {FORMS}")


def sqlite_path(url: str) -> str | None:
    """The file of this URL, '' for `:memory:`, or None if it is not an URL of SQLite.

    One without a file is none, either: SQLite would use its memory, and what members do would be lost at the end.
    """
    scheme, _, file = url.partition(":///")
    is_sqlite = file and scheme in {"sqlite", "sqlite+aiosqlite"}
    return file.removeprefix(":memory:") if is_sqlite else None


def reason(error: BaseException) -> str:
    """Why a database cannot be used, in one line."""
    if str(error) == AWAY and error.__cause__:
        error = error.__cause__
    if isinstance(error, TimeoutError):
        return f"no server answered within {PATIENCE} seconds"
    if isinstance(error, OSError):
        return f"no server answers there: {error.strerror or error}"
    said = str(error.orig if isinstance(error, DBAPIError) else error)
    return said.partition("\n")[0]


def _sqlite(path: str) -> Database:
    url = URL.create("sqlite+aiosqlite", database=path)
    # One connection writes, and tasks wait for it in a queue. With more, hundreds of presses at once would poll
    # for SQLite's lock in no order. Other processes still wait by polling.
    writing = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=3600,
        hide_parameters=_HIDE_VALUES,
        connect_args={"async_creator_fn": _opened},
    )
    event.listen(writing.sync_engine, "handle_error", _in_words)
    event.listen(writing.sync_engine, "connect", _prepare)
    event.listen(writing.sync_engine, "begin", _begins_with("BEGIN IMMEDIATE"))
    if path == ":memory:":  # only one connection can see it
        return Database.of("the database in memory", writing, writing)
    _make_file(path)
    reading = create_async_engine(url, hide_parameters=_HIDE_VALUES, connect_args={"async_creator_fn": _opened})
    event.listen(reading.sync_engine, "handle_error", _in_words)
    event.listen(reading.sync_engine, "connect", _prepare)
    event.listen(reading.sync_engine, "begin", _begins_with("BEGIN"))
    return Database.of(f"the database {path}", reading, writing, path)


async def _give_back(connection: AsyncConnection) -> None:
    """Close a connection, also where all tasks are cancelled: SQLAlchemy's own way begins a task, which is one."""
    closing = asyncio.create_task(connection.close())
    try:
        await asyncio.shield(closing)
    except asyncio.CancelledError:
        await asyncio.wait({closing})
        if closing.cancelled() and not connection.closed:
            await connection.close()
        raise


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
        raise StoreError(f"the database {path}: {error}") from error


def _prepare(connection: DBAPIConnection, _: object) -> None:
    # Without this, Python's sqlite3 begins transactions late; `_begins_with` begins them instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"busy_timeout = {LOCKED}", "journal_mode = WAL", "foreign_keys = ON", "secure_delete = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def end_idle_transactions(engine: AsyncEngine, seconds: float) -> None:
    """Let PostgreSQL end transactions of this engine that wait for the process for so long."""

    def prepare(connection: DBAPIConnection, _: object) -> None:
        cursor = connection.cursor()
        # Not at the start of the connection: a connection pooler would refuse the option.
        cursor.execute(f"SET idle_in_transaction_session_timeout = {round(seconds * 1000)}")
        cursor.close()
        connection.commit()

    event.listen(engine.sync_engine, "connect", prepare)


def _in_words(context: ExceptionContext) -> StoreFailingError | None:
    """An error that passes or that an operator can fix, in place of SQLAlchemy's; None for all others."""
    error = context.original_exception
    if not isinstance(error, Exception):  # whoever waits was cancelled
        return None
    counts.database_errors += 1
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF or getattr(error, "sqlstate", None)
    if code == READ_ONLY:
        # After a fail-over, another server may accept changes. A connection to this one would never do it.
        context.is_disconnect = True
    if context.is_pre_ping:  # it is replaced by a new one
        return None
    is_away = context.is_disconnect or isinstance(error, OSError)
    why = _REASONS.get(code, AWAY if is_away else "")
    return StoreFailingError(why) if why else None


def _begins_with(statement: str) -> Callable[[Connection], None]:
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    return begin


def _postgresql(rest: str) -> Database:
    if rest.count("@") > 1:
        raise StoreError("DATABASE_URL holds more than one @: write those in the password as %40")
    try:
        url = make_url(f"postgresql+asyncpg://{rest}")
    except (ArgumentError, ValueError):  # its text could quote a password
        raise StoreError(f"DATABASE_URL cannot be read: {FORMS}") from None
    # Hosting providers give URLs with `sslmode`, the name in other PostgreSQL clients.
    options = {"ssl" if option == "sslmode" else option: value for option, value in url.query.items()}
    if unknown := options.keys() - {"host", "port", "ssl"}:
        raise StoreError(f"DATABASE_URL has an option that is not known here: {', '.join(sorted(unknown))}")
    try:
        # pool_pre_ping replaces a connection that a restart of the server has closed.
        engine = create_async_engine(
            url.set(query=options),
            pool_pre_ping=True,
            hide_parameters=_HIDE_VALUES,
            connect_args={"timeout": PATIENCE, "server_settings": {"application_name": NAME}},
        )
    except ImportError as error:
        raise StoreError(f"PostgreSQL needs one more package: {pip_install('postgres')}") from error
    event.listen(engine.sync_engine, "handle_error", _in_words)
    # A process that was stopped in a transaction would otherwise keep others from its rows for ever.
    end_idle_transactions(engine, IDLE)
    host = url.host or options.get("host", "this machine")
    return Database.of(f"the database {url.database or ''} at {host}", engine, engine)
