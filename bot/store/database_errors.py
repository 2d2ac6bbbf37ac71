"""Says in words why a database cannot be used."""

from __future__ import annotations

import sqlite3

from sqlalchemy import ExceptionContext
from sqlalchemy.exc import DBAPIError

from bot.counting import counts
from bot.errors import StoreFailingError
from bot.language.words import N_

PATIENCE = 10  # seconds to wait for the server to answer
# Errors are logged. Without this, they would quote values of rows: ids of members, and what they asked.
HIDE_VALUES = True
FORMS = "write sqlite:///path/of/the/file or postgresql://user:password@host/name"

READ_ONLY = "25006"  # PostgreSQL's error code
# Errors that an operator can fix, as members read them; by the error code of SQLite or PostgreSQL.
_FULL = N_("the database disk is full")
_READ_ONLY = N_("the database cannot be written to")
_FAILING = N_("the database disk is failing")
AWAY = N_("the database does not answer")
_REASONS: dict[object, str] = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: _READ_ONLY,
    sqlite3.SQLITE_IOERR: _FAILING,
    sqlite3.SQLITE_IOERR_SHMSIZE: _FULL,  # it cannot make the file that its processes share
    "53100": _FULL,
    READ_ONLY: _READ_ONLY,
    "58030": _FAILING,
    "53300": AWAY,  # it takes no more connections
    "57P01": AWAY,  # it stops, or somebody ended the connection
    "57P02": AWAY,
    "57P03": AWAY,  # it starts
}


def reason(error: BaseException) -> str:
    """Why a database cannot be used, in one line."""
    if str(error) == AWAY and error.__cause__:
        error = error.__cause__
    if isinstance(error, TimeoutError):
        return f"no server answered within {PATIENCE} seconds"
    if isinstance(error, OSError):
        return f"no server answers there: {error.strerror or error}"
    said = str(error.orig if isinstance(error, DBAPIError) else error)
    if said == "file is not a database":
        return "it is no database of SQLite, or damaged; move the file away, or restore a backup"
    return said.partition("\n")[0]


def in_words(context: ExceptionContext) -> StoreFailingError | None:
    """An error that passes or that an operator can fix, in place of SQLAlchemy's; None for all others."""
    error = context.original_exception
    if not isinstance(error, Exception):  # whoever waits was cancelled
        return None
    counts.database_errors += 1
    exact = getattr(error, "sqlite_errorcode", 0)
    code = exact & 0xFF or getattr(error, "sqlstate", None)
    if code == READ_ONLY:
        # After a fail-over, another server may accept changes. A connection to this one would never do it.
        context.is_disconnect = True
    if context.is_pre_ping:  # it is replaced by a new one
        return None
    is_away = context.is_disconnect or isinstance(error, OSError)
    why = _REASONS.get(exact) or _REASONS.get(code, AWAY if is_away else "")
    return StoreFailingError(why) if why else None
