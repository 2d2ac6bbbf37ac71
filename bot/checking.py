"""`lessonbot check`: the errors in lesson files, and advice on those that have none."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import click

from bot.curating.advice import advice
from bot.dialogue.snapshot import Snapshot
from bot.errors import LessonError, Problem, UserError
from bot.evaluate.question_set import questions_of
from bot.language.characters import one_line, printed_json
from bot.language.numbers import count
from bot.lessons.lesson import Lesson
from bot.lessons.library import QUESTIONS, Lessons, lesson_files
from bot.lessons.loading import unread_problems
from bot.lessons.opening import counted, open_library, with_folder
from bot.lessons.pictures import damaged_pictures
from bot.printing import say
from bot.search.evaluation import Asked
from bot.terminal_ui.progress_bar import progress_bar


@dataclass(frozen=True)
class Finding:
    """An error or a piece of advice; `fix` is empty if only the author can know it."""

    file: str
    line: int
    kind: Literal["error", "advice"]
    where: str
    what: str
    fix: str = ""

    @classmethod
    def of(cls, problem: Problem, kind: Literal["error", "advice"]) -> Finding:
        return cls(problem.file, problem.line, kind, problem.where, problem.what, problem.fix)

    def __str__(self) -> str:
        told = f"{self.kind}: {Problem(self.file, self.line, self.where, self.what)}"
        # A fix is a verb and its object. Where the problem names the object already, the fix adds nothing.
        is_told = self.fix.partition(" ")[2] in self.what
        return told if not self.fix or is_told else f"{told}\n  fix: {self.fix}"

    def as_json(self) -> dict[str, object]:
        """The finding as an object of JSON, without `fix` if there is none."""
        return {key: value for key, value in asdict(self).items() if key != "fix" or value}


@dataclass(frozen=True)
class CheckResult:
    """The findings of a check, and a line that sums them up; the line is empty if there are errors."""

    findings: Sequence[Finding]
    summary: str


def print_findings(given: Path | None, lessons_dir: Path, *, in_json: bool) -> int:
    """Print what `check` finds in the given path, by default the lessons; the exit code of the command.

    What cannot be checked raises `UserError` or `click.UsageError`, and is a finding of its own `in_json`.
    """
    path = given or lessons_dir
    try:
        if given:
            _require(given)
        with progress_bar():
            result = check(path, lessons_dir)
    except (UserError, click.UsageError) as error:
        if not in_json:
            raise
        click.echo(as_json([Finding(str(path), 1, "error", "", str(error))]))
        return error.exit_code if isinstance(error, click.UsageError) else 1
    if in_json:
        click.echo(as_json(result.findings))
    else:
        for each in result.findings:
            say(str(each), err=each.kind == "error")
        if result.summary:
            say(f"{path}: {result.summary}")
    return int(any(each.kind == "error" for each in result.findings))


def _require(path: Path) -> None:
    try:
        is_there = path.exists()
    except OSError as error:
        raise UserError(f"{path} cannot be used: {error.strerror}") from error
    if not is_there:
        raise click.BadParameter(one_line(f"there is no file or folder {path}"), param_hint="PATH")


def check(path: Path, lessons_dir: Path | None = None) -> CheckResult:
    """Check a folder of lessons with its test questions, or one lesson file or a course of it.

    Files in `lessons_dir` are checked together with its other files. Any other file is checked together with the
    files beside it, without those in subfolders. Raises `UserError` if there is nothing to check.
    """
    # Not the methods of `Path`, which raise an error if a folder above may not be opened. `_read` says that.
    is_file = os.path.exists(path) and not os.path.isdir(path)
    is_part = lessons_dir is not None and lessons_dir.resolve() in path.resolve().parents
    folder = lessons_dir if is_part and lessons_dir else path.parent if is_file else path
    only = path.resolve() if is_file or is_part else None
    is_alone = is_file and not is_part
    if is_file and path.name == QUESTIONS:
        raise UserError(
            f"{path} contains test questions, which are checked with the lessons: lessonbot check {folder}"
        )
    known = lesson_files(folder.resolve(), subfolders=not is_alone) if is_file else []
    if is_file and (path.parent.resolve() / path.name) not in known:
        raise UserError(f"{path} is not a lesson file (.yaml)")

    def is_meant(file: str | Path) -> bool:
        # Not `resolve`, which raises an error for a link that leads in a circle.
        return only is None or Path(os.path.realpath(file)).is_relative_to(only)

    try:
        lessons, asked = _read(folder, with_questions=only is None, subfolders=not is_alone)
    except LessonError as error:
        errors = [Finding.of(each, "error") for each in error.problems if is_meant(each.file)]
        return CheckResult(errors, "" if errors else "no errors (other files in the folder have some)")
    today = date.today()  # noqa: DTZ011  the author's day, as they write it into 'reviewed'
    hints = with_folder(folder, advice(Snapshot.of(lessons), today))
    if not is_file:
        hints += with_folder(folder, unread_problems(folder))
    found = [Finding.of(each, "advice") for each in hints if is_meant(each.file)]
    files = [each for each in lessons.documents if is_meant(folder / each.file)]
    questions = f", {count(len(asked), 'question')}" if asked else ""
    return CheckResult(found, f"{counted(files)}{questions}: no errors")


def _read(folder: Path, *, with_questions: bool, subfolders: bool) -> tuple[Lessons, list[Asked]]:
    """The lessons and their test questions. Raises `LessonError` with every error in them and their pictures."""
    lessons, asked = Lessons(()), []
    try:
        library = open_library(folder, subfolders=subfolders)
    except LessonError as error:
        problems = [*error.problems]
    else:
        lessons, problems = library.lessons, with_folder(folder, library.problems)
    if with_questions:
        try:
            asked = questions_of(folder, lessons)
        except LessonError as error:
            problems += error.problems
    problems += with_folder(folder, damaged_pictures(lessons.documents, folder))
    if problems:
        raise LessonError(problems)
    return lessons, asked


def as_json(findings: Iterable[Finding]) -> str:
    """The findings as `lessonbot check --json` prints them."""
    return printed_json(json.dumps([each.as_json() for each in findings], indent=2, ensure_ascii=False))


def schema() -> str:
    """The JSON Schema of a lesson file, which editors use for completion."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps({**dialect, **Lesson.model_json_schema()}, indent=2)
