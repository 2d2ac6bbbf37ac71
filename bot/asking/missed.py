"""The misses by meaning as they are now: worked out by one at a time, and kept until something changes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.asking.misses import Cluster, clusters
from bot.store.questions import Questions

AliasesOf = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Found:
    """All clusters, and how many misses there are, also those that are in none of them."""

    clusters: Sequence[Cluster]
    count: int


@dataclass(frozen=True)
class _Basis:
    """What `Found` was worked out from; it holds for `since` to `until`."""

    changes: int
    aliases: AliasesOf
    since: datetime
    until: datetime | None

    def holds(self, changes: int, aliases: AliasesOf, chosen_by: datetime) -> bool:
        is_in_time = self.since <= chosen_by and (self.until is None or chosen_by <= self.until)
        return is_in_time and self.changes == changes and self.aliases == aliases


class Missed:
    """The clusters of all misses. Six moderators who look at once cost as much as one."""

    def __init__(self, kept: Questions) -> None:
        self._kept = kept
        self._turn = asyncio.Lock()
        self._last: tuple[_Basis, Found] | None = None

    async def now(self, chosen_by: datetime, aliases: AliasesOf) -> Found:
        """What got no good answer; suggestions count from `chosen_by` backwards."""
        async with self._turn:
            # Before reading: what changes meanwhile is read the next time.
            changes = self._kept.changes
            if self._last and self._last[0].holds(changes, aliases, chosen_by):
                return self._last[1]
            self._last = None  # the old result need not stay in memory beside the new one
            until = await self._kept.next_miss(chosen_by)
            misses = await self._kept.misses(chosen_by)
            found = Found(
                await asyncio.to_thread(clusters, misses, aliases), await self._kept.count_misses(chosen_by)
            )
            self._last = _Basis(changes, aliases, chosen_by, until), found
            return found
