"""How fast one member may go on."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

MANY = 10_000  # members who are remembered at most
ROUNDING = 1e-6  # seconds, for what many additions are out by


class Pace:
    """Lets each member go on `burst` times at once, and in the long run as often in so many `seconds`.

    A leaky bucket: each time fills it a little, and it empties with time.
    """

    def __init__(self, burst: int, seconds: float, clock: Callable[[], float]) -> None:
        self._each = seconds / burst
        self._full = seconds
        self._clock = clock
        # When a member's bucket is empty, and whether they know that they have to wait; who went on last is last.
        self._members: OrderedDict[int, tuple[float, bool]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._members)

    def wait(self, member: int) -> float | None:
        """Seconds until this member may go on; None, and it is counted, if that is now."""
        now = self._clock()
        self._drop(now)
        empty, _ = self._members.get(member, (now, False))
        filled = max(empty, now) + self._each
        if filled - now > self._full + ROUNDING:
            return filled - now - self._full
        self._members[member] = (filled, False)
        self._members.move_to_end(member)
        return None

    def is_to_be_told(self, member: int) -> bool:
        """Of a member who has to wait: True once, until they go on again."""
        empty, knows = self._members.get(member, (0.0, True))
        if not knows:
            self._members[member] = (empty, True)
        return not knows

    def _drop(self, now: float) -> None:
        """Forget whose bucket is empty, and whoever went on longest ago where there are too many."""
        while self._members:
            member, (empty, _) = next(iter(self._members.items()))
            if empty > now and len(self._members) < MANY:
                return
            del self._members[member]
