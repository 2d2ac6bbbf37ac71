"""A folder -> its lessons; a file that broke keeps its last good version or is left out, the others go on."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path

from bot.errors import LessonError, Problem
from bot.language.words import _
from bot.lessons.checks import ids_twice, problems_between
from bot.lessons.document import Document, read_document
from bot.lessons.files import read_file
from bot.lessons.nodes import MAX_BYTES

# Beside the lessons: what `lessonbot evaluate` asks them.
QUESTIONS = "questions.yaml"
_LIKE_A_LESSON = re.compile(r"\.(?:ya?ml(?:\.txt)?|md)$", re.IGNORECASE)


def lesson_files(folder: Path) -> list[Path]:
    """The files that are lessons: YAML, right in the folder, not hidden, and not the questions on them.

    Reading one can fail: it may be a link that leads out of the folder, or no regular file.
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
    """The lessons that can be served now, and everything that is wrong with the files."""
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
        is_empty = _("holds no lesson; a lesson is a .yaml file")
        problems.append(Problem(str(folder), 1, "", is_empty if folder.is_dir() else _("is no folder")))
    if not now:
        now = dict(known)
    problems += problems_between(in_order(now), folder)
    return in_order(_settle(known, now, folder)), problems


def load_after(folder: Path, last_good: Mapping[str, str | None]) -> tuple[tuple[Document, ...], list[Problem]]:
    """What `load` gives a bot that was serving these texts, by file; None is a file that was deleted.

    Texts of another folder are not served in the place of this one, nor those that are no lesson any more for
    this version of the program.
    """
    known: dict[str, Document] = {}
    for file, text in last_good.items():
        with contextlib.suppress(LessonError):
            if text is not None:
                known[file] = read_document(file, text.encode())
    if not any((folder / file).exists() for file in known):
        known = {}
    return load(folder, _settle({}, known, folder))


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
    # Without the ending: venv.yaml comes before venv-in-practice.yaml, as a reader would have it.
    return tuple(documents[file] for file in sorted(documents, key=lambda file: (Path(file).stem, file)))


def new_problems(
    before: Mapping[str, Document], after: Mapping[str, Document], folder: Path, pictures: Collection[str] = ()
) -> list[Problem]:
    """What is wrong with `after` but not with `before`; lines move, so they are not compared.

    A picture that somebody deleted must not stop the edits of all other lessons. `pictures` are
    files that will be there.
    """
    # Nor are places: an entry that is added moves those below it.
    old = Counter((each.file, each.what) for each in problems_between(in_order(before), folder))
    new = []
    for each in problems_between(in_order(after), folder, pictures):
        if old[each.file, each.what]:
            old[each.file, each.what] -= 1
        else:
            new.append(each)
    return new


def _settle(before: Mapping[str, Document], after: Mapping[str, Document], folder: Path) -> Mapping[str, Document]:
    """As many of the changes from `before` to `after` as fit together, a file at a time."""
    if not new_problems(before, after, folder):
        return after
    settled = dict(before)
    changed = [
        each.file for each in in_order({**before, **after}) if before.get(each.file) != after.get(each.file)
    ]
    while True:
        # Again and again, as one change may wait for another: an entry for the file that is related to it.
        for file in changed:
            trial = {**settled, file: after[file]} if file in after else {**settled}
            if file not in after:
                del trial[file]
            if _fits(before, settled, trial, file, folder):
                settled = trial
                changed.remove(file)
                break
        else:
            return settled


def _fits(
    before: Mapping[str, Document],
    settled: Mapping[str, Document],
    trial: Mapping[str, Document],
    file: str,
    folder: Path,
) -> bool:
    """Whether the change of this one file can be made.

    A file that was never served has no other version to fall back on. It is served with links that lead nowhere
    and pictures that are not there, which are left out; but not with an id that another entry has.
    """
    if file in before:
        return not new_problems(before, trial, folder)
    return len(ids_twice(in_order(trial))) == len(ids_twice(in_order(settled)))
