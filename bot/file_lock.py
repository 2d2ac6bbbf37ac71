"""A lock file for one process at a time. It holds the name of the process, for the error message of the next."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from bot.errors import UserError
from bot.private import FILE

# Seconds to wait for a bot that is just stopping: closing the connection to Discord takes up to five.
PATIENCE = 10.0
MAX_NAME = 300

log = logging.getLogger(__name__)


@asynccontextmanager
async def hold_file(file: Path, what: str) -> AsyncIterator[None]:
    """Lock this file. The system releases the lock when the process ends, also when it is killed.

    `what` names what the lock protects, for messages. Raises `UserError`: another process holds the lock, or the
    file cannot be written.
    """
    try:
        # The file is never deleted: two other processes could then hold the lock of one file each.
        opened = os.open(file, os.O_RDWR | os.O_CREAT, FILE)
    except OSError as error:
        raise UserError(f"{what} cannot be written: {error.strerror}: {file.name}") from error
    try:
        await _take(opened, what)
        name = os.fsencode(f"process {os.getpid()} on {socket.gethostname()}")
        # On a full disk, the lock is held, too. Only the message to whoever waits for it lacks the name.
        with suppress(OSError):
            os.ftruncate(opened, 0)
            os.lseek(opened, 0, os.SEEK_SET)
            os.write(opened, name)
        yield
    finally:
        os.close(opened)


def is_held(file: Path) -> bool:
    """Whether somebody holds the lock of this file, as far as that can be seen."""
    try:
        opened = os.open(file, os.O_RDWR)
    except OSError:  # nobody has ever locked it, or it is not ours
        return False
    try:
        return not _lock(opened)
    except OSError:  # nobody can lock files there, or the disk fails
        return False
    finally:
        os.close(opened)


async def _take(opened: int, what: str) -> None:
    loop = asyncio.get_running_loop()
    begun = loop.time()
    is_said = False
    while not _is_locked(opened, what):
        os.lseek(opened, 0, os.SEEK_SET)
        holder = os.fsdecode(os.read(opened, MAX_NAME)) or "a process that is just starting"
        if loop.time() > begun + PATIENCE:
            raise UserError(f"{what} is used by another Lessonbot, {holder}; stop that one first")
        if not is_said:
            log.info("waiting for another Lessonbot to end: %s", holder)
        is_said = True
        await asyncio.sleep(0.1)


def _is_locked(opened: int, what: str) -> bool:
    """Try to take the lock; whether this process has it now, or nobody can have it."""
    try:
        return _lock(opened)
    except OSError as error:
        if error.errno not in {errno.ENOLCK, errno.ENOTSUP, errno.EINVAL, errno.ENOSYS}:
            raise
        log.warning("files cannot be locked there; make sure that only one Lessonbot uses %s", what)
        return True


if sys.platform == "win32":
    import msvcrt

    FAR = 1 << 20  # behind the name, as no other process can read locked bytes

    def _lock(opened: int) -> bool:
        os.lseek(opened, FAR, os.SEEK_SET)
        try:
            msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(opened: int) -> bool:
        """Try to take the lock; whether this process has it now."""
        try:
            # Not `lockf`: it releases the lock when the process closes any other handle of the file.
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
