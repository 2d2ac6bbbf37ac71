"""Limits how many messages of one channel are answered at once: Discord takes about one message a second there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

# The last of so many waits for about a minute. discord.py lets any number wait, and sends them hours later.
MOST = 50


class Backlog:
    """How many answers of each channel are on their way."""

    def __init__(self) -> None:
        self._answers: Counter[int] = Counter()

    @contextmanager
    def one_more(self, channel: int) -> Iterator[bool]:
        """Whether there is room for one more in this channel; it is on its way until the end of the block."""
        has_room = self._answers[channel] < MOST
        self._answers[channel] += has_room
        try:
            yield has_room
        finally:
            self._answers[channel] -= has_room
            if not self._answers[channel]:
                del self._answers[channel]
