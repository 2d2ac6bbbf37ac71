"""Files of the lessons folder: each is opened only if it really is inside, and read only up to a limit.

Otherwise, people who can write into the folder could make the bot publish any file that it can read (with a
link), hang forever (with a named pipe), or run out of memory (with a sparse file of many gigabytes).
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from bot.language.numbers import amount
from bot.language.words import _

# Opening a named pipe must not wait, and a link that took a file's place since must not be followed.
# Windows has none of these flags, and no named pipes in a folder.
_READ = os.O_RDONLY | sum(getattr(os, flag, 0) for flag in ("O_NONBLOCK", "O_NOFOLLOW", "O_NOCTTY", "O_BINARY"))
_READ_NAMED = _READ & ~getattr(os, "O_NOFOLLOW", 0)
_FOLDER = sum(getattr(os, flag, 0) for flag in ("O_DIRECTORY", "O_NOFOLLOW")) | getattr(os, "O_PATH", os.O_RDONLY)
_MOVED = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}
_TRIES = 3


class RefusedFileError(OSError):
    """A file that is not read, whatever its permissions are; `strerror` says why."""

    def __init__(self, why: str, file: object) -> None:
        super().__init__(errno.EPERM, why, str(file))


class OutsideError(RefusedFileError):
    """A file that is not in the folder once all links are followed."""


def read_file(folder: Path, file: str, most: int) -> bytes:
    """The content of a file of the folder.

    Raises `OSError` as `open_file` does, and if the file has more than `most` bytes.
    """
    with open_file(folder, file) as opened:
        return _read(opened, most)


def read_named(path: Path, most: int) -> bytes:
    """The content of a file that a person named on the command line. As `read_file`, but it may be anywhere."""
    with open_named(path) as opened:
        return _read(opened, most)


def open_file(folder: Path, file: str) -> BinaryIO:
    """A regular file that is inside the folder once all links are followed.

    Raises `OSError`: `OutsideError`, or `RefusedFileError` for one that is hidden or no regular file.
    """
    tries = _TRIES
    while True:
        place = real_place(folder, file)
        try:
            return _regular(_opened_inside(folder.resolve(), place), file)
        except OSError as error:
            # Try again: Kubernetes replaces the folder to which the files of a ConfigMap link.
            tries -= 1
            if error.errno not in _MOVED or not tries:
                raise


def open_named(path: Path) -> BinaryIO:
    """A regular file, wherever it is. Raises `OSError`."""
    return _regular(os.open(path, _READ_NAMED), path)


def real_place(folder: Path, file: str) -> Path:
    """Where a file of the folder is once all links are followed. Raises as `open_file` does."""
    top = folder.resolve()
    try:
        place = Path(os.path.realpath(top / file))
    except ValueError as error:  # a NUL in the name
        raise RefusedFileError(_("a file can't have this name"), file) from error
    if not place.is_relative_to(top):
        raise OutsideError(_("it is outside the lessons folder"), file)
    # Such as .env and .git/config. The folders of a ConfigMap begin with two dots.
    if any(part.startswith(".") and not part.startswith("..") for part in place.relative_to(top).parts):
        raise RefusedFileError(_("it is a hidden file"), file)
    return place


def _opened_inside(top: Path, place: Path) -> int:
    """The descriptor of a file, opened folder by folder: links that were added meanwhile are not followed."""
    if os.open not in os.supports_dir_fd:
        return os.open(place, _READ)
    *folders, name = place.relative_to(top).parts or (".",)
    at = os.open(top, _FOLDER)
    try:
        for each in folders:
            inner = os.open(each, _FOLDER, dir_fd=at)
            os.close(at)
            at = inner
        return os.open(name, _READ, dir_fd=at)
    finally:
        os.close(at)


def _regular(handle: int, file: object) -> BinaryIO:
    # Check the open file, not its name: between a check and the opening, another file can take the name.
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise RefusedFileError(_("it is not a regular file"), file)
    return os.fdopen(handle, "rb")


def _read(opened: BinaryIO, most: int) -> bytes:
    size = os.fstat(opened.fileno()).st_size
    content = opened.read(most + 1) if size <= most else b""
    if (size := max(size, len(content))) > most:
        why = _("it is too large: {size} bytes; the limit is {most} bytes", size=amount(size), most=amount(most))
        raise RefusedFileError(why, opened.name)
    return content
