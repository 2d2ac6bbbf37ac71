"""Counts how many members asked the same question without a good answer, and stores nobody's id.

A member's id is only in memory until the question is in a cluster, which takes ten minutes where suggestions were
offered. Then it becomes a mark that can be counted within this cluster, and that says nothing anywhere else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.asking.clusters import Cluster
from bot.asking.short_memory import ShortMemory
from bot.store.askers import Asker
from bot.store.askers import Askers as Marks

MEMORY = timedelta(minutes=20)
MANY = 5000


class Askers:
    """The members who missed an answer in the last minutes, and the marks of those before."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        # The questions, and who asked each.
        self._recent: ShortMemory[tuple[int, int], bool] = ShortMemory(MEMORY, MANY)

    def missed(self, question: int, member: int, now: datetime) -> None:
        """A member got no good answer to a question."""
        self._recent.put((question, member), True, now)

    def forget(self, member: int) -> None:
        """Forget everything about this member."""
        self._recent.forget(lambda key: key[1] == member)

    async def count(self, clusters: Sequence[Cluster], now: datetime) -> Mapping[int, int]:
        """How many different members missed an answer to each cluster, by its id; rather too few than too many."""
        marked: dict[int, list[Asker]] = defaultdict(list)
        for each in await self._marks.all():
            marked[each.question].append(each)
        of = {id_: cluster for cluster in clusters for id_ in cluster.ids}
        for question, member in [each for each in self._recent.keys(now) if each[0] in of]:
            cluster = of[question]
            marked[question].append(await self._marks.add(question, member, _about(cluster, marked)))
            self._recent.pop((question, member))
        return {each.id: _members(each, marked) for each in clusters}


def _about(cluster: Cluster, marked: Mapping[int, Sequence[Asker]]) -> int:
    """The cluster that its marks are about: it stays the same when the first question of this one is deleted."""
    often = Counter(each.about for id_ in cluster.ids for each in marked.get(id_, ()))
    return often.most_common(1)[0][0] if often else cluster.id


def _members(cluster: Cluster, marked: Mapping[int, Sequence[Asker]]) -> int:
    # Marks about different clusters can be of one member, so only those about the same one are counted together.
    found: dict[int, set[str]] = defaultdict(set)
    for id_ in cluster.ids:
        for each in marked.get(id_, ()):
            found[each.about].add(each.mark)
    return max(map(len, found.values()), default=0)
