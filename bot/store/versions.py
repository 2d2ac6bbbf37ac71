"""Saving only what nobody else has saved meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database


class StaleError(Exception):
    """Another save came first, and nothing of this one was written: read again, and decide anew."""


async def save_version(
    database: Database,
    connection: AsyncConnection,
    table: Table,
    row: Mapping[str, Any],
    fixed: tuple[str, ...] = (),
) -> None:
    """Write a row whose `version` is the one it was read with; 0 is a new row.

    `fixed` names the columns that are written once. Raises `StaleError`.
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
