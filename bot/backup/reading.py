"""A backup file -> its database and lessons, or an error, before anything is restored from it."""

from __future__ import annotations

import errno
import json
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.backup.contents import ABOUT, DATABASE, FORMAT, LESSONS, Backup, belongs
from bot.errors import StoreError, UserError
from bot.store.copying import check_copy

# What zipfile raises for a file that is damaged or no zip file, and we for one that was not made by us.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, NotImplementedError, LookupError)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)  # in the folder for temporary files


@asynccontextmanager
async def read(file: Path) -> AsyncIterator[Backup]:
    """Read and check a backup; its database exists until the end of the block.

    Raises `UserError`: it is damaged, is not a backup, or was made by a newer version, or cannot be unpacked.
    """
    with ExitStack() as until_the_end:
        try:
            scratch = Path(until_the_end.enter_context(tempfile.TemporaryDirectory(prefix="lessonbot-")))
            backup = _unpack(file, scratch)
            await check_copy(backup.database)
        except _DAMAGED as error:
            raise UserError(f"{file} is not a backup of Lessonbot, or it is damaged") from error
        except StoreError as error:
            raise UserError(f"{file}: {error.__cause__ or error}") from error
        except OSError as error:
            if error.errno in _NO_ROOM:
                where = tempfile.gettempdir()
                message = f"{file} cannot be unpacked in {where}: {error.strerror}. Set TMPDIR to a larger folder"
                raise UserError(message) from error
            raise UserError(f"{file} cannot be read: {error.strerror or error}") from error
        yield backup


def _unpack(file: Path, folder: Path) -> Backup:
    with zipfile.ZipFile(file) as archive:
        about = json.loads(archive.read(ABOUT))
        if int(about["format"]) > FORMAT:
            raise StoreError("it was made by a newer Lessonbot; update this one")
        database = folder / DATABASE
        with archive.open(DATABASE) as packed, database.open("wb") as unpacked:
            shutil.copyfileobj(packed, unpacked)
        names = [each.removeprefix(LESSONS) for each in archive.namelist() if each.startswith(LESSONS)]
        if not all(map(belongs, names)):
            raise ValueError("a path that leads out of the folder, or a file that is no lesson")
        made_at = datetime.fromisoformat(str(about["made_at"])).astimezone(UTC)
        return Backup(database, {each: archive.read(LESSONS + each) for each in names}, made_at)
