"""Finds what the history lacks: how an interrupted publish ended, and edits made outside Discord."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.curating.diff import head_of, item_at, lesson_in
from bot.errors import EditError, LessonError
from bot.language.catalogues import ENGLISH
from bot.language.words import in_locale
from bot.lessons.document import Document, read_document
from bot.lessons.files import read_file
from bot.lessons.intake.kept_texts import kept_texts
from bot.lessons.lesson import changed_items, items_of
from bot.lessons.library import Lessons
from bot.lessons.loading import lesson_names, new_problems
from bot.lessons.nodes import MAX_BYTES, UnreadableError, decode
from bot.lessons.publishing import read_changes, write_all
from bot.store.revisions import Revision
from bot.store.store import Store

log = logging.getLogger(__name__)


async def finish_interrupted(store: Store, folder: Path) -> bool:
    """Complete the publish during which the bot was killed, or delete its revisions if no file was written.

    Returns whether something is published by that.

    All pending revisions belong to one publish. Call this before the lessons are read: lessons may not load after
    half of a publish.
    """
    pending = await store.revisions.pending()
    if not pending:
        return False
    if await asyncio.to_thread(_is_half_done, folder, pending):
        with in_locale(ENGLISH):  # errors go to the log
            await asyncio.to_thread(_finish, folder, pending)
    return await resolve_pending(store, folder, pending)


async def resolve_pending(store: Store, folder: Path, pending: Sequence[Revision]) -> bool:
    """Commit each pending revision whose file was written, and roll back the others.

    Returns whether there is one that was written.
    """
    some = False
    for each in pending:
        is_written = await asyncio.to_thread(_is_written, folder, each)
        await (store.revisions.commit if is_written else store.revisions.roll_back)(each.id)
        some |= is_written
    return some


def _is_half_done(folder: Path, pending: Sequence[Revision]) -> bool:
    return len({_is_written(folder, each) for each in pending}) > 1


def _finish(folder: Path, pending: Sequence[Revision]) -> None:
    """Write the files that are still as they were before; skip those that were edited by hand since."""
    here = dict(_readable(folder))
    changes = {
        each.file: (here.get(each.file), each.after)
        for each in pending
        if text_in(folder, each.file) == each.before and not _is_newer(folder, each)
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
    """Whether a file was written after the revision: then somebody restored its old content on purpose."""
    try:
        return (folder / revision.file).stat().st_mtime > revision.at.timestamp()
    except OSError:
        return False


def _readable(folder: Path) -> Iterator[tuple[str, Document]]:
    for file in lesson_names(folder):
        with suppress(LessonError, OSError):
            yield file, read_document(file, read_file(folder, file, MAX_BYTES))


def _is_written(folder: Path, revision: Revision) -> bool:
    text = text_in(folder, revision.file)
    if text in (revision.before, revision.after):
        return text == revision.after
    # Edited by hand since. It was written before that if its item is as in the revision.
    if revision.item_id and revision.after is not None and text:
        now = item_at(revision.file, text, revision.item_id)
        return now == item_at(revision.file, revision.after, revision.item_id)
    return False


def text_in(folder: Path, file: str) -> str | None:
    """The content of a file; None if it is missing, '' if it cannot be read."""
    try:
        return decode(read_file(folder, file, MAX_BYTES))
    except FileNotFoundError:
        return None
    except (OSError, UnreadableError):
        return ""


async def unrecorded(store: Store, lessons: Lessons, folder: Path, at: datetime) -> list[Revision]:
    """New revisions for what the history lacks: baselines of new files, and edits made outside Discord.

    After `lessonbot import`, the sources in `.imported/` have revisions, too. A source that is new to the history
    counts as unchanged, because it may be far older than the edits that are found with it.
    """
    known, here = await store.revisions.newest(sources=True), await asyncio.to_thread(kept_texts, folder)
    sources = [_source_revision(file, text, text, at) for file, text in here.items() if file not in known]
    sources += source_revisions({**here, **known}, here, at)
    return await asyncio.to_thread(_unrecorded, await store.revisions.newest(), lessons, at) + sources


def source_revisions(
    before: Mapping[str, str | None], after: Mapping[str, str | None], at: datetime
) -> list[Revision]:
    """New revisions for the files of `.imported/` that differ."""
    files = [file for file in {**before, **after} if before.get(file) != after.get(file)]
    return [_source_revision(file, before.get(file), after.get(file), at) for file in files]


def _source_revision(file: str, before: str | None, after: str | None, at: datetime) -> Revision:
    return Revision(file, "source", before, after, at, state="source")


def _unrecorded(known: Mapping[str, str | None], lessons: Lessons, at: datetime) -> list[Revision]:
    new = []
    for document in lessons.documents:
        if document.file not in known:
            new.append(Revision(document.file, "baseline", None, document.text, at))
        elif (before := known[document.file]) != document.text:
            item_id = only_item(document.file, before, document.text)
            new.append(Revision(document.file, "outside", before, document.text, at, item_id))
    new += [
        Revision(file, "outside", text, None, at)
        for file, text in known.items()
        if text is not None and file not in lessons.by_file
    ]
    return new


def only_item(file: str, before: str | None, after: str | None) -> str:
    """The id of the one entry or scenario that differs; '' if it is not just one."""
    old, new = lesson_in(file, before), lesson_in(file, after)
    items = changed_items(items_of(old), items_of(new))
    return next(iter(items)) if len(items) == 1 and head_of(old) == head_of(new) else ""
