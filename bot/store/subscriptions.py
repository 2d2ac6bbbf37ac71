"""Members who want to be notified when their question is answered; stored only until they are notified.

A subscription is `waiting`, then `sending` for the process that claimed it, then deleted. If that process dies, it
stays `sending`; another one takes it over and finds out whether the message arrived.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.claims import Claims
from bot.store.database import Database
from bot.store.question_log import passage_of
from bot.store.tables import questions, wanted


@dataclass(frozen=True)
class Subscription:
    """A member, the question, and the server where it was asked (0 for a direct message).

    `passage` is what answers the question; empty until it is answered.
    """

    question: int
    learner: int
    server: int
    passage: str


class Subscriptions:
    """The subscriptions of all members."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._claims = Claims(database, wanted)

    async def subscribe(self, question: int, learner: int, *, asked: bool = False) -> bool:
        """Save that this member wants to be notified. False if the question was deleted or is answered.

        `asked` says that they asked it themselves: only then may they be shown its words.
        """
        async with self._database.writing.begin() as connection:
            resolved = await connection.scalar(select(questions.c.resolved).where(questions.c.id == question))
            if resolved is None or resolved == "answered":
                return False
            row = {"question": question, "learner": learner, "state": "waiting", "asked": asked}
            once = self._database.insert(wanted).values(row)
            await connection.execute(once.on_conflict_do_nothing())
        return True

    async def unsubscribe(self, question: int, learner: int) -> bool:
        """Delete the subscription; False if there is none."""
        theirs = (wanted.c.question == question, wanted.c.learner == learner)
        return await self._database.delete(wanted.delete().where(*theirs), wholly=True) > 0

    async def of_questions(self, ids: Collection[int]) -> list[Subscription]:
        """The subscriptions of these questions that were not claimed yet."""
        return await self._read(wanted.c.question.in_(ids), wanted.c.state == "waiting")

    async def due(self, learner: int | None = None) -> list[Subscription]:
        """The subscriptions whose question is answered; of all members, or of one."""
        theirs = [wanted.c.learner == learner] if learner is not None else []
        return await self._read(wanted.c.state == "waiting", questions.c.resolved == "answered", *theirs)

    async def under_way(self) -> list[Subscription]:
        """The subscriptions that are `sending`, here or by another process."""
        return await self._read(wanted.c.state == "sending")

    async def unfinished(self) -> list[Subscription]:
        """The subscriptions that are `sending`, here or by a process that died. They are this process's now."""
        return await self._read(*await self._claims.take_over())

    async def claim(self, question: int, learner: int) -> bool:
        """Claim it, to send it. False if another process did, it was deleted, or the answer was undone."""
        is_answered = exists().where(questions.c.id == question, questions.c.resolved == "answered")
        return await self._claims.claim(wanted.c.question == question, wanted.c.learner == learner, is_answered)

    async def release(self, question: int, learner: int) -> None:
        """Give it back, to be tried again."""
        theirs = (wanted.c.question == question) & (wanted.c.learner == learner)
        await self._claims.end(theirs, state="waiting")

    async def delete(self, ids: Collection[int], learner: int) -> None:
        """Delete a member's subscriptions of these questions: the member was notified, or cannot be."""
        theirs = (wanted.c.question.in_(ids), wanted.c.learner == learner)
        await self._database.delete(wanted.delete().where(*theirs))

    async def forget_in(self, connection: AsyncConnection, learner: int) -> set[int]:
        """Delete this member's subscriptions, in a transaction under way; returns the ids of their questions."""
        theirs = wanted.delete().where(wanted.c.learner == learner)
        return set((await connection.execute(theirs.returning(wanted.c.question))).scalars())

    async def _read(self, *which: ColumnElement[bool]) -> list[Subscription]:
        # `resolved_by` holds a passage only if the question is answered; if ignored, the name of its cluster.
        row = select(
            wanted.c.question,
            wanted.c.learner,
            questions.c.server,
            case((questions.c.resolved == "answered", questions.c.resolved_by), else_=""),
        )
        oldest = row.join(questions).where(*which).order_by(wanted.c.question, wanted.c.learner)
        return [
            Subscription(question, learner, server, passage_of(by))
            for question, learner, server, by in await self._database.rows(oldest)
        ]
