"""The question sets that quality is measured on: a folder each, outside the repository."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.search.evaluation import Asked

SHARED = Path(__file__).parents[3] / "shared" / "eval"


@dataclass(frozen=True)
class Row:
    """An entry of a set, as `Index` takes it."""

    id: str
    question: str
    phrasings: tuple[str, ...]
    answer: str


@dataclass(frozen=True)
class QuestionSet:
    """Entries, and questions on them: `clean` as they were asked, `noisy` with slips and chat spelling."""

    name: str
    entries: list[Row]
    clean: list[Asked]
    noisy: list[Asked]


def entries_from(path: Path) -> list[Row]:
    """Rows of a .jsonl file: {id, question, phrasings, answer}."""
    return [
        Row(row["id"], row["question"], tuple(row.get("phrasings", ())), row.get("answer", ""))
        for row in _rows(path)
    ]


def questions_from(path: Path) -> list[Asked]:
    """Rows of a .jsonl file: {text, expect: [ids], kind: in | near | far}."""
    return [
        Asked(row["text"], frozenset(row["expect"] if row.get("kind", "in") == "in" else ()))
        for row in _rows(path)
    ]


def question_sets(folder: Path = SHARED) -> Iterator[QuestionSet]:
    for each in sorted(path for path in folder.iterdir() if path.is_dir()):
        yield QuestionSet(
            each.name,
            entries_from(each / "entries.jsonl"),
            questions_from(each / "questions.jsonl"),
            questions_from(each / "questions.noisy.jsonl"),
        )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())
