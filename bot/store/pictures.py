"""The pictures of published lessons, for machines that share no folder."""

from __future__ import annotations

from sqlalchemy import select

from bot.store.database import Database
from bot.store.tables import pictures


class Pictures:
    """The pictures by their path in the lessons folder."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def digests(self) -> dict[str, str]:
        """The digest of each picture."""
        return dict(await self._database.rows(select(pictures.c.file, pictures.c.digest)))

    async def read(self, file: str) -> bytes | None:
        """The content of a picture; None if there is none of this name."""
        return await self._database.scalar(select(pictures.c.content).where(pictures.c.file == file))

    async def save(self, file: str, digest: str, content: bytes) -> None:
        """Save a picture, in place of an earlier one of this name."""
        kept = {"digest": digest, "content": content}
        new = self._database.insert(pictures).values(file=file, **kept)
        await self._database.change(new.on_conflict_do_update(index_elements=["file"], set_=kept))
