"""Writes files atomically: after a crash or on a full disk, the old content is still there."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from bot.lessons.files import real_place


def replace_file(path: Path, content: bytes) -> None:
    """Replace the content of a file. Its mode and owner stay, and links to it keep working.

    Raises `OSError`, and leaves the file as it was. A link that leads out of its folder is not followed.
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
    _sync_folder(target.parent)


def create_file(path: Path, content: bytes) -> None:
    """Create a file with this content. Raises `OSError`: `FileExistsError` if it exists."""
    temporary = _written_beside(path, content)
    try:
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        _link(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def delete_file(path: Path) -> None:
    """Delete a file, so that it stays deleted after a power cut. Raises `OSError`."""
    path.unlink()
    _sync_folder(path.parent)


def _link(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)  # unlike a rename, it refuses to overwrite
    except OSError:
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        temporary.rename(path)  # a file system without hard links, such as a memory card's


def _written_beside(path: Path, content: bytes) -> Path:
    # Hidden and without .yaml, so that a file that a crash leaves behind is not read as a lesson.
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


def _sync_folder(folder: Path) -> None:
    """Make a rename survive a power cut. Errors are ignored: the rename itself has succeeded."""
    with contextlib.suppress(OSError):  # Windows cannot open a folder, some network disks cannot sync one
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
