"""Notifications: who asked to be told when a question is answered, and is told so once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from bot.store.subscriptions import Subscription, Subscriptions
from bot.tutor import Tutor

__all__ = ["Notifications", "Subscription"]


class Notifications:
    """The queue of those answers that members asked for, for the outbox."""

    def __init__(self, tutor: Tutor, subscriptions: Subscriptions) -> None:
        self._tutor = tutor
        self._subscriptions = subscriptions

    async def claim(self, learner: int | None = None, passage: str | None = None) -> AsyncIterator[Subscription]:
        """What is answered by now, claimed one by one; of one learner or one passage where they are given.

        Whoever asked for one answer by several questions is told once. What was undone meanwhile is left out.
        """
        seen: set[tuple[int, str]] = set()
        for each in await self._subscriptions.due(learner):
            is_due = passage in (None, each.passage) and (each.learner, each.passage) not in seen
            if not is_due or self._tutor.explain(each.passage) is None:
                continue
            seen.add((each.learner, each.passage))
            if await self._subscriptions.claim(each.question, each.learner):
                yield each

    async def unfinished(self) -> Sequence[Subscription]:
        """What was claimed, and neither confirmed nor given back."""
        return await self._subscriptions.unfinished()

    async def confirm(self, item: Subscription) -> None:
        """They have this answer, by whichever of their questions they asked for it."""
        due = await self._subscriptions.due(item.learner)
        same = [each.question for each in due if each.passage == item.passage]
        await self._subscriptions.delete([item.question, *same], item.learner)

    async def drop(self, item: Subscription) -> None:
        """The account is gone."""
        await self._subscriptions.delete([item.question], item.learner)

    async def release(self, item: Subscription) -> None:
        """To be tried again in the next round."""
        await self._subscriptions.release(item.question, item.learner)

    async def postpone(self, item: Subscription) -> None:
        """A round a day is late enough."""
        await self.release(item)
