"""Fits the constants of bot/search/confidence.py: `python -m tests.benchmarks.fit`.

For each set the others teach and it is asked: what is printed per set was not learnt from it. The
constants at the end are learnt from all sets, each weighing the same. `--plot FILE.png` draws what
was promised against what came.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.search.calibration import FOREIGN, experience_of, offset_of
from bot.search.confidence import ANSWER, MAX_SUGGESTIONS, OFFER, features
from bot.search.evaluation import auroc
from bot.search.index import Index
from bot.search.match import CalibrationOffset
from tests.benchmarks.question_sets import QuestionSet, question_sets
from tests.benchmarks.table import table

Array = NDArray[np.float64]
RIDGE = 1.0


class Observed:
    """What the rankings of one set showed, and whether the first, or one of three, was right."""

    def __init__(self, questions: QuestionSet) -> None:
        self.name = questions.name
        index = Index(questions.entries, offset=CalibrationOffset())
        rows, first, three, inside, noisy = [], [], [], [], []
        for is_noisy, asked in (
            (n, each) for n in (False, True) for each in (questions.clean, questions.noisy)[n]
        ):
            ranking = index.rank(asked.text)
            if not ranking:
                continue
            rows.append((1.0, *features(ranking)))
            first.append(ranking[0].id in asked.expect)
            three.append(any(match.id in asked.expect for match in ranking[:MAX_SUGGESTIONS]))
            inside.append(bool(asked.expect))
            noisy.append(is_noisy)
        self.rows, self.first, self.three, self.inside, self.noisy = map(
            np.array, (rows, first, three, inside, noisy)
        )
        self.experience = experience_of(
            questions.entries, index.rank, lambda some: Index(some, offset=CalibrationOffset()).rank
        )


@dataclass(frozen=True)
class Constants:
    """The weights of the three regressions, as confidence.py names them."""

    inside: Array
    first: Array
    three: Array


class Promised(NamedTuple):
    """Probabilities, a question each: that it is answered at all, by the first, by one of three."""

    inside: Array
    first: Array
    three: Array


def learnt(observed: Sequence[Observed]) -> Constants:
    """What these sets teach, each set weighing as much as a thousand questions."""
    return Constants(_inside(observed), *(_if_inside(observed, which) for which in ("first", "three")))


def promised(constants: Constants, one: Observed) -> Promised:
    """What the bot would promise, the set indexed as a library of its own."""
    offset = offset_of(one.experience, constants.inside.tolist(), constants.first.tolist())
    inside = _probability(one.rows @ constants.inside + offset.inside)
    first = inside * _probability(one.rows @ constants.first + offset.first)
    three = inside * _probability(one.rows @ constants.three + offset.first)
    return Promised(inside, first, np.maximum(first, three))


def held_out(observed: Sequence[Observed]) -> list[Promised]:
    """For each set what the others' constants promise."""
    return [promised(learnt([other for other in observed if other is not one]), one) for one in observed]


def _inside(observed: Sequence[Observed]) -> Array:
    """In against out, as if each set had asked the same share of what it does not answer.

    Each set has a bias of its own while the slopes are learnt, as libraries differ most in that.
    """
    which = np.repeat(np.arange(len(observed)), [len(each.rows) for each in observed])
    biases = (which[:, None] == np.arange(len(observed))).astype(float)
    slopes = np.vstack([each.rows[:, 1:] for each in observed])
    inside = np.concatenate([each.inside for each in observed])
    weight = np.concatenate(
        [
            np.where(each.inside, (1 - FOREIGN) / each.inside.sum(), FOREIGN / (~each.inside).sum())
            for each in observed
        ]
    )
    found = logistic(np.hstack([biases, slopes]), inside, 1000 * weight, len(observed))[len(observed) :]
    bias = logistic(np.ones((len(inside), 1)), inside, 1000 * weight, 1, slopes @ found)
    return np.append(bias, found)


def _if_inside(observed: Sequence[Observed], which: str) -> Array:
    rows = np.vstack([each.rows[each.inside] for each in observed])
    right = np.concatenate([getattr(each, which)[each.inside] for each in observed])
    weight = np.concatenate([np.full(each.inside.sum(), 1000 / each.inside.sum()) for each in observed])
    return logistic(rows, right, weight, 1)


def logistic(
    rows: Array, right: NDArray[np.bool_], weight: Array, biases: int, odds: Array | float = 0.0
) -> Array:
    """Ridge logistic regression by Newton's method, what it finds being added to these log odds.

    The first columns are biases, which no ridge pulls.
    """
    found = np.zeros(rows.shape[1])
    ridge = RIDGE * np.eye(rows.shape[1])
    ridge[:biases, :biases] = 0.0
    for _ in range(50):
        p = _probability(rows @ found + odds)
        slope = rows.T @ (weight * (right - p)) - ridge @ found
        bend = (rows * (weight * p * (1 - p))[:, None]).T @ rows + ridge
        step = np.linalg.solve(bend, slope)
        found = found + step
        if np.abs(step).max() < 1e-8:
            break
    return found


def _probability(odds: Array) -> Array:
    probability: Array = 1 / (1 + np.exp(-odds))
    return probability


def calibration_error(probability: Array, right: NDArray[np.bool_], bins: int = 10) -> float:
    """Expected calibration error: mean distance of what was promised from what came, over ten bins."""
    where = np.minimum((probability * bins).astype(int), bins - 1)
    gaps = [
        (where == n).mean() * abs(probability[where == n].mean() - right[where == n].mean())
        for n in range(bins)
        if (where == n).any()
    ]
    return float(sum(gaps))


def _row(one: Observed, p: Promised) -> tuple[float, ...]:
    answered = p.first >= ANSWER["balanced"]
    offered = ~answered & (p.three >= OFFER["balanced"])
    right = answered & one.inside
    apart = [
        auroc(p.inside[asked & one.inside].tolist(), p.inside[asked & ~one.inside].tolist())
        for asked in (~one.noisy, one.noisy)
    ]
    return (
        calibration_error(p.first, one.first),
        right.sum() / one.inside.sum(),
        one.first[right].mean(),
        answered[~one.inside].mean(),
        *apart,
        p.three[offered].mean(),
        one.three[offered].mean(),
    )


HEAD = (
    "held out",
    "calibration error",
    "answered",
    "right",
    "out answered",
    "AUROC, clean",
    "noisy",
    "three: promised",
    "right",
)


def main() -> None:
    parser = argparse.ArgumentParser(description="The constants of bot/search/confidence.py.")
    parser.add_argument("--plot", type=Path, metavar="FILE.png")
    asked = parser.parse_args()
    observed = [Observed(each) for each in question_sets()]
    by_others = held_out(observed)
    found = [_row(one, p) for one, p in zip(observed, by_others, strict=True)]
    rows = [(one.name, *map(_rate, row)) for one, row in zip(observed, found, strict=True)]
    print(table(HEAD, [*rows, ("mean", *map(_rate, np.mean(found, axis=0)))]))
    constants = learnt(observed)
    for name, weights in (
        ("INSIDE", constants.inside),
        ("FIRST_IF_INSIDE", constants.first),
        ("THREE_IF_INSIDE", constants.three),
    ):
        print(f"{name} = ({', '.join(f'{each:.3f}' for each in weights)})")
    if asked.plot:
        plot(observed, by_others, asked.plot)


def plot(observed: Sequence[Observed], by_others: Sequence[Promised], file: Path) -> None:
    """What came over what was promised, a line a set and one for all; how often it was promised below."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    figure, (above, below) = pyplot.subplots(
        2, figsize=(7, 8), sharex=True, height_ratios=(4, 1), layout="constrained"
    )
    above.plot([0, 1], [0, 1], color="black", linestyle=":", label="as promised")
    for one, p in zip(observed, by_others, strict=True):
        _draw(above, p.first, one.first, one.name, linewidth=1.2)
    together = np.concatenate([p.first for p in by_others])
    _draw(above, together, np.concatenate([one.first for one in observed]), "all", linewidth=3, color="black")
    below.hist(together, bins=20, range=(0, 1), color="gray")
    for axes in (above, below):
        for least in ANSWER.values():
            axes.axvline(least, color="gray", alpha=0.4)
    above.set(ylabel="share that was right", title="Held out: the best match is right")
    below.set(xlabel="probability promised (lines: from there on it is answered)", ylabel="questions")
    above.legend()
    figure.savefig(file, dpi=120)


def _draw(axes: Any, probability: Array, right: NDArray[np.bool_], label: str, **style: Any) -> None:
    bins = np.minimum((probability * 10).astype(int), 9)
    # Fewer than twenty questions would only draw noise.
    full = [n for n in range(10) if (bins == n).sum() >= 20]
    means = [(probability[bins == n].mean(), right[bins == n].mean()) for n in full]
    axes.plot(*zip(*means, strict=True), marker="o", label=label, **style)


def _rate(value: float | np.floating) -> str:
    return f"{value:.3f}"


if __name__ == "__main__":
    main()
