"""The settings of each server, and which servers are home: those whose moderators may change the lessons."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.tables import channel_lessons, homes, servers, versions

_VERSION = "servers"
_VERSION_NOW = select(versions.c.number).where(versions.c.name == _VERSION)


@dataclass(frozen=True)
class Choices:
    """One server's settings, with their defaults."""

    moderator_role: int | None = None
    listens_in: tuple[int, ...] = ()
    notices_in: int | None = None
    asks_for_feedback: bool = True
    # A language's tag ("de"); '' is the one that the server has by default.
    language: str = ""
    # Whether the server got the card that says how to set the bot up.
    is_greeted: bool = False
    # The errors in lesson files that its moderators know of, as digests.
    told: tuple[str, ...] = ()
    # The channel or forum where questions are brought to moderators, and what is posted there.
    inbox: int | None = None
    inbox_a_day: int = 10
    # The first quiet hour, and the first hour after them, in UTC; the same hour twice is no quiet hours.
    quiet_from: int = 0
    quiet_to: int = 0
    digest: bool = True


@dataclass(frozen=True)
class ChosenLesson:
    """A lesson that a channel is about, by its file, with the title that it had when it was chosen."""

    file: str
    title: str


_CHOICES = TypeAdapter(Choices)
_DEFAULTS = Choices()


class Servers:
    """The settings of all servers: loaded once, as every message and every press needs them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[int, Choices] = {}
        self._lessons: dict[int, dict[int, tuple[ChosenLesson, ...]]] = {}
        self._version = 0
        self._changing = asyncio.Lock()
        self.homes: frozenset[int] = frozenset()

    async def refresh(self) -> bool:
        """Load all settings again if another process changed any; whether it did."""
        version = await self._database.scalar(_VERSION_NOW) or 0
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
            every = channel_lessons.select().order_by(channel_lessons.c.title, channel_lessons.c.file)
            about = (await connection.execute(every)).all()
        self._lessons = {}
        for row in about:
            here = self._lessons.setdefault(row.server, {})
            here[row.channel] = (*here.get(row.channel, ()), ChosenLesson(row.file, row.title))
        self._known = {server: _CHOICES.validate_json(choices) for server, choices in kept}

    def of(self, server: int | None) -> Choices:
        """The settings of this server; outside of servers, the defaults."""
        return self._known.get(server or 0, _DEFAULTS)

    @property
    def with_inbox(self) -> list[int]:
        """The servers that chose an inbox."""
        return [server for server, choices in self._known.items() if choices.inbox]

    async def set(self, server: int, choices: Choices) -> None:
        """Save the settings of a server, in place of the earlier ones."""
        await self.change(server, lambda _: choices)

    async def change(self, server: int, changed: Callable[[Choices], Choices]) -> tuple[Choices, Choices]:
        """Change settings of a server; returns all of them before and after.

        Two moderators can change two settings at the same moment, in two processes: each change is made to what
        the other one saved.
        """
        here = servers.c.server == server
        first = self._database.insert(servers).values(server=server, choices=_in_json(_DEFAULTS))
        async with self._changing:
            async with self._database.writing.begin() as connection:
                await connection.execute(first.on_conflict_do_nothing())
                kept = await connection.execute(select(servers.c.choices).where(here).with_for_update())
                before = _CHOICES.validate_json(kept.scalar_one())
                after = changed(before)
                await connection.execute(servers.update().where(here).values(choices=_in_json(after)))
                await self._note_change(connection)
            self._known[server] = after
        return before, after

    def lessons_of(self, server: int | None) -> Mapping[int, tuple[ChosenLesson, ...]]:
        """The lessons that channels and categories of this server are about, by the ids of these."""
        return self._lessons.get(server or 0, {})

    async def set_lessons(self, server: int, channel: int, lessons: Collection[ChosenLesson]) -> None:
        """Save which lessons a channel or category is about, in place of the earlier ones."""
        chosen = tuple(sorted(set(lessons), key=lambda each: (each.title, each.file)))
        own = (channel_lessons.c.server == server, channel_lessons.c.channel == channel)
        rows = [{"server": server, "channel": channel, "file": each.file, "title": each.title} for each in chosen]
        async with self._database.writing.begin() as connection:
            await connection.execute(channel_lessons.delete().where(*own))
            if rows:  # another moderator may choose the same at this moment
                await connection.execute(self._database.insert(channel_lessons).on_conflict_do_nothing(), rows)
            await self._note_change(connection)
        here = {key: value for key, value in self._lessons.get(server, {}).items() if key != channel}
        self._lessons[server] = {**here, channel: chosen} if chosen else here

    async def set_homes(self, wanted: Collection[int]) -> None:
        """Save which servers are home, in place of the earlier ones."""
        async with self._database.writing.begin() as connection:
            await connection.execute(homes.delete().where(homes.c.server.not_in(wanted)))
            if wanted:  # another process may save the same at this moment
                once = self._database.insert(homes).on_conflict_do_nothing()
                await connection.execute(once, [{"server": each} for each in sorted(wanted)])
            await self._note_change(connection)
        self.homes = frozenset(wanted)

    async def _note_change(self, connection: AsyncConnection) -> None:
        """For the other processes, which look at the version."""
        first = self._database.insert(versions).values(name=_VERSION, number=1)
        again = {"number": versions.c.number + 1}
        await connection.execute(first.on_conflict_do_update(index_elements=["name"], set_=again))


def _in_json(choices: Choices) -> str:
    return _CHOICES.dump_json(choices).decode()
