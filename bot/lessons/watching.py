"""Tells when to read a folder again: at every save, and when another folder takes its name."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import AsyncGenerator
from pathlib import Path

from watchfiles import Change, awatch
from watchfiles._rust_notify import WatchfilesRustInternalError

LOOK_EVERY = 0.5

log = logging.getLogger(__name__)


async def saves(folder: Path) -> AsyncGenerator[bool]:
    """Yields True after each save in the folder, False when it is time to look without one; never ends."""
    while True:
        try:
            async with contextlib.aclosing(_until_replaced(folder)) as turns:
                async for is_saved in turns:
                    yield is_saved
        except (OSError, WatchfilesRustInternalError) as error:
            # The folder is missing, or the system can watch no more folders: look from time to time.
            log.debug("cannot watch %s: %s", folder, error)
            yield False
            await asyncio.sleep(LOOK_EVERY)


async def _until_replaced(folder: Path) -> AsyncGenerator[bool]:
    watched = _identity(folder)
    is_first = True
    watcher = awatch(
        *_folders(folder),
        recursive=False,  # it would follow links, and watch whatever they lead to
        debounce=300,
        step=50,
        rust_timeout=int(LOOK_EVERY * 1000),
        yield_on_timeout=True,
    )
    async with contextlib.aclosing(watcher):
        async for changes in watcher:
            # The system goes on watching a folder that was removed or renamed, not the one in its place.
            is_gone = any(kind is Change.deleted and Path(path) == folder for kind, path in changes)
            is_replaced = is_gone or _identity(folder) != watched
            is_wider = any(kind is Change.added and _is_folder(path) for kind, path in changes)
            if changes or is_replaced:
                yield True
            elif is_first:  # what was saved before the watch began
                yield False
            is_first = False
            if is_replaced or is_wider:
                return


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
