"""Notifications: who asked to be told when a question is answered, and is told so once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from bot.store.wishes import Waiting, Wishes
from bot.tutor import Tutor

__all__ = ["Notifications", "Waiting"]


class Notifications:
    """The queue of those answers that members asked for, for the outbox."""

    def __init__(self, tutor: Tutor, wishes: Wishes) -> None:
        self._tutor = tutor
        self._wishes = wishes

    async def claim(self, learner: int | None = None, part: str | None = None) -> AsyncIterator[Waiting]:
        """What is answered by now, claimed one by one; of one learner or one part where they are given.

        Whoever asked for one answer by several questions is told once. What was undone meanwhile is left out.
        """
        seen: set[tuple[int, str]] = set()
        for each in await self._wishes.untold(learner):
            is_due = part in (None, each.part) and (each.learner, each.part) not in seen
            if not is_due or self._tutor.explain(each.part) is None:
                continue
            seen.add((each.learner, each.part))
            if await self._wishes.claim(each.question, each.learner):
                yield each

    async def unfinished(self) -> Sequence[Waiting]:
        """What was claimed, and neither confirmed nor given back."""
        return await self._wishes.unfinished()

    async def confirm(self, item: Waiting) -> None:
        """They have this answer, by whichever of their questions they asked for it."""
        untold = await self._wishes.untold(item.learner)
        same = [each.question for each in untold if each.part == item.part]
        await self._wishes.told([item.question, *same], item.learner)

    async def drop(self, item: Waiting) -> None:
        """The account is gone."""
        await self._wishes.told([item.question], item.learner)

    async def release(self, item: Waiting) -> None:
        """To be tried again in the next round."""
        await self._wishes.release(item.question, item.learner)

    async def postpone(self, item: Waiting) -> None:
        """A round a day is late enough."""
        await self.release(item)
