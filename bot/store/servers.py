"""What each server chose, and which of them are home: those whose moderators change the lessons."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy import select

from bot.store.database import Database
from bot.store.tables import homes, servers


@dataclass(frozen=True)
class Choices:
    """One server's settings, as they are until somebody changes them."""

    moderator_role: int | None = None
    listens_in: tuple[int, ...] = ()
    notices_in: int | None = None
    asks_for_feedback: bool = True
    # A language's tag ("de"); '' is the language that Discord says the server has.
    language: str = ""


_CHOICES = TypeAdapter(Choices)


class Servers:
    """The settings of all servers: loaded once, as every message and every press asks for them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[int, Choices] = {}
        self.homes: frozenset[int] = frozenset()

    async def load(self) -> None:
        """Read what all servers chose, and which are home; before that, all have what all begin with."""
        async with self._database.reading.connect() as connection:
            kept = (await connection.execute(select(servers.c.server, servers.c.choices))).all()
            self.homes = frozenset(await connection.scalars(select(homes.c.server)))
        self._known = {server: _CHOICES.validate_json(choices) for server, choices in kept}

    def of(self, server: int | None) -> Choices:
        """What this server chose; outside of servers, what all begin with."""
        return self._known.get(server or 0, Choices())

    async def set(self, server: int, choices: Choices) -> None:
        """Keep what a server chose."""
        kept = {"choices": _CHOICES.dump_json(choices).decode()}
        new = self._database.insert(servers).values(server=server, **kept)
        async with self._database.writing.begin() as connection:
            await connection.execute(new.on_conflict_do_update(index_elements=["server"], set_=kept))
        self._known[server] = choices

    async def set_homes(self, wanted: Collection[int]) -> None:
        """Keep which servers are home, in place of those that were."""
        async with self._database.writing.begin() as connection:
            await connection.execute(homes.delete())
            if wanted:
                await connection.execute(homes.insert(), [{"server": each} for each in sorted(wanted)])
        self.homes = frozenset(wanted)
