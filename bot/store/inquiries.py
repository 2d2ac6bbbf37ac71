"""What moderators ask back, and what members reply; a member's id is stored only until they replied.

An inquiry is `waiting`, then `sending` for whoever claimed it, then `sent`, then `replied`; `gone` if it cannot
reach its member. If the process that claimed it dies, the next one finds out whether the message arrived.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.claims import Claims
from bot.store.database import Database
from bot.store.tables import inquiries, questions, wanted

InquiryState = Literal["waiting", "sending", "sent", "replied", "gone"]


@dataclass(frozen=True)
class Inquiry:
    """A moderator's text to a member who waits for an answer.

    `server` is where the question was asked (0: a direct message). `asked` is its text, or '' if another member
    asked it.
    """

    id: int
    question: int
    learner: int | None
    text: str
    reply: str
    asked_at: datetime
    state: InquiryState
    server: int
    asked: str
    sender: str | None = None


class Inquiries:
    """The inquiries to all members."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._claims = Claims(database, inquiries)

    async def add(self, question: int, learner: int, text: str, at: datetime) -> bool:
        """Save an inquiry, to be sent; False if the question was deleted.

        A member who has an equal one that is not replied to gets no second one: False as well.
        """
        same = (inquiries.c.question == question, inquiries.c.learner == learner, inquiries.c.text == text)
        row = {"question": question, "learner": learner, "text": text, "reply": "", "asked_at": at}
        async with self._database.writing.begin() as connection:
            here = select(questions.c.id).where(questions.c.id == question).with_for_update()
            if await connection.scalar(here) is None:
                return False
            if await connection.scalar(select(inquiries.c.id).where(*same).limit(1)) is not None:
                return False
            await connection.execute(inquiries.insert().values(state="waiting", **row))
        return True

    async def of_questions(self, ids: Collection[int]) -> list[Inquiry]:
        """The inquiries about these questions, the oldest first."""
        return await self._read(inquiries.c.question.in_(ids))

    async def find(self, inquiry: int) -> Inquiry | None:
        """The inquiry with this id."""
        found = await self._read(inquiries.c.id == inquiry)
        return found[0] if found else None

    async def waiting(self, learner: int | None = None) -> list[Inquiry]:
        """The inquiries that were not sent yet; of all members, or of one."""
        theirs = [inquiries.c.learner == learner] if learner is not None else []
        return await self._read(inquiries.c.state == "waiting", *theirs)

    async def open_to(self, learner: int) -> list[Inquiry]:
        """The inquiries that reached this member, and that they did not reply to; the oldest first."""
        return await self._read(inquiries.c.learner == learner, inquiries.c.state == "sent")

    async def unfinished(self) -> list[Inquiry]:
        """The inquiries that are `sending`, here or by a process that died. They are this process's now."""
        return await self._read(*await self._claims.take_over())

    async def claim(self, inquiry: int) -> bool:
        """Claim it, to send it; False if another process did, or if it was deleted."""
        return await self._claims.claim(inquiries.c.id == inquiry)

    async def release(self, inquiry: int) -> None:
        """Give it back, to be tried again."""
        await self._claims.end(inquiries.c.id == inquiry, state="waiting")

    async def confirm(self, inquiry: int) -> None:
        """Save that it reached the member."""
        await self._claims.end(inquiries.c.id == inquiry, state="sent")

    async def drop(self, inquiry: int) -> None:
        """Save that it cannot reach the member, without who that was."""
        await self._claims.end(inquiries.c.id == inquiry, state="gone", learner=None)

    async def reply(self, inquiry: int, learner: int, text: str) -> bool:
        """Save the member's reply, and delete who it was; False if it was replied to, or is not theirs."""
        theirs = (inquiries.c.id == inquiry, inquiries.c.learner == learner)
        replied = inquiries.update().where(*theirs).values(state="replied", reply=text, learner=None)
        return await self._database.delete(replied, wholly=True) == 1

    async def forget_in(self, connection: AsyncConnection, learner: int) -> set[int]:
        """Delete the inquiries to this member, in a transaction under way; returns the ids of their questions."""
        theirs = inquiries.delete().where(inquiries.c.learner == learner)
        return set((await connection.execute(theirs.returning(inquiries.c.question))).scalars())

    async def _read(self, *which: ColumnElement[bool]) -> list[Inquiry]:
        asked = case((wanted.c.asked, questions.c.text), else_="").label("asked")
        of_theirs = (wanted.c.question == inquiries.c.question) & (wanted.c.learner == inquiries.c.learner)
        rows = inquiries.join(questions).outerjoin(wanted, of_theirs)
        columns = (*inquiries.c, questions.c.server, asked)
        oldest = select(*columns).select_from(rows).where(*which).order_by(inquiries.c.id)
        return [Inquiry(**row) for row in await self._database.mappings(oldest)]
