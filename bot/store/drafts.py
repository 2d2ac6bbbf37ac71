"""Unpublished changes of lessons, by moderator."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, and_, or_, select

from bot.store.credits import drop_credits
from bot.store.database import Database
from bot.store.proposals import free_proposals
from bot.store.tables import by_key, drafts

DraftKind = Literal["add", "edit", "remove", "undo", "scenario", "new", "lesson", "move", "merge"]

# How long a draft counts as work under way after its last change: as long as somebody holds a card of the inbox,
# and less if nothing was typed.
LEFT_AFTER = timedelta(days=1)
UNTOUCHED_LEFT_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class StoredDraft:
    """A draft as it is stored; id 0 is a draft that was never stored.

    `fields` are the new texts and `begun` the texts before, both as JSON that only `bot.curating` reads;
    `base` is the SHA-256 of the lesson file when the draft was begun. `untouched`: nothing was typed since its
    form was opened.
    """

    moderator: int
    server: int
    kind: DraftKind
    file: str
    item_id: str
    fields: str
    base: str
    begun: str
    updated_at: datetime
    reason: str = ""
    undoes: int | None = None
    untouched: bool = False
    id: int = 0


class Drafts:
    """The drafts of all moderators."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, draft: StoredDraft) -> StoredDraft | None:
        """Save it; returns it with its id, or None if it was deleted meanwhile."""
        row = {key: value for key, value in asdict(draft).items() if key != "id"}
        async with self._database.writing.begin() as connection:
            if not draft.id:
                done = await connection.execute(drafts.insert().values(row))
                assert done.inserted_primary_key, "the table counts its rows"
                return replace(draft, id=done.inserted_primary_key[0])
            changed = await connection.execute(drafts.update().where(drafts.c.id == draft.id).values(row))
        return draft if changed.rowcount else None

    async def find(self, id: int) -> StoredDraft | None:  # noqa: A002 -- it is called so everywhere else
        """The draft with this id."""
        found = await self._database.mappings(select(*by_key(drafts)).where(drafts.c.id == id))
        return StoredDraft(**found[0]) if found else None

    async def of(self, moderator: int) -> list[StoredDraft]:
        """All drafts of this moderator, the latest first."""
        theirs = select(*by_key(drafts)).where(drafts.c.moderator == moderator)
        latest = theirs.order_by(drafts.c.updated_at.desc(), drafts.c.id.desc())
        return [StoredDraft(**row) for row in await self._database.mappings(latest)]

    async def beside(self, draft: StoredDraft) -> list[StoredDraft]:
        """The drafts of other moderators of the same entry, scenario or lesson, the latest first."""
        of_item, of_lesson = drafts.c.item_id == draft.item_id, drafts.c.file == draft.file
        same = of_item if draft.item_id else and_(of_item, of_lesson, drafts.c.kind == draft.kind)
        theirs = select(*by_key(drafts)).where(drafts.c.moderator != draft.moderator, same)
        latest = theirs.order_by(drafts.c.updated_at.desc(), drafts.c.id.desc())
        return [StoredDraft(**row) for row in await self._database.mappings(latest)]

    async def under_way(self, ids: Iterable[int], now: datetime) -> dict[int, int]:
        """Those of the drafts with these ids that somebody works on, each with its moderator."""
        which = drafts.c.id.in_(ids), is_under_way(now)
        return dict(await self._database.rows(select(drafts.c.id, drafts.c.moderator).where(*which)))

    async def idle(self, since: datetime) -> list[StoredDraft]:
        """The drafts that were not saved since that time, the oldest first."""
        left = (
            select(*by_key(drafts)).where(drafts.c.updated_at <= since).order_by(drafts.c.updated_at, drafts.c.id)
        )
        return [StoredDraft(**row) for row in await self._database.mappings(left)]

    async def mention(self, words: str) -> bool:
        """Whether any draft's JSON contains these words."""
        holds = or_(*(each.contains(words, autoescape=True) for each in (drafts.c.fields, drafts.c.begun)))
        return await self._database.scalar(select(drafts.c.id).where(holds).limit(1)) is not None

    async def any(self) -> bool:
        """Whether there is a draft at all."""
        return await self._database.scalar(select(drafts.c.id).limit(1)) is not None

    async def remove(self, id: int, touched: datetime | None = None) -> StoredDraft | None:  # noqa: A002
        """Delete it, with `touched` only if it was last saved then; returns it, or None if nothing was deleted.

        The proposals that it was to answer wait again.
        """
        which = [drafts.c.id == id]
        if touched is not None:
            which.append(drafts.c.updated_at == touched)
        async with self._database.deleting() as connection:
            gone = await connection.execute(drafts.delete().where(*which).returning(*by_key(drafts)))
            row = gone.mappings().one_or_none()
            if row:
                await free_proposals(connection, id)
                await drop_credits(connection, id)
        return StoredDraft(**row) if row else None


def is_under_way(now: datetime) -> ColumnElement[bool]:
    """Whether somebody works on a draft. One that they left stays theirs, but others may begin another one."""
    is_kept_up = ~drafts.c.untouched & (drafts.c.updated_at > now - LEFT_AFTER)
    return is_kept_up | (drafts.c.updated_at > now - UNTOUCHED_LEFT_AFTER)
