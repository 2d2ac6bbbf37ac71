"""How many members missed an answer to a question, without who they are.

A member has the same mark for all questions of one cluster, and another mark for each cluster: so different
members can be counted, and nobody can see what else one of them asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.tables import Rows, askers, questions
from bot.store.votes import Marked, Votes

_MARKED = Marked(askers, askers.c.asker, askers.c.about, "asker of ")


@dataclass(frozen=True)
class Asker:
    """A member, by their mark for the cluster `about`, missed the answer to a question."""

    question: int
    about: int
    mark: str


class Askers:
    """The marks of members who missed an answer. They are made with the key of `votes`."""

    def __init__(self, database: Database, votes: Votes) -> None:
        self._database = database
        self._votes = votes

    async def add(self, question: int, learner: int, about: int) -> Asker:
        """Save that this member missed the answer, unless the question was deleted; returns their mark."""
        new = Asker(question, about, self._mark(about, learner))
        async with self._database.writing.begin() as connection:
            if await connection.scalar(select(questions.c.id).where(questions.c.id == question)) is not None:
                row = {"question": question, "asker": new.mark, "about": about}
                await connection.execute(self._database.insert(askers).values(row).on_conflict_do_nothing())
        return new

    async def all(self) -> list[Asker]:
        """All marks."""
        every = select(askers.c.question, askers.c.about, askers.c.asker)
        return [Asker(*row) for row in await self._database.rows(every)]

    async def by(self, learner: int) -> Rows:
        """The rows of this member, by the names of the columns."""
        async with self._database.reading.connect() as connection:
            theirs = await self._votes.rows_of(connection, _MARKED, learner)
        return [{name: each[name] for name in ("question", "about")} for each in theirs]

    async def forget_in(self, connection: AsyncConnection, learner: int) -> set[int]:
        """Delete this member's marks, in a transaction under way; returns the ids of their questions."""
        return await self._votes.delete_of(connection, _MARKED, learner)

    def _mark(self, about: int, learner: int) -> str:
        return self._votes.mark(f"{_MARKED.kind}{about}", learner)
