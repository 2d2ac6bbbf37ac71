"""Waits for what another process, a thread or the disk does in its own time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.running import Running


async def until(
    is_so: Callable[[], bool] | Callable[[], Awaitable[bool]], *processes: Running, seconds: float = 60
) -> None:
    """Wait for this. Fail if it takes longer, with the logs of these processes."""
    end = time.monotonic() + seconds
    while not (await answer if isawaitable(answer := is_so()) else answer):
        if time.monotonic() > end:
            raise AssertionError("\n\n".join(("it never came", *(each.log for each in processes))))
        await asyncio.sleep(0.025)


def until_it_reads(pid: int, seconds: float = 60) -> None:
    """Wait until a process that has printed its prompt waits for keys.

    A signal between its last look at signals and the start of its reading is only noticed at the next key.
    """
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():  # macOS
        time.sleep(0.5)
        return
    end = time.monotonic() + seconds
    while stat.read_text().rpartition(")")[2].split()[0] != "S":
        if time.monotonic() > end:
            raise AssertionError(f"process {pid} does not wait")
        time.sleep(0.01)
