"""Tells whether an interaction came too late: Discord accepts an answer only for three seconds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

SECONDS = 2.5  # half a second is left for the answer
# Seconds for which the quickest delivery is remembered. Clocks drift apart by a few milliseconds in that time.
REMEMBERED = 600.0


class Lateness:
    """Compares the time that each interaction took from Discord with the quickest recent one.

    So the computer's clock may be wrong, and may be changed.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._begun = float("-inf")
        self._quickest = self._before = float("inf")

    def is_late(self, created: datetime) -> bool:
        """Whether an interaction that Discord created at this time took `SECONDS` longer than others."""
        now = self._clock()
        if now - self._begun > REMEMBERED:
            is_recent = now - self._begun <= 2 * REMEMBERED
            self._before = self._quickest if is_recent else float("inf")
            self._begun, self._quickest = now, float("inf")
        way = now - created.timestamp()
        self._quickest = min(self._quickest, way)
        return way - min(self._quickest, self._before) > SECONDS
