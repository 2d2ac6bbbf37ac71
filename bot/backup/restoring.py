"""`lessonbot restore`: makes the database and the lessons what they are in a backup, both or neither."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.backup.contents import Backup
from bot.backup.saving import save
from bot.data_folder import hold_data_folder
from bot.errors import StoreError, UserError
from bot.lessons.atomic_writing import put_in
from bot.lessons.files import read_file
from bot.lessons.intake.kept_texts import kept_files, place_of
from bot.lessons.loading import lesson_names
from bot.lessons.validation import MAX_PICTURE_BYTES
from bot.settings import Settings
from bot.store.copying import delete_if_empty, replaced_by, revision_at
from bot.store.database_url import sqlite_path
from bot.store.instance_lock import hold_database, restoring
from bot.store.store import Store


async def replaces(settings: Settings, backup: Backup) -> list[str]:
    """What a restore of this backup would overwrite or delete, in words; nothing on a new machine.

    Raises `UserError` if the database or a lesson there cannot be read.
    """
    try:
        is_new = await revision_at(settings.database) is None
    except StoreError as error:
        is_file = sqlite_path(settings.database) is not None
        raise UserError(
            f"{error}. To restore without it, move it away first" if is_file else str(error)
        ) from error
    there = [] if is_new else ["the database"]
    try:
        files = [*_changed(settings.lessons_dir, backup), *_others(settings.lessons_dir, backup)]
    except OSError as error:
        raise UserError(f"{error.filename} cannot be read: {error.strerror}. Move it away first") from error
    return there + [str(settings.lessons_dir / each) for each in files]


async def restore(settings: Settings, backup: Backup, *, saved_as: Path | None = None) -> None:
    """Restore the database and the lessons, and before that save a backup of what is there now.

    Bots that use the database let go of it meanwhile. Raises `UserError`: one of them does not, or something
    cannot be written. Nothing is changed then, and no part of what was written stays.
    """
    try:
        async with (
            restoring(settings.database),
            hold_data_folder(settings.data_dir),
            hold_database(settings.database),
        ):
            with ExitStack() as put_back:
                put_back.callback(delete_if_empty(settings.database))
                if saved_as:
                    await (await Store.open(settings.database)).close()  # there may be lessons alone
                    await save(settings, saved_as)
                async with replaced_by(backup.database, settings.database):
                    _write(settings.lessons_dir, backup, put_back.callback)
                put_back.pop_all()
    except (StoreError, UserError) as error:
        if saved_as:  # as all is there as before
            saved_as.unlink(missing_ok=True)
        raise UserError(f"{error}. Nothing was restored") from error


def name_for(folder: Path, now: datetime) -> Path:
    """Where to save what a restore replaces."""
    return folder / f"lessonbot.before-restore-{now:%Y%m%d-%H%M%S-%f}.zip"


def _write(folder: Path, backup: Backup, put_back: Callable[[Callable[[], object]], object]) -> None:
    """Write the lessons. What undoes each change is given to `put_back`."""
    file = "."
    try:
        _make(folder, put_back)
        # New files come first, and those that go last: at any time, lessons link to entries that are there.
        new = [each for each in backup.lessons if not (folder / each).exists()]
        for file in (*new, *_changed(folder, backup), *_others(folder, backup)):
            place, content = place_of(folder, file), backup.lessons.get(file)
            _make(place[0], put_back)
            before = None if file in new else read_file(*place, MAX_PICTURE_BYTES)
            put_in(*place, content, is_new=before is None)
            put_back(partial(put_in, *place, before, is_new=content is None))  # the same backwards
    except OSError as error:
        raise UserError(f"{folder / file} cannot be written: {error.strerror}") from error


def _make(folder: Path, put_back: Callable[[Callable[[], object]], object]) -> None:
    if not folder.exists():
        folder.mkdir(parents=True)
        put_back(folder.rmdir)


def _changed(folder: Path, backup: Backup) -> Iterator[str]:
    """The files that exist and differ from those of the backup."""
    for file, content in backup.lessons.items():
        if (folder / file).exists() and read_file(*place_of(folder, file), MAX_PICTURE_BYTES) != content:
            yield file


def _others(folder: Path, backup: Backup) -> list[str]:
    """The lessons that are not in the backup: they would go on to be served, so a restore deletes them.

    So it does with what their sources said: the next import would take that for what the lessons have.
    """
    there = [*lesson_names(folder), *kept_files(folder)] if folder.exists() else []
    return [each for each in there if each not in backup.lessons]
