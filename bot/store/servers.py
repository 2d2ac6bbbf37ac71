"""The settings of each server, and which servers are home: those whose moderators may change the lessons."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.tables import homes, servers, versions

_VERSION = "servers"
_VERSION_NOW = select(versions.c.number).where(versions.c.name == _VERSION)


@dataclass(frozen=True)
class Choices:
    """One server's settings, with their defaults."""

    moderator_role: int | None = None
    listens_in: tuple[int, ...] = ()
    notices_in: int | None = None
    asks_for_feedback: bool = True
    # A language's tag ("de"); '' is the language that the server has in Discord.
    language: str = ""


_CHOICES = TypeAdapter(Choices)


class Servers:
    """The settings of all servers: loaded once, as every message and every press needs them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[int, Choices] = {}
        self._version = 0
        self.homes: frozenset[int] = frozenset()

    async def refresh(self) -> bool:
        """Load all settings again if another process changed any; whether it did."""
        async with self._database.reading.connect() as connection:
            version = await connection.scalar(_VERSION_NOW) or 0
        if is_changed := version != self._version:
            await self.load()
        return is_changed

    async def load(self) -> None:
        """Load all settings, and which servers are home; before that, all servers have the defaults."""
        async with self._database.reading.connect() as connection:
            # Before the settings: if they change meanwhile, they are loaded once more.
            self._version = await connection.scalar(_VERSION_NOW) or 0
            kept = (await connection.execute(select(servers.c.server, servers.c.choices))).all()
            self.homes = frozenset(await connection.scalars(select(homes.c.server)))
        self._known = {server: _CHOICES.validate_json(choices) for server, choices in kept}

    def of(self, server: int | None) -> Choices:
        """The settings of this server; outside of servers, the defaults."""
        return self._known.get(server or 0, Choices())

    async def set(self, server: int, choices: Choices) -> None:
        """Save the settings of a server."""
        kept = {"choices": _CHOICES.dump_json(choices).decode()}
        new = self._database.insert(servers).values(server=server, **kept)
        async with self._database.writing.begin() as connection:
            await connection.execute(new.on_conflict_do_update(index_elements=["server"], set_=kept))
            await self._note_change(connection)
        self._known[server] = choices

    async def set_homes(self, wanted: Collection[int]) -> None:
        """Save which servers are home, in place of the earlier ones."""
        async with self._database.writing.begin() as connection:
            await connection.execute(homes.delete())
            if wanted:
                await connection.execute(homes.insert(), [{"server": each} for each in sorted(wanted)])
            await self._note_change(connection)
        self.homes = frozenset(wanted)

    async def _note_change(self, connection: AsyncConnection) -> None:
        """For the other processes, which look at the version."""
        first = self._database.insert(versions).values(name=_VERSION, number=1)
        again = {"number": versions.c.number + 1}
        await connection.execute(first.on_conflict_do_update(index_elements=["name"], set_=again))
