"""Notices when a table changes, whoever writes: what was read from it can be kept until then."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, event
from sqlalchemy.ext.asyncio import AsyncEngine


class Changes:
    """How often a table was changed through this engine. Changes made elsewhere are not noticed."""

    def __init__(self, engine: AsyncEngine, table: Table) -> None:
        self.count = 0
        self._table = table
        self._mark = f"changed {table.name}"
        event.listen(engine.sync_engine, "after_execute", self._note)
        # A connection goes back to its pool when its transaction is over. Counted any earlier, somebody could read
        # what was there before, and keep it as what is there now.
        event.listen(engine.sync_engine, "checkin", self._count)

    def _note(self, connection: Connection, statement: Any, *_: object) -> None:
        if getattr(statement, "is_dml", False) and statement.table is self._table:
            connection.info[self._mark] = True

    def _count(self, _: object, record: Any) -> None:
        if record.info.pop(self._mark, False):
            self.count += 1
