"""All that is saved of one member, as they can read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.tables import (
    Rows,
    credits,  # noqa: A004 -- the table
    drafts,
    inbox,
    inquiries,
    marks,
    proposals,
    questions,
    reminders,
    revisions,
    shared_choices,
    shared_walks,
    walks,
    wanted,
)

# The column with the member's id, in each table that has one.
MEMBER: dict[Table, Column[int]] = {
    walks: walks.c.learner,
    marks: marks.c.learner,
    shared_walks: shared_walks.c.starter,
    shared_choices: shared_choices.c.learner,
    reminders: reminders.c.learner,
    revisions: revisions.c.author,
    drafts: drafts.c.moderator,
    wanted: wanted.c.learner,
    proposals: proposals.c.proposer,
    credits: credits.c.author,
    inbox: inbox.c.moderator,
    inquiries: inquiries.c.learner,
}
# Texts of whole lesson files, which everybody can read: they would make the file too large for Discord.
_LEFT_OUT = {revisions.c.before, revisions.c.after, drafts.c.begun}


async def personal_data(database: Database, learner: int, marked: Mapping[str, Rows]) -> dict[str, Rows]:
    """What leads to this member, by the names of tables and columns; `marked` are the rows that have a mark in
    place of the member's id.

    The words of a question are in it only if the member asked it, and waits for its answer. Of others, which they
    rated on a card that everybody sees, they get no more than the card shows.
    """
    found: dict[str, Rows] = {}
    async with database.reading.connect() as connection:
        for table, member in MEMBER.items():
            columns = [each for each in table.c if each not in _LEFT_OUT]
            found[table.name] = await _rows(connection, columns, member == learner)
        found |= marked
        asked = select(wanted.c.question).where(wanted.c.learner == learner, wanted.c.asked)
        these = questions.c.id.in_(asked)
        found["questions"] = await _rows(connection, [questions.c.id, questions.c.text], these)
    return {table: rows for table, rows in found.items() if rows}


# `Any`: columns have different types.
async def _rows(connection: AsyncConnection, columns: list[Column[Any]], which: ColumnElement[bool]) -> Rows:
    rows = await connection.execute(select(*columns).where(which).order_by(*columns[:2]))
    return [{column.name: value for column, value in zip(columns, row, strict=True)} for row in rows]
