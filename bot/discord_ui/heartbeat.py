"""A file that says when the bot was last connected. The health check reads it without importing discord.py."""

from __future__ import annotations

import http.client
import time
from pathlib import Path

from bot import private
from bot.errors import UserError

HEARTBEAT_SECONDS = 15.0
STALE_AFTER = 3 * HEARTBEAT_SECONDS
READY_SECONDS = 5.0
_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- all addresses of this machine, one of which is asked


def remove_stale(heartbeat: Path) -> None:
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


def is_ready_at(host: str, port: int) -> bool:
    """Whether a bot that serves its metrics there is connected to Discord."""
    connection = http.client.HTTPConnection(_ANY.get(host, host), port, timeout=READY_SECONDS)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
