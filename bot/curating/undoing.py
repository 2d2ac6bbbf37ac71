"""Undo a revision in a working copy whose files may have newer changes."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.curating.diff import head_of, lesson_in, title_of
from bot.curating.items import FieldProblem
from bot.curating.working_copy import WorkingCopy
from bot.errors import EditError
from bot.language.words import _
from bot.lessons.intake.kept_texts import put_kept
from bot.lessons.lesson import Item, changed_items, items_of
from bot.store.revisions import Revision

log = logging.getLogger(__name__)


def undo_files(copy: WorkingCopy, revisions: Sequence[Revision], *, anyway: bool) -> list[str]:
    """Restore the files of these revisions to what they were before; returns the newer changes that prevent that.

    Newer changes of other items stay and do not prevent it. `anyway` restores whole files and loses newer changes.
    """
    left = [each for each in revisions if not copy.restore(each, anyway=anyway)]
    return [what for each in left for what in _undo_items(copy, each)]


def undo_others(copy: WorkingCopy, revision: Revision) -> list[FieldProblem]:
    """Undo what a revision changed besides its own item: the links to an entry that it removed.

    Links that were changed again since stay.
    """
    was, became = lesson_in(revision.file, revision.before), lesson_in(revision.file, revision.after)
    if was is None or became is None:
        return [
            FieldProblem(
                "", _("{file} contained something that this version of the bot cannot read", file=revision.file)
            )
        ]
    items = changed_items(items_of(was), items_of(became))
    items.pop(revision.item_id, None)
    return [FieldProblem("", what) for what in _put_back(copy, revision, items)]


def undo_sources(folder: Path, sources: Sequence[Revision]) -> None:
    """Restore `.imported/` to what it was before an import, so that the next import offers the same again.

    Also where it has newer changes: an import that compares with an older text asks more, and loses nothing.
    """
    try:
        for each in sources:
            put_kept(folder, each.file, each.before)
    except OSError as error:  # the lessons are written
        log.warning("the next import may leave out what was undone: %s", error)


def _undo_items(copy: WorkingCopy, revision: Revision) -> list[str]:
    """Undo a revision item by item, or not at all if an item has newer changes; returns these changes in words."""
    was, became = lesson_in(revision.file, revision.before), lesson_in(revision.file, revision.after)
    if revision.file not in copy.documents:
        return [_("{file} has been deleted", file=revision.file)]
    if was is None or became is None or head_of(was) != head_of(became):
        return [_("{file} has newer changes", file=revision.file)]
    items = changed_items(items_of(was), items_of(became))
    if not items:  # only comments or layout changed: restored only with the whole file
        return [_("{file} has newer changes", file=revision.file)]
    now = copy.now.items
    newer = [
        _("“{title}” has newer changes", title=title_of(one))
        for id_, (old, new) in items.items()
        if now.get(id_) not in (old, new) and (one := now.get(id_) or new or old)
    ]
    if newer:
        return newer
    return list(_put_back(copy, revision, items))


def _put_back(
    copy: WorkingCopy, revision: Revision, items: Mapping[str, tuple[Item | None, Item | None]]
) -> Iterator[str]:
    """Restore each item that was not changed again; yields why one cannot be restored."""
    for id_, (old, new) in items.items():
        try:
            if copy.now.items.get(id_) != new:
                continue
            if old is None:
                copy.remove(id_)
            else:
                copy.put(revision.file, old)
        except EditError as error:
            yield str(error)
