"""Optimistic locking: a row is saved only if nobody else has saved it since it was read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database


class StaleError(Exception):
    """Another save came first. Nothing was written; read the row again and repeat the change."""


async def save_version(
    database: Database,
    connection: AsyncConnection,
    table: Table,
    row: Mapping[str, Any],  # columns have different types
    fixed: tuple[str, ...] = (),
) -> None:
    """Save a row. Its `version` is the one that was read; 0 is a new row.

    `fixed` are the columns that only a new row sets. Raises `StaleError`.
    """
    read, values = row["version"], {**row, "version": row["version"] + 1}
    if read == 0:
        done = await connection.execute(database.insert(table).values(values).on_conflict_do_nothing())
    else:
        keys = {column.name for column in table.primary_key}
        here = [table.c[key] == row[key] for key in keys]
        change = {name: value for name, value in values.items() if name not in {*keys, *fixed}}
        done = await connection.execute(table.update().where(*here, table.c.version == read).values(change))
    if done.rowcount != 1:
        raise StaleError
