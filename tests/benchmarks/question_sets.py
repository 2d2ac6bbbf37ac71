"""The question sets for measuring quality, each in a folder outside the repository."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.dialogue.passages import passages
from bot.evaluate.rows import Row, entries_from, questions_from
from bot.lessons.library import Library
from bot.search.evaluation import Asked

__all__ = [
    "SHARED",
    "QuestionSet",
    "Row",
    "entries_from",
    "question_sets",
    "questions_from",
    "sets_in_other_languages",
]

ROOT = Path(__file__).parents[2]
KNOWLEDGE, OTHER_LANGUAGES = ROOT / "knowledge", ROOT / "tests" / "search" / "other_languages.yaml"
SHARED = Path(__file__).parents[3] / "shared" / "eval"


@dataclass(frozen=True)
class QuestionSet:
    """Entries and questions about them: `clean` as they were asked, `noisy` with typos and chat spellings."""

    name: str
    entries: list[Row]
    clean: list[Asked]
    noisy: list[Asked]


def sets_in_other_languages(folder: Path = SHARED) -> Iterator[QuestionSet]:
    """The lessons of the repository and two of the sets, with questions in German and Spanish."""
    asked = yaml.safe_load(OTHER_LANGUAGES.read_text(encoding="utf-8"))
    for name, by_entry in asked.items():
        questions = [
            Asked(text, frozenset(() if entry == "-" else (entry,)))
            for entry, texts in by_entry.items()
            for text in texts
        ]
        if name == KNOWLEDGE.name:
            known = passages(Library.open(KNOWLEDGE).lessons)
            entries = [Row(each.id, each.question, tuple(each.phrasings), each.answer) for each in known]
        else:
            entries = entries_from(folder / name / "entries.jsonl")
        yield QuestionSet(name, entries, questions, [])


def question_sets(folder: Path = SHARED) -> Iterator[QuestionSet]:
    for each in sorted(path for path in folder.iterdir() if path.is_dir()):
        yield QuestionSet(
            each.name,
            entries_from(each / "entries.jsonl"),
            questions_from(each / "questions.jsonl"),
            questions_from(each / "questions.noisy.jsonl"),
        )
