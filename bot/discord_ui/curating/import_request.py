"""What a moderator imports: as it was uploaded, and as its card keeps it until it is published."""

from __future__ import annotations

import asyncio
import io
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Self

import discord

from bot.app import App
from bot.discord_ui.curating.import_conflicts import taken
from bot.errors import EditError
from bot.language.words import _
from bot.lessons.ids import ascii_name
from bot.lessons.intake.options import Options, columns_in

if TYPE_CHECKING:
    from bot.curating.uploaded import PlannedImport

LONGEST_COLUMNS = 50  # characters; they are part of a custom_id


@dataclass(frozen=True)
class ImportRequest:
    """The files with their names, how to read them, and whose texts to take in conflicts: see `taken`."""

    files: Sequence[tuple[str, bytes]]
    options: Options
    take: str = "here"

    @classmethod
    async def uploaded(cls, attachments: Iterable[discord.Attachment], columns: str, base_url: str) -> Self:
        """What a moderator uploaded with the command."""
        files = _named_apart([(_name(each), await each.read()) for each in attachments])
        return cls(files, _options(columns, base_url.strip()))

    @classmethod
    async def on_card(cls, card: discord.Message | None, columns: str, take: str) -> Self:
        """The same, from the card that shows what the import would change. Raises `EditError`."""
        attached = card.attachments if card else []
        if not attached:
            raise EditError(_("The file is no longer available. Please upload it again."))
        options = _options(columns, attached[0].description or "")
        return cls([(each.filename, await each.read()) for each in attached], options, take)

    @property
    def size(self) -> int:
        return sum(len(content) for __, content in self.files)

    @property
    def columns(self) -> str:
        return ",".join(self.options.columns)

    def attachments(self) -> list[discord.File]:
        """The files for the card."""
        address = self.options.base_url or None
        return [discord.File(io.BytesIO(content), name, description=address) for name, content in self.files]

    async def plan(self, app: App) -> PlannedImport:
        """What the import would change now. Raises `EditError` or `LessonError`."""
        await app.curating.reconcile()  # the watcher needs a moment to see what was saved

        def plan() -> PlannedImport:
            from bot.curating.uploaded import plan_import  # noqa: PLC0415 -- large, and few moderators import files

            return plan_import(app.library, self.files, self.options, taken(self.take))

        return await asyncio.to_thread(plan)


def _options(columns: str, base_url: str) -> Options:
    return Options(base_url, columns_in(re.sub(r"[^a-z,_ -]", "", columns.lower())[:LONGEST_COLUMNS]))


def _named_apart(uploads: Sequence[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """The files with different names: attachments with the same name would become one."""
    names: dict[str, bytes] = {}
    for name, content in uploads:
        stem, dot, ending = name.rpartition(".")
        free = (f"{stem}-{n}{dot}{ending}" if n > 1 else name for n in itertools.count(1))
        names[next(each for each in free if each not in names)] = content
    return list(names.items())


def _name(file: discord.Attachment) -> str:
    """The name of an upload as it can stand in `attachment://…`; `title` is its name before Discord changed it."""
    return ascii_name(f"{file.title}{PurePosixPath(file.filename).suffix}" if file.title else file.filename)
