"""Keeps the lessons folder of this machine in step with what other machines publish, through the database.

The history holds every version of every lesson, so a machine that was away catches up from there. On the machine
with `LESSONS_FROM=folder`, edits by hand in the folder are published like any other. With `LESSONS_FROM=database`,
the folder is a copy: what differs from the history is put right.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot import private
from bot.curating.reconciling import text_in
from bot.lessons.atomic_writing import put_in
from bot.lessons.files import read_file
from bot.lessons.intake.kept_texts import place_of
from bot.lessons.library import Lessons
from bot.lessons.loading import lesson_names
from bot.lessons.publishing import cannot_save
from bot.lessons.validation import MAX_PICTURE_BYTES, pictures_of
from bot.store.store import Store

log = logging.getLogger(__name__)


class Mirror:
    """The folder of one machine. Call its methods while no other process publishes.

    `noted` is the file that says how far the folder has caught up; None if the folder is a copy of the database.
    """

    def __init__(self, folder: Path, store: Store, noted: Path | None) -> None:
        self._folder = folder
        self._store = store
        self._noted = noted
        self._seen = _read(noted) if noted else None
        self._pictures: dict[str, str] = {}

    @property
    def is_copy(self) -> bool:
        """Whether edits by hand in the folder count for nothing."""
        return self._noted is None

    async def is_behind(self) -> bool:
        """Whether something was published that this machine has not looked at."""
        return await self._store.revisions.latest() != self._seen

    async def catch_up(self) -> None:
        """Write what other machines published since. A file that was edited by hand meanwhile stays as it is.

        Raises `EditError` if the folder cannot be written.
        """
        if not self.is_copy and (self._seen is None or not await self.is_behind()):
            return  # at the very first start, the folder is the truth
        newest = await self._store.revisions.newest()
        before = {} if self.is_copy else await self._store.revisions.newest(self._seen)
        sources = await self._store.revisions.newest(sources=True)
        before |= {} if self.is_copy else await self._store.revisions.newest(self._seen, sources=True)
        await self._fetch_pictures([text or "" for file, text in newest.items() if text != before.get(file)])
        await asyncio.to_thread(self._write, newest | sources, before)
        await self.note()

    async def save_pictures(self, lessons: Lessons) -> None:
        """Save the pictures of these lessons. Call it before the lessons are published."""
        files = {picture.file for each in lessons.documents for _place, picture in pictures_of(each.lesson)}
        known = await self._store.pictures.digests()
        for file in sorted(files):
            try:
                content = await asyncio.to_thread(read_file, self._folder, file, MAX_PICTURE_BYTES)
            except OSError as error:
                log.warning("other machines do not get the picture %s: %s", file, error.strerror)
                continue
            if known.get(file) != (digest := _digest(content)):
                await self._store.pictures.save(file, digest, content)
            self._pictures[file] = digest

    async def note(self) -> None:
        """Remember that the folder has all that was published."""
        latest = await self._store.revisions.latest()
        if latest != self._seen and self._noted:
            try:
                await asyncio.to_thread(private.write_private, self._noted, json.dumps({"seen": latest}).encode())
            except OSError as error:
                log.warning("cannot remember which lessons this machine has: %s", error)
        self._seen = latest

    async def _fetch_pictures(self, texts: Sequence[str]) -> None:
        """Write the pictures of these lessons. Those of other lessons may have been deleted by hand."""
        for file, digest in (await self._store.pictures.digests()).items():
            if self._pictures.get(file) == digest or not any(file in text for text in texts):
                continue
            here = await asyncio.to_thread(self._digest_of, file)
            is_wanted = here is None or (self.is_copy and here != digest)
            content = await self._store.pictures.read(file) if is_wanted else None
            if content is not None:
                await asyncio.to_thread(_write, self._folder, file, content, is_new=here is None)
            self._pictures[file] = digest

    def _digest_of(self, file: str) -> str | None:
        try:
            return _digest(read_file(self._folder, file, MAX_PICTURE_BYTES))
        except FileNotFoundError:
            return None

    def _write(self, newest: Mapping[str, str | None], before: Mapping[str, str | None]) -> None:
        if self.is_copy:
            newest = {**dict.fromkeys(lesson_names(self._folder)), **newest}
        for file, text in newest.items():
            folder, name = place_of(self._folder, file)
            here = text_in(folder, name)
            if here == text:
                continue
            if self.is_copy or here == before.get(file):
                _write(folder, name, None if text is None else text.encode(), is_new=here is None)


def _write(folder: Path, file: str, content: bytes | None, *, is_new: bool) -> None:
    try:
        put_in(folder, file, content, is_new=is_new)
    except OSError as error:
        raise cannot_save(file, error) from error


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read(noted: Path) -> int | None:
    try:
        seen = json.loads(noted.read_bytes())["seen"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("cannot read which lessons this machine has: %s", error)
        return None
    return seen if isinstance(seen, int) else None
