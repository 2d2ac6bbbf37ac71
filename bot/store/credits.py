"""Who wrote the message that an entry is made from, until they were asked whether they want to be named.

A credit is `drafted` while the entry is a draft, `due` once it is published, and `asked` from just before its
author is asked until they choose. It is deleted with its draft. Each message is asked about once.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.tables import credits, revisions  # noqa: A004 -- the table

DRAFTED, DUE, ASKED = "drafted", "due", "asked"


@dataclass(frozen=True)
class Credit:
    """The author of a message; id 0 is one that was never stored. `entry` is empty until it is published."""

    author: int
    server: int
    channel: int
    message: int
    draft: int
    at: datetime
    entry: str = ""
    state: Literal["drafted", "due", "asked"] = "drafted"
    id: int = 0


class Credits:
    """The credits of all messages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, new: Credit) -> None:
        """Save it, in place of that of an earlier draft of its message. If that was published, nothing changes."""
        row = {key: value for key, value in asdict(new).items() if key != "id"}
        once = self._database.insert(credits).values(row)
        again = once.on_conflict_do_update(
            index_elements=["message"],
            set_={"draft": new.draft, "author": new.author, "at": new.at},
            where=credits.c.state == DRAFTED,
        )
        await self._database.change(again)

    async def find(self, id_: int) -> Credit | None:
        """The credit with this id; None if its author chose already, or was forgotten."""
        found = await self._read(credits.c.id == id_)
        return found[0] if found else None

    async def due(self) -> list[Credit]:
        """Those whose entry is published and whose author was not asked yet."""
        return await self._read(credits.c.state == DUE)

    async def claim(self, id_: int) -> bool:
        """Claim it, to ask; False if another process did."""
        here = (credits.c.id == id_, credits.c.state == DUE)
        return await self._database.change(credits.update().where(*here).values(state=ASKED)) == 1

    async def draft_instead(self, before: int, draft: int) -> None:
        """Let this draft have the credit of the draft `before`, which it replaces."""
        here = (credits.c.draft == before, credits.c.state == DRAFTED)
        await self._database.change(credits.update().where(*here).values(draft=draft))

    async def remove(self, id_: int) -> bool:
        """Delete it; False if somebody did before."""
        return await self._database.delete(credits.delete().where(credits.c.id == id_)) == 1

    async def purge(self, older_than: datetime) -> int:
        """Delete those from before that time, whatever their state; returns how many."""
        return await self._database.delete(credits.delete().where(credits.c.at < older_than), wholly=True)

    async def is_empty(self) -> bool:
        """Whether there is none."""
        return await self._database.scalar(select(credits.c.id).limit(1)) is None

    async def forget_in(self, connection: AsyncConnection, author: int) -> int:
        """Delete those of this member, in a transaction under way; returns how many."""
        return (await connection.execute(credits.delete().where(credits.c.author == author))).rowcount

    async def _read(self, *which: ColumnElement[bool]) -> list[Credit]:
        rows = select(credits).where(*which).order_by(credits.c.id)
        return [Credit(**row) for row in await self._database.mappings(rows)]


async def publish_credits(connection: AsyncConnection, revision: int) -> None:
    """The authors of what a published revision is made from are to be asked."""
    its = select(revisions.c.draft, revisions.c.item_id.label("entry")).where(revisions.c.id == revision)
    row = (await connection.execute(its)).one()
    if row.draft is not None:
        theirs = (credits.c.draft == row.draft, credits.c.state == DRAFTED)
        await connection.execute(credits.update().where(*theirs).values(state=DUE, entry=row.entry))


async def drop_credits(connection: AsyncConnection, draft: int) -> None:
    """Nobody is asked about a draft that was deleted."""
    await connection.execute(credits.delete().where(credits.c.draft == draft))
