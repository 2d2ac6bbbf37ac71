"""What undoing a revision has to change, where its files may be others by now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.curating.diff import changed_parts, head_of, lesson_in, title_of
from bot.curating.items import FieldProblem, Part, part_in
from bot.curating.working_copy import Desk
from bot.errors import EditError
from bot.language.words import _
from bot.lessons.library import Lessons
from bot.store.revisions import Revision


def undo_files(desk: Desk, revisions: Sequence[Revision], *, anyway: bool) -> list[str]:
    """Make the files of these revisions what they were before; what is newer in them, in words.

    Where something is newer in other parts of a file only, these stay. `anyway`: as they were to the byte,
    whatever is newer.
    """
    left = [each for each in revisions if not desk.restore(each, anyway=anyway)]
    return [what for each in left for what in _undo_parts(desk, each)]


def undo_others(desk: Desk, revision: Revision) -> list[FieldProblem]:
    """Undo what a revision changed besides its own part: the links to an entry that it removed.

    What was changed again since stays.
    """
    was, became = lesson_in(revision.file, revision.before), lesson_in(revision.file, revision.after)
    if was is None or became is None:
        return [
            FieldProblem(
                "", _("{file} contained something that this version of the bot cannot read", file=revision.file)
            )
        ]
    parts = changed_parts(was, became)
    parts.pop(revision.part, None)
    return [FieldProblem("", what) for what in _put_back(desk, revision, parts)]


def _undo_parts(desk: Desk, revision: Revision) -> list[str]:
    """Undo a revision part by part; nothing of it where that would lose what is newer."""
    was, became = lesson_in(revision.file, revision.before), lesson_in(revision.file, revision.after)
    if revision.file not in desk.documents:
        return [_("{file} has been deleted", file=revision.file)]
    if was is None or became is None or head_of(was) != head_of(became):
        return [_("{file} has newer changes", file=revision.file)]
    parts = changed_parts(was, became)
    if not parts:  # comments or layout alone, which only a whole file brings back
        return [_("{file} has newer changes", file=revision.file)]
    now = Lessons(tuple(desk.documents.values()))
    newer = [
        _("“{title}” has newer changes", title=title_of(one))
        for id_, (old, new) in parts.items()
        if part_in(now, id_) not in (old, new) and (one := part_in(now, id_) or new or old)
    ]
    if newer:
        return newer
    return list(_put_back(desk, revision, parts))


def _put_back(
    desk: Desk, revision: Revision, parts: Mapping[str, tuple[Part | None, Part | None]]
) -> Iterator[str]:
    """Each part as it was, unless it was changed again since; what hinders that."""
    for id_, (old, new) in parts.items():
        try:
            if part_in(Lessons(tuple(desk.documents.values())), id_) != new:
                continue
            if old is None:
                desk.remove(id_)
            else:
                desk.put(revision.file, old)
        except EditError as error:
            yield str(error)
