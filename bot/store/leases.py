"""Leases: which process runs which shard, where several processes of a bot share one PostgreSQL.

A lease is a row with the time at which it ends, by the database's clock; its process renews it each second. An
advisory lock would also end with a process that was killed, but one that hangs would keep it, as its connection
stays open. With a time, a process also knows when it has to stop answering, even if it cannot reach the database.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.shards import LeaseLostError, Shards, divide
from bot.store.database import Database
from bot.store.database_errors import reason
from bot.store.database_url import database_at, sqlite_path
from bot.store.postgresql_engine import end_idle_transactions
from bot.store.tables import processes, shards

VALID = 6.0  # seconds that a lease holds without being renewed
BEAT = 1.0  # seconds between two renewals, and between two looks of a process that waits
LATE = 2  # a process that renews so many beats late must have been stopped
IDENTIFY = 5.0  # seconds that Discord wants between two new connections of one bucket
# More than IDENTIFY: until then, a process keeps its turn in an open transaction.
_IDLE = IDENTIFY + 0.5

_TURN = 0x6C656173  # lets one process at a time change the leases; any number that no other program locks
_IDENTIFYING = 0x6C656964
_ERRORS = (DBAPIError, OSError, StoreError)

log = logging.getLogger(__name__)


def leases_for(url: str, wants: Shards) -> Leases | None:
    """The leases of a database that several processes can share; None for SQLite, which one process uses."""
    return None if sqlite_path(url) is not None else Leases(url, wants)


def is_left(sender: ColumnElement[str | None], me: str) -> ColumnElement[bool]:
    """Whether what this process claimed is left: claimed by nobody, by `me`, or by a process that ended."""
    running = select(processes.c.name).where(processes.c.until > func.current_timestamp())
    return or_(sender.is_(None), sender == me, sender.not_in(running))


@dataclass(frozen=True)
class Round:
    """The leases at one moment: of how many shards, which are this process's, and who runs the others.

    `surplus` are shards that this process has to give up, because others want their share.
    """

    count: int
    mine: frozenset[int]
    surplus: tuple[int, ...]
    others: Mapping[int, str]


class Leases:
    """The leases of this process. `taking_part` begins, and `look` and `renew` are called each `BEAT` then."""

    def __init__(self, url: str, wants: Shards) -> None:
        self._url = url
        self.wants = wants
        self._database: Database | None = None
        self._until = 0.0
        self._mine: frozenset[int] = frozenset()
        self._bot = self._recommended = 0
        self._identifying: set[asyncio.Task[None]] = set()

    def holds(self, shard: int) -> bool:
        """Whether this process runs the shard: no other one can have a lease that was renewed in time."""
        return shard in self._mine and _now() < self._until

    def stop_answering(self, given: Collection[int]) -> None:
        """Answer no more on these shards, before they are given up."""
        self._mine = self._mine.difference(given)

    @asynccontextmanager
    async def taking_part(self, bot: int, recommended: int) -> AsyncIterator[None]:
        """Take part in running this bot; at the end, the others can take over at once.

        `recommended` is how many shards there are if `SHARDS` does not say.
        """
        # An engine of its own: the leases must not wait for a free connection.
        self._database = database_at(self._url)
        end_idle_transactions(self._database.writing.engine, _IDLE)
        self._bot, self._recommended, self._until = bot, recommended, 0.0
        try:
            yield
        finally:
            self._until, self._mine = 0.0, frozenset()
            for each in self._identifying:
                each.cancel()
            ending = asyncio.create_task(self._end(self._database))
            # If the database does not answer, the leases end by themselves.
            await asyncio.wait({ending}, timeout=2 * BEAT)

    async def look(self) -> Round:
        """Take free shards, or see who runs them. Raises `LeaseLostError` if the database does not answer now."""
        return await self._in_time(_now() + VALID, more=True)

    async def take_back(self, lost: Collection[int]) -> Round:
        """Wait until the database answers, and take those of these shards that no other process has.

        Raises `LeaseLostError` if this process was stopped meanwhile: what comes next may be answered already.
        """
        while True:
            begun, found = _now(), None
            with suppress(LeaseLostError):
                found = await self._in_time(begun + VALID, more=True, back=lost)
            if _now() > begun + VALID + LATE * BEAT:
                self._until = 0.0
                raise LeaseLostError("it was stopped while the database failed")
            if found:
                return found
            await asyncio.sleep(BEAT)

    async def renew(self, *, more: bool) -> Round:
        """Renew the leases; with `more`, also take free shards.

        Raises `LeaseLostError` if that failed for so long that others can have them.
        """
        return await self._in_time(self._until, more=more)

    async def give(self, given: tuple[int, ...]) -> None:
        """Give up these shards, for others to take."""
        assert self._database
        mine = (shards.c.process == self._database.process, shards.c.shard.in_(given))
        try:
            await self._database.change(shards.delete().where(*mine))
        except _ERRORS as error:  # they are given up in the next round
            log.warning("could not give up shards: %s", reason(error))

    async def turn_to_identify(self, bucket: int) -> None:
        """Wait until no other process identified in this bucket within five seconds, and keep others from it.

        Raises `LeaseLostError` if the database does not answer.
        """
        assert self._database
        connection = await self._database.writing.engine.connect()
        try:
            await connection.execute(select(func.pg_advisory_xact_lock(_IDENTIFYING, bucket)))
        except BaseException as error:
            await connection.close()
            if isinstance(error, _ERRORS):
                raise LeaseLostError(reason(error)) from error
            raise
        keeping = asyncio.create_task(_keep(connection))
        self._identifying.add(keeping)
        keeping.add_done_callback(self._identifying.discard)

    async def _in_time(self, until: float, *, more: bool, back: Collection[int] | None = None) -> Round:
        why, is_away = "it did not renew its leases in time", False
        while (left := until - _now()) > 0:
            # A task of its own: a driver whose server is gone may not even end when it is cancelled.
            trying = asyncio.create_task(self._round(more=more, back=back))
            try:
                await asyncio.wait({trying}, timeout=left)
            finally:
                trying.cancel()
            if not trying.done():
                trying.add_done_callback(_ignored)
                if not is_away:  # an answer to an earlier try says more
                    why, is_away = "the database did not answer in time", True
                break
            try:
                return trying.result()
            except _ERRORS as error:
                if isinstance(error, _OtherBotError):
                    raise
                why, is_away = reason(error), True
            await asyncio.sleep(min(BEAT, max(0.0, until - _now())))
        # If that is noticed late, the process itself was stopped.
        raise LeaseLostError(why, is_away=is_away and _now() < until + LATE * BEAT)

    async def _round(self, *, more: bool, back: Collection[int] | None) -> Round:
        assert self._database
        me, begun = self._database.process, _now()
        async with self._database.writing.begin() as connection:
            await connection.execute(select(func.pg_advisory_xact_lock(_TURN)))
            peers = await self._peers(connection)
            leased = (await connection.execute(select(shards.c.shard, shards.c.total, shards.c.process))).all()
            owners = {each.shard: each.process for each in leased}
            # All processes use the same number of shards: otherwise, a server would belong to two.
            total = leased[0].total if leased else self.wants.count or self._recommended
            take: list[int] = []
            surplus: list[int] = []
            if self.wants.count in (None, total):
                take, surplus = divide(self.wants.of(total), owners, peers, me)
            if back is not None:
                take = [each for each in back if each not in owners]
            if more and take:
                new = [{"shard": each, "total": total, "process": me} for each in take]
                await connection.execute(shards.insert(), new)
                owners |= dict.fromkeys(take, me)
        # Counted from before the transaction, so that the lease ends here before it ends for others.
        self._until = begun + VALID
        self._mine = frozenset(each for each, owner in owners.items() if owner == me)
        others = {each: owner for each, owner in owners.items() if owner != me}
        return Round(total, self._mine, tuple(surplus), others)

    async def _peers(self, connection: AsyncConnection) -> list[str]:
        """Say that this process runs; returns the running ones that share its shards."""
        assert self._database
        until = func.clock_timestamp() + func.make_interval(0, 0, 0, 0, 0, 0, VALID)
        alive = {"bot": self._bot, "wants": str(self.wants), "until": until}
        here = self._database.insert(processes).values(name=self._database.process, **alive)
        # A lease that was not renewed ends here, also one of this process.
        await connection.execute(processes.delete().where(processes.c.until <= func.clock_timestamp()))
        await connection.execute(here.on_conflict_do_update(index_elements=["name"], set_=alive))
        running = select(processes.c.name, processes.c.bot, processes.c.wants)
        peers = []
        for other in await connection.execute(running):
            if other.bot != self._bot:
                raise _OtherBotError(
                    f"{self._database.name} is used by another bot, with the ID {other.bot}; "
                    "give each bot its own database"
                )
            if other.wants == str(self.wants):
                peers.append(other.name)
        return peers

    async def _end(self, database: Database) -> None:
        try:
            await database.change(processes.delete().where(processes.c.name == database.process))
        except _ERRORS as error:
            log.warning("other processes take over in %.0f seconds: %s", VALID, reason(error))
        await database.close()


class _OtherBotError(StoreError):
    """Another bot uses the database."""


async def _keep(connection: AsyncConnection) -> None:
    try:
        await asyncio.sleep(IDENTIFY)
    finally:
        with suppress(*_ERRORS):  # the connection broke, and the turn ended with it
            await connection.close()


def _ignored(task: asyncio.Task[Round]) -> None:
    if not task.cancelled():
        task.exception()


def _now() -> float:
    """Seconds by a clock that goes on while the process, or the machine, is stopped."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()
