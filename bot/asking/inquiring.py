"""Ask back: moderators ask a member who waits for an answer, and never learn who that is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime

from bot.asking.cleaning import clean
from bot.asking.clusters import Cluster
from bot.asking.inbox import Inbox
from bot.outbox import MemberQueue
from bot.store.inquiries import Inquiry
from bot.store.store import Store

__all__ = ["LONGEST", "Inquiring", "Inquiry"]

LONGEST = 200  # characters of what is asked, and of a reply


class Inquiring(MemberQueue[Inquiry]):
    """What moderators ask back, and the replies. It is the queue of an outbox, too."""

    def __init__(self, store: Store, clock: Callable[[], datetime], inbox: Inbox) -> None:
        self._inquiries = store.inquiries
        self._subscriptions = store.subscriptions
        self._clock = clock
        self._inbox = inbox
        # Called when there is something to send.
        self.wake: Callable[[], None] = lambda: None

    async def ask(self, cluster: Cluster, text: str) -> int:
        """Ask all members who wait for the answer to a cluster, each once; returns how many it asks now."""
        asked: dict[int, bool] = {}
        for each in await self._subscriptions.of_questions(cluster.ids):
            if each.learner not in asked:
                new = (each.question, each.learner, clean(text)[:LONGEST], self._clock())
                asked[each.learner] = await self._inquiries.add(*new)
        self.wake()
        return sum(asked.values())

    async def find(self, inquiry: int, learner: int) -> Inquiry | None:
        """The inquiry with this id, if it is to this member and they did not reply yet."""
        found = await self._inquiries.find(inquiry)
        return found if found and found.learner == learner else None

    async def open_to(self, learner: int) -> Sequence[Inquiry]:
        """What a member was asked, and did not reply to yet; the oldest first."""
        return await self._inquiries.open_to(learner)

    async def reply(self, inquiry: int, learner: int, text: str) -> bool:
        """Save a member's reply; False if they replied already, or if it is not to them."""
        is_saved = await self._inquiries.reply(inquiry, learner, clean(text)[:LONGEST])
        self._inbox.wake()
        return is_saved

    async def any_waiting(self) -> bool:
        """Whether there is something that was not sent yet."""
        return bool(await self._inquiries.waiting() or await self._inquiries.unfinished())

    async def claim(self, learner: int | None = None) -> AsyncIterator[Inquiry]:
        """Claim what was not sent yet, one by one; optionally to one member.

        Whoever does not wait for the answer any more is not asked.
        """
        for each in await self._inquiries.waiting(learner):
            if not await self._inquiries.claim(each.id):
                continue
            if each.learner in {one.learner for one in await self._subscriptions.of_questions([each.question])}:
                yield each
            else:
                await self._inquiries.drop(each.id)

    async def unfinished(self) -> Sequence[Inquiry]:
        """What was claimed, and neither confirmed nor given back."""
        return await self._inquiries.unfinished()

    async def confirm(self, item: Inquiry) -> None:
        """It reached the member."""
        await self._inquiries.confirm(item.id)

    async def drop(self, item: Inquiry) -> None:
        """The account is gone."""
        await self._inquiries.drop(item.id)

    async def release(self, item: Inquiry) -> None:
        """Try again in the next round."""
        await self._inquiries.release(item.id)
