"""Pictures uploaded for drafts. They are deleted with their draft, unless something else shows them by then."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path, PurePosixPath

from bot.curating.draft import as_upload
from bot.lessons.files import read_file
from bot.lessons.loading import lesson_names
from bot.lessons.nodes import MAX_BYTES
from bot.lessons.pictures import IMAGES, store_picture
from bot.store.store import Store

log = logging.getLogger(__name__)


class Uploads:
    """The pictures in `images/` that were made for drafts."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder
        # So that a picture is not deleted while it is being added to another draft.
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def added(self, hint: str, content: bytes) -> AsyncIterator[tuple[str, str]]:
        """Store a picture; yields its file, to add to a draft, and the file again if drafts own it, else ''.

        Raises `EditError`. If adding it to the draft fails, the picture is deleted again.
        """
        async with self._turn:
            file, is_new = await asyncio.to_thread(_stored, self._folder, hint, content)
            # A picture that was there before must not be deleted with the draft, even if it is the same picture.
            own = file if is_new or await self._store.drafts.mention(as_upload(file)) else ""
            try:
                yield file, own
            except BaseException:
                await self._drop(own)
                raise

    async def drop(self, file: str) -> None:
        """Delete a picture, unless a lesson, an undo or another draft needs it. '' stands for no picture."""
        if file:
            async with self._turn:
                await self._drop(file)

    async def _drop(self, file: str) -> None:
        name = PurePosixPath(file).name
        # Drafts first: a draft that is published meanwhile is in the history before it is deleted.
        if file and not (await self._store.drafts.mention(name) or await self._store.revisions.mention(name)):
            try:
                await asyncio.to_thread(_delete, self._folder, file)
            except OSError as error:
                log.warning("the unused picture %s could not be deleted: %s", file, error)


def _stored(folder: Path, hint: str, content: bytes) -> tuple[str, bool]:
    before = {each.name for each in (folder / IMAGES).glob("*")}
    file = store_picture(folder, hint, content)
    return file, PurePosixPath(file).name not in before


def _delete(folder: Path, file: str) -> None:
    """Delete a picture in `images/` that no lesson file names, not even a broken file or one not loaded yet."""
    path = folder / IMAGES / PurePosixPath(file).name
    if not path.parent.resolve().is_relative_to(folder.resolve()):
        return
    name = path.name.encode()
    if not any(name in read_file(folder, each, MAX_BYTES) for each in lesson_names(folder)):
        path.unlink(missing_ok=True)
