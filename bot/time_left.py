"""How long the event of this task can still be answered: Discord waits three seconds for an answer."""

from __future__ import annotations

import asyncio
import math
from contextvars import ContextVar

_end: ContextVar[float] = ContextVar("end", default=math.inf)


def end_in(seconds: float) -> None:
    """Note how much time is left for the event of this task. Without this, it is unlimited."""
    _end.set(asyncio.get_running_loop().time() + seconds)


def time_left(most: float) -> float:
    """How many seconds this task may wait for something, at most `most`; 0 if no time is left."""
    return max(0.0, min(most, _end.get() - asyncio.get_running_loop().time()))
