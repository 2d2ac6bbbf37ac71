"""Reads entries and questions from .jsonl files, with a JSON object on each line. Other keys are ignored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot.errors import LessonError, Problem, UserError
from bot.lessons.document import first_of, mistake_in_words, spell
from bot.lessons.files import open_named
from bot.lessons.nodes import BOM, MAX_BYTES
from bot.search.evaluation import Asked


@dataclass(frozen=True)
class Row:
    """An entry that `Index` accepts."""

    id: str
    question: str
    phrasings: tuple[str, ...] = ()
    answer: str = ""


@dataclass(frozen=True)
class _Question:
    text: str
    expect: tuple[str, ...] = ()
    kind: Literal["in", "near", "far"] = "in"


Read = TypeVar("Read")


def entries_from(path: Path) -> list[Row]:
    """The entries in a file: rows of {id, question, phrasings, answer}, the last two optional.

    Raises `LessonError` with every bad row by file and line, `UserError` if there are no rows.
    """
    problems: list[Problem] = []
    first: dict[str, int] = {}
    rows = []
    for line, row in _read(path, TypeAdapter(Row), problems):
        if first.setdefault(row.id, line) != line:
            what = f"'{row.id}' is used twice; the first one is on line {first[row.id]}"
            problems.append(Problem(str(path), line, "id", what))
        rows.append(row)
    _refuse(path, problems, "entry" if not rows else "")
    return rows


def questions_from(path: Path) -> list[Asked]:
    """The questions in a file: rows of {text, expect: [ids], kind: in | near | far}; near, far: expect no answer.

    Raises the same errors as `entries_from`.
    """
    problems: list[Problem] = []
    asked = []
    for line, row in _read(path, TypeAdapter(_Question), problems):
        if row.kind == "in" and not row.expect:
            what = "is empty; for a question that nothing answers, add 'kind: near' or 'kind: far'"
            problems.append(Problem(str(path), line, "expect", what))
        asked.append(Asked(row.text, frozenset(row.expect if row.kind == "in" else ())))
    _refuse(path, problems, "question" if not asked else "")
    return asked


def _read(path: Path, rows: TypeAdapter[Read], problems: list[Problem]) -> Iterator[tuple[int, Read]]:
    try:
        lines = open_named(path)
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}") from error
    with lines:
        for number, line in enumerate(iter(lambda: lines.readline(MAX_BYTES + 1), b""), 1):
            if len(line) > MAX_BYTES:
                raise UserError(f"{path}:{number}: is too long; the limit is {MAX_BYTES:,} bytes")
            row = line.removeprefix(BOM).strip()
            try:
                if row:
                    yield number, rows.validate_json(row)
            except ValidationError as error:
                problems.extend(
                    Problem(str(path), number, spell(each["loc"]), _in_words(each))
                    for each in error.errors(include_url=False)
                )


def _in_words(error: ErrorDetails) -> str:
    match error["type"]:
        case "json_invalid":
            # Pydantic sees each line as a document of its own, so that its line numbers are of no use.
            return f"is not valid JSON: {error['ctx']['error']}".replace("at line 1 column", "at column")
        case "tuple_type":
            return "must be a list in [brackets]"
        case "dataclass_type":
            return "must be an object in {braces}"
    return mistake_in_words(error, error["loc"])


def _refuse(path: Path, problems: list[Problem], missing: str) -> None:
    if problems:
        raise LessonError(first_of(problems))
    if missing:
        raise UserError(f"{path} contains no {missing}; write each one as a JSON object on its own line")
