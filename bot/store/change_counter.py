"""Counts the changes of a table, so that what was read from it can be cached until the next one."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, CursorResult, Executable, Table, event
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.dml import UpdateBase


class ChangeCounter:
    """Counts the changes of a table through this engine. Changes by other processes are not counted."""

    def __init__(self, engine: AsyncEngine, table: Table) -> None:
        self.count = 0
        # Called after each change.
        self.then: Callable[[], None] = lambda: None
        self._table = table
        self._mark = f"changed {table.name}"
        event.listen(engine.sync_engine, "after_execute", self._note)
        # A connection returns to its pool after its transaction. If the change were counted earlier, another task
        # could read the old rows and cache them as the new ones.
        event.listen(engine.sync_engine, "checkin", self._count)

    def _note(self, connection: Connection, statement: Executable, *about: object) -> None:
        if isinstance(statement, UpdateBase) and statement.table is self._table and _is_change(about[-1]):
            connection.info[self._mark] = True

    def _count(self, _: object, record: ConnectionPoolEntry) -> None:
        if record.info.pop(self._mark, False):
            self.count += 1
            self.then()


def _is_change(result: object) -> bool:
    """Whether a statement may have changed a row. What it returns has to be read before its rows are counted."""
    return not isinstance(result, CursorResult) or result.returns_rows or result.rowcount != 0
