"""The misses that a draft is to answer, and their state when it is published, undone or redone.

A miss may have several drafts: the first to be published answers it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.drafts import is_under_way
from bot.store.tables import draft_questions, drafts, questions, revisions


class DraftMisses:
    """The misses of all drafts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, ids: Collection[int], draft: int) -> None:
        """Save that this draft is to answer these questions, if they still exist."""
        kept = select(questions.c.id, literal(draft)).where(questions.c.id.in_(ids))
        new = self._database.insert(draft_questions).from_select(["question", "draft"], kept)
        await self._database.change(new.on_conflict_do_nothing())  # known if the form was opened before

    async def take_over(self, entry: str, draft: int) -> None:
        """Save that this draft is to answer what an entry answers that it merges into another one."""
        answered = select(questions.c.id, literal(draft)).where(_is_answered_by(entry))
        new = self._database.insert(draft_questions).from_select(["question", "draft"], answered)
        await self._database.change(new.on_conflict_do_nothing())

    async def texts(self, draft: int) -> dict[int, str]:
        """The questions that this draft is to answer, by id."""
        theirs = (
            select(questions.c.id, questions.c.text).join(draft_questions).where(draft_questions.c.draft == draft)
        )
        return dict(await self._database.rows(theirs.order_by(questions.c.id)))

    async def drafts_of(self, ids: Collection[int], moderator: int) -> list[int]:
        """The drafts of a moderator that are to answer one of these questions, the latest first."""
        linked = select(draft_questions.c.draft).where(draft_questions.c.question.in_(ids))
        theirs = select(drafts.c.id).where(drafts.c.id.in_(linked), drafts.c.moderator == moderator)
        rows = await self._database.rows(theirs.order_by(drafts.c.updated_at.desc(), drafts.c.id.desc()))
        return [id_ for (id_,) in rows]

    async def drop(self, ids: Collection[int], draft: int) -> None:
        """Note that this draft does not answer these questions."""
        theirs = (draft_questions.c.draft == draft, draft_questions.c.question.in_(ids))
        await self._database.change(draft_questions.delete().where(*theirs))

    async def under_way(self, ids: Collection[int], now: datetime) -> set[tuple[int, int]]:
        """Those of these questions for which somebody works on a draft, each with that moderator."""
        columns = draft_questions.c.question, drafts.c.moderator
        kept = select(*columns).join(drafts, drafts.c.id == draft_questions.c.draft)
        rows = await self._database.rows(kept.where(draft_questions.c.question.in_(ids), is_under_way(now)))
        return {(question, moderator) for question, moderator in rows}


async def resolve_misses(connection: AsyncConnection, revision: int) -> None:
    """Resolve the misses that a published revision answers; reopen those whose answer it undoes or removes.

    Undoing an undo publishes the answer again, and so does undoing a removal.
    """
    root, is_undone = await _read(connection, revision), False
    while root.undoes is not None:
        root, is_undone = await _read(connection, root.undoes), not is_undone
    if root.draft is None:
        return
    # If a removal is undone, the undo brings the answer back.
    by = f"{revision if root.kind == 'remove' else root.id}/{root.item_id}"
    if (root.kind, is_undone) in {("remove", False), ("add", True)}:
        await _reopen(connection, _is_answered_by(root.item_id), root.draft)  # whichever revision said so
    elif is_undone and root.kind != "remove":
        await _reopen(connection, questions.c.resolved_by == by, root.draft)
    else:
        takes_over = root.kind == "merge" and root.id == revision
        await _answer(connection, by, root.draft, takes_over=takes_over)


def _is_answered_by(entry: str) -> ColumnElement[bool]:
    return (questions.c.resolved == "answered") & questions.c.resolved_by.endswith(f"/{entry}")


async def _answer(connection: AsyncConnection, by: str, draft: int, *, takes_over: bool) -> None:
    theirs = draft_questions.c.draft == draft
    # An answer that was written for a question counts more than that somebody ignored it meanwhile.
    states = ["", "ignored", *(["answered"] if takes_over else [])]
    linked = questions.c.id.in_(select(draft_questions.c.question).where(theirs))
    misses = (questions.c.resolved.in_(states), linked)
    await connection.execute(questions.update().where(*misses).values(resolved="answered", resolved_by=by))
    await connection.execute(draft_questions.delete().where(theirs))


async def _reopen(connection: AsyncConnection, which: ColumnElement[bool], draft: int) -> None:
    """Reopen these misses, whose answer is gone. They stay linked to this draft, in case the answer comes back."""
    theirs = (questions.c.resolved == "answered", which)
    same = (draft_questions.c.question == questions.c.id, draft_questions.c.draft == draft)
    again = select(questions.c.id, literal(draft)).where(
        *theirs, ~select(draft_questions.c.draft).where(*same).exists()
    )
    await connection.execute(draft_questions.insert().from_select(["question", "draft"], again))
    # "That helped" was about the answer that is gone now, so it must not hide the miss.
    helped = (questions.c.outcome == "helped") & (questions.c.reply != "answer")
    outcome = case((helped & (questions.c.taken != ""), "not"), (helped, ""), else_=questions.c.outcome)
    missed = {"resolved": "", "resolved_by": "", "outcome": outcome}
    await connection.execute(questions.update().where(*theirs).values(missed))


async def _read(connection: AsyncConnection, revision: int) -> Any:  # a row, which SQLAlchemy leaves untyped
    its_item = revisions.c.item_id.label("item_id")
    columns = (revisions.c.id, its_item, revisions.c.kind, revisions.c.draft, revisions.c.undoes)
    return (await connection.execute(select(*columns).where(revisions.c.id == revision))).one()
