"""Who wants to be reminded of a scenario, when, and whether the reminder was sent.

A reminder is `waiting`, then `sending` once a process claimed it, then `sent`. As it is claimed first, two
processes never send the same one. If a process dies in between, its reminder stays `sending`; another process
takes it over and finds out whether it arrived.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, func, select

from bot.language.catalogues import ENGLISH
from bot.store.claims import Claims
from bot.store.database import Database
from bot.store.tables import reminders

State = Literal["waiting", "sending", "sent"]

AT_ONCE = 100
_send_at = func.coalesce(reminders.c.again_at, reminders.c.due)


@dataclass(frozen=True)
class Reminder:
    """One message to a learner, `days` after they asked for it, in the language that they used then.

    `tried` are the answers that the learner has given, as JSON that only `bot.walking` reads. `again_at` is when
    to try again, if it could not be delivered.
    """

    id: int
    learner: int
    scenario: str
    days: int
    due: datetime
    state: State
    tried: str
    language: str
    again_at: datetime | None = None
    sender: str | None = None


class ReminderStore:
    """The reminders of all learners."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._claims = Claims(database, reminders)

    async def remember(
        self, learner: int, scenario: str, due: Mapping[int, datetime], language: str = ENGLISH
    ) -> None:
        """Remind this learner: `due` maps numbers of days to times.

        Reminders that were not sent yet are replaced and get a new id: a process that is just sending one has the
        old id. Reminders that were sent start again, and keep their id.
        """
        async with self._database.writing.begin() as connection:
            await connection.execute(reminders.delete().where(*_unsent(learner, scenario)))
            for days, moment in sorted(due.items()):
                anew = {"due": moment, "again_at": None, "state": "waiting", "tried": "[]", "language": language}
                wanted = self._database.insert(reminders).values(
                    learner=learner, scenario=scenario, days=days, **anew
                )
                await connection.execute(
                    wanted.on_conflict_do_update(index_elements=["learner", "scenario", "days"], set_=anew)
                )

    async def stop(self, learner: int, scenario: str | None) -> int:
        """Delete the reminders that were not sent yet, of one scenario or of all; returns how many."""
        return await self._database.delete(reminders.delete().where(*_unsent(learner, scenario)), wholly=True)

    async def find(self, id: int) -> Reminder | None:  # noqa: A002 -- it is called so everywhere else
        """The reminder with this id, whatever its state."""
        found = await self._read(reminders.c.id == id)
        return found[0] if found else None

    async def pending(self, learner: int, scenario: str) -> int:
        """How many reminders of this scenario were not sent yet."""
        counted = select(func.count()).select_from(reminders).where(*_unsent(learner, scenario))
        return await self._database.scalar(counted) or 0

    async def due(self, now: datetime, learner: int | None = None) -> list[Reminder]:
        """The reminders to send now, the oldest first, at most a hundred.

        With a `learner`, only theirs, also those that were put off and are to be tried again later."""
        is_due = _send_at <= now
        if learner is not None:
            is_due = (reminders.c.due <= now) & (reminders.c.learner == learner)
        return await self._read(reminders.c.state == "waiting", is_due, limit=AT_ONCE)

    async def unfinished(self) -> list[Reminder]:
        """The reminders that are `sending`, here or by a process that died. They are this process's now."""
        return await self._read(*await self._claims.take_over())

    async def next_due(self) -> datetime | None:
        """When the next reminder is to be sent; None if none is waiting."""
        first = select(func.min(_send_at)).where(reminders.c.state == "waiting")
        return await self._database.scalar(first)

    async def claim(self, id: int) -> bool:  # noqa: A002
        """Claim a reminder to send it; False if another process did, or if it was deleted."""
        return await self._claims.claim(reminders.c.id == id)

    async def release(self, id: int) -> None:  # noqa: A002
        """Give it back, to be tried again soon."""
        await self._claims.end(reminders.c.id == id, state="waiting")

    async def put_off(self, id: int, until: datetime) -> None:  # noqa: A002
        """Give it back, to be tried again at that time."""
        await self._claims.end(reminders.c.id == id, state="waiting", again_at=until)

    async def sent(self, id: int) -> None:  # noqa: A002
        """Save that it reached the learner."""
        await self._claims.end(reminders.c.id == id, state="sent")

    async def set_tried(self, id: int, tried: str) -> None:  # noqa: A002
        """Save the answers that the learner has given to the quiz since it was sent, as JSON."""
        await self._database.change(reminders.update().where(reminders.c.id == id).values(tried=tried))

    async def _read(self, *which: ColumnElement[bool], limit: int | None = None) -> list[Reminder]:
        oldest = select(reminders).where(*which).order_by(reminders.c.due, reminders.c.id).limit(limit)
        return [Reminder(**row) for row in await self._database.mappings(oldest)]


def _unsent(learner: int, scenario: str | None) -> list[ColumnElement[bool]]:
    theirs = [reminders.c.learner == learner, reminders.c.state != "sent"]
    return theirs if scenario is None else [*theirs, reminders.c.scenario == scenario]
