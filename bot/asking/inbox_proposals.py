"""The proposals of members that come to the inbox: all that moderators have not decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bot.asking.inbox import Fate, Waiting
from bot.clock import Clock
from bot.store.store import Store
from bot.tutor import Tutor

PROPOSAL = "proposal"


class ProposalSource:
    """Proposals as items of the inbox; an item is the id of a proposal."""

    kind = PROPOSAL

    def __init__(self, tutor: Tutor, store: Store, clock: Clock) -> None:
        self._tutor = tutor
        self._store = store
        self._clock = clock
        self._lessons = tutor.snapshot.lessons
        self._reads = 0  # how often other lessons were seen

    async def waiting(self) -> Sequence[Waiting]:
        """The open proposals, the oldest first."""
        return [Waiting(str(each.id)) for each in await self._store.proposals.open()]

    async def fates(self, items: Collection[str]) -> Mapping[str, Fate]:
        """What became of the proposals with these ids."""
        if not items:
            return {}
        if self._lessons is not self._tutor.snapshot.lessons:
            self._lessons, self._reads = self._tutor.snapshot.lessons, self._reads + 1
        # A card also shows close entries, whether its entry was changed, and whether its change was undone.
        around = (self._reads, self._store.revisions.changes)
        found = await self._store.proposals.find_all({int(each) for each in items})
        drafted = await self._store.drafts.under_way([each.draft for each in found if each.draft], self._clock())
        return {
            str(each.id): Fate(
                each.is_open, repr((each.state, drafted.get(each.draft or 0), each.proposer, *around))
            )
            for each in found
        }
