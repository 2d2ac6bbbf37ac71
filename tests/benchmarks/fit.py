"""Fits the constants of bot/search/confidence.py: `python -m tests.benchmarks.fit`.

For each set the others teach and it is asked: what is printed per set was not learnt from it. The
constants at the end are learnt from all sets, each weighing the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bot.search.confidence import ANSWER, MAX_SUGGESTIONS, OFFER, features
from bot.search.index import Index
from tests.benchmarks.question_sets import QuestionSet, question_sets

Array = NDArray[np.float64]
RIDGE = 1.0


class Observed:
    """What the rankings of one set showed, and whether the first, or one of three, was right."""

    def __init__(self, questions: QuestionSet) -> None:
        index = Index(questions.entries)
        rows, first, three, inside = [], [], [], []
        for asked in (*questions.clean, *questions.noisy):
            ranking = index.rank(asked.text)
            if not ranking:
                continue
            rows.append((1.0, *features(ranking)))
            first.append(ranking[0].id in asked.expect)
            three.append(any(match.id in asked.expect for match in ranking[:MAX_SUGGESTIONS]))
            inside.append(bool(asked.expect))
        self.rows, self.first, self.three, self.inside = map(np.array, (rows, first, three, inside))


def logistic(rows: Array, right: Array, weight: Array) -> Array:
    """Ridge logistic regression by Newton's method (iteratively reweighted least squares)."""
    found = np.zeros(rows.shape[1])
    ridge = RIDGE * np.eye(rows.shape[1])
    ridge[0, 0] = 0.0
    for _ in range(50):
        p = predict(found, rows)
        slope = rows.T @ (weight * (right - p)) - ridge @ found
        bend = (rows * (weight * p * (1 - p))[:, None]).T @ rows + ridge
        step = np.linalg.solve(bend, slope)
        found = found + step
        if np.abs(step).max() < 1e-8:
            break
    return found


def predict(found: Array, rows: Array) -> Array:
    probability: Array = 1 / (1 + np.exp(-rows @ found))
    return probability


def learnt(observed: list[Observed], which: str) -> Array:
    """The weights that these sets teach, each set weighing as much as a thousand questions."""
    rows = np.vstack([each.rows for each in observed])
    right = np.concatenate([getattr(each, which) for each in observed]).astype(float)
    weight = np.concatenate([np.full(len(each.rows), 1000 / len(each.rows)) for each in observed])
    return logistic(rows, right, weight)


def calibration_error(probability: Array, right: Array, bins: int = 10) -> float:
    """Expected calibration error: mean distance of what was promised from what came, over ten bins."""
    where = np.minimum((probability * bins).astype(int), bins - 1)
    gaps = [
        (where == n).mean() * abs(probability[where == n].mean() - right[where == n].mean())
        for n in range(bins)
        if (where == n).any()
    ]
    return float(sum(gaps))


def main() -> None:
    sets = list(question_sets())
    observed = [Observed(each) for each in sets]
    print(f"{'held out':24} calibration   answered  right  out answered   three: promised  right")
    for n, (questions, held_out) in enumerate(zip(sets, observed, strict=True)):
        others = observed[:n] + observed[n + 1 :]
        p = predict(learnt(others, "first"), held_out.rows)
        p3 = predict(learnt(others, "three"), held_out.rows)
        answered = p >= ANSWER["balanced"]
        offered = ~answered & (np.maximum(p, p3) >= OFFER["balanced"])
        inside = answered & held_out.inside
        print(
            f"{questions.name:24} {calibration_error(p, held_out.first):11.3f} "
            f"{inside.sum() / held_out.inside.sum():10.3f} {held_out.first[inside].mean():6.3f} "
            f"{answered[~held_out.inside].mean():13.3f} "
            f"{p3[offered].mean():17.3f} {held_out.three[offered].mean():6.3f}"
        )
    for name, which in (("FIRST_IS_RIGHT", "first"), ("THREE_HOLD_IT", "three")):
        print(f"{name} = ({', '.join(f'{each:.3f}' for each in learnt(observed, which))})")


if __name__ == "__main__":
    main()
