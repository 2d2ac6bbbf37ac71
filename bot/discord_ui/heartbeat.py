"""A file that says when the bot was last connected. The health check reads it without importing discord.py."""

from __future__ import annotations

import time
from pathlib import Path

from bot import private
from bot.errors import UserError

HEARTBEAT_SECONDS = 15.0
STALE_AFTER = 3 * HEARTBEAT_SECONDS


def prepare(heartbeat: Path) -> None:
    """Remove the heartbeat of an earlier run. Raises `UserError` if the folder cannot be written."""
    try:
        leave(heartbeat)
        heartbeat.unlink()  # the bot is not connected yet
    except OSError as error:
        raise UserError(f"DATA_DIR {heartbeat.parent} cannot be written: {error.strerror}") from error


def leave(heartbeat: Path) -> None:
    """Note that the bot is connected now: set the file's time. Raises `OSError` if it cannot be written."""
    heartbeat.touch(private.FILE)


def is_alive(heartbeat: Path) -> bool:
    """Whether a bot was connected to Discord within the last `STALE_AFTER` seconds."""
    try:
        return time.time() - heartbeat.stat().st_mtime < STALE_AFTER
    except OSError:
        return False
