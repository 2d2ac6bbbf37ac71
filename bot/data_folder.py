"""The folder where the bot keeps files of its own: closed to other users, and for one bot at a time."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot import private
from bot.errors import UserError
from bot.lock import held

# What this version or an earlier one keeps in it.
_OURS = re.compile(r"lessonbot\..*|heartbeat|told\.json.*|commands\.sha256.*|votes\.key")

log = logging.getLogger(__name__)


@asynccontextmanager
async def using(folder: Path) -> AsyncIterator[None]:
    """Make the folder where there is none, and keep other bots out of it.

    Raises `UserError`: it cannot be written, or another bot uses it.
    """
    _make(folder)
    async with held(folder / "lessonbot.lock", f"DATA_DIR {folder}"):
        yield


def _make(folder: Path) -> None:
    try:
        folder.mkdir(private.FOLDER, parents=True, exist_ok=True)
        _close(folder)
    except OSError as error:
        raise UserError(f"DATA_DIR {folder} cannot be written: {error.strerror}") from error


def _close(folder: Path) -> None:
    """Take it away from other users, with the files in it that an earlier version left open to them."""
    found = list(folder.iterdir())
    ours = [each for each in found if _OURS.fullmatch(each.name)]
    for each in ours:
        if each.is_file() and not each.is_symlink():
            private.close_to_others(each)
    if len(ours) == len(found):
        private.close_to_others(folder)
    elif folder.stat().st_mode & 0o077:  # a home folder, say: what else is in it may be for others
        log.info("DATA_DIR %s contains other files, so other users of this machine can still open it", folder)
