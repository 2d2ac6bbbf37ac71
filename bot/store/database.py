"""Reads and writes a database, and deletes in a way that leaves nothing in its files."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple

from sqlalchemy import Executable, Row, RowMapping, Table, func, select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.pool import QueuePool
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import TypedReturnsRows

from bot.store import postgresql_engine
from bot.store.connections import Connections
from bot.store.erasing import Eraser
from bot.store.write_behind import WriteBehind

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

CLOSING = 2.0  # seconds in which a server has to take the last rows, and any database to give back connections
ALONE = 300  # seconds after which PostgreSQL ends the lock of an idle process that keeps others from publishing

log = logging.getLogger(__name__)

_Value = TypeVar("_Value")
_Columns = TypeVarTuple("_Columns")


@dataclass(frozen=True)
class Database:
    """Connections for reading and for writing; on PostgreSQL, both have the same engine."""

    name: str
    reading: Connections
    writing: Connections
    eraser: Eraser
    file: str = ""
    _behind: list[WriteBehind] = field(default_factory=list, compare=False)
    process: str = field(default_factory=lambda: postgresql_engine.NAME)

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

        to_write = Connections(writing, flush)
        return cls(name, Connections(reading, settle), to_write, Eraser(to_write), file, behind)

    def write_behind(self, statement: Executable, what: str) -> WriteBehind:
        """Rows for this statement that are written later, but before anything else is read or written."""
        self._behind.append(WriteBehind(self.writing.engine, statement, what))
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
            await self.eraser.erase(wholly=wholly)

    async def _changes(self, connection: AsyncConnection) -> int:
        return int(await connection.scalar(text("SELECT total_changes()")) or 0) if self.file else 0

    async def close(self) -> None:
        """Write what is still to be written, and close all connections.

        If the server does not answer, they are dropped. They end with the process.
        """
        if self.file:  # unlike a server, SQLite ends by itself: it waits for another process that writes
            await self._write_last_rows()
        try:
            async with asyncio.timeout(CLOSING):
                if not self.file:
                    await self._write_last_rows()
                await self._let_go()
        except TimeoutError:
            log.warning("%s did not let go of all connections in time", self.name)
            for each in (self.reading, self.writing):
                await each.engine.dispose(close=False)

    async def _write_last_rows(self) -> None:
        for each in self._behind:
            await each.close()

    async def _let_go(self) -> None:
        self.eraser.stop()
        await self._nobody_uses_it()
        await self.reading.engine.dispose()
        await self.writing.engine.dispose()

    async def _nobody_uses_it(self) -> None:
        """Wait for whoever was cancelled and gives a connection back, which takes a moment more.

        An event loop that ends before would leave the connection open, or wait for it for ever.
        """
        pools = [each.engine.pool for each in (self.reading, self.writing)]
        while any(isinstance(pool, QueuePool) and pool.checkedout() for pool in pools):  # noqa: ASYNC110 -- no event
            await asyncio.sleep(0.01)
