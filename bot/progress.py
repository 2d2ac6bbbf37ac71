"""Tells whoever watches how far a long work is. Without a watcher, nothing happens."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator
from contextvars import ContextVar
from typing import Protocol, TypeVar

Item = TypeVar("Item")
# A step reports about as many times as a bar has places.
_REPORTS = 200


class Reach(Protocol):
    """Reports how many parts of a step are done, and from now on another name of it, if there is one."""

    def __call__(self, done: int, name: str = "") -> None: ...


class Watcher(Protocol):
    """Shows steps. A step can begin inside another one, and ends before it."""

    def begin(self, step: str, total: int) -> None: ...

    def reach(self, done: int, name: str = "") -> None:
        """The innermost step is so far; it may get another name."""

    def end(self) -> None: ...


_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextlib.contextmanager
def watched_by(watcher: Watcher) -> Iterator[None]:
    """Show the steps in this block to `watcher`."""
    before = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(before)


@contextlib.contextmanager
def step(name: str, total: int) -> Iterator[Reach]:
    """A step of so many parts; call the function with the number of parts that are done."""
    watcher = _watcher.get()
    if watcher is None:
        yield lambda done, name="": None
        return
    every = max(1, total // _REPORTS)
    following = 0

    def reach(done: int, name: str = "") -> None:
        nonlocal following
        if done >= following:
            following = done + every
            watcher.reach(done, name)

    watcher.begin(name, total)
    try:
        yield reach
    finally:
        watcher.end()


def in_steps(
    items: Collection[Item], name: str, name_of: Callable[[Item], str] = lambda _item: ""
) -> Iterator[Item]:
    """The same items; going through them is a step of this name, or of the name that `name_of` gives an item."""
    with step(name, len(items)) as reach:
        for done, item in enumerate(items):
            reach(done, name_of(item))
            yield item
