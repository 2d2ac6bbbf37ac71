"""Measures how much accuracy each part of the index adds: `python -m tests.benchmarks.ablation`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from unittest.mock import patch

import numpy as np

from bot.search import index as module
from bot.search import languages
from bot.search.evaluation import Asked
from bot.search.index import Index
from bot.search.match import CalibrationOffset
from bot.search.spelling import Spelling
from tests.benchmarks.question_sets import QuestionSet, Row, question_sets
from tests.benchmarks.table import table
from tests.benchmarks.understandings import sources_of


class Unstemmed:
    """A stemmer that changes no word."""

    def __init__(self, language: str, cache: int) -> None: ...

    def stemWord(self, word: str) -> str:  # noqa: N802  PyStemmer's name
        return word

    def stemWords(self, words: list[str]) -> list[str]:  # noqa: N802  PyStemmer's name
        return words


class Inexact(Index):
    """An index without exact matches."""

    def _owners_of(self, tokens: list[str]) -> list[int]:
        return []


Lesson = Callable[[Row], Row]
Variant = tuple[Callable[[], AbstractContextManager[object]], type[Index], Lesson]


def whole(row: Row) -> Row:
    return row


# For each variant: a patch while the index is built and used, the class of the index, and a change of its entries.
VARIANTS: dict[str, Variant] = {
    "everything": (nullcontext, Index, whole),
    "without words": (lambda: patch.object(module, "WORDS", 0.0), Index, whole),
    "without pairs": (lambda: patch.object(module, "PAIRS", 0.0), Index, whole),
    "without letters": (
        lambda: patch.multiple(module, LETTERS_LEAST=0.0, LETTERS_MOST=0.0),
        Index,
        whole,
    ),
    "without mending": (lambda: patch.object(Spelling, "mend", lambda _, word: (word,)), Index, whole),
    "without stems": (
        lambda: patch.object(languages, "Stemmer", Unstemmed),
        Index,
        whole,
    ),
    "without meaning": (lambda: patch.dict(module.WEIGHTS, {"table": 0.0}), Index, whole),
    "without exact match": (nullcontext, Inexact, whole),
    "without answers": (nullcontext, Index, lambda row: replace(row, answer="")),
    "without phrasings": (nullcontext, Index, lambda row: replace(row, phrasings=())),
}


def accuracies(questions: QuestionSet, variant: Variant) -> tuple[float, float]:
    """Accuracy@1 for clean and for noisy questions."""
    change, kind, told = variant
    with change():
        index = kind([told(row) for row in questions.entries], {}, sources_of("table"), offset=CalibrationOffset())
        return accuracy(index, questions.clean), accuracy(index, questions.noisy)


def accuracy(index: Index, questions: Iterable[Asked]) -> float:
    """The share of answerable questions whose answer comes first."""
    found = [(asked.expect, index.rank(asked.text, 1)) for asked in questions if asked.expect]
    return float(np.mean([bool(ranking) and ranking[0].id in expect for expect, ranking in found]))


def main() -> None:
    sets = list(question_sets())
    rows: list[tuple[str, ...]] = []
    first = np.zeros(2)
    for name, variant in VARIANTS.items():
        mean = np.mean([accuracies(each, variant) for each in sets], axis=0)
        first = mean if not rows else first
        lost = first - mean
        rows.append((name, f"{mean[0]:.3f} / {mean[1]:.3f}", f"{lost[0]:.3f} / {lost[1]:.3f}"))
    print(table(("", "accuracy@1", "lost"), rows))


if __name__ == "__main__":
    main()
