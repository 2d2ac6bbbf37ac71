"""Notifications: members who asked for them are notified once when their question is answered."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from bot.outbox import MemberQueue
from bot.store.subscriptions import Subscription, Subscriptions
from bot.tutor import Tutor

__all__ = ["Notifications", "Subscription"]


class Notifications(MemberQueue[Subscription]):
    """The queue of notifications, for the outbox."""

    def __init__(self, tutor: Tutor, subscriptions: Subscriptions) -> None:
        self._tutor = tutor
        self._subscriptions = subscriptions

    async def claim(self, learner: int | None = None, passage: str | None = None) -> AsyncIterator[Subscription]:
        """Claim the subscriptions whose question is answered, one by one; optionally of one learner or passage.

        A member who asked several questions with the same answer is notified once, also if it is unknown whether
        the first message arrived. Undone answers are left out.
        """
        seen = {(each.learner, each.passage) for each in await self._subscriptions.under_way()}
        for each in await self._subscriptions.due(learner):
            is_due = passage in (None, each.passage) and (each.learner, each.passage) not in seen
            if not is_due or self._tutor.explain(each.passage) is None:
                continue
            seen.add((each.learner, each.passage))
            if await self._subscriptions.claim(each.question, each.learner):
                yield each

    async def unfinished(self) -> Sequence[Subscription]:
        """The subscriptions that were claimed, and neither confirmed nor given back."""
        return await self._subscriptions.unfinished()

    async def confirm(self, item: Subscription) -> None:
        """Delete the member's subscriptions to this answer: they have got it."""
        due = await self._subscriptions.due(item.learner)
        same = [each.question for each in due if each.passage == item.passage]
        await self._subscriptions.delete([item.question, *same], item.learner)

    async def drop(self, item: Subscription) -> None:
        """The account is gone: delete the subscription."""
        await self._subscriptions.delete([item.question], item.learner)

    async def release(self, item: Subscription) -> None:
        """Try again in the next round."""
        await self._subscriptions.release(item.question, item.learner)
