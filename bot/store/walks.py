"""The progress of each learner in each scenario, and what they did there at least once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import func, select

from bot.store.database import Database
from bot.store.tables import marks as mark_table
from bot.store.tables import walks
from bot.store.versions import StaleError, save_version

__all__ = ["StaleError", "Walk", "WalkStore"]


@dataclass(frozen=True)
class Walk:
    """One learner's progress in one scenario. `version` counts the saves; 0 means never saved."""

    learner: int
    scenario: str
    progress: str
    step: str
    finished: bool
    version: int
    updated_at: datetime


class WalkStore:
    """The walks of all learners."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, learner: int, scenario: str) -> Walk | None:
        """This learner's walk of this scenario; None if there is none."""
        here = select(walks).where(walks.c.learner == learner, walks.c.scenario == scenario)
        found = await self._database.mappings(here)
        return Walk(**found[0]) if found else None

    async def of(self, learner: int) -> list[Walk]:
        """All walks of this learner, latest first."""
        theirs = select(walks).where(walks.c.learner == learner)
        latest_first = theirs.order_by(walks.c.updated_at.desc(), walks.c.scenario)
        return [Walk(**row) for row in await self._database.mappings(latest_first)]

    async def save(self, walk: Walk, marks: Collection[tuple[str, str]] = ()) -> Walk:
        """Save the walk and what the learner did, as pairs of kind and item.

        Kinds are 'arrived' (at a step), 'went-on' (from a step), 'picked' (a solution) and 'chose' (an
        option of the quiz). Raises `StaleError` if the walk was saved since it was read; nothing is
        written then. Returns the walk with its new version.
        """
        whose = {"learner": walk.learner, "scenario": walk.scenario}
        done = [{**whose, "kind": kind, "item": item} for kind, item in sorted(set(marks))]
        async with self._database.writing.begin() as connection:
            await save_version(self._database, connection, walks, asdict(walk))
            if done:
                once = self._database.insert(mark_table).on_conflict_do_nothing()
                await connection.execute(once, done)
        return replace(walk, version=walk.version + 1)

    async def tally(self, scenario: str) -> dict[tuple[str, str], int]:
        """How many learners did each thing in this scenario, by kind and item."""
        kind, item = mark_table.c.kind, mark_table.c.item
        counted = select(kind, item, func.count()).where(mark_table.c.scenario == scenario).group_by(kind, item)
        return {(kind, item): number for kind, item, number in await self._database.rows(counted)}

    async def left(self, scenario: str, idle_since: datetime) -> dict[str, int]:
        """How many learners, by step, have not finished and done nothing since that time."""
        idle = (walks.c.scenario == scenario, walks.c.finished.is_(False), walks.c.updated_at < idle_since)
        counted = select(walks.c.step, func.count()).where(*idle).group_by(walks.c.step)
        return dict(await self._database.rows(counted))
