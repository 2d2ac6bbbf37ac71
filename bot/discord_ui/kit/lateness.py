"""Tells how long an interaction can still be answered: Discord accepts an answer only for three seconds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

SECONDS = 3.0  # for which Discord accepts an answer
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

    def left(self, created: datetime) -> float:
        """For how many seconds more an interaction can be answered that Discord created at this time."""
        now = self._clock()
        if now - self._begun > REMEMBERED:
            is_recent = now - self._begun <= 2 * REMEMBERED
            self._before = self._quickest if is_recent else float("inf")
            self._begun, self._quickest = now, float("inf")
        way = now - created.timestamp()
        self._quickest = min(self._quickest, way)
        return SECONDS - (way - min(self._quickest, self._before))
