"""Whether an interaction came too late for an answer: Discord takes one for three seconds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

SECONDS = 3.0
# How long the quickest way is remembered. Clocks drift apart by a few milliseconds in that time.
REMEMBERED = 600.0


class Lateness:
    """Compares each way from Discord with the quickest one of late.

    So it needs no clock that shows the right time, and one that is set to another does not matter.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._begun = float("-inf")
        self._quickest = self._before = float("inf")

    def is_late(self, created: datetime) -> bool:
        """Whether what Discord created then took three seconds longer than others."""
        now = self._clock()
        if now - self._begun > REMEMBERED:
            is_recent = now - self._begun <= 2 * REMEMBERED
            self._before = self._quickest if is_recent else float("inf")
            self._begun, self._quickest = now, float("inf")
        way = now - created.timestamp()
        self._quickest = min(self._quickest, way)
        return way - min(self._quickest, self._before) > SECONDS
