"""Connects to a database of PostgreSQL."""

from __future__ import annotations

import os
import secrets
import socket

from sqlalchemy import event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import StoreError
from bot.installation import pip_install
from bot.store.database_errors import FORMS, HIDE_VALUES, PATIENCE, in_words

IDLE = 30  # seconds after which PostgreSQL ends the transaction of a process that does nothing with it

# The name of this process in PostgreSQL, at most 63 bytes. The random part differs between containers.
NAME = f"lessonbot {os.getpid()} on {socket.gethostname()[:35]} {secrets.token_hex(3)}"


def postgresql_engine(rest: str) -> AsyncEngine:
    """An engine for the URL without its scheme. Raises `StoreError`."""
    if rest.count("@") > 1:
        raise StoreError("DATABASE_URL holds more than one @: write those in the password as %40")
    try:
        url = make_url(f"postgresql+asyncpg://{rest}")
    except (ArgumentError, ValueError):  # its text could quote a password
        raise StoreError(f"DATABASE_URL cannot be read: {FORMS}") from None
    # Hosting providers give URLs with `sslmode`, the name in other PostgreSQL clients.
    options = {"ssl" if option == "sslmode" else option: value for option, value in url.query.items()}
    if unknown := options.keys() - {"host", "port", "ssl"}:
        raise StoreError(f"DATABASE_URL has an option that is not known here: {', '.join(sorted(unknown))}")
    try:
        # pool_pre_ping replaces a connection that a restart of the server has closed.
        engine = create_async_engine(
            url.set(query=options),
            pool_pre_ping=True,
            hide_parameters=HIDE_VALUES,
            connect_args={"timeout": PATIENCE, "server_settings": {"application_name": NAME}},
        )
    except ImportError as error:
        raise StoreError(f"PostgreSQL needs one more package: {pip_install('postgres')}") from error
    event.listen(engine.sync_engine, "handle_error", in_words)
    # A process that was stopped in a transaction would otherwise keep others from its rows for ever.
    end_idle_transactions(engine, IDLE)
    return engine


def end_idle_transactions(engine: AsyncEngine, seconds: float) -> None:
    """Let PostgreSQL end transactions of this engine that wait for the process for so long."""

    def prepare(connection: DBAPIConnection, _: object) -> None:
        cursor = connection.cursor()
        # Not at the start of the connection: a connection pooler would refuse the option.
        cursor.execute(f"SET idle_in_transaction_session_timeout = {round(seconds * 1000)}")
        cursor.close()
        connection.commit()

    event.listen(engine.sync_engine, "connect", prepare)
