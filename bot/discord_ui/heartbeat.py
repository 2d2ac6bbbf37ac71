"""A file that says when the bot was last connected; apart, so that a health check costs no discord.py."""

from __future__ import annotations

import time
from pathlib import Path

from bot import private
from bot.errors import UserError

HEARTBEAT_SECONDS = 15.0
STALE_AFTER = 3 * HEARTBEAT_SECONDS


def prepare(heartbeat: Path) -> None:
    """Begin without one. Raises `UserError` where none could be left: the folder is full, or closed to us."""
    try:
        leave(heartbeat)
        heartbeat.unlink()  # one of an earlier life must not pass for ours
    except OSError as error:
        raise UserError(f"DATA_DIR {heartbeat.parent} cannot be written: {error.strerror}") from error


def leave(heartbeat: Path) -> None:
    """The bot is connected just now."""
    heartbeat.touch(private.FILE)


def is_alive(heartbeat: Path) -> bool:
    """Whether a bot was connected to Discord within the last `STALE_AFTER` seconds."""
    try:
        return time.time() - heartbeat.stat().st_mtime < STALE_AFTER
    except OSError:
        return False
