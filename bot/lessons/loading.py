"""A folder -> its lessons; a file that broke keeps its last good version, the others go on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from bot.errors import LessonError, Problem
from bot.language.words import _
from bot.lessons.checks import pictures_of, problems_between
from bot.lessons.document import Document, read_document

# Beside the lessons: what `lessonbot evaluate` asks them.
QUESTIONS = "questions.yaml"


def lesson_files(folder: Path) -> list[Path]:
    """The files that are lessons: YAML, right in the folder, not hidden, and not the questions on them."""
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix in {".yaml", ".yml"}
        and not path.name.startswith(".")
        and path.name != QUESTIONS
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

    Raises `LessonError` with what is wrong in the folder if that would not be whole: nothing was served yet, or
    this version of the program takes a text for no lesson any more.
    """
    known, lost = _read_again(last_good)
    documents, problems = load(folder, known)
    served = {each.file for each in documents}
    # One that was deleted stops nobody, while the bot runs and after it.
    pictures = {picture.file for each in documents for __, picture in pictures_of(each.lesson)}
    is_whole = bool(known) and not problems_between(documents, folder, pictures)
    is_of_this_folder = any((folder / file).exists() for file in served)
    if problems and (
        not is_whole
        or not is_of_this_folder
        or any(file not in served and (folder / file).exists() for file in lost)
    ):
        raise LessonError(problems)
    return documents, problems


def _read_again(texts: Mapping[str, str | None]) -> tuple[dict[str, Document], set[str]]:
    """The documents of these texts, and the files whose text is no lesson any more."""
    known: dict[str, Document] = {}
    lost: set[str] = set()
    for file, text in texts.items():
        try:
            if text is not None:
                known[file] = read_document(file, text.encode())
        except LessonError:
            lost.add(file)
    return known, lost


def _read(path: Path, last_good: Document | None) -> Document:
    try:
        content = path.read_bytes()
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
    old = {(each.file, each.where, each.what) for each in problems_between(in_order(before), folder)}
    found = problems_between(in_order(after), folder, pictures)
    return [each for each in found if (each.file, each.where, each.what) not in old]


def _settle(before: Mapping[str, Document], after: Mapping[str, Document], folder: Path) -> Mapping[str, Document]:
    """As many of the changes from `before` to `after` as fit together, a file at a time."""
    if not new_problems(before, after, folder):
        return after
    settled = dict(before)
    waiting = [file for file in sorted({*before, *after}) if before.get(file) is not after.get(file)]
    while True:
        # Again and again, as one change may wait for another: an entry for the file that is related to it.
        for file in waiting:
            trial = {**settled, file: after[file]} if file in after else {**settled}
            if file not in after:
                del trial[file]
            if not new_problems(before, trial, folder):
                settled = trial
                waiting.remove(file)
                break
        else:
            return settled
