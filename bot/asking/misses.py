"""Misses: the questions that got no good answer, and what moderators do with them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.asking.clusters import Cluster, clusters
from bot.store.meanings import Meanings
from bot.store.question_log import QuestionLog
from bot.store.store import Store
from bot.tutor import Tutor

Clock = Callable[[], datetime]

CHOOSING = timedelta(minutes=10)  # so long, a member may still choose a suggestion

AliasesOf = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class FoundMisses:
    """All clusters, and how many misses there are, also those that are in none of them."""

    clusters: Sequence[Cluster]
    count: int
    listed: int = 0  # misses that are in a cluster

    @property
    def more(self) -> int:
        """How many misses are in none of the clusters."""
        return max(0, self.count - self.listed)


@dataclass(frozen=True)
class _Basis:
    """What `FoundMisses` was worked out from; it holds for `since` to `until`."""

    changes: int
    aliases: AliasesOf
    since: datetime
    until: datetime | None

    def holds(self, changes: int, aliases: AliasesOf, chosen_by: datetime) -> bool:
        is_in_time = self.since <= chosen_by and (self.until is None or chosen_by <= self.until)
        return is_in_time and self.changes == changes and self.aliases == aliases


class ClusterCache:
    """The clusters of all misses, kept until a question changes.

    Six moderators who look at once cost as much as one.
    """

    def __init__(self, questions: QuestionLog, meanings: Meanings) -> None:
        self._questions = questions
        self._meanings = meanings
        self._turn = asyncio.Lock()
        self._last: tuple[_Basis, FoundMisses] | None = None

    async def now(self, chosen_by: datetime, aliases: AliasesOf) -> FoundMisses:
        """What got no good answer; suggestions count from `chosen_by` backwards."""
        questions = self._questions
        async with self._turn:
            # Before reading: what changes meanwhile is read the next time.
            changes = questions.changes
            if self._last and self._last[0].holds(changes, aliases, chosen_by):
                return self._last[1]
            self._last = None  # the old result need not stay in memory beside the new one
            until = await questions.next_miss(chosen_by)
            misses, picked = await questions.misses(chosen_by), await questions.picked()
            shown = await self._meanings.of({each.id for each in (*misses, *picked)})
            made = await asyncio.to_thread(clusters, misses, aliases, picked, shown)
            missed = {each.id for each in misses}
            listed = sum(len(missed.intersection(each.ids)) for each in made)
            found = FoundMisses(made, await questions.count_misses(chosen_by), listed)
            self._last = _Basis(changes, aliases, chosen_by, until), found
            return found


class Misses:
    """The misses of all servers, and what moderators do with them."""

    def __init__(self, tutor: Tutor, store: Store, clock: Clock) -> None:
        self._tutor = tutor
        self._store = store
        self._clock = clock
        self._clusters = ClusterCache(store.questions, store.meanings)

    async def find(self) -> FoundMisses:
        """The clusters as they are now, without suggestions that a member may still choose from."""
        found = await self._clusters.now(self._clock() - CHOOSING, self._tutor.snapshot.lessons.aliases)
        return replace(found, clusters=[each for each in found.clusters if not self._is_found_by_now(each)])

    def _is_found_by_now(self, cluster: Cluster) -> bool:
        """Whether what members had to pick is answered outright since an edit."""
        if not cluster.is_only_picked or not cluster.agreed:
            return False
        judged = self._tutor.snapshot.judge(cluster.text, self._tutor.mode)
        return bool(judged and judged[1].sure and judged[1].sure.id == cluster.agreed.passage)

    async def ignore(self, cluster: Cluster) -> None:
        """Resolve all its questions without an answer."""
        await self._store.questions.resolve(cluster.ids, "ignored", str(cluster.id))

    async def unignore(self, cluster_id: int) -> bool:
        """Take that back; False if there is nothing to take back."""
        return await self._store.questions.reopen(str(cluster_id)) > 0

    async def draft(self, cluster: Cluster, draft: int) -> None:
        """This draft is to answer them."""
        await self._store.draft_misses.add(cluster.ids, draft)

    async def is_drafted(self, cluster: Cluster) -> bool:
        """Whether a draft that is to answer them is under way."""
        return await self._store.draft_misses.is_under_way(cluster.ids)

    async def waiting(self, cluster: Cluster) -> int:
        """How many members are to be notified once these are answered."""
        return len({each.learner for each in await self._store.subscriptions.of_questions(cluster.ids)})
