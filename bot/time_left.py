"""How long the event of this task can still be answered: Discord waits three seconds for an answer."""

from __future__ import annotations

import asyncio
import math
import weakref
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class _End:
    at: float
    # Weak, as the task refers to this: without that circle, it is freed as soon as it ends.
    task: weakref.ref[asyncio.Task[object]]
    is_answered: Callable[[], bool]


_end: ContextVar[_End | None] = ContextVar("end", default=None)


def end_in(seconds: float, is_answered: Callable[[], bool]) -> None:
    """Note that the event of this task must be answered in so many seconds.

    Nobody waits any more once it is answered, nor for the tasks that this task begins: these have unlimited time.
    """
    task = asyncio.current_task()
    assert task, "each event is handled in a task"
    _end.set(_End(asyncio.get_running_loop().time() + seconds, weakref.ref(task), is_answered))


def time_left(most: float = math.inf) -> float:
    """How many seconds this task may wait for something, at most `most`; 0 if no time is left."""
    end = _end.get()
    if end is None or end.task() is not asyncio.current_task() or end.is_answered():
        return most
    return max(0.0, min(most, end.at - asyncio.get_running_loop().time()))
