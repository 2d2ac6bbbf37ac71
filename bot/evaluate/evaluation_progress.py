"""Shows the progress of a long evaluation."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.search.evaluation import EvaluatedQuestion

SHOWN_AFTER, SHOWN_EVERY = 1.0, 0.1  # seconds


def with_progress(evaluated: Iterable[EvaluatedQuestion], total: int) -> Iterator[EvaluatedQuestion]:
    """The same questions. On a terminal, a progress bar appears on stderr after `SHOWN_AFTER` seconds."""
    console = Console(stderr=True)
    columns = (TextColumn("Asking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # The bar is drawn between two questions: a thread that draws would slow down the measured search.
    bar = Progress(
        *columns, console=console, transient=True, auto_refresh=False, disable=not console.is_interactive
    )
    task = bar.add_task("", total=total)
    due = time.monotonic() + SHOWN_AFTER
    try:
        for done, question in enumerate(evaluated, 1):
            yield question
            if (now := time.monotonic()) >= due:
                due = now + SHOWN_EVERY
                bar.start()
                bar.update(task, completed=done, refresh=True)
    finally:
        bar.stop()
