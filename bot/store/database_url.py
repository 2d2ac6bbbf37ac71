"""Finds the database that a URL names."""

from __future__ import annotations

from bot.errors import StoreError
from bot.store.database import Database
from bot.store.database_errors import FORMS
from bot.store.postgresql_engine import postgresql_engine
from bot.store.sqlite_engines import sqlite_engines


def database_at(url: str) -> Database:
    """The database of this URL, not connected yet. Raises `StoreError`, which never contains the password."""
    path = sqlite_path(url)
    if path is not None:
        reading, writing = sqlite_engines(path or ":memory:")
        return Database.of(f"the database {path or 'in memory'}", reading, writing, path)
    scheme, found, rest = url.partition("://")
    if found and scheme in {"postgresql", "postgres", "postgresql+asyncpg"}:
        engine = postgresql_engine(rest)
        place = engine.url
        host = place.host or place.query.get("host", "this machine")
        return Database.of(f"the database {place.database or ''} at {host}", engine, engine)
    raise StoreError(f"DATABASE_URL names no database that Lessonbot can use: {FORMS}")


def sqlite_path(url: str) -> str | None:
    """The file of this URL, '' for `:memory:`, or None if it is not an URL of SQLite.

    One without a file is none, either: SQLite would use its memory, and what members do would be lost at the end.
    """
    scheme, _, file = url.partition(":///")
    is_sqlite = file and scheme in {"sqlite", "sqlite+aiosqlite"}
    return file.removeprefix(":memory:") if is_sqlite else None
