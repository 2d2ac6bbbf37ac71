"""Undo a revision in a working copy whose files may have newer changes."""

from __future__ import annotations

import logging
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.curating.diff import head_of, lesson_in, title_of
from bot.curating.items import FieldProblem
from bot.curating.working_copy import WorkingCopy
from bot.errors import EditError
from bot.language.words import _
from bot.lessons.intake.kept_texts import put_kept
from bot.lessons.lesson import Item, Lesson, Scenario, changed_items, items_of
from bot.lessons.library import Lessons
from bot.store.revisions import Revision

log = logging.getLogger(__name__)


# The items that a revision changed, by id, before and after it.
Changed = Mapping[str, tuple[Item | None, Item | None]]


@dataclass(frozen=True)
class _Undone:
    """A revision to undo, with its lesson before and after it, and the items that it changed."""

    revision: Revision
    was: Lesson | None
    became: Lesson | None
    changed: Changed

    @property
    def file(self) -> str:
        return self.revision.file

    @property
    def is_of_head(self) -> bool:
        """Whether it changed the lesson's title, course or aliases."""
        return head_of(self.was) != head_of(self.became)


def undo_files(copy: WorkingCopy, revisions: Sequence[Revision], *, anyway: bool) -> list[str]:
    """Restore the files of these revisions to what they were before; returns the newer changes that prevent that.

    Newer changes of other items stay and do not prevent it. `anyway` restores whole files and loses newer changes.
    An entry that moved from one of the files to another moves back, and links to it stay.
    """
    texts = {file: document.text for file, document in copy.documents.items()}
    if anyway or all(texts.get(each.file) == each.after for each in revisions):
        for each in revisions:
            copy.restore(each, anyway=True)
        return []
    before = copy.lessons
    undone = [_read(each, before) for each in revisions]
    moved = _moved(undone)
    whole = [each for each in undone if _is_whole(copy, each, moved)]
    rest = [each for each in undone if each not in whole]
    newer = [what for each in rest for what in _newer(copy, each)]
    newer += [_newer_item(item) for id_, (_file, item) in moved.items() if id_ not in before.items]
    if newer:
        return list(dict.fromkeys(newer))
    for one in whole:
        copy.restore(one.revision, anyway=True)
    try:
        for id_, (file, item) in moved.items():
            now = before.file_of(id_)
            if now and now != file and id_ in items_of(copy.lesson(now)):
                copy.take_out(now, id_)
            if id_ not in items_of(copy.lesson(file)):
                copy.add(file, [item])
    except EditError as error:
        return [str(error)]
    for one in rest:
        _put_back_head(copy, one)
    return _put_back(copy, before, [(each.file, _without(each.changed, moved)) for each in rest])


def undo_others(copy: WorkingCopy, revision: Revision) -> list[FieldProblem]:
    """Undo what a revision changed besides its own item: the links to an entry that it removed.

    Links that were changed again since stay.
    """
    undone = _read(revision, copy.now)
    if undone.was is None or undone.became is None:
        return [
            FieldProblem(
                "", _("{file} contained something that this version of the bot cannot read", file=revision.file)
            )
        ]
    items = _without(undone.changed, {revision.item_id})
    return [FieldProblem("", what) for what in _put_back(copy, copy.now, [(revision.file, items)])]


def undo_sources(folder: Path, sources: Sequence[Revision]) -> None:
    """Restore `.imported/` to what it was before an import, so that the next import offers the same again.

    It is restored even if it was changed since: an import that compares with an older text only asks more.
    """
    try:
        for each in sources:
            put_kept(folder, each.file, each.before)
    except OSError as error:  # the lessons are written
        log.warning("the next import may leave out what was undone: %s", error)


def source_names(revision: Revision) -> set[str]:
    """The sources that a lesson names before and after a revision."""
    lessons = (lesson_in(revision.file, text) for text in (revision.before, revision.after))
    return {each.source for each in lessons if each and each.source}


def _read(revision: Revision, now: Lessons) -> _Undone:
    was, became = lesson_in(revision.file, revision.before), lesson_in(revision.file, revision.after)
    items = changed_items(items_of(was), items_of(became))
    changed = {id_: _in_newest(old, new, now.items.get(id_)) for id_, (old, new) in items.items()}
    return _Undone(revision, was, became, changed)


def _in_newest(old: Item | None, new: Item | None, now: Item | None) -> tuple[Item | None, Item | None]:
    """A change of an item's links, as one of its newest state: they are undone without its newer texts.

    If the item has been removed since, nothing of such a change is left.
    """
    if not (old and new) or _with_links(old, _links(new)) != new:
        return old, new
    if now is None:
        return None, None
    was, became, links = _links(old), _links(new), _links(now)
    changed = [place for place in links if was.get(place) != became.get(place)]
    is_newer = type(now) is type(new) and now != old and all(links[each] == became.get(each) for each in changed)
    return (_with_links(now, {each: was.get(each, ()) for each in changed}), now) if is_newer else (old, new)


def _links(item: Item) -> dict[str, tuple[str, ...]]:
    """The related entries of an item, at ''; and those of a scenario's solutions, by their ids."""
    solutions = item.solutions if isinstance(item, Scenario) else ()
    return {"": item.related, **{each.id: each.related for each in solutions}}


def _with_links(item: Item, links: Mapping[str, tuple[str, ...]]) -> Item:
    """The item with these related entries; other ones stay."""
    changed: dict[str, object] = {"related": links.get("", item.related)}
    if isinstance(item, Scenario):
        changed["solutions"] = tuple(
            each.model_copy(update={"related": links.get(each.id, each.related)}) for each in item.solutions
        )
    return item.model_copy(update=changed)


def _without(changed: Changed, ids: Container[str]) -> Changed:
    return {id_: items for id_, items in changed.items() if id_ not in ids}


def _moved(undone: Sequence[_Undone]) -> dict[str, tuple[str, Item]]:
    """The items that left one of these files for another, by id: that file, and what they were there."""
    pairs = [(each.file, id_, old, new) for each in undone for id_, (old, new) in each.changed.items()]
    arrived = {id_ for _file, id_, old, _new in pairs if old is None}
    return {id_: (file, old) for file, id_, old, new in pairs if old and new is None and id_ in arrived}


def _is_whole(copy: WorkingCopy, undone: _Undone, moved: Container[str]) -> bool:
    """Whether the file is as after the revision; or as before it, and what was new is not in another file now."""
    document = copy.documents.get(undone.file)
    now = document.text if document else None
    if now != undone.revision.before:
        return now == undone.revision.after
    left = _without(undone.changed, moved)
    return not any(old is None and id_ in copy.lessons.items for id_, (old, _new) in left.items())


def _newer(copy: WorkingCopy, undone: _Undone) -> Iterator[str]:
    """The newer changes, in words, that keep a revision from being undone item by item."""
    was, became, changed = undone.was, undone.became, undone.changed
    now = copy.lesson(undone.file)
    if changed and not undone.is_of_head and not any(old or new for old, new in changed.values()):
        return  # it changed only links of items that have been removed since
    if now is None and undone.revision.before is not None:
        yield _("{file} has been deleted", file=undone.file)
        return
    # If only comments or layout changed, the file is restored as a whole or not at all.
    if now and not (was and became and (changed or undone.is_of_head) and _has_head(now, was, became)):
        yield _("{file} has newer changes", file=undone.file)
        return
    items = copy.lessons.items
    for id_, (old, new) in changed.items():
        if items.get(id_) not in (old, new) and (one := items.get(id_) or new or old):
            yield _newer_item(one)


def _newer_item(item: Item) -> str:
    return _("“{title}” has newer changes", title=title_of(item))


def _has_head(now: Lesson, was: Lesson, became: Lesson) -> bool:
    """Whether the lesson's title, course and aliases are still those of a revision, or can be those before it."""
    if head_of(was) == head_of(became):
        return True
    is_back = head_of(now) == head_of(was)
    return is_back or (head_of(now) == head_of(became) and head_of(_with_head(became, was)) == head_of(was))


def _with_head(lesson: Lesson, was: Lesson) -> Lesson:
    return lesson.model_copy(update={"lesson": was.lesson, "course": was.course, "aliases": was.aliases})


def _put_back_head(copy: WorkingCopy, undone: _Undone) -> None:
    now = copy.lesson(undone.file)
    if now and undone.was and undone.is_of_head:
        copy.put_head(undone.file, _with_head(now, undone.was))


def _put_back(copy: WorkingCopy, before: Lessons, changed: Sequence[tuple[str, Changed]]) -> list[str]:
    """Restore each item of these files that was not changed again; returns why some cannot be restored.

    `before` are the lessons to judge that by. What was new is removed last: that removes links to it, which would
    seem to be newer changes of others.
    """
    problems: list[str] = []
    items = [
        (file, id_, old)
        for file, found in changed
        for id_, (old, new) in found.items()
        if before.items.get(id_) == new
    ]
    for file, id_, old in sorted(items, key=lambda each: each[2] is None):
        try:
            if old is None:
                copy.remove(id_)
            else:
                copy.put(file, old)
        except EditError as error:
            problems.append(str(error))
    return problems
