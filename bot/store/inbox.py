"""The inbox cards of each server: what each is about, where its message is, and who took it.

A card is `waiting`, then `sending` for whoever claimed it, then `posted`; `closed` if its message was deleted. If
a process dies while it sends a card, the next one finds out whether it arrived.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, select

from bot.store.database import Database
from bot.store.tables import inbox

CardState = Literal["waiting", "sending", "posted", "closed"]
Deed = Literal["", "taken", "ignored", "answered"]
NOWHERE = {"channel": None, "post": None, "message": None, "shown": ""}
NO_DEED = {"moderator": None, "deed": "", "deed_at": None}


@dataclass(frozen=True)
class InboxCard:
    """One card in one server. `item` says what it is about: an id that the source of its `kind` knows.

    `channel` is the text channel or forum it was sent to, and `post` its post in a forum. `moderator` took the
    item, ignored it, or said what answers it, at `deed_at`.
    """

    id: int
    server: int
    kind: str
    item: str
    state: CardState
    added_at: datetime
    posted_at: datetime | None = None
    channel: int | None = None
    post: int | None = None
    message: int | None = None
    shown: str = ""
    moderator: int | None = None
    deed: Deed = ""
    deed_at: datetime | None = None


class InboxCards:
    """The cards of all servers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, server: int, kind: str, items: Collection[str], at: datetime, **values: object) -> None:
        """Add cards that are waiting; those that are known stay as they are."""
        rows = [
            {"server": server, "kind": kind, "item": each, "state": "waiting", "added_at": at, "shown": ""}
            | NO_DEED
            | values
            for each in items
        ]
        if rows:
            await self._database.change(self._database.insert(inbox).values(rows).on_conflict_do_nothing())

    async def all(self) -> list[InboxCard]:
        """All cards, the oldest first."""
        return await self._read()

    async def of(self, server: int) -> list[InboxCard]:
        """The cards of one server, the oldest first."""
        return await self._read(inbox.c.server == server)

    async def find(self, card: int) -> InboxCard | None:
        """The card with this id."""
        found = await self._read(inbox.c.id == card)
        return found[0] if found else None

    async def unfinished(self) -> list[InboxCard]:
        """The cards that are `sending`: after a start, those that a process was sending when it died."""
        return await self._read(inbox.c.state == "sending")

    async def claim(self, card: int, channel: int) -> bool:
        """Claim a card to send it to this channel; False if another process did, or if it was deleted."""
        return await self._move(card, "waiting", state="sending", **(NOWHERE | {"channel": channel}))

    async def release(self, card: int) -> None:
        """Give it back, to be sent later."""
        await self._move(card, "sending", state="waiting", **NOWHERE)

    async def place(self, card: int, message: int, post: int | None, shown: str) -> None:
        """Save where its message is."""
        await self._move(card, "sending", message=message, post=post, shown=shown)

    async def confirm(self, card: int, at: datetime) -> None:
        """Save that it was posted."""
        await self._move(card, "sending", state="posted", posted_at=at)

    async def show(self, card: int, shown: str) -> None:
        """Save what its message shows now."""
        await self._move(card, "posted", shown=shown)

    async def close(self, card: int) -> None:
        """Its message was deleted: it is neither updated nor posted again."""
        await self._move(card, "posted", state="closed")

    async def repeat(self, card: int) -> None:
        """Its channel was deleted: it waits for another one."""
        await self._move(card, "posted", state="waiting", **NOWHERE)

    async def delete(self, cards: Collection[int]) -> None:
        """Delete these cards."""
        if cards:
            await self._database.delete(inbox.delete().where(inbox.c.id.in_(cards)))

    async def note(self, kind: str, items: Collection[str], deed: Deed, moderator: int, at: datetime) -> None:
        """Save what a moderator did with these items, on the cards of all servers."""
        done = {"moderator": moderator, "deed": deed, "deed_at": at}
        await self._change(inbox.c.kind == kind, inbox.c.item.in_(items), **done)

    async def take(self, kind: str, item: str, moderator: int, before: int | None, at: datetime) -> bool:
        """Save that a moderator takes an item; False if it is no longer held by the moderator `before`."""
        holder = inbox.c.moderator.is_(None) if before is None else inbox.c.moderator == before
        which = (inbox.c.kind == kind, inbox.c.item == item, holder)
        return await self._change(*which, moderator=moderator, deed="taken", deed_at=at) > 0

    async def undo(self, kind: str, items: Collection[str], deed: Deed) -> None:
        """Take back what was done with these items."""
        await self._change(inbox.c.kind == kind, inbox.c.item.in_(items), inbox.c.deed == deed, **NO_DEED)

    async def _read(self, *which: ColumnElement[bool]) -> list[InboxCard]:
        columns = [inbox.c[each.name] for each in fields(InboxCard)]
        oldest = select(*columns).where(*which).order_by(inbox.c.id)
        return [InboxCard(*row) for row in await self._database.rows(oldest)]

    async def _move(self, card: int, before: CardState, **values: object) -> bool:
        return await self._change(inbox.c.id == card, inbox.c.state == before, **values) == 1

    async def _change(self, *which: ColumnElement[bool], **values: object) -> int:
        return await self._database.change(inbox.update().where(*which).values(**values))
