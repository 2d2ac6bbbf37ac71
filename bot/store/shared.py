"""Walkthroughs that a channel does together, each in one message."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from bot.store.database import Database
from bot.store.tables import shared_choices as choices
from bot.store.tables import shared_walks
from bot.store.versions import save_version

NOBODY = 0  # replaces the starter of a shared walk who deleted their data


@dataclass(frozen=True)
class SharedWalk:
    """One message and the progress of its channel. `version` counts the saves; 0 means never saved."""

    message: int
    channel: int
    starter: int
    scenario: str
    progress: str
    version: int
    updated_at: datetime


class SharedWalkStore:
    """The walks of all channels, and what each learner chose in them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, message: int) -> SharedWalk | None:
        """The walk in this message."""
        here = select(shared_walks).where(shared_walks.c.message == message)
        found = await self._database.mappings(here)
        return SharedWalk(**found[0]) if found else None

    async def save(self, walk: SharedWalk) -> SharedWalk:
        """Save the progress of the channel; starter, channel and scenario never change.

        Raises `StaleError` if it was saved since it was read. Returns the walk with its new version.
        """
        async with self._database.writing.begin() as connection:
            row = asdict(walk)
            await save_version(
                self._database, connection, shared_walks, row, fixed=("channel", "starter", "scenario")
            )
        return replace(walk, version=walk.version + 1)

    async def remove(self, message: int) -> None:
        """Delete the walk in this message and every choice made in it."""
        await self._database.delete(shared_walks.delete().where(shared_walks.c.message == message))

    async def purge(self, untouched_since: datetime) -> int:
        """Delete the walks without a press since then. Returns how many."""
        old = shared_walks.delete().where(shared_walks.c.updated_at < untouched_since)
        async with self._database.deleting(wholly=True) as connection:
            return (await connection.execute(old)).rowcount

    async def is_empty(self) -> bool:
        """Whether there is none."""
        async with self._database.reading.connect() as connection:
            return (await connection.execute(select(shared_walks.c.message).limit(1))).first() is None

    async def choose(self, message: int, learner: int, about: str, choice: str, at: datetime) -> bool:
        """Save a learner's choice about 'predict' or 'check', in place of an earlier one.

        The walk was pressed `at` this time. False if it has just ended.
        """
        press = self._database.insert(choices).values(message=message, learner=learner, about=about, choice=choice)
        latest = press.on_conflict_do_update(index_elements=list(choices.primary_key), set_={"choice": choice})
        touched = shared_walks.update().where(shared_walks.c.message == message).values(updated_at=at)
        try:
            async with self._database.writing.begin() as connection:
                await connection.execute(latest)
                await connection.execute(touched)
        except IntegrityError:
            return False
        return True

    async def count(self, message: int, about: str) -> dict[str, int]:
        """How many learners made each choice."""
        here = (choices.c.message == message, choices.c.about == about)
        counted = select(choices.c.choice, func.count()).where(*here).group_by(choices.c.choice)
        return dict(await self._database.rows(counted))
