"""A lock on the database: one bot at a time uses it, and no bot while a backup is restored into it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import file_lock
from bot.errors import StoreError
from bot.store.database import NAME, PATIENCE, Database, database_at, reason

_LOCK = 0x6C6573736F6F  # any number that no other program locks in the same database; `migrating` has its own
CHECK_EVERY = 15.0  # seconds between two checks that the lock is still held

# Finds the holder of the lock; PostgreSQL stores its 64-bit number in two halves.
_HOLDER = text(
    "SELECT pid, application_name FROM pg_locks JOIN pg_stat_activity USING (pid)"
    " WHERE locktype = 'advisory' AND granted AND pg_locks.objsubid = 1"
    " AND pg_locks.classid = :high AND pg_locks.objid = :low"
    " AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
).bindparams(high=_LOCK >> 32, low=_LOCK & 0xFFFFFFFF)

_CONNECTION_ERRORS = (DBAPIError, OSError, StoreError)

log = logging.getLogger(__name__)


class InstanceLock:
    """A lock that this process holds until it ends, such as the lock of a file."""

    async def lost(self) -> None:
        """Wait while the lock is held. Raises `StoreError` when another bot has taken the database over."""
        await asyncio.Event().wait()

    async def run(self, work: Coroutine[None, None, None]) -> None:
        """Run this until it ends, or until the lock is lost: raises `StoreError` then."""
        working, losing = asyncio.create_task(work), asyncio.create_task(self.lost())
        try:
            await asyncio.wait({working, losing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            ended = losing if losing.done() else working
            for each in {working, losing} - {ended}:
                each.cancel()
            if not ended.done():  # Ctrl+C on Windows
                ended.cancel()
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
            async with file_lock.hold_file(Path(f"{database.file}.lock"), database.name):
                yield InstanceLock()
        elif database.writing.dialect.name == "postgresql":
            session = _PostgresLock(database, shared=shared)
            await session.begin()
            try:
                yield session
            finally:
                await session.end()
        else:  # in memory
            yield InstanceLock()
    finally:
        await database.close()


@dataclass(frozen=True)
class _Holder:
    """The PostgreSQL session that holds the lock, and the name of its process."""

    pid: int
    name: str


class _PostgresLock(InstanceLock):
    """A connection to PostgreSQL that only holds the lock. The lock ends with the connection."""

    def __init__(self, database: Database, *, shared: bool) -> None:
        self._database = database
        self._try = func.pg_try_advisory_lock_shared if shared else func.pg_try_advisory_lock
        self._connection: AsyncConnection | None = None

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
        """Check regularly that the lock is held, and take it again when the connection broke."""
        while True:
            await asyncio.sleep(CHECK_EVERY)
            try:
                other = await self._check()
            except _CONNECTION_ERRORS as error:
                log.warning("lost the lock that keeps other bots out of the database: %s", reason(error))
                await self.end()
            else:
                if other:
                    raise StoreError(f"another {other.name} has taken over {self._database.name}")

    async def _check(self) -> _Holder | None:
        """Check the lock, or take it again. Returns the holder if another bot has it by now."""
        if self._connection:
            async with asyncio.timeout(PATIENCE):
                await self._connection.scalar(select(1))
            return None
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
        connection = await self._database.writing.now.connect()
        try:
            # Without a transaction: an open one would keep PostgreSQL from removing old rows.
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            if await connection.scalar(select(self._try(_LOCK))):
                self._connection = connection
                return None
            found = (await connection.execute(_HOLDER)).first()
            return _Holder(*found) if found else _Holder(0, "lessonbot, which is just ending")
        finally:
            if self._connection is not connection:
                await connection.close()
