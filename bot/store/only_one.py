"""Lets one bot at a time work on a database: two would answer every question twice."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import lock
from bot.errors import StoreError
from bot.store.database import NAME, PATIENCE, Database, database_at, reason

_LOCK = 0x6C6573736F6F  # any number that no other program locks in the same database; `migrating` has its own
LOOK = 15.0  # seconds between two looks at whether the lock is still held

# Who holds it; PostgreSQL keeps a number of 64 bits in two halves.
_HOLDER = text(
    "SELECT pid, application_name FROM pg_locks JOIN pg_stat_activity USING (pid)"
    " WHERE locktype = 'advisory' AND granted AND pg_locks.objsubid = 1"
    " AND pg_locks.classid = :high AND pg_locks.objid = :low"
    " AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
).bindparams(high=_LOCK >> 32, low=_LOCK & 0xFFFFFFFF)

_AWAY = (DBAPIError, OSError, StoreError)

log = logging.getLogger(__name__)


class OnlyOne:
    """This bot's right to the database, for as long as it lasts: the lock of a file ends with the process."""

    async def lost(self) -> None:
        """Wait for as long as it lasts. Raises `StoreError` when another bot has taken the database over."""
        await asyncio.Event().wait()

    async def during(self, work: Coroutine[Any, Any, None]) -> None:
        """Do this to its end, or until the right is lost: raises `StoreError` then."""
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
async def only_one(url: str) -> AsyncIterator[OnlyOne]:
    """Be the only bot on this database. Raises `StoreError`: another one is, or the database cannot be used."""
    database = database_at(url)
    try:
        if database.file:
            async with lock.held(Path(f"{database.file}.lock"), database.name):
                yield OnlyOne()
        elif database.writing.dialect.name == "postgresql":
            session = _Session(database)
            await session.begin()
            try:
                yield session
            finally:
                await session.end()
        else:  # in memory
            yield OnlyOne()
    finally:
        await database.close()


@dataclass(frozen=True)
class _Holder:
    """The session that has the lock, and which process it says it is."""

    pid: int
    name: str


class _Session(OnlyOne):
    """A connection to PostgreSQL that does nothing but hold a lock; the lock ends with the connection."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: AsyncConnection | None = None

    async def begin(self) -> None:
        """Take the lock, or wait a moment for whoever is just stopping. Raises `StoreError`."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        try:
            while holder := await self._take():
                if loop.time() > begun + lock.PATIENCE:
                    raise StoreError(f"it is used by another {holder.name}; stop that one first")
                await asyncio.sleep(0.2)
        except _AWAY as error:
            raise StoreError(f"{self._database.name}: {reason(error)}") from error

    async def end(self) -> None:
        """Let go of the lock."""
        if self._connection:
            connection, self._connection = self._connection, None
            with suppress(*_AWAY):  # broken, and so is the lock
                await connection.invalidate()
            await connection.close()

    async def lost(self) -> None:
        """See from time to time that the lock is held; one that broke with its connection is taken again."""
        while True:
            await asyncio.sleep(LOOK)
            try:
                other = await self._look()
            except _AWAY as error:
                log.warning("lost the lock that keeps other bots out of the database: %s", reason(error))
                await self.end()
            else:
                if other:
                    raise StoreError(f"another {other.name} has taken over {self._database.name}")

    async def _look(self) -> _Holder | None:
        """See that the lock is held, or take it again; who else has it by now."""
        if self._connection:
            async with asyncio.timeout(PATIENCE):
                await self._connection.scalar(select(1))
            return None
        holder = await self._take()
        if holder and holder.name == NAME:
            # PostgreSQL has not noticed yet that our own connection is gone; the next look takes the lock.
            async with self._database.writing.connect() as connection:
                await connection.execute(select(func.pg_terminate_backend(holder.pid)))
            return None
        if not holder:
            log.info("other bots are locked out of the database again")
        return holder

    async def _take(self) -> _Holder | None:
        """Take the lock, or say who holds it."""
        connection = await self._database.writing.connect()
        try:
            # Outside of a transaction: one that stays open would keep PostgreSQL from cleaning up.
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            if await connection.scalar(select(func.pg_try_advisory_lock(_LOCK))):
                self._connection = connection
                return None
            found = (await connection.execute(_HOLDER)).first()
            return _Holder(*found) if found else _Holder(0, "lessonbot, which is just ending")
        finally:
            if self._connection is not connection:
                await connection.close()
