"""Migrates a database to the tables of this version, safely even if two processes start at the same time.

To change a table: change `tables.py`, and add `migrations/versions/000N_what_it_does.py` by hand,
modelled on the one before it. `tests/store/test_migrating.py` fails where the two differ.
"""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, column, func, inspect, select, table

from bot.errors import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).resolve().parent / "migrations"

_LOCK = 0x6C6573736F6E  # "lesson"; any number that no other program locks in the same database

_VERSION = table("alembic_version", column("version_num"))  # Alembic's own

log = logging.getLogger(__name__)
# At info, Alembic logs two lines at each start, and more about its plugins.
logging.getLogger("alembic").setLevel(logging.WARNING)


def migrate(connection: Connection) -> None:
    """Create or change the tables, in the transaction of this connection.

    SQLite lets one transaction write at a time, so the second of two processes finds the work done. PostgreSQL
    does not; there, this waits for a lock. Raises `StoreError` if a newer version made the database.
    """
    # Checked before Alembic runs, as it keeps the current migration in a global variable of the process.
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    now, newest = revision(connection), newest_revision()
    if now == newest:
        return
    from alembic import command

    command.upgrade(_config(connection=connection), "head")
    log.info("the database is now at revision %s (before: %s)", newest, now or "none")


def revision(connection: Connection) -> str | None:
    """The revision of this database, None if it has no tables of ours yet. Changes nothing.

    Raises `StoreError` if a newer version made the database.
    """
    if not inspect(connection).has_table(_VERSION.name):
        return None
    now: str | None = connection.scalar(select(_VERSION.c.version_num))
    if now not in {None, *_revisions()}:
        raise StoreError(f"it was made by a newer Lessonbot (revision {now}); update this one")
    return now


def newest_revision() -> str:
    """The revision of this version's tables."""
    return _revisions()[-1]


@cache
def _revisions() -> list[str]:
    """All revisions, the oldest first, as their files are named: Alembic would take long to import."""
    return sorted(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def _config(**attributes: object) -> Config:
    from alembic.config import Config

    config = Config(attributes=attributes)
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
