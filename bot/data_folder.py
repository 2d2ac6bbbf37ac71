"""The folder for the bot's own files: private to its user, and used by one bot at a time."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot import private
from bot.errors import UserError
from bot.file_lock import hold_file

# The files that this version and earlier ones write there.
_OURS = re.compile(
    r"lessonbot\..*|heartbeat|told\.json.*|hints\.json.*|commands\.sha256.*|votes\.key|lessons|history\.json.*|"
    r"calibration\.json.*|meaning-[0-9a-f]{8}\..*"
)

log = logging.getLogger(__name__)


@asynccontextmanager
async def hold_data_folder(folder: Path) -> AsyncIterator[None]:
    """Create the folder if it is missing, and lock it against other bots.

    Raises `UserError`: it cannot be written, or another bot uses it.
    """
    _make(folder)
    async with hold_file(folder / "lessonbot.lock", f"DATA_DIR {folder}"):
        yield


def _make(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UserError(f"DATA_DIR: {folder} is not a folder; name the folder for the bot's own files")
    try:
        folder.mkdir(private.FOLDER, parents=True, exist_ok=True)
        _close(folder)
    except OSError as error:
        raise UserError(f"DATA_DIR {folder} cannot be written: {error.strerror}") from error


def _close(folder: Path) -> None:
    """Make it private, with the files in it that an earlier version left readable for other users."""
    found = list(folder.iterdir())
    ours = [each for each in found if _OURS.fullmatch(each.name)]
    for each in ours:
        if each.is_file() and not each.is_symlink():
            private.close_to_others(each)
    if len(ours) == len(found):
        private.close_to_others(folder)
    elif folder.stat().st_mode & 0o077:  # such as a home folder, whose other files may be meant for others
        log.info("DATA_DIR %s contains other files, so other users of this machine can still open it", folder)
