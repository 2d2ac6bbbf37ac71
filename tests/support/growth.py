"""How the time of work grows with its input: by ratio, which holds on slow and busy machines, too."""

from __future__ import annotations

from collections.abc import Callable
from time import thread_time

# Of twice as much input, linear work takes twice as long, and quadratic work four times.
TWICE = 3.0
TRIES = 6


def seconds(work: Callable[[], object], runs: int = 3) -> float:
    """The best of several runs, without what other processes took meanwhile."""
    best = float("inf")
    for _ in range(runs):
        start = thread_time()
        work()
        best = min(best, thread_time() - start)
    return best


def assert_linear(work: Callable[[int], object], size: int) -> None:
    """Fails if `work(2 * size)` takes much more than twice as long as `work(size)`, however often it is tried."""
    ratios = []
    for _ in range(TRIES):
        once, twice = seconds(lambda: work(size)), seconds(lambda: work(2 * size))
        ratios.append(twice / max(once, 1e-9))
        if ratios[-1] < TWICE:
            return
    raise AssertionError(f"twice the input takes {min(ratios):.1f} times as long, at a size of {size}")
