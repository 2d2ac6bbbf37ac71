"""Erases deleted data from the files of SQLite."""

from __future__ import annotations

import asyncio
import logging
import sqlite3

import aiosqlite

from bot.errors import StoreFailingError
from bot.store.connections import Connections
from bot.store.sqlite_engines import LOCKED

ERASING = 1_000  # milliseconds that it waits for other readers and writers before it erases
ERASE_AGAIN = 10.0  # seconds until the next try

log = logging.getLogger(__name__)


class Eraser:
    """Erases at once, or in the background where another program reads the files; `later` is that task."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self.later: asyncio.Task[None] | None = None

    async def erase(self, *, wholly: bool) -> None:
        """Empty the write-ahead log; `wholly` also rewrites the database."""
        left = await self._left(wholly=wholly)
        if left and (self.later is None or self.later.done()):
            log.warning("deleted data is still in the database files for now: %s", left)
            self.later = asyncio.create_task(self._erase_later())

    def stop(self) -> None:
        """Leave what is left to the next time."""
        if self.later:
            self.later.cancel()

    async def _erase_later(self) -> None:
        left = "not tried again yet"
        while left:
            await asyncio.sleep(ERASE_AGAIN)
            left = await self._left(wholly=True)
        log.info("deleted data is now gone from the database files")

    async def _left(self, *, wholly: bool) -> str:
        """Erase deleted data from the files. Returns the reason if that failed, else ''."""
        try:
            async with self._connections.connect() as connection:
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
