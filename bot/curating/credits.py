"""Whoever wrote the message that an entry is made from is asked once whether they want to be named in it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta

from bot.curating.ledger import storable_line
from bot.lessons.lesson import Entry
from bot.lessons.library import Library
from bot.store.credits import Credit
from bot.store.store import Store

__all__ = ["Credit", "Credits"]

RETENTION = timedelta(days=90)
MAX_NAME = 80
# What Discord would show as a link, a mention, a date or an emoji: it could be the name of somebody else.
_DRAWN = re.compile(
    r"://|www\.|discord\.(?:gg|com)/|]\(|<(?:[@#/]|a?:|t:|id:)|@(?:everyone|here)\b", re.IGNORECASE
)


class Credits:
    """The authors of messages that became entries, until they choose."""

    def __init__(self, library: Library, store: Store, clock: Callable[[], datetime]) -> None:
        self._library = library
        self._credits = store.credits
        self._is_steady = store.clock.check
        self._clock = clock

    async def remember(self, draft: int, *, author: int, server: int, channel: int, message: int) -> None:
        """Save who wrote the message that this draft is made from: they are asked once it is published."""
        await self._credits.add(Credit(author, server, channel, message, draft, self._clock()))

    async def draft_instead(self, before: int, draft: int) -> None:
        """Let this draft have the credit of the draft `before`, which it replaces."""
        await self._credits.draft_instead(before, draft)

    async def claim(self) -> AsyncIterator[tuple[Credit, str]]:
        """Those whose author is to be asked now, and the question of the entry, one by one; each is claimed."""
        for each in await self._credits.due():
            entry = self._library.lessons.entries.get(each.entry)
            if entry is None:  # it was undone before anybody was asked
                await self._credits.remove(each.id)
            elif await self._credits.claim(each.id):
                yield each, entry.question

    async def find(self, id_: int) -> Credit | None:
        """The credit with this id; None if its author chose already."""
        return await self._credits.find(id_)

    async def close(self, id_: int) -> bool:
        """The author chose; False if they did before."""
        return await self._credits.remove(id_)

    def entry(self, credit: Credit) -> Entry | None:
        """The entry as it is now; None if it is no longer in the lessons."""
        return self._library.lessons.entries.get(credit.entry)

    async def purge(self) -> bool:
        """Delete those that nobody answered for long, if the clock is steady; returns whether any are left."""
        now = self._clock()
        if await self._is_steady(now):
            await self._credits.purge(now - RETENTION)
        return not await self._credits.is_empty()


def names_with(before: str | None, name: str) -> str:
    """Who is named once this name is added; '' if it cannot be shown."""
    name = storable_line(name, MAX_NAME)
    if not name or _DRAWN.search(name):
        return ""
    names = [each for each in (before or "").split(", ") if each]
    both = ", ".join(dict.fromkeys([*names, name]))
    return both if len(both) <= MAX_NAME else ""
