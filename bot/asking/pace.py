"""Limits how often a member may do something."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

MANY = 10_000  # members in memory, at most
ROUNDING = 1e-6  # seconds; tolerates the rounding errors of many additions


def monotonic_seconds() -> float:
    """The seconds of a clock that never goes back; only the difference of two readings means anything."""
    return time.monotonic()  # looked up at each call: the preview and the tests replace it


class Pace:
    """Lets each member act `burst` times at once, and in the long run `burst` times in `seconds`.

    A leaky bucket: each action fills it a little, and it empties over time. A key can stand for a member, such as
    that of a member in one thread.
    """

    def __init__(self, burst: int, seconds: float, clock: Callable[[], float] = monotonic_seconds) -> None:
        self._each = seconds / burst
        self._full = seconds
        self._clock = clock
        # By member: when their bucket is empty, and whether they were asked to wait. The latest to act is last.
        self._members: OrderedDict[Hashable, tuple[float, bool]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._members)

    def wait(self, member: Hashable) -> float | None:
        """Seconds until this member may act; None if they may act now, which counts as an action."""
        now = self._clock()
        self._drop(now)
        empty, _ = self._members.get(member, (now, False))
        filled = max(empty, now) + self._each
        if filled - now > self._full + ROUNDING:
            return filled - now - self._full
        self._members[member] = (filled, False)
        self._members.move_to_end(member)
        return None

    def is_to_be_told(self, member: Hashable) -> bool:
        """Whether to tell a member that they have to wait: True once, until they may act again."""
        empty, knows = self._members.get(member, (0.0, True))
        if not knows:
            self._members[member] = (empty, True)
        return not knows

    def _drop(self, now: float) -> None:
        """Forget members whose bucket is empty and, if there are too many, those who acted longest ago."""
        while self._members:
            member, (empty, _) = next(iter(self._members.items()))
            if empty > now and len(self._members) < MANY:
                return
            del self._members[member]
