"""Weights of the three views, chosen without the set they are tried on: `python -m tests.benchmarks.weights`."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from bot.search import index as module
from bot.search.index import Index
from tests.benchmarks.ablation import accuracy
from tests.benchmarks.question_sets import QuestionSet, question_sets
from tests.benchmarks.table import table

Weights = tuple[float, float, float]  # words, pairs, letters

GRID: tuple[Weights, ...] = tuple(
    (words, pairs, round(1 - words - pairs, 2))
    for words in (0.35, 0.40, 0.45, 0.50, 0.55, 0.60)
    for pairs in (0.1, 0.2, 0.3, 0.4, 0.5)
    if 0.05 <= round(1 - words - pairs, 2) <= 0.5
)
SHIPPED: Weights = (module.WORDS, module.PAIRS, module.LETTERS)


def accuracies(indexes: list[Index], sets: list[QuestionSet], weights: Weights) -> NDArray[np.float64]:
    """A row a set: accuracy@1 clean and noisy."""
    words, pairs, letters = weights
    with patch.multiple(module, WORDS=words, PAIRS=pairs, LETTERS=letters):
        return np.array(
            [
                [accuracy(index, each.clean), accuracy(index, each.noisy)]
                for index, each in zip(indexes, sets, strict=True)
            ]
        )


def main() -> None:
    sets = list(question_sets())
    indexes = [Index(each.entries) for each in sets]
    found = {weights: accuracies(indexes, sets, weights) for weights in (*GRID, SHIPPED)}
    rows, held_out = [], []
    for n, each in enumerate(sets):
        others = [m for m in range(len(sets)) if m != n]
        chosen = max(GRID, key=lambda weights: found[weights][others].mean())
        held_out.append(found[chosen][n])
        rows.append((each.name, str(chosen), _pair(found[chosen][n]), _pair(found[SHIPPED][n])))
    rows.append(("mean", "", _pair(np.mean(held_out, axis=0)), _pair(found[SHIPPED].mean(axis=0))))
    print(table(("held out", "chosen by the others", "accuracy@1 with these", "as shipped"), rows))


def _pair(two: NDArray[np.float64]) -> str:
    return f"{two[0]:.3f} / {two[1]:.3f}"


if __name__ == "__main__":
    main()
