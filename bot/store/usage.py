"""How the lessons are used: figures over all members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, case, func, or_, select

from bot.store.database import Database
from bot.store.question_log import is_miss
from bot.store.tables import questions, votes

WEEK = timedelta(days=7)
AT_ONCE = 100


@dataclass(frozen=True)
class Week:
    """The questions of the seven days from `begins` on."""

    begins: datetime
    asked: int
    answered: int
    suggested: int
    taken: int
    misses: int
    helped: int
    not_helped: int


class AskedText(NamedTuple):
    """The text of equal questions, how often it was asked, and the id of the latest."""

    text: str
    times: int
    question: int


@dataclass(frozen=True)
class AskedOf:
    """The questions that led to an entry, the latest first; and the votes on it."""

    texts: tuple[AskedText, ...]
    helped: int
    not_helped: int


class Usage:
    """Figures about the questions and votes in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def weeks(self, until: datetime, number: int = 8, chosen_by: datetime | None = None) -> list[Week]:
        """The last weeks, the earliest first. Suggestions that nobody took are misses from `chosen_by` back."""
        found = []
        async with self._database.reading.connect() as connection:
            for back in range(number, 0, -1):
                begins = until - back * WEEK
                here = (questions.c.asked_at > begins, questions.c.asked_at <= begins + WEEK)
                counts = [
                    questions.c.reply == "answer",
                    questions.c.reply == "suggestions",
                    (questions.c.reply == "suggestions") & (questions.c.taken != ""),
                    is_miss(chosen_by or until),
                ]
                told = select(func.count(), *map(_how_many, counts)).where(*here)
                voted = select(_how_many(votes.c.helped), _how_many(~votes.c.helped)).join(questions).where(*here)
                figures = [*(await connection.execute(told)).one(), *(await connection.execute(voted)).one()]
                found.append(Week(begins, *figures))
        return found

    async def most_asked(self, since: datetime, limit: int = 10) -> list[tuple[str, int]]:
        """The passages that were answered or taken most often since that time: (id, count)."""
        passage = case((questions.c.taken != "", questions.c.taken), else_=questions.c.entry)
        often = (
            select(passage, func.count())
            .where(questions.c.asked_at >= since, passage != "")
            .group_by(passage)
            .order_by(func.count().desc(), passage)
            .limit(limit)
        )
        return [(passage, number) for passage, number in await self._database.rows(often)]

    async def asked_of(self, passage: str) -> AskedOf:
        """The recent questions that led to this entry, as answer or as a suggestion, and how often it helped."""
        here = (questions.c.entry == passage) | (questions.c.taken == passage)
        told = (
            select(questions.c.text, func.count(), func.max(questions.c.id))
            .where(here)
            .group_by(questions.c.text)
            .order_by(func.max(questions.c.id).desc())
            .limit(10)
        )
        voted = select(_how_many(votes.c.helped), _how_many(~votes.c.helped)).join(questions).where(here)
        async with self._database.reading.connect() as connection:
            texts = [AskedText(*row) for row in await connection.execute(told)]
            helped, not_helped = (await connection.execute(voted)).one()
        return AskedOf(tuple(texts), helped, not_helped)

    async def helped_since(self, changed: Mapping[str, datetime]) -> int:
        """How many questions got one of these or a step of it after the change, and were not called wrong."""
        passage = case((questions.c.taken != "", questions.c.taken), else_=questions.c.entry)
        given = [
            or_(passage == id_, passage.startswith(f"{id_}.", autoescape=True)) & (questions.c.asked_at >= since)
            for id_, since in changed.items()
        ]
        found = 0
        async with self._database.reading.connect() as connection:
            for start in range(0, len(given), AT_ONCE):
                some = or_(*given[start : start + AT_ONCE])
                counted = select(func.count()).select_from(questions).where(some, questions.c.outcome != "not")
                found += (await connection.execute(counted)).scalar_one()
        return found


def _how_many(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)
