"""Tells when to read a folder again: at every save, and when another folder takes its name."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import tempfile
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Literal

from watchfiles import Change, watch
from watchfiles._rust_notify import WatchfilesRustInternalError

# How edits are noticed: by events of the system, or by looking at all files. `auto` looks where no event arrives.
Watch = Literal["auto", "events", "poll"]

LOOK_EVERY = 0.5  # seconds
EVENT_SECONDS = 5.0  # for an event of the system to arrive

log = logging.getLogger(__name__)


async def saves(folder: Path, how: Watch = "events") -> AsyncGenerator[bool]:
    """Yields True after each save in the folder, False when it is time to look without one; never ends."""
    polls = how == "poll"
    if how == "auto" and not await events_arrive(folder):
        polls = True
        log.warning("the system does not report saved files in %s; checking them twice a second instead", folder)
    while True:
        try:
            async with contextlib.aclosing(_until_replaced(folder, polls=polls)) as turns:
                async for is_saved in turns:
                    yield is_saved
        except (OSError, WatchfilesRustInternalError) as error:
            # The folder is missing, or the system can watch no more folders: look from time to time.
            log.debug("cannot watch %s: %s", folder, error)
            yield False
            await asyncio.sleep(LOOK_EVERY)


async def events_arrive(folder: Path) -> bool:
    """Create a hidden file, and wait for the system to tell. Network and some container folders never do.

    True if the folder is missing or no file can be created, as nothing is known then.
    """
    watcher = _changes(folder, every=100, debounce=50, step=10)
    try:
        async with asyncio.timeout(EVENT_SECONDS):
            await anext(watcher)  # it watches from here on
            with contextlib.ExitStack() as made:
                try:
                    made.enter_context(
                        tempfile.NamedTemporaryFile(dir=folder, prefix=".lessonbot-", suffix=".tmp")
                    )
                except OSError:
                    return True
                while not await anext(watcher):
                    pass
    except FileNotFoundError:
        return True
    except (TimeoutError, OSError, WatchfilesRustInternalError):
        return False
    finally:
        await watcher.aclose()
    return True


async def _until_replaced(folder: Path, *, polls: bool) -> AsyncGenerator[bool]:
    watched = _identity(folder)
    is_first = True
    every = int(LOOK_EVERY * 1000)
    folders = _folders(folder)
    watcher = _changes(*folders, every=every, debounce=300, step=50, polls=polls)
    async with contextlib.aclosing(watcher):
        async for changes in watcher:
            # The system goes on watching a folder that was removed or renamed, not the one in its place.
            is_gone = any(kind is Change.deleted and Path(path) == folder for kind, path in changes)
            is_replaced = is_gone or _identity(folder) != watched
            is_wider = any(kind is Change.added and _is_folder(path) for kind, path in changes)
            # A folder that was made just before the watch began is not watched yet.
            is_wider = is_wider or (is_first and _folders(folder) != folders)
            if changes or is_replaced:
                yield True
            elif is_first:  # what was saved before the watch began
                yield False
            is_first = False
            if is_replaced or is_wider:
                return


async def _changes(
    *folders: Path, every: int, debounce: int, step: int, polls: bool = False
) -> AsyncGenerator[set[tuple[Change, str]]]:
    """Changes in these folders; an empty set when there were none for `every` milliseconds.

    Not by `awatch` of watchfiles, which loads anyio: 1.5 MiB.
    """
    stop = Event()
    changes = watch(
        *folders,
        recursive=False,  # it would follow links, and watch whatever they lead to
        debounce=debounce,
        step=step,
        stop_event=stop,
        rust_timeout=every,
        yield_on_timeout=True,
        force_polling=polls or None,  # without it, watchfiles decides, by WATCHFILES_FORCE_POLLING
        poll_delay_ms=int(LOOK_EVERY * 1000),
    )
    # A thread of its own, as it is at work all the time.
    thread = ThreadPoolExecutor(1, "watching lessons")
    try:
        while (found := await asyncio.get_running_loop().run_in_executor(thread, next, changes, None)) is not None:
            yield found
    finally:
        stop.set()
        thread.shutdown(wait=False)


def _is_folder(path: str) -> bool:
    return Path(path).is_dir()


def _folders(folder: Path) -> list[Path]:
    """The folder and all folders in it, except hidden ones and links."""
    found = [folder]
    for above, inside, __ in os.walk(folder):
        inside[:] = [each for each in inside if not (each.startswith(".") or Path(above, each).is_symlink())]
        found += [Path(above, each) for each in inside]
    return found


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
