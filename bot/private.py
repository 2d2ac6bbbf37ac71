"""Files that only the bot's own user may read. Windows has no such modes, and ignores them."""

from __future__ import annotations

import logging
import os
from pathlib import Path

FILE, FOLDER = 0o600, 0o700

log = logging.getLogger(__name__)


def write(file: Path, content: bytes) -> None:
    """Put this content there, whole or not at all."""
    beside = file.with_name(file.name + ".new")
    beside.unlink(missing_ok=True)  # what a killed process left may be open to others
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE), "wb") as opened:
        opened.write(content)
    beside.replace(file)


def close_to_others(path: Path) -> None:
    """Take away from all other users what they may do with this file or folder."""
    try:
        if path.stat().st_mode & 0o077:
            path.chmod(FOLDER if path.is_dir() else FILE)
    except FileNotFoundError:
        pass  # SQLite takes its -wal and -shm away when nobody needs them
    except OSError as error:  # somebody else's file, or a disk that keeps no modes
        log.warning("other users of this machine may be able to read %s: %s", path, error.strerror)
