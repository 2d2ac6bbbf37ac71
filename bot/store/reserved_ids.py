"""Ids for rows that are written later: taken from the table's own sequence, many at once."""

from __future__ import annotations

import asyncio
from collections import deque

from sqlalchemy import Table, text

from bot.store.database import Database

AT_ONCE = 200

_SQLITE = (
    "INSERT INTO sqlite_sequence (name, seq) SELECT :name, 0 "
    "WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = :name)",
    "UPDATE sqlite_sequence SET seq = seq + :number WHERE name = :name",
)
_SQLITE_LAST = "SELECT seq FROM sqlite_sequence WHERE name = :name"
_POSTGRESQL = "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :number)"


class ReservedIds:
    """Ids of a table that no other process gives out. Those that are left at the end are never used."""

    def __init__(self, database: Database, table: Table) -> None:
        self._database = database
        self._name = table.name
        self._ids: deque[int] = deque()
        self._turn = asyncio.Lock()

    def __len__(self) -> int:
        return len(self._ids)

    def take(self) -> int:
        """The next id. Call it only while there is one."""
        return self._ids.popleft()

    async def reserve(self) -> None:
        """Reserve more ids if none is left."""
        async with self._turn:
            if not self._ids:
                self._ids.extend(await self._reserve())

    async def _reserve(self) -> list[int]:
        about = {"name": self._name, "number": AT_ONCE}
        async with self._database.writing.begin() as connection:
            if connection.dialect.name == "postgresql":
                return sorted((await connection.execute(text(_POSTGRESQL), about)).scalars())
            for each in _SQLITE:
                await connection.execute(text(each), about)
            last = int(await connection.scalar(text(_SQLITE_LAST), about) or 0)
            return list(range(last - AT_ONCE + 1, last + 1))
