"""Who wants to be told when there is an answer: known until they were, and by nothing else.

A wish is `waiting`, then `sending` for whoever claimed it, then gone. Claiming comes first: two processes
never tell the same member, and one that died in between left it `sending`, to be looked into.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.questions import part_of
from bot.store.tables import questions, wanted


@dataclass(frozen=True)
class Waiting:
    """A member who wants to be told, the question, and the server where it was asked (0: directly).

    `part` answers it, once there is an answer.
    """

    question: int
    learner: int
    server: int
    part: str


class Wishes:
    """The wishes of all members."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def want(self, question: int, learner: int) -> bool:
        """Tell this member when there is an answer. False if the question is gone, or was answered."""
        async with self._database.writing.begin() as connection:
            settled = await connection.scalar(select(questions.c.settled).where(questions.c.id == question))
            if settled is None or settled == "answered":
                return False
            once = self._database.insert(wanted).values(question=question, learner=learner, state="waiting")
            await connection.execute(once.on_conflict_do_nothing())
        return True

    async def unwant(self, question: int, learner: int) -> bool:
        """Do not tell them after all; whether they wanted it."""
        theirs = (wanted.c.question == question, wanted.c.learner == learner)
        async with self._database.deleting(wholly=True) as connection:
            return (await connection.execute(wanted.delete().where(*theirs))).rowcount > 0

    async def waiting(self, ids: Collection[int]) -> list[Waiting]:
        """Who is to be told about these questions."""
        return await self._read(wanted.c.question.in_(ids), wanted.c.state == "waiting")

    async def untold(self, learner: int | None = None) -> list[Waiting]:
        """Who is still to be told of an answer that is there; all of them, or one learner."""
        theirs = [wanted.c.learner == learner] if learner is not None else []
        return await self._read(wanted.c.state == "waiting", questions.c.settled == "answered", *theirs)

    async def unfinished(self) -> list[Waiting]:
        """Whom somebody began to tell, and did not say how it went: at a start, a process died there."""
        return await self._read(wanted.c.state == "sending")

    async def claim(self, question: int, learner: int) -> bool:
        """Take on to tell them. False if somebody else did, they no longer want it, or the answer is gone."""
        is_answered = exists().where(questions.c.id == question, questions.c.settled == "answered")
        return await self._move(question, learner, "waiting", "sending", is_answered)

    async def release(self, question: int, learner: int) -> None:
        """They could not be told; to be tried again."""
        await self._move(question, learner, "sending", "waiting")

    async def told(self, ids: Collection[int], learner: int) -> None:
        """They were told, or cannot be: there is no more reason to know them."""
        theirs = (wanted.c.question.in_(ids), wanted.c.learner == learner)
        async with self._database.deleting() as connection:
            await connection.execute(wanted.delete().where(*theirs))

    async def forget_in(self, connection: AsyncConnection, learner: int) -> set[int]:
        """Delete this member's, in a transaction under way; about which questions those were."""
        theirs = wanted.delete().where(wanted.c.learner == learner)
        return set((await connection.execute(theirs.returning(wanted.c.question))).scalars())

    async def _read(self, *which: ColumnElement[bool]) -> list[Waiting]:
        row = select(wanted.c.question, wanted.c.learner, questions.c.server, questions.c.settled_by)
        # Who ignored a question is named there, too.
        row = row.add_columns((questions.c.settled == "answered").label("is_answered"))
        oldest = row.join(questions).where(*which).order_by(wanted.c.question, wanted.c.learner)
        async with self._database.reading.connect() as connection:
            return [
                Waiting(each.question, each.learner, each.server, part_of(each.settled_by) * each.is_answered)
                for each in await connection.execute(oldest)
            ]

    async def _move(
        self, question: int, learner: int, before: str, after: str, *more: ColumnElement[bool]
    ) -> bool:
        there = (wanted.c.question == question, wanted.c.learner == learner, wanted.c.state == before, *more)
        async with self._database.writing.begin() as connection:
            return (await connection.execute(wanted.update().where(*there).values(state=after))).rowcount == 1
