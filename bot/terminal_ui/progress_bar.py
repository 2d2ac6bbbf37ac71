"""Shows on a terminal how far a long work is."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from threading import Timer

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Column

from bot.language.characters import printed
from bot.progress import watched_by

SHOWN_AFTER = 1.0  # second


@contextlib.contextmanager
def progress_bar() -> Iterator[None]:
    """Show the steps in this block, a bar each, if it takes longer than `SHOWN_AFTER`.

    The bars are drawn on stderr, only on a terminal, and are gone at the end. Print nothing in the block.
    """
    console = Console(stderr=True)
    if not console.is_interactive:
        yield
        return
    # The names of files can be longer than a line.
    name = TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis"))
    bar = Progress(name, BarColumn(), MofNCompleteColumn(), console=console, transient=True)
    timer = Timer(SHOWN_AFTER, bar.start)
    timer.daemon = True
    with watched_by(_Bars(bar)):
        if SHOWN_AFTER > 0:
            timer.start()
        else:
            bar.start()
        try:
            yield
        finally:
            timer.cancel()
            if timer.is_alive():
                timer.join()
            bar.stop()


class _Bars:
    """A bar for each step that is inside another one. A bar is used again for the next step at its place."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._tasks: list[TaskID] = []
        self._depth = 0

    def begin(self, step: str, total: int) -> None:
        if self._depth == len(self._tasks):
            self._tasks.append(self._bar.add_task(printed(step), total=total))
        self._bar.reset(
            self._tasks[self._depth], description=printed(step), total=total, completed=0, visible=True
        )
        self._depth += 1

    def reach(self, done: int, name: str = "") -> None:
        self._bar.update(self._tasks[self._depth - 1], completed=done, description=printed(name) or None)

    def end(self) -> None:
        self._depth -= 1
        if self._depth:  # the outermost stays until the next, so that the bar does not flicker
            self._bar.update(self._tasks[self._depth], visible=False)
