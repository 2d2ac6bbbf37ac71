"""How the lessons are used, in figures of all members together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, func, select

from bot.store.database import Database
from bot.store.question_log import is_miss
from bot.store.tables import questions, votes

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """Seven days from `begins` on."""

    begins: datetime
    asked: int
    answered: int
    suggested: int
    taken: int
    misses: int
    helped: int
    not_helped: int


class Usage:
    """What the questions and votes that are kept add up to."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def weeks(self, until: datetime, number: int = 8) -> list[Week]:
        """The last weeks, the earliest first."""
        found = []
        async with self._database.reading.connect() as connection:
            for back in range(number, 0, -1):
                begins = until - back * WEEK
                here = (questions.c.asked_at > begins, questions.c.asked_at <= begins + WEEK)
                counts = [
                    questions.c.reply == "answer",
                    questions.c.reply == "suggestions",
                    (questions.c.reply == "suggestions") & (questions.c.taken != ""),
                    is_miss(),
                ]
                told = select(func.count(), *map(_how_many, counts)).where(*here)
                voted = select(_how_many(votes.c.helped), _how_many(~votes.c.helped)).join(questions).where(*here)
                figures = [*(await connection.execute(told)).one(), *(await connection.execute(voted)).one()]
                found.append(Week(begins, *figures))
        return found

    async def most_asked(self, since: datetime, limit: int = 10) -> list[tuple[str, int]]:
        """What was answered or taken most often since then: id and count."""
        passage = case((questions.c.taken != "", questions.c.taken), else_=questions.c.entry)
        often = (
            select(passage, func.count())
            .where(questions.c.asked_at >= since, passage != "")
            .group_by(passage)
            .order_by(func.count().desc(), passage)
            .limit(limit)
        )
        async with self._database.reading.connect() as connection:
            return [(passage, number) for passage, number in await connection.execute(often)]


def _how_many(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)
