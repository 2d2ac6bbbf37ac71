"""Files that only the bot's own user can read. Windows ignores these modes."""

from __future__ import annotations

import logging
import os
from pathlib import Path

FILE, FOLDER = 0o600, 0o700

log = logging.getLogger(__name__)


def write_private(file: Path, content: bytes) -> None:
    """Write this content to the file, atomically."""
    beside = file.with_name(file.name + ".new")
    beside.unlink(missing_ok=True)  # a killed process may have left one that others can read
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE), "wb") as opened:
        opened.write(content)
    beside.replace(file)


def close_to_others(path: Path) -> None:
    """Remove all permissions of other users for this file or folder."""
    try:
        if path.stat().st_mode & 0o077:
            path.chmod(FOLDER if path.is_dir() else FILE)
    except FileNotFoundError:
        pass  # SQLite deletes its -wal and -shm files when nobody uses them
    except OSError as error:  # a file of another user, or a file system without modes
        log.warning("other users of this machine may be able to read %s: %s", path, error.strerror)
