"""Messages that a process claims before it sends them, so that no other process sends them, too.

If a process ends before a message is confirmed, another one takes it over, and finds out whether it arrived.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table

from bot.store.database import Database
from bot.store.leases import is_left


class Claims:
    """The claims on the rows of a table: its column `state` is 'waiting', and 'sending' while a row is claimed."""

    def __init__(self, database: Database, table: Table, state: str = "state") -> None:
        self._database = database
        self._table = table
        self._state = state

    @property
    def _mine(self) -> tuple[ColumnElement[bool], ...]:
        """Claimed by this process, and not taken over by another one since."""
        return self._table.c[self._state] == "sending", self._table.c.sender == self._database.process

    async def claim(self, *which: ColumnElement[bool]) -> bool:
        """Claim a row; False if another process did, or if there is no such row any more."""
        claimed = {self._state: "sending", "sender": self._database.process}
        return await self._change(self._table.c[self._state] == "waiting", *which, **claimed) == 1

    async def take_over(self) -> tuple[ColumnElement[bool], ...]:
        """Claim what processes that ended have left; returns which rows this one holds then."""
        me = self._database.process
        await self._change(self._table.c[self._state] == "sending", is_left(self._table.c.sender, me), sender=me)
        return self._mine

    async def end(self, which: ColumnElement[bool], **values: object) -> None:
        """Save what became of a row that this process claimed, with its next state."""
        await self._change(which, *self._mine, **values)

    async def _change(self, *which: ColumnElement[bool], **values: object) -> int:
        return await self._database.change(self._table.update().where(*which).values(**values))
