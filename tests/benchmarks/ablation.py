"""Measures how much accuracy each part of the index adds: `python -m tests.benchmarks.ablation`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from unittest.mock import patch

import numpy as np

from bot.search import languages, lexical_search
from bot.search.evaluation import Asked
from bot.search.features import ExactKeys
from bot.search.index import Index
from bot.search.meaning import comparison
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


Lesson = Callable[[Row], Row]
Variant = tuple[Callable[[], AbstractContextManager[object]], Lesson]


def whole(row: Row) -> Row:
    return row


# For each variant: a patch while the index is built and used, and a change of its entries.
VARIANTS: dict[str, Variant] = {
    "everything": (nullcontext, whole),
    "without words": (lambda: patch.object(lexical_search, "WORDS", 0.0), whole),
    "without pairs": (lambda: patch.object(lexical_search, "PAIRS", 0.0), whole),
    "without letters": (
        lambda: patch.multiple(lexical_search, LETTERS_LEAST=0.0, LETTERS_MOST=0.0),
        whole,
    ),
    "without mending": (lambda: patch.object(Spelling, "mend", lambda _, word: (word,)), whole),
    "without stems": (
        lambda: patch.object(languages, "Stemmer", Unstemmed),
        whole,
    ),
    "without meaning": (lambda: patch.dict(comparison.WEIGHTS, {"table": 0.0}), whole),
    "without exact match": (lambda: patch.object(ExactKeys, "owners_of", lambda *_: []), whole),
    "without answers": (nullcontext, lambda row: replace(row, answer="")),
    "without phrasings": (nullcontext, lambda row: replace(row, phrasings=())),
}


def accuracies(questions: QuestionSet, variant: Variant) -> tuple[float, float]:
    """Accuracy@1 for clean and for noisy questions."""
    change, told = variant
    with change():
        index = Index([told(row) for row in questions.entries], {}, sources_of("table"), offsets={})
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
