"""Tells whether the system clock can be trusted before anything is deleted because of its age.

Without this, a machine that starts with its clock 200 days ahead would delete every question and draft.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.store.database import Database
from bot.store.tables import clock

DAY = timedelta(days=1)
JUMP = timedelta(hours=1)  # a smaller change only corrects the clock

log = logging.getLogger(__name__)


class ClockGuard:
    """Knows since when the clock has run without jumps; the database keeps it over restarts.

    Within a process, the clock is compared with `monotonic`, a clock in seconds that nobody can set; by default
    it is the system's.
    """

    def __init__(self, database: Database, monotonic: Callable[[], float] | None = None) -> None:
        self._database = database
        self.monotonic = monotonic
        self._seen: tuple[datetime, float] | None = None
        self._since: datetime | None = None
        self._turn = asyncio.Lock()

    async def check(self, now: datetime) -> bool:
        """Save that the bot runs now, and return whether the clock has been steady for a day.

        If it has not, delete nothing because of its age.
        """
        async with self._turn:
            read = (self.monotonic or time.monotonic)()
            since, why = await self._kept(now) if self._seen is None else self._went_on(now, read)
            if why:
                log.warning("%s; no old data is deleted until the clock has been steady for a day", why)
            row = {"seen_at": now, "steady_since": since}
            new = self._database.insert(clock).values(id=1, **row)
            await self._database.change(new.on_conflict_do_update(index_elements=["id"], set_=row))
            self._seen, self._since = (now, read), since
            return now - since >= DAY

    def _went_on(self, now: datetime, read: float) -> tuple[datetime, str]:
        """Since when the clock has been steady according to this process, and what ended the time before."""
        assert self._seen
        assert self._since
        before, then = self._seen
        jumped = (now - before) - timedelta(seconds=read - then)
        if abs(jumped) <= JUMP:
            return self._since, ""
        return now, f"the clock jumped {'ahead' if jumped > timedelta() else 'back'} by {_said(jumped)}"

    async def _kept(self, now: datetime) -> tuple[datetime, str]:
        """As `_went_on`, according to what an earlier process saved."""
        async with self._database.reading.connect() as connection:
            row = (await connection.execute(select(clock.c.seen_at, clock.c.steady_since))).one_or_none()
        if row is None:  # a new database: nothing to compare with
            return now, ""
        away = now - row.seen_at
        if away > DAY:
            return now, f"the last sign of life is {_said(away)} old: the bot was off, or the clock is wrong"
        if away < -JUMP:
            return now, f"the last sign of life is {_said(away)} in the future: the clock was wrong, or is"
        return row.steady_since, ""


def _said(time_: timedelta) -> str:
    hours = round(abs(time_) / timedelta(hours=1))
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days"
