"""Votes on whether answers helped: one for each member and question, under a mark that does not reveal the member.

The mark is made with a key that is not in the database.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from dataclasses import dataclass

from sqlalchemy import Column, RowMapping, Table, case, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.tables import Rows, questions, votes

AT_ONCE = 500
# The columns that reopen a question, if it was resolved as answered.
_IS_ANSWERED = questions.c.resolved == "answered"
_REOPENED = {
    "resolved": case((_IS_ANSWERED, ""), else_=questions.c.resolved),
    "resolved_by": case((_IS_ANSWERED, ""), else_=questions.c.resolved_by),
}


@dataclass(frozen=True)
class Marked:
    """A table with marks in place of members' ids: a member has one mark for all rows with the same `about`.

    `kind` makes their marks in this table differ from those in others.
    """

    table: Table
    mark: Column[str]
    about: Column[int] | Column[str]
    kind: str = ""


_VOTES = Marked(votes, votes.c.voter, votes.c.question)


class Votes:
    """The votes of all members."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # A key for this process only, until `use_key` sets one that outlives it.
        self._key = secrets.token_bytes(32)

    def use_key(self, key: bytes) -> None:
        """Make marks with this secret, which is kept outside of the database."""
        self._key = key

    async def cast(self, question: int, learner: int, passage: str, *, helped: bool) -> bool:
        """Save a vote: `passage` helped, or was not what was asked. The latest vote of each member counts.

        False if the question was deleted. If another passage helps a member who found the answer wrong, the answer
        stays wrong, so that moderators see it.
        """
        async with self._database.writing.begin() as connection:
            here = questions.c.id == question
            # The row is locked until the end: of two votes at once, the second counts the first.
            columns = (questions.c.entry, questions.c.reply, questions.c.taken)
            about = select(*columns).where(here).with_for_update()
            row = (await connection.execute(about)).one_or_none()
            if row is None:
                return False
            voter = self.mark(question, learner)
            if helped and row.reply == "answer" and passage != row.entry:
                return True
            cast = self._database.insert(votes).values(question=question, voter=voter, helped=helped)
            await connection.execute(
                cast.on_conflict_do_update(index_elements=list(votes.primary_key), set_={"helped": helped})
            )
            every = select(votes.c.helped).where(votes.c.question == question)
            counted = list((await connection.execute(every)).scalars())
            # If votes are equal, a moderator should look at it, even if they answered it before.
            outcome = "helped" if 2 * sum(counted) > len(counted) else "not"
            change: dict[str, object] = {"outcome": outcome}
            if not helped and outcome == "not":
                change |= _REOPENED
                if passage == row.taken:
                    change["taken"] = ""  # so that nobody is shown this as what was meant
            await connection.execute(questions.update().where(here).values(change))
        return True

    async def of(self, learner: int) -> Rows:
        """This member's votes, by the names of the columns."""
        async with self._database.reading.connect() as connection:
            theirs = await self.rows_of(connection, _VOTES, learner)
        return [{name: each[name] for name in ("question", "helped")} for each in theirs]

    async def forget_in(self, connection: AsyncConnection, learner: int) -> set[int]:
        """Delete this member's votes, in a transaction under way; returns the ids of their questions."""
        return await self.delete_of(connection, _VOTES, learner)

    async def rows_of(self, connection: AsyncConnection, marked: Marked, learner: int) -> list[RowMapping]:
        """The rows of a table that have a mark of this member.

        A row cannot be found by its member: all are read, and a mark is made for whatever they are about. Of
        100,000 rows, that takes a second, in which others are answered.
        """
        named = select(marked.table, marked.about.label("of_what"), marked.mark.label("by_whom"))
        marks: dict[object, str] = {}
        theirs = []
        for some in (await connection.execute(named)).mappings().partitions(AT_ONCE):
            for each in some:
                about = each["of_what"]
                if about not in marks:
                    marks[about] = self.mark(f"{marked.kind}{about}", learner)
                if each["by_whom"] == marks[about]:
                    theirs.append(each)
            await asyncio.sleep(0)
        return theirs

    async def delete_of(self, connection: AsyncConnection, marked: Marked, learner: int) -> set[int]:
        """Delete these rows, in a transaction under way; returns the ids of their questions."""
        theirs, question = await self.rows_of(connection, marked, learner), marked.table.c.question
        for start in range(0, len(theirs), AT_ONCE):
            some = theirs[start : start + AT_ONCE]
            these = question.in_([each["question"] for each in some])
            own = marked.mark.in_([each["by_whom"] for each in some])
            await connection.execute(marked.table.delete().where(these, own))
        return {each["question"] for each in theirs}

    def mark(self, about: int | str, learner: int) -> str:
        """A member's mark for one thing, such as a question. It does not reveal the member."""
        return hmac.digest(self._key, f"{about}:{learner}".encode(), "sha256").hex()[:32]
