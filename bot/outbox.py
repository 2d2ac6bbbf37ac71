"""The outbox: messages that have to reach a member once; they may be late, but not doubled.

Each message is claimed in the database before it is sent, so that two processes never send the same one. Then it
is confirmed, or given back. If it is unknown whether it arrived, the bot looks for it among the messages it sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from enum import Enum
from typing import Generic, Protocol, TypeVar

from bot.counting import counts

Item = TypeVar("Item")
Item_contra = TypeVar("Item_contra", contravariant=True)


DAY = 24 * 3600.0
AGAIN = 300.0  # seconds until it is found out whether a message arrived, and so much more with each round


class Delivery(Enum):
    """What became of a message."""

    ARRIVED = "arrived"
    MISSING = "it did not arrive"
    CLOSED = "the member takes no messages for now"
    GONE = "the member's account no longer exists"
    UNKNOWN = "the connection broke while it was sent"


class Queue(Protocol[Item]):
    """Where the items wait. Base of all queues; those with items for a member each inherit from `MemberQueue`."""

    async def unfinished(self) -> Sequence[Item]:
        """The items that were claimed, and neither confirmed nor given back."""

    async def confirm(self, item: Item) -> None:
        """Mark an item as arrived."""

    async def drop(self, item: Item) -> None:
        """Remove an item that can never arrive."""

    async def postpone(self, item: Item) -> None:
        """Give it back, as its receiver takes no messages for now.

        Unless a queue says otherwise, it is tried again in the next round.
        """
        await self.release(item)

    async def release(self, item: Item) -> None:
        """Give it back, to be tried again in the next round."""


class MemberQueue(Queue[Item], Protocol[Item]):
    """A queue whose items are for one member each."""

    def claim(self, member: int | None = None, /) -> AsyncIterator[Item]:
        """The items that are due, of all members or of one; each is claimed just before it is yielded."""


class Carrier(Protocol[Item_contra]):
    """Sends an item to its member."""

    async def send(self, item: Item_contra) -> Delivery:
        """Send an item, and return what became of it."""

    async def look_for(self, item: Item_contra) -> Delivery:
        """Find out whether an item arrived that was sent before."""


class Outbox(Generic[Item]):
    """Sends the items of a queue to members."""

    def __init__(self, queue: Queue[Item], carrier: Carrier[Item]) -> None:
        self._queue = queue
        self._carrier = carrier
        # Held from the claim of a message until it is known what became of it: meanwhile, `recover` would not
        # find it among those that arrived, and it would be sent twice.
        self._sending = asyncio.Lock()
        # Whether it is unknown of a message if it arrived, and for how many rounds it has been so.
        self._is_unsure = False
        self._unsure_rounds = 0

    @property
    def seconds_left(self) -> float:
        """Seconds until the next round: a day, or less while it is unknown whether a message arrived."""
        return min(AGAIN * (1 + self._unsure_rounds), DAY) if self._is_unsure else DAY

    async def send(
        self, claimed: AsyncIterator[Item], by: Callable[[Item], Awaitable[Delivery]] | None = None
    ) -> int:
        """Send the claimed items, by the carrier or with `by`; returns how many arrived.

        `claimed` claims each item just before it yields it.
        """
        arrived = 0
        while True:
            async with self._sending:
                item = await anext(claimed, None)
                if item is None:
                    return arrived
                delivery = await (by or self._carrier.send)(item)
                await self._report(item, delivery)
            arrived += delivery is Delivery.ARRIVED

    async def recover(self) -> None:
        """Find out whether unfinished items arrived, such as those that a process was sending when it died."""
        async with self._sending:
            self._unsure_rounds = self._unsure_rounds + 1 if self._is_unsure else 0
            self._is_unsure = False
            for item in await self._queue.unfinished():
                await self._report(item, await self._carrier.look_for(item))

    async def _report(self, item: Item, delivery: Delivery) -> None:
        counts.deliveries[delivery.name.lower()] += 1
        match delivery:
            case Delivery.ARRIVED:
                await self._queue.confirm(item)
            case Delivery.MISSING:
                await self._queue.release(item)
            case Delivery.CLOSED:
                await self._queue.postpone(item)
            case Delivery.GONE:
                await self._queue.drop(item)
            case Delivery.UNKNOWN:
                self._is_unsure = True  # `recover` looks for it in the next round
