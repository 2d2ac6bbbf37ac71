"""What happened to the lesson files: what publishes left behind, and what nobody told the bot."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from bot.curate.diff import changed_parts, head_of, lesson_in
from bot.curate.preview import part_at
from bot.lessons.library import Lessons
from bot.lessons.nodes import UnreadableError, decode
from bot.store.revisions import Revision
from bot.store.store import Store

AT_ONCE = 20


async def settle(store: Store, folder: Path, revision: Revision) -> bool:
    """Find out from the file whether a pending revision happened, and say so in the history."""
    happened = await asyncio.to_thread(_happened, folder, revision)
    await (store.revisions.settle if happened else store.revisions.drop)(revision.id)
    return happened


def _happened(folder: Path, revision: Revision) -> bool:
    try:
        text = decode((folder / revision.file).read_bytes())
    except (OSError, UnreadableError):
        return False
    if text in (revision.before, revision.after):
        return text == revision.after
    # Edited by hand since. It happened if what it changed looks as it made it; the rest is that edit's.
    if revision.part and revision.after is not None:
        now = part_at(revision.file, text, revision.part)
        return now == part_at(revision.file, revision.after, revision.part)
    return False


async def unseen(store: Store, lessons: Lessons, at: datetime) -> list[Revision]:
    """What the history does not know yet: baselines of new files, and edits made outside."""
    return await asyncio.to_thread(_unseen, await store.revisions.newest(), lessons, at)


def _unseen(known: Mapping[str, str | None], lessons: Lessons, at: datetime) -> list[Revision]:
    new = []
    for document in lessons.documents:
        if document.file not in known:
            new.append(Revision(document.file, "baseline", None, document.text, at))
        elif (before := known[document.file]) != document.text:
            part = only_part(document.file, before, document.text)
            new.append(Revision(document.file, "outside", before, document.text, at, part))
    here = {document.file for document in lessons.documents}
    new += [
        Revision(file, "outside", text, None, at)
        for file, text in known.items()
        if text is not None and file not in here
    ]
    return new


def only_part(file: str, before: str | None, after: str | None) -> str:
    """The id of the one entry or scenario that differs; '' if it is not just one."""
    old, new = lesson_in(file, before), lesson_in(file, after)
    parts = changed_parts(old, new)
    return next(iter(parts)) if len(parts) == 1 and head_of(old) == head_of(new) else ""


def concerns(revision: Revision, part: str) -> bool:
    """Whether a revision changed this entry or scenario."""
    if revision.part == part:
        return True
    texts = (revision.before or "", revision.after or "")
    if not any(part in text for text in texts):  # spares reading two whole files
        return False
    return part_at(revision.file, revision.before, part) != part_at(revision.file, revision.after, part)


async def history_of(store: Store, part: str | None, limit: int, before_id: int | None) -> Sequence[Revision]:
    """The latest first; of one part also what changed it together with others."""
    if part is None:
        return await store.revisions.published(None, limit, before_id)
    found: list[Revision] = []
    while True:
        some = await store.revisions.published(None, AT_ONCE, before_id)
        found += [each for each in some if await asyncio.to_thread(concerns, each, part)]
        if len(found) >= limit or len(some) < AT_ONCE:
            return found[:limit]
        before_id = some[-1].id
