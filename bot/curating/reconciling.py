"""What happened to the lesson files: what publishes left behind, and what nobody told the bot."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.curating.diff import changed_parts, head_of, lesson_in
from bot.curating.review import part_at
from bot.errors import EditError, LessonError
from bot.language.catalogues import ENGLISH
from bot.language.words import speaking
from bot.lessons.document import Document, read_document
from bot.lessons.files import read_file
from bot.lessons.library import Lessons
from bot.lessons.loading import lesson_files, new_problems
from bot.lessons.nodes import MAX_BYTES, UnreadableError, decode
from bot.lessons.publishing import read_changes, write_all
from bot.store.revisions import Revision
from bot.store.store import Store

log = logging.getLogger(__name__)

AT_ONCE = 20


async def recover(store: Store, folder: Path) -> None:
    """Settle what a kill left pending. Before the lessons are read: half a publish may be no library.

    What was pending belongs to one publish. Where any of its files was written, the others are now, too.
    """
    pending = await store.revisions.pending()
    if not pending:
        return
    if await asyncio.to_thread(_is_half_done, folder, pending):
        with speaking(ENGLISH):  # to the log
            await asyncio.to_thread(_finish, folder, pending)
    await settle(store, folder, pending)


async def settle(store: Store, folder: Path, pending: Sequence[Revision]) -> None:
    """Find out from each file whether its pending revision happened, and say so in the history."""
    for each in pending:
        happened = await asyncio.to_thread(_happened, folder, each)
        await (store.revisions.settle if happened else store.revisions.drop)(each.id)


def _is_half_done(folder: Path, pending: Sequence[Revision]) -> bool:
    return len({_happened(folder, each) for each in pending}) > 1


def _finish(folder: Path, pending: Sequence[Revision]) -> None:
    """Write the files that still are what they were; one that was edited by hand since is left alone."""
    here = dict(_readable(folder))
    changes = {
        each.file: (here.get(each.file), each.after)
        for each in pending
        if _text(folder, each.file) == each.before and not _is_newer(folder, each)
    }
    try:
        new = read_changes(changes)
        after = {file: document for file, document in {**here, **new}.items() if document}
        problems = new_problems(here, after, folder)
        why = str(LessonError(problems))
        if not problems:
            write_all(folder, changes, new)
    except (LessonError, EditError) as error:
        why = str(error)
    if why:
        log.warning("an interrupted publish could not be finished: %s", why.replace("\n", "; "))


def _is_newer(folder: Path, revision: Revision) -> bool:
    """Whether a file was written since: who put back what it held before wants that."""
    try:
        return (folder / revision.file).stat().st_mtime > revision.at.timestamp()
    except OSError:
        return False


def _readable(folder: Path) -> Iterator[tuple[str, Document]]:
    for path in lesson_files(folder):
        with suppress(LessonError, OSError):
            yield path.name, read_document(path.name, read_file(folder, path.name, MAX_BYTES))


def _happened(folder: Path, revision: Revision) -> bool:
    text = _text(folder, revision.file)
    if text in (revision.before, revision.after):
        return text == revision.after
    # Edited by hand since. It happened if what it changed looks as it made it; the rest is that edit's.
    if revision.part and revision.after is not None and text:
        now = part_at(revision.file, text, revision.part)
        return now == part_at(revision.file, revision.after, revision.part)
    return False


def _text(folder: Path, file: str) -> str | None:
    """What stands in a file; None if there is none, '' if it cannot be read."""
    try:
        return decode(read_file(folder, file, MAX_BYTES))
    except FileNotFoundError:
        return None
    except (OSError, UnreadableError):
        return ""


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
