"""Rows that are written a moment later, many in one transaction: each transaction waits for the disk."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from sqlalchemy import Executable
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StoreError
from bot.store.tables import Row
from bot.time_left import time_left

AFTER = 0.5  # seconds until rows are written, unless somebody needs them before
AGAIN = 5.0  # seconds until they are tried again
PAUSE = 0.5  # seconds after a failure in which nobody tries again: at an unwell database, each try costs much
PATIENCE = 1.0  # seconds that a reader waits for them
AT_ONCE = 1000
MOST = 10_000  # rows that wait; a database that does not answer must not fill the memory

FAILURES = (SQLAlchemyError, StoreError, OSError)

log = logging.getLogger(__name__)


class WriteBehind:
    """Rows for one statement, an INSERT that can be repeated. `Database` writes them before it reads anything.

    If the process is killed, the rows of the last `AFTER` seconds are lost: only what nobody was promised may wait
    here.
    """

    def __init__(self, engine: AsyncEngine, statement: Executable, what: str) -> None:
        self._engine = engine
        self._statement = statement
        self._what = what
        self._rows: list[Row] = []
        self._written = 0  # how many rows were written since the start
        self._timer: asyncio.TimerHandle | None = None
        self._writing: asyncio.Task[None] | None = None
        self.is_failing = False
        self._failed_at = 0.0

    def put(self, row: Row) -> None:
        """Write this row soon. If that fails, it is tried again and again, and lost at the end of the process."""
        self._rows.append(row)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(AFTER, self._begin)

    @property
    def is_full(self) -> bool:
        """Whether so many rows wait that no more are taken."""
        return len(self._rows) >= MOST

    @property
    def has_just_failed(self) -> bool:
        """Whether another try would probably fail as well."""
        return self.is_failing and asyncio.get_running_loop().time() - self._failed_at < PAUSE

    async def flush(self) -> None:
        """Write all rows of now. Raises what the database raises; the rows are kept then."""
        until = self._written + len(self._rows)
        while self._written < until:
            # Whoever waits may be cancelled. Half-way, nobody could tell whether the rows were written.
            await asyncio.shield(self._begin())

    async def settle(self) -> None:
        """Write all rows if that does not fail, and does not take long."""
        if self._rows:
            with suppress(TimeoutError, *FAILURES):
                # Not `wait_for`: before Python 3.12, it can swallow that whoever waits was cancelled.
                async with asyncio.timeout(time_left(PATIENCE)):
                    await self.flush()

    async def close(self) -> None:
        """Write all rows for the last time."""
        try:
            with suppress(*FAILURES):
                while self._rows:
                    await self.flush()
        finally:  # whoever closes may have no more time
            if self._timer:
                self._timer.cancel()
            if self._rows:
                log.error("%d %s are lost, as the database could not be written", len(self._rows), self._what)
                self._rows.clear()

    def _begin(self) -> asyncio.Task[None]:
        if self._writing is None:
            if self._timer:
                self._timer.cancel()
                self._timer = None
            self._writing = asyncio.create_task(self._write())
            self._writing.add_done_callback(_seen)
        return self._writing

    async def _write(self) -> None:
        some = self._rows[:AT_ONCE]
        wait = AFTER
        try:
            if some:  # without values, a row of defaults would be inserted
                async with self._engine.begin() as connection:
                    await connection.execute(self._statement, some)
            del self._rows[: len(some)]
            self._written += len(some)
            self.is_failing = False
        except FAILURES as error:
            if not self.is_failing:
                # Without the lines below the first, which could hold values.
                log.warning("%s could not be saved: %s", self._what, str(error).partition("\n")[0])
            self.is_failing, wait = True, AGAIN
            self._failed_at = asyncio.get_running_loop().time()
            raise
        finally:
            # Not in a callback: until it ran, whoever waits would find the task that is done, again and again.
            self._writing = None
            if self._rows and self._timer is None:
                self._timer = asyncio.get_running_loop().call_later(wait, self._begin)


def _seen(writing: asyncio.Task[None]) -> None:
    """Keep asyncio from logging the error, too."""
    if not writing.cancelled():
        writing.exception()
