"""Decisions on proposals: members who asked for it are told once what moderators decided."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from bot.outbox import MemberQueue
from bot.store.proposals import Proposal, Proposals


class Decisions(MemberQueue[Proposal]):
    """The queue of the messages about decisions, for the outbox."""

    def __init__(self, proposals: Proposals) -> None:
        self._proposals = proposals

    async def claim(self, member: int | None = None) -> AsyncIterator[Proposal]:
        """Claim what members wait to be told, one by one; of all members, or of one."""
        for each in await self._proposals.due(member):
            if await self._proposals.claim(each.id):
                yield each

    async def has_news(self) -> bool:
        """Whether a member waits for a message about a decision, or one is being sent."""
        return bool(await self._proposals.due() or await self._proposals.unfinished())

    async def unfinished(self) -> Sequence[Proposal]:
        """Those whose message was claimed, and neither confirmed nor given back."""
        return await self._proposals.unfinished()

    async def confirm(self, item: Proposal) -> None:
        """The member was told."""
        await self._proposals.told(item.id)

    async def drop(self, item: Proposal) -> None:
        """The account is gone: nobody is to be told."""
        await self._proposals.told(item.id)

    async def release(self, item: Proposal) -> None:
        """Try again in the next round."""
        await self._proposals.release(item.id)
