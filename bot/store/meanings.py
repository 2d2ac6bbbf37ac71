"""The meanings of questions, as members showed them: by a suggestion that they picked, a 👍 or a 👎.

A member has the same mark for all questions that meant one entry, and another mark for each entry: so different
members can be counted, and nobody can see what else one of them asked.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.tables import Rows, meanings, questions
from bot.store.votes import Marked, Votes

_MARKED = Marked(meanings, meanings.c.voter, meanings.c.passage, "meaning of ")


@dataclass(frozen=True)
class Meaning:
    """A member, by their mark, says that a question meant an entry, or did not."""

    question: int
    passage: str
    voter: str
    meant: bool


class Meanings:
    """The meanings that all members showed. Marks are made with the key of `votes`."""

    def __init__(self, database: Database, votes: Votes) -> None:
        self._database = database
        self._votes = votes

    async def show(self, question: int, learner: int, passage: str, *, meant: bool) -> None:
        """Save what this member showed; their latest one counts. Does nothing if the question was deleted."""
        row = {"question": question, "passage": passage, "voter": self._mark(passage, learner), "meant": meant}
        async with self._database.writing.begin() as connection:
            if await connection.scalar(select(questions.c.id).where(questions.c.id == question)) is None:
                return
            insert = self._database.insert(meanings).values(**row)
            await connection.execute(
                insert.on_conflict_do_update(index_elements=list(meanings.primary_key), set_={"meant": meant})
            )

    async def of(self, ids: Collection[int]) -> list[Meaning]:
        """All meanings of these questions."""
        columns = [meanings.c.question, meanings.c.passage, meanings.c.voter, meanings.c.meant]
        about = select(*columns).where(meanings.c.question.in_(ids))
        return [Meaning(*row) for row in await self._database.rows(about)]

    async def by(self, learner: int) -> Rows:
        """All that this member showed, by the names of the columns."""
        async with self._database.reading.connect() as connection:
            theirs = await self._votes.rows_of(connection, _MARKED, learner)
        return [{name: each[name] for name in ("question", "passage", "meant")} for each in theirs]

    async def forget_in(self, connection: AsyncConnection, learner: int) -> set[int]:
        """Delete this member's meanings, in a transaction under way; returns the ids of their questions."""
        return await self._votes.delete_of(connection, _MARKED, learner)

    def _mark(self, passage: str, learner: int) -> str:
        return self._votes.mark(f"{_MARKED.kind}{passage}", learner)
