"""Reads a folder of lessons. A broken file keeps its last good version or, without one, is left out."""

from __future__ import annotations

import contextlib
import errno
import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from bot.errors import LessonError, Problem
from bot.language.words import _
from bot.lessons.document import Document, read_document
from bot.lessons.files import read_file
from bot.lessons.ids import ids_in
from bot.lessons.nodes import MAX_BYTES
from bot.lessons.validation import ids_twice, problems_between

# A file in the lessons folder: the questions for `lessonbot evaluate`.
QUESTIONS = "questions.yaml"
_LIKE_A_LESSON = re.compile(r"\.(?:ya?ml(?:\.\w+|~)?|md|markdown)$", re.IGNORECASE)


def lesson_names(folder: Path, closed: dict[str, str] | None = None, *, subfolders: bool = True) -> list[str]:
    """The lesson files by their paths in the folder, such as `git/branches.yaml`: each folder in it is a course.

    They are YAML files that are not hidden, nor in a hidden folder, apart from `QUESTIONS`. Reading one can still
    fail: it may be a link that leads out of the folder, or no regular file. Links to folders are not followed.
    Without `subfolders`, only the folder itself is read: use that for the folder of a single file, which can be
    somebody's home. Folders in it that cannot be read are added to `closed`, with the reason. Raises `OSError` if
    the folder itself cannot be read.
    """
    return sorted(name for name in _names(folder, closed, subfolders=subfolders) if _is_lesson(folder, name))


def lesson_files(folder: Path, *, subfolders: bool = True) -> list[Path]:
    """As `lesson_names`, with the folder before each."""
    return [folder / name for name in lesson_names(folder, subfolders=subfolders)]


def unread_files(folder: Path, *, subfolders: bool = True) -> list[Path]:
    """Files that an author may think are lessons, in all folders; and folders that are links or cannot be read."""
    closed: dict[str, str] = {}
    names = list(_names(folder, closed, subfolders=subfolders))
    links = [name for name in names if os.path.isdir(folder / name)]
    alike = [
        name
        for name in names
        if _LIKE_A_LESSON.search(name)
        and name not in (QUESTIONS, *links)
        and PurePosixPath(name).name != "README.md"
        and not _is_lesson(folder, name)
        and os.path.isfile(folder / name)
    ]
    return sorted(folder / name for name in (*links, *alike, *closed))


def unread_problems(folder: Path) -> list[Problem]:
    """Advice on each of `unread_files`."""
    return [
        Problem(file.relative_to(folder).as_posix(), 1, "", _why_unread(file)) for file in unread_files(folder)
    ]


def _why_unread(file: Path) -> str:
    if not os.path.isfile(file):
        return _("is not read: it is a link to a folder, or a folder that the bot may not read")
    if file.name == QUESTIONS:
        return _("is not read: {file} belongs directly into the lessons folder", file=QUESTIONS)
    return _(
        "is not read: the name of a lesson file ends in .yaml; to make lessons of a page, use {command}",
        command="lessonbot import",
    )


def _is_lesson(folder: Path, name: str) -> bool:
    path = PurePosixPath(name)
    # Not `Path.is_dir`, which raises an error for a file in a folder that may be listed, but not entered.
    return path.suffix in {".yaml", ".yml"} and path.name != QUESTIONS and not os.path.isdir(folder / name)


def _names(folder: Path, closed: dict[str, str] | None, *, subfolders: bool) -> Iterator[str]:
    """All files in this folder and its `subfolders` that are not hidden, and links to folders.

    Folders that cannot be read, such as a disk's `lost+found`, are added to `closed`, with the reason.
    """

    def refuse(error: OSError) -> None:
        if error.filename == str(folder):
            raise error
        if closed is not None:
            closed[Path(error.filename).relative_to(folder).as_posix()] = error.strerror or str(error)

    if not folder.is_dir():
        return
    for above, inside, files in os.walk(folder, onerror=refuse):
        inside[:] = [each for each in inside if not each.startswith(".")]
        links = [each for each in inside if os.path.islink(Path(above, each))]
        below = Path(above).relative_to(folder)
        yield from ((below / each).as_posix() for each in (*files, *links) if not each.startswith("."))
        if not subfolders:
            inside.clear()


def load(
    folder: Path, known: Mapping[str, Document], *, subfolders: bool = True
) -> tuple[tuple[Document, ...], list[Problem]]:
    """The lessons that can be served, and all problems. `known` are the lessons served until now, by file."""
    now: dict[str, Document] = {}
    broken: list[str] = []
    problems: list[Problem] = []
    closed: dict[str, str] = {}
    try:
        files = lesson_names(folder, closed, subfolders=subfolders)
    except OSError as error:
        files = []
        problems.append(Problem(str(folder), 1, "", _("cannot be read: {why}", why=error.strerror)))
    for file in files:
        try:
            now[file] = _read(folder, file, known.get(file))
        except LessonError as error:
            problems.extend(error.problems)
            broken.append(file)
            if file in known:
                now[file] = known[file]
    for each, why in closed.items():
        # Its lessons count as broken, not as deleted. If none were served, it may be no course at all;
        # `unread_files` warns of it.
        if below := [file for file in known if file.startswith(f"{each}/")]:
            problems.append(Problem(each, 1, "", _("cannot be read: {why}", why=why)))
            broken += below
            now |= {file: known[file] for file in below}
    if not now and not problems:
        is_empty = _("contains no lesson files (.yaml)")
        problems.append(Problem(str(folder), 1, "", is_empty if folder.is_dir() else _("is not a folder")))
    if not now:
        now = dict(known)
    unread = ids_in_files(folder, broken)
    problems += problems_between(in_order(now), folder, unread=unread)
    return in_order(_resolve(known, now, folder, unread)), problems


def _is_gone(path: Path) -> bool:
    try:
        path.stat()
    except OSError as error:  # a folder that cannot be opened may have it
        return error.errno in {errno.ENOENT, errno.ENOTDIR}
    return False


def ids_in_files(folder: Path, files: Iterable[str]) -> set[str]:
    """The ids in lesson files, also in those with errors."""
    found: set[str] = set()
    for file in files:
        with contextlib.suppress(OSError):
            found |= ids_in(read_file(folder, file, MAX_BYTES))
    return found


def load_after(
    folder: Path, last_good: Mapping[str, str | None], *, subfolders: bool
) -> tuple[tuple[Document, ...], list[Problem]]:
    """Like `load`, for a bot that last served these texts, by file; None is a file that was deleted.

    Texts that this version cannot read are ignored, and all of them if they come from another folder.
    """
    known: dict[str, Document] = {}
    for file, text in last_good.items():
        with contextlib.suppress(LessonError):
            if text is not None:
                known[file] = read_document(file, text.encode())
    if all(_is_gone(folder / file) for file in known):
        known = {}
    return load(folder, _resolve({}, known, folder), subfolders=subfolders)


def _read(folder: Path, file: str, last_good: Document | None) -> Document:
    try:
        content = read_file(folder, file, MAX_BYTES)
    except OSError as error:
        raise LessonError([Problem(file, 1, "", _("cannot be read: {why}", why=error.strerror))]) from error
    if last_good is not None and last_good.content == content:
        return last_good
    return read_document(file, content)


def in_order(documents: Mapping[str, Document]) -> tuple[Document, ...]:
    """The documents in the order of their file names; files in no folder come first."""

    def key(file: str) -> tuple[tuple[str, ...], str, str]:
        # Without the ending, venv.yaml comes before venv-in-practice.yaml, as a reader expects.
        path = PurePosixPath(file)
        return path.parent.parts, path.stem, file

    return tuple(documents[file] for file in sorted(documents, key=key))


def new_problems(
    before: Mapping[str, Document],
    after: Mapping[str, Document],
    folder: Path,
    pictures: Collection[str] = (),
    unread: Collection[str] = (),
) -> list[Problem]:
    """The problems of `after` that `before` does not have. `pictures` and `unread` as in `problems_between`.

    Old problems are ignored: a picture that somebody deleted must not stop edits of all other lessons.
    """
    # Compared without lines and places: an entry that is added moves those below it.
    old = Counter((each.file, each.what) for each in problems_between(in_order(before), folder, unread=unread))
    new = []
    for each in problems_between(in_order(after), folder, pictures, unread):
        if old[each.file, each.what]:
            old[each.file, each.what] -= 1
        else:
            new.append(each)
    return new


def _resolve(
    before: Mapping[str, Document],
    after: Mapping[str, Document],
    folder: Path,
    unread: Collection[str] = (),
) -> Mapping[str, Document]:
    """`before` with as many changed files of `after` as fit together; the other files stay as they were.

    Links to the `unread` ids, which are in files that have errors, keep no file from being changed: they are left
    out when the entry is shown.
    """
    if not new_problems(before, after, folder, unread=unread):
        return after
    resolved = dict(before)
    changed = [
        each.file for each in in_order({**before, **after}) if before.get(each.file) != after.get(each.file)
    ]
    while True:
        # Repeated, as one change can need another: a related entry may be in a file that comes later.
        for file in changed:
            trial = {**resolved, file: after[file]} if file in after else {**resolved}
            if file not in after:
                del trial[file]
            # A new file has no last good version. It is accepted even with related entries and pictures that are
            # missing, which are left out when it is shown; but not with an id that is already used.
            if file in before:
                fits = not new_problems(before, trial, folder, unread=unread)
            else:
                fits = len(ids_twice(in_order(trial))) == len(ids_twice(in_order(resolved)))
            if fits:
                resolved = trial
                changed.remove(file)
                break
        else:
            return resolved
