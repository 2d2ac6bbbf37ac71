"""A lock on the database: one bot at a time uses it, and no bot while a backup is restored into it.

To restore a backup, a second lock is taken first. Bots look for it, and let go of the database while it is held.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import file_lock, private
from bot.errors import StoreError
from bot.store.database import Database
from bot.store.database_errors import PATIENCE, reason
from bot.store.database_url import database_at, sqlite_path
from bot.store.postgresql_engine import NAME

# Any numbers that no other program locks in the same database; `migrating` has its own.
_LOCK = 0x6C6573736F6F
_RESTORING = 0x6C6573736F70
LOOK_EVERY = 1.0  # seconds between two looks whether the lock is held, and whether a backup is to be restored
NOTICED = 3.0  # seconds in which a bot sees that a backup is to be restored, also one that takes its lock again

# Finds the holder of the lock; PostgreSQL stores its 64-bit number in two halves.
_HOLDER = text(
    "SELECT pid, application_name FROM pg_locks JOIN pg_stat_activity USING (pid)"
    " WHERE locktype = 'advisory' AND granted AND pg_locks.objsubid = 1"
    " AND pg_locks.classid = :high AND pg_locks.objid = :low"
    " AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)

# Such a lock ends with its transaction, here with the statement.
_IS_NOT_RESTORED = select(func.pg_try_advisory_xact_lock_shared(_RESTORING))

_CONNECTION_ERRORS = (DBAPIError, OSError, StoreError)

log = logging.getLogger(__name__)


class RestoringError(Exception):
    """A backup is restored into the database: the bot has to let go of it until that is done."""


class InstanceLock:
    """A lock that this process holds until it ends."""

    async def lost(self) -> None:
        """Wait while the lock is held. Raises `RestoringError`, or `StoreError` when another bot took it over."""
        await asyncio.Event().wait()

    async def run(self, work: Coroutine[None, None, None]) -> None:
        """Run this until it ends, or until the lock is lost: raises `RestoringError` or `StoreError` then."""
        working, losing = asyncio.create_task(work), asyncio.create_task(self.lost())
        try:
            await asyncio.wait({working, losing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            ended = losing if losing.done() else working
            for each in (working, losing):  # neither has ended at Ctrl+C on Windows
                each.cancel()
            await asyncio.gather(working, losing, return_exceptions=True)
        ended.result()


@asynccontextmanager
async def hold_database(url: str, *, shared: bool = False) -> AsyncIterator[InstanceLock]:
    """Hold the lock of this database. Raises `StoreError` if another bot has it, or the database fails.

    In PostgreSQL, several processes of a bot hold it `shared`: which of them answers is decided by `leases`.
    """
    database = database_at(url)
    try:
        if database.file:
            async with file_lock.hold_file(_beside(database.file, ".lock"), database.name):
                with suppress(OSError):  # before another user who restores a backup makes it
                    _restoring(database.file).touch(private.FILE)
                yield _FileLock(_restoring(database.file))
        elif database.writing.dialect.name == "postgresql":
            async with _PostgresLock(database, _LOCK, shared=shared).held() as session:
                yield session
        else:  # in memory
            yield InstanceLock()
    finally:
        await database.close()


@asynccontextmanager
async def restoring(url: str) -> AsyncIterator[None]:
    """Make the bots that use this database let go of it until the block ends. Raises `UserError`."""
    database = database_at(url)
    try:
        if database.file:
            async with file_lock.hold_file(_restoring(database.file), database.name):
                yield
        else:
            async with _PostgresLock(database, _RESTORING, shared=False).held():
                await asyncio.sleep(NOTICED)
                yield
    finally:
        await database.close()


async def until_restored(url: str) -> None:
    """Wait until no backup is being restored. Raises `StoreError` if the database fails."""
    file = sqlite_path(url)  # which need not exist yet, nor its folder
    database = database_at(url) if file is None else None
    is_said = False
    try:
        while await _is_restored(database) if database else (file and file_lock.is_held(_restoring(file))):
            if not is_said:
                log.info("waiting until a backup is restored")
            is_said = True
            await asyncio.sleep(LOOK_EVERY)
    except _CONNECTION_ERRORS as error:
        raise StoreError(f"{database.name if database else file}: {reason(error)}") from error
    finally:
        if database:
            await database.close()


async def _is_restored(database: Database) -> bool:
    async with database.writing.connect() as connection:
        return not await connection.scalar(_IS_NOT_RESTORED)


def _restoring(file: str) -> Path:
    return _beside(file, ".restore")


def _beside(file: str, end: str) -> Path:
    """A lock file beside the database itself: a link to the database must not lead to another lock."""
    return Path(os.path.realpath(file) + end)


class _FileLock(InstanceLock):
    """The lock of a file, which nobody can take away. Whoever restores a backup locks the file `restoring`."""

    def __init__(self, restoring: Path) -> None:
        self._restoring = restoring

    async def lost(self) -> None:
        while not file_lock.is_held(self._restoring):  # noqa: ASYNC110 -- by another process
            await asyncio.sleep(LOOK_EVERY)
        raise RestoringError


@dataclass(frozen=True)
class _Holder:
    """The PostgreSQL session that holds the lock, and the name of its process."""

    pid: int
    name: str


class _PostgresLock(InstanceLock):
    """A connection to PostgreSQL that only holds the lock. The lock ends with the connection."""

    def __init__(self, database: Database, key: int, *, shared: bool) -> None:
        self._database = database
        self._key = key
        self._try = func.pg_try_advisory_lock_shared if shared else func.pg_try_advisory_lock
        self._connection: AsyncConnection | None = None

    @asynccontextmanager
    async def held(self) -> AsyncIterator[_PostgresLock]:
        """Hold the lock until the block ends. Raises `StoreError`."""
        await self.begin()
        try:
            yield self
        finally:
            await self.end()

    async def begin(self) -> None:
        """Take the lock, or wait a moment for a bot that is just stopping. Raises `StoreError`."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        try:
            while holder := await self._take():
                if loop.time() > begun + file_lock.PATIENCE:
                    raise StoreError(f"it is used by another {holder.name}; stop that one first")
                await asyncio.sleep(0.2)
        except _CONNECTION_ERRORS as error:
            raise StoreError(f"{self._database.name}: {reason(error)}") from error

    async def end(self) -> None:
        """Release the lock."""
        if self._connection:
            connection, self._connection = self._connection, None
            with suppress(*_CONNECTION_ERRORS):  # the connection is broken, and the lock ended with it
                await connection.invalidate()
            await connection.close()

    async def lost(self) -> None:
        """Look regularly whether the lock is held, and take it again when the connection broke."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                other = await self._check()
            except _CONNECTION_ERRORS as error:
                # Lost once, and not again at each failed try to take it.
                level = logging.WARNING if self._connection else logging.DEBUG
                log.log(level, "lost the lock that keeps other bots out of the database: %s", reason(error))
                await self.end()
            else:
                if other:
                    raise StoreError(f"another {other.name} has taken over {self._database.name}")

    async def _check(self) -> _Holder | None:
        """Check the lock, or take it again. Returns the holder if another bot has it by now.

        Raises `RestoringError`.
        """
        if self._connection:
            async with asyncio.timeout(PATIENCE):
                if not await self._connection.scalar(_IS_NOT_RESTORED):
                    raise RestoringError
            return None
        if await _is_restored(self._database):
            raise RestoringError
        holder = await self._take()
        if holder and holder.name == NAME:
            # PostgreSQL has not noticed yet that our old connection is gone; the next check takes the lock.
            async with self._database.writing.connect() as connection:
                await connection.execute(select(func.pg_terminate_backend(holder.pid)))
            return None
        if not holder:
            log.info("other bots are locked out of the database again")
        return holder

    async def _take(self) -> _Holder | None:
        """Take the lock, or return its holder."""
        connection = await self._database.writing.engine.connect()
        try:
            # Without a transaction: an open one would keep PostgreSQL from removing old rows.
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            if await connection.scalar(select(self._try(self._key))):
                self._connection = connection
                return None
            halves = {"high": self._key >> 32, "low": self._key & 0xFFFFFFFF}
            found = (await connection.execute(_HOLDER, halves)).first()
            return _Holder(*found) if found else _Holder(0, "lessonbot, which is just ending")
        finally:
            if self._connection is not connection:
                await connection.close()
