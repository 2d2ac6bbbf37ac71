"""Connections for whoever reads or writes, as long as there is time to wait for one."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFreeError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import StoreFailingError
from bot.store.database_errors import AWAY
from bot.time_left import time_left


@dataclass(frozen=True)
class Connections:
    """Connections of an engine of SQLAlchemy. Each begins with what is still to be written.

    Whoever has to be answered in time waits for a connection only as long as there is time. Then it raises
    `StoreFailingError`, and nothing was begun.
    """

    engine: AsyncEngine  # used directly, it does not write first what is still to be written
    before: Callable[[], Awaitable[None]]

    @property
    def dialect(self) -> Dialect:
        return self.engine.dialect

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        async with AsyncExitStack() as until_the_end:
            yield await self._connection(until_the_end)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        async with AsyncExitStack() as until_the_end:
            connection = await self._connection(until_the_end)
            await until_the_end.enter_async_context(connection.begin())
            yield connection

    async def _connection(self, until_the_end: AsyncExitStack) -> AsyncConnection:
        left = time_left()
        try:
            async with asyncio.timeout(None if left == math.inf else left):
                await self.before()
                connection = await self.engine.connect().start()
                until_the_end.push_async_callback(_give_back, connection)
                return connection
        except (OSError, NoneFreeError) as error:  # no time is left, or `in_words` is not called for it
            raise StoreFailingError(AWAY) from error
        except DBAPIError as error:
            # A server that stops just then says nothing, or class 08: "connection exception".
            state = getattr(error.orig, "sqlstate", None)
            if self.dialect.name != "postgresql" or not (state is None or state.startswith("08")):
                raise
            raise StoreFailingError(AWAY) from error


async def _give_back(connection: AsyncConnection) -> None:
    """Close a connection, also where all tasks are cancelled: SQLAlchemy's own way begins a task, which is one."""
    closing = asyncio.create_task(connection.close())
    try:
        await asyncio.shield(closing)
    except asyncio.CancelledError:
        await asyncio.wait({closing})
        if closing.cancelled() and not connection.closed:
            await connection.close()
        raise
