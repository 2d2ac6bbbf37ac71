"""Shows on a terminal which file is being read, if reading takes long."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Timer

from rich.console import Console
from rich.markup import escape

from bot.language.characters import printed

SHOWN_AFTER = 1.0  # second


@contextlib.contextmanager
def reading_status() -> Iterator[Callable[[Path, int, int], None]]:
    """A function to call with each file, its number, and how many there are. The line is gone at the end."""
    console = Console(stderr=True)
    status = console.status("Reading")

    def show(file: Path, number: int, count: int) -> None:
        status.update(f"Reading {number:,} of {count:,}: {escape(printed(str(file)))}")

    timer = Timer(SHOWN_AFTER, status.start)
    timer.daemon = True
    if console.is_interactive:
        timer.start()
    try:
        yield show
    finally:
        timer.cancel()
        if timer.is_alive():
            timer.join()
        status.stop()
