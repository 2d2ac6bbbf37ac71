"""The settings of each server, and which servers are home: those whose moderators may change the lessons."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy import select

from bot.store.database import Database
from bot.store.tables import homes, servers


@dataclass(frozen=True)
class Choices:
    """One server's settings, with their defaults."""

    moderator_role: int | None = None
    listens_in: tuple[int, ...] = ()
    notices_in: int | None = None
    asks_for_feedback: bool = True
    # A language's tag ("de"); '' is the language that the server has in Discord.
    language: str = ""
    # The channel or forum where questions are brought to moderators, and what is posted there.
    inbox: int | None = None
    inbox_a_day: int = 10
    # The first quiet hour, and the first hour after them, in UTC; the same hour twice is no quiet hours.
    quiet_from: int = 0
    quiet_to: int = 0
    digest: bool = True


_CHOICES = TypeAdapter(Choices)


class Servers:
    """The settings of all servers: loaded once, as every message and every press needs them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[int, Choices] = {}
        self.homes: frozenset[int] = frozenset()

    async def load(self) -> None:
        """Load all settings, and which servers are home; before that, all servers have the defaults."""
        async with self._database.reading.connect() as connection:
            kept = (await connection.execute(select(servers.c.server, servers.c.choices))).all()
            self.homes = frozenset(await connection.scalars(select(homes.c.server)))
        self._known = {server: _CHOICES.validate_json(choices) for server, choices in kept}

    def of(self, server: int | None) -> Choices:
        """The settings of this server; outside of servers, the defaults."""
        return self._known.get(server or 0, Choices())

    @property
    def with_inbox(self) -> list[int]:
        """The servers that chose an inbox."""
        return [server for server, choices in self._known.items() if choices.inbox]

    async def set(self, server: int, choices: Choices) -> None:
        """Save the settings of a server."""
        kept = {"choices": _CHOICES.dump_json(choices).decode()}
        new = self._database.insert(servers).values(server=server, **kept)
        async with self._database.writing.begin() as connection:
            await connection.execute(new.on_conflict_do_update(index_elements=["server"], set_=kept))
        self._known[server] = choices

    async def set_homes(self, wanted: Collection[int]) -> None:
        """Save which servers are home, in place of the earlier ones."""
        async with self._database.writing.begin() as connection:
            await connection.execute(homes.delete())
            if wanted:
                await connection.execute(homes.insert(), [{"server": each} for each in sorted(wanted)])
        self.homes = frozenset(wanted)
