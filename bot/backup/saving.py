"""`lessonbot backup`: saves the database and the lessons in a zip file, while the bot goes on."""

from __future__ import annotations

import errno
import json
import os
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from bot import private
from bot.backup.contents import ABOUT, DATABASE, FORMAT, LESSONS, files_in
from bot.errors import UserError
from bot.lessons.atomic_writing import move_to_new
from bot.lessons.files import read_file
from bot.lessons.intake.kept_texts import place_of
from bot.lessons.validation import MAX_PICTURE_BYTES
from bot.settings import Settings
from bot.store.copying import copy_to


async def save(settings: Settings, file: Path, *, overwrite: bool = False) -> list[str]:
    """Save all in this file, which only its user can read. Returns which lessons were left out, and why.

    Raises `UserError`: the file exists, or something cannot be read or written. The file is not changed then.
    """
    target = file.resolve()  # behind a link, which stays one
    try:
        if target.exists() and not overwrite:
            raise _exists(file)
        if target.exists() and not target.is_file():  # such as /dev/null
            raise UserError(f"{file} is not a file; choose another name")
        # Beside the file: a disk that is full, or a kill, leaves no half of a backup under its name.
        with tempfile.TemporaryDirectory(prefix=".lessonbot-", dir=target.parent) as scratch:
            database, packed = Path(scratch, DATABASE), Path(scratch, "packed")
            await copy_to(settings.database, database)
            left_out = _pack(packed, database, settings.lessons_dir)
            if overwrite:
                packed.replace(target)
            else:
                move_to_new(packed, target)
    except FileExistsError:
        raise _exists(file) from None
    except OSError as error:
        raise UserError(f"{file} cannot be written: {error.strerror}") from error
    return left_out


def _exists(file: Path) -> UserError:
    return UserError(f"{file} already exists; choose another name, or add --overwrite")


def _pack(packed: Path, database: Path, folder: Path) -> list[str]:
    left_out: list[str] = []

    def leave_out(error: OSError) -> None:
        if error.errno != errno.ENOENT:  # with LESSONS_FROM=database, there may be no folder yet
            left_out.append(f"{error.filename}: {error.strerror}")

    about = {"format": FORMAT, "made_at": datetime.now(UTC).isoformat(timespec="seconds")}
    with os.fdopen(os.open(packed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, private.FILE), "wb") as opened:
        with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(ABOUT, json.dumps(about))
            archive.write(database, DATABASE)
            for file in files_in(folder, leave_out):
                try:
                    content = read_file(*place_of(folder, file), MAX_PICTURE_BYTES)
                except OSError as error:
                    left_out.append(f"{folder / file}: {error.strerror}")
                else:
                    archive.writestr(LESSONS + file, content)
        opened.flush()
        os.fsync(opened.fileno())
    return left_out
