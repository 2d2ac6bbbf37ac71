"""Reads a folder of lessons. A broken file keeps its last good version or, without one, is left out."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path

from bot.errors import LessonError, Problem
from bot.language.words import _
from bot.lessons.document import Document, read_document
from bot.lessons.files import read_file
from bot.lessons.nodes import MAX_BYTES
from bot.lessons.validation import ids_twice, problems_between

# In the lessons folder: the questions that `lessonbot evaluate` asks.
QUESTIONS = "questions.yaml"
_LIKE_A_LESSON = re.compile(r"\.(?:ya?ml(?:\.txt)?|md)$", re.IGNORECASE)


def lesson_files(folder: Path) -> list[Path]:
    """The lesson files: YAML files directly in the folder that are not hidden, apart from `QUESTIONS`.

    Reading one can still fail: it may be a link that leads out of the folder, or no regular file.
    """
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix in {".yaml", ".yml"}
        and not path.name.startswith(".")
        and path.name != QUESTIONS
        and not path.is_dir()
    )


def unread_files(folder: Path) -> list[Path]:
    """Files here and below that an author may take for lessons, and that are not read."""
    read = set(lesson_files(folder))
    return sorted(
        path
        for path in folder.rglob("*")
        if _LIKE_A_LESSON.search(path.name)
        and path not in read
        and path.name not in (QUESTIONS, "README.md")
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.is_file()
    )


def load(folder: Path, known: Mapping[str, Document]) -> tuple[tuple[Document, ...], list[Problem]]:
    """The lessons that can be served, and all problems. `known` are the lessons served until now, by file."""
    now: dict[str, Document] = {}
    problems: list[Problem] = []
    try:
        files = lesson_files(folder)
    except OSError as error:
        files = []
        problems.append(Problem(str(folder), 1, "", _("cannot be read: {why}", why=error.strerror)))
    for path in files:
        try:
            now[path.name] = _read(path, known.get(path.name))
        except LessonError as error:
            problems.extend(error.problems)
            if path.name in known:
                now[path.name] = known[path.name]
    if not now and not problems:
        is_empty = _("contains no lesson files (.yaml)")
        problems.append(Problem(str(folder), 1, "", is_empty if folder.is_dir() else _("is not a folder")))
    if not now:
        now = dict(known)
    problems += problems_between(in_order(now), folder)
    return in_order(_resolve(known, now, folder)), problems


def load_after(folder: Path, last_good: Mapping[str, str | None]) -> tuple[tuple[Document, ...], list[Problem]]:
    """Like `load`, for a bot that last served these texts, by file; None is a file that was deleted.

    Texts that this version cannot read are ignored, and all of them if they come from another folder.
    """
    known: dict[str, Document] = {}
    for file, text in last_good.items():
        with contextlib.suppress(LessonError):
            if text is not None:
                known[file] = read_document(file, text.encode())
    if not any((folder / file).exists() for file in known):
        known = {}
    return load(folder, _resolve({}, known, folder))


def _read(path: Path, last_good: Document | None) -> Document:
    try:
        content = read_file(path.parent, path.name, MAX_BYTES)
    except OSError as error:
        raise LessonError([Problem(path.name, 1, "", _("cannot be read: {why}", why=error.strerror))]) from error
    if last_good is not None and last_good.content == content:
        return last_good
    return read_document(path.name, content)


def in_order(documents: Mapping[str, Document]) -> tuple[Document, ...]:
    """These documents by the names of their files."""
    # Without the ending, venv.yaml comes before venv-in-practice.yaml, as a reader expects.
    return tuple(documents[file] for file in sorted(documents, key=lambda file: (Path(file).stem, file)))


def new_problems(
    before: Mapping[str, Document], after: Mapping[str, Document], folder: Path, pictures: Collection[str] = ()
) -> list[Problem]:
    """The problems of `after` that `before` does not have. `pictures` are files that are about to be added.

    Old problems are ignored: a picture that somebody deleted must not stop edits of all other lessons.
    """
    # Compared without lines and places: an entry that is added moves those below it.
    old = Counter((each.file, each.what) for each in problems_between(in_order(before), folder))
    new = []
    for each in problems_between(in_order(after), folder, pictures):
        if old[each.file, each.what]:
            old[each.file, each.what] -= 1
        else:
            new.append(each)
    return new


def _resolve(
    before: Mapping[str, Document], after: Mapping[str, Document], folder: Path
) -> Mapping[str, Document]:
    """As many of the changed files as go together; the others stay as they were in `before`."""
    if not new_problems(before, after, folder):
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
            if _fits(before, resolved, trial, file, folder):
                resolved = trial
                changed.remove(file)
                break
        else:
            return resolved


def _fits(
    before: Mapping[str, Document],
    resolved: Mapping[str, Document],
    trial: Mapping[str, Document],
    file: str,
    folder: Path,
) -> bool:
    """Whether the change of this one file can be accepted.

    A new file has no last good version. It is accepted even with related entries and pictures that are missing,
    which are left out when it is shown; but not with an id that is already used.
    """
    if file in before:
        return not new_problems(before, trial, folder)
    return len(ids_twice(in_order(trial))) == len(ids_twice(in_order(resolved)))
