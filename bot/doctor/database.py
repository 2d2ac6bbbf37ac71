"""The database: whether it can be read and written, of which version it is, and whether it has needed lessons."""

from __future__ import annotations

import os
from pathlib import Path

from bot.app import NO_LESSONS, Store
from bot.doctor.diagnosis import Diagnosis
from bot.doctor.folders import no_file_in
from bot.errors import StoreError
from bot.settings import Settings
from bot.store.copying import revision_at
from bot.store.database_url import sqlite_path
from bot.store.migrating import newest_revision


async def database(settings: Settings) -> Diagnosis:
    """What is found about it; it is neither created nor updated."""
    newest = newest_revision()
    try:
        now = await revision_at(settings.database)
        if why := _unwritable(settings):
            return Diagnosis("database", why, "make it writable for the user who runs the bot")
        is_copy = settings.lessons_from == "database"
        if is_copy and (now is None or (now == newest and not await _has_lessons(settings))):
            return Diagnosis("database", *NO_LESSONS)
    except StoreError as error:
        return Diagnosis("database", str(error), "put right what this line names, or correct DATABASE_URL")
    if now is None:
        return Diagnosis("database", "there is none yet; the first start of the bot creates it")
    if now != newest:
        return Diagnosis(
            "database", f"of an earlier version (revision {now}); the next start of the bot updates it"
        )
    return Diagnosis("database", f"can be read, and is of this version (revision {now})")


def _unwritable(settings: Settings) -> str:
    """Why the file of SQLite cannot be written; '' if it can, or if it is not one.

    If it is in DATA_DIR, the line about that says it of the folder.
    """
    path = sqlite_path(settings.database)
    if not path:
        return ""
    file = Path(path)
    if file.parent != settings.data_dir and (why := no_file_in(file.parent)):
        return f"the database's folder {file.parent} cannot be written ({why})"
    return f"the database {path} cannot be written" if file.exists() and not os.access(file, os.W_OK) else ""


async def _has_lessons(settings: Settings) -> bool:
    store = await Store.open(settings.database)
    try:
        return any(text is not None for text in (await store.revisions.newest()).values())
    finally:
        await store.close()
