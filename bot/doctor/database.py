"""The database: whether it can be read, and of which version it is."""

from __future__ import annotations

from bot.doctor.diagnosis import Diagnosis
from bot.errors import StoreError
from bot.settings import Settings
from bot.store.copying import revision_at
from bot.store.migrating import newest_revision


async def database(settings: Settings) -> Diagnosis:
    """What is found about it; it is neither created nor updated."""
    newest = newest_revision()
    try:
        now = await revision_at(settings.database)
    except StoreError as error:
        return Diagnosis("database", str(error), "correct DATABASE_URL, or what the line names")
    if now is None:
        return Diagnosis("database", "there is none yet; the first start of the bot creates it")
    if now != newest:
        return Diagnosis(
            "database", f"of an earlier version (revision {now}); the next start of the bot updates it"
        )
    return Diagnosis("database", f"can be read, and is of this version (revision {now})")
