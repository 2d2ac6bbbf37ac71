"""Limits how many are worked on at once. The others wait for a free slot."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable


class Slots:
    """At most `number` have a slot at the same time.

    Those that wait get one in the order in which they came. But if the first has less than `hurry` seconds left,
    more comes than can be done. Then the latest comes first: some are answered at once, instead of all at the last
    moment. This is the "adaptive LIFO" of Ben Maurer's "Fail at Scale" (ACM Queue, 2015). `clock` returns seconds.
    """

    def __init__(self, number: int, hurry: float, clock: Callable[[], float]) -> None:
        self._free = number
        self._hurry = hurry
        self._clock = clock
        # Those that wait, and until when; the first to come is first.
        self._waiting: deque[tuple[asyncio.Future[bool], float]] = deque()

    async def acquire(self, until: float) -> bool:
        """Wait for a slot; False if none was free until this time. A slot has to be released."""
        if self._free:
            self._free -= 1
            return True
        granted: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((granted, until))
        try:
            return await granted
        except asyncio.CancelledError:
            if not granted.cancelled() and granted.result():
                self.release()
            raise

    def release(self) -> None:
        """Free a slot, or hand it to one that waits."""
        now = self._clock()
        while self._waiting:
            granted, until = self._waiting.popleft()
            if granted.done():  # it was cancelled
                continue
            if until <= now:
                granted.set_result(False)
                continue
            if until - now < self._hurry:
                self._waiting.appendleft((granted, until))
                granted, until = self._waiting.pop()
                if granted.done():
                    continue
            granted.set_result(until > now)
            if until > now:
                return
        self._free += 1
