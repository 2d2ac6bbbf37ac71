"""Measures how the time of a function grows with its input, as a ratio, which also works on slow machines."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from time import thread_time

# With twice as much input, linear work takes twice as long, quadratic work four times as long.
TWICE = 3.3
# With four times as much, quadratic work takes more than `AT_LEAST` times as long. It grows sixteen times as
# much as from a sixteenth to a quarter, where linear work grows four times as much. What does not do both
# is not measured closely.
AT_LEAST, GROWS_BY = 2.5, 6.0
ROUNDS, TRIES = 3, 3
# Seconds. Where a text takes `LONG`, no larger one is tried, as some would take hours. What is faster than
# `MEASURABLE` at the largest size is not measured: a quadratic pattern takes 2 to 50 ms there.
LONG = 0.02
MEASURABLE = 0.001
LARGEST = 2048  # characters; with twice as many, more than fit into a message


def seconds(work: Callable[[], object], runs: int) -> float:
    """The shortest of so many runs, in seconds of this thread's processor time."""
    best = float("inf")
    gc.disable()  # it would also look through the objects of other tests
    try:
        for _ in range(runs):
            start = thread_time()
            work()
            best = min(best, thread_time() - start)
    finally:
        gc.enable()
    return best


def growth(work: Callable[[int], object], size: int) -> float:
    """The time of `work(2 * size)` divided by that of `work(size)`: the smallest of several rounds.

    In each round, the shortest of some tries counts: what else the machine does makes a try longer.
    """
    least = float("inf")
    for _ in range(ROUNDS):
        once, twice = seconds(lambda: work(size), TRIES), seconds(lambda: work(2 * size), TRIES)
        least = min(least, twice / max(once, 1e-9))
        if least < TWICE:
            break
    return least


def assert_linear(work: Callable[[int], object], size: int) -> None:
    """Fail if twice the size takes much more than twice as long in every round."""
    times = growth(work, size)
    assert times < TWICE, f"twice the input takes {times:.1f} times as long, at a size of {size}"


def too_fast(read: Callable[[str], object], before: str, unit: str, after: str) -> str:
    """Why the time of a reader grows too fast with the number of units in its text; "" if it does not."""

    def text(size: int) -> str:
        return before + unit * (size // len(unit)) + after

    size, taken = 8, 0.0
    while taken < LONG and size < LARGEST:
        size *= 4
        hostile = text(size)
        start = thread_time()
        read(hostile)
        taken = thread_time() - start
    if taken < MEASURABLE:
        return ""
    least, quarter = (seconds(partial(read, text(size // part)), 2) for part in (16, 4))
    if taken < AT_LEAST * quarter or taken - quarter < GROWS_BY * (quarter - least):
        return ""
    times = growth(lambda size: read(text(size)), size)
    if times < TWICE:
        return ""
    return f"{before!r} + {size} characters of {unit!r} + {after!r}: twice as much takes {times:.1f} times as long"
