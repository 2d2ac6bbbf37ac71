"""What the running bot has counted since its start, for `METRICS`. No text and no id of a member is in it."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


@dataclass
class Histogram:
    """How many durations were at most as long as each of `SECONDS`."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(SECONDS) + 1))
    total: float = 0.0

    def observe(self, seconds: float) -> None:
        self.counts[bisect_left(SECONDS, seconds)] += 1
        self.total += seconds

    def buckets(self) -> Iterator[tuple[str, float]]:
        """The upper bounds as Prometheus writes them, each with the number of durations up to it."""
        many = 0
        for bound, count in zip((*map(str, SECONDS), "+Inf"), self.counts, strict=True):
            many += count
            yield bound, many


@dataclass
class Counts:
    """All of it. Counting is cheap enough to be always on."""

    questions: Counter[str] = field(default_factory=Counter)  # by reply
    presses: Counter[str] = field(default_factory=Counter)  # by kind of button or menu
    deliveries: Counter[str] = field(default_factory=Counter)  # of the outbox, by what became of them
    answers: defaultdict[str, Histogram] = field(
        default_factory=lambda: defaultdict(Histogram)
    )  # by kind of event
    lags: Histogram = field(default_factory=Histogram)  # of the event loop
    dropped: int = 0  # interactions that came too late for an answer
    connections: int = 0  # to the gateway, begun or resumed
    disconnects: int = 0
    database_errors: int = 0
    indexed: float = field(default_factory=time.monotonic)  # when the lessons were last indexed


counts = Counts()
