"""The question sets that quality is measured on: a folder each, outside the repository."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.evaluate.rows import Row, entries_from, questions_from
from bot.search.evaluation import Asked

__all__ = ["SHARED", "QuestionSet", "Row", "entries_from", "question_sets", "questions_from"]

SHARED = Path(__file__).parents[3] / "shared" / "eval"


@dataclass(frozen=True)
class QuestionSet:
    """Entries, and questions on them: `clean` as they were asked, `noisy` with slips and chat spelling."""

    name: str
    entries: list[Row]
    clean: list[Asked]
    noisy: list[Asked]


def question_sets(folder: Path = SHARED) -> Iterator[QuestionSet]:
    for each in sorted(path for path in folder.iterdir() if path.is_dir()):
        yield QuestionSet(
            each.name,
            entries_from(each / "entries.jsonl"),
            questions_from(each / "questions.jsonl"),
            questions_from(each / "questions.noisy.jsonl"),
        )
