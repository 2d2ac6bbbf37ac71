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
        async with self._database.reading.connect() as connection:
            return dict((await connection.execute(select(pictures.c.file, pictures.c.digest))).all())

    async def read(self, file: str) -> bytes | None:
        """The content of a picture; None if there is none of this name."""
        async with self._database.reading.connect() as connection:
            content: bytes | None = await connection.scalar(
                select(pictures.c.content).where(pictures.c.file == file)
            )
        return content

    async def save(self, file: str, digest: str, content: bytes) -> None:
        """Save a picture, in place of an earlier one of this name."""
        kept = {"digest": digest, "content": content}
        new = self._database.insert(pictures).values(file=file, **kept)
        async with self._database.writing.begin() as connection:
            await connection.execute(new.on_conflict_do_update(index_elements=["file"], set_=kept))
