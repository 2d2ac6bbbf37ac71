"""Files are written whole or not at all: a crash or a full disk leaves what was there."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from bot.lessons.files import real_place


def replace_file(path: Path, content: bytes) -> None:
    """Old or new, never half; the mode and the owner stay, and a link goes on pointing to the file.

    Raises `OSError`; the file is as it was then. A link that leads out of its folder is not followed.
    """
    target = real_place(path.parent, path.name)
    before = target.stat()
    temporary = _written_beside(target, content)
    try:
        temporary.chmod(before.st_mode & 0o7777)
        if hasattr(os, "chown"):
            with contextlib.suppress(PermissionError):  # only root may give files away
                os.chown(temporary, before.st_uid, before.st_gid)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _settle(target.parent)


def create_file(path: Path, content: bytes) -> None:
    """A new file, there with all it holds. Raises `OSError`, `FileExistsError` if there is one already."""
    temporary = _written_beside(path, content)
    try:
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        _link(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    _settle(path.parent)


def delete_file(path: Path) -> None:
    """There no more, also after a power cut. Raises `OSError`."""
    path.unlink()
    _settle(path.parent)


def _link(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)  # unlike a rename, it refuses to overwrite
    except OSError:
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        temporary.rename(path)  # a disk that knows no links, such as a memory card


def _written_beside(path: Path, content: bytes) -> Path:
    # Hidden and no .yaml, so that nobody takes what a crash leaves behind for a lesson.
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _settle(folder: Path) -> None:
    """Make a rename survive a power cut. It is done already, so where this is refused nothing failed."""
    with contextlib.suppress(OSError):  # Windows cannot open a folder, some network disks cannot sync one
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
