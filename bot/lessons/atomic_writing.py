"""Writes files atomically: after a crash or on a full disk, the old content is still there."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path, PurePosixPath

from bot.lessons.files import real_place


def put_in(folder: Path, file: str, content: bytes | None, *, is_new: bool) -> None:
    """Write a file of the folder: create it if it `is_new`, else replace it; for None, delete it.

    Raises `OSError`.
    """
    if content is None:
        delete_in(folder, file)
    elif is_new:
        create_in(folder, file, content)
    else:
        replace_in(folder, file, content)


def replace_in(folder: Path, file: str, content: bytes) -> None:
    """Replace the content of a file of the folder. Its mode and owner stay, and links to it keep working.

    Raises `OSError`, and leaves the file as it was. A link that leads out of the folder is not followed.
    """
    target = real_place(folder, file)
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
        move_to_new(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def create_in(folder: Path, file: str, content: bytes) -> None:
    """As `create_file`, for a file of the folder; missing folders in between are made.

    Raises `OSError`, also if a link on the way leads out of the folder. No empty folder is left behind then.
    """
    above = real_place(folder, str(PurePosixPath(file).parent))
    try:
        above.mkdir(parents=True, exist_ok=True)
        create_file(above / PurePosixPath(file).name, content)
    except BaseException:
        _remove_empty(folder, file)
        raise


def delete_in(folder: Path, file: str) -> None:
    """Delete a file of the folder, and the folders that it leaves empty; it stays deleted after a power cut.

    Raises `OSError`.
    """
    path = real_place(folder, str(PurePosixPath(file).parent)) / PurePosixPath(file).name
    path.unlink()
    _sync_folder(path.parent)
    _remove_empty(folder, file)


def _remove_empty(folder: Path, file: str) -> None:
    with contextlib.suppress(OSError):  # one that is not empty, or already gone
        for above in PurePosixPath(file).parents[:-1]:
            (folder / above).rmdir()


def move_to_new(temporary: Path, path: Path) -> None:
    """Give a file the name `path`, or raise `FileExistsError`. The old name may stay as well."""
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
