"""Finds weights of the three views, tried on sets that were left out: `python -m tests.benchmarks.weights`."""

from __future__ import annotations

from itertools import product
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from bot.search import lexical_search as module
from bot.search.index import Index
from tests.benchmarks.ablation import accuracy
from tests.benchmarks.question_sets import QuestionSet, question_sets
from tests.benchmarks.table import table

# Weights of pairs; of letters if all text is in answers, and if none is. The weight of words is fixed, as only the
# proportions matter.
Weights = tuple[float, float, float]

GRID: tuple[Weights, ...] = tuple(
    weights
    for weights in product((0.2, 0.3, 0.4, 0.5), (0.0, 0.05, 0.1, 0.15, 0.2), (0.15, 0.25, 0.35, 0.45))
    if weights[1] <= weights[2]
)
SAME_EVERYWHERE: tuple[Weights, ...] = tuple(
    (pairs, letters, letters) for pairs, letters in product((0.2, 0.3, 0.4, 0.5), (0.1, 0.15, 0.2, 0.25, 0.35))
)
SHIPPED: Weights = (module.PAIRS, module.LETTERS_LEAST, module.LETTERS_MOST)


def accuracies(indexes: list[Index], sets: list[QuestionSet], weights: Weights) -> NDArray[np.float64]:
    """Accuracy@1 for clean and noisy questions, in a row for each set."""
    pairs, least, most = weights
    rows = []
    with patch.multiple(module, PAIRS=pairs, LETTERS_LEAST=least, LETTERS_MOST=most):
        for index, each in zip(indexes, sets, strict=True):
            with patch.object(index, "weights", module.weights_of(index.asked_share)):
                rows.append([accuracy(index, each.clean), accuracy(index, each.noisy)])
    return np.array(rows)


def main() -> None:
    sets = list(question_sets())
    indexes = [Index(each.entries) for each in sets]
    found = {weights: accuracies(indexes, sets, weights) for weights in {*GRID, *SAME_EVERYWHERE, SHIPPED}}
    rows, by_library, everywhere = [], [], []
    for n, each in enumerate(sets):
        others = [m for m in range(len(sets)) if m != n]
        by_library.append(_chosen(GRID, found, others))
        everywhere.append(_chosen(SAME_EVERYWHERE, found, others))
        chosen = (by_library[n], everywhere[n])
        rows.append((each.name, str(chosen[0]), *(_pair(found[one][n]) for one in (*chosen, SHIPPED))))
    held_out = [
        np.mean([found[one][n] for n, one in enumerate(each)], axis=0) for each in (by_library, everywhere)
    ]
    rows.append(("mean", "", *(_pair(mean) for mean in (*held_out, found[SHIPPED].mean(axis=0)))))
    head = ("held out", "chosen by the others", "accuracy@1 with these", "if the same everywhere", "as shipped")
    print(table(head, rows))


def _chosen(grid: tuple[Weights, ...], found: dict[Weights, NDArray[np.float64]], others: list[int]) -> Weights:
    return max(grid, key=lambda weights: found[weights][others].mean())


def _pair(two: NDArray[np.float64]) -> str:
    return f"{two[0]:.3f} / {two[1]:.3f}"


if __name__ == "__main__":
    main()
