"""Fits the constants of bot/search/confidence.py: `python -m tests.benchmarks.fit`.

It does so for each understanding that is installed. The figures of each set are held out: they come from constants
fitted on the other sets. The constants at the end are fitted on all sets, each with the same weight. One more set
that teaches are the libraries of written_libraries.py: what members type is further from the entries than most
questions of the sets.
`--plot FILE.png` draws the share of right answers over their probability.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.search.calibration import FOREIGN, Experience, offset_of
from bot.search.confidence import (
    ANSWER,
    MAX_SUGGESTIONS,
    OFFER,
    ConfidenceMode,
    Constants,
    features,
    is_clear,
    is_related,
)
from bot.search.evaluation import auroc
from bot.search.index import Index
from bot.search.match import Understanding
from tests.benchmarks.question_sets import QuestionSet, question_sets, sets_in_other_languages
from tests.benchmarks.table import table
from tests.benchmarks.understandings import sources_of, understandings
from tests.benchmarks.written_libraries import Part, written_sets

Array = NDArray[np.float64]
RIDGE = 1.0


class Observed:
    """The features of a set's rankings, and whether the first match, or one of the best three, was right.

    The arrays have an element for each question. `exact`: it has exactly the words of an entry, and is not used
    for fitting. `clear`: its first match may be an answer. `related`: its first match may be offered;
    `public`: in public, too.
    """

    ARRAYS = ("rows", "first", "three", "inside", "noisy", "exact", "clear", "related", "public", "taught")

    def __init__(self, questions: QuestionSet, understanding: Understanding = "words") -> None:
        self.name, self.understanding = questions.name, understanding
        made_by = sources_of(understanding)
        index = Index(questions.entries, {}, made_by, wait=True, offsets={})
        rows, first, three, inside, noisy, exact, clear, related, public = ([] for _ in range(9))
        for is_noisy, asked in (
            (n, each) for n in (False, True) for each in (questions.clean, questions.noisy)[n]
        ):
            ranking = index.rank(asked.text, understanding=understanding)
            if not ranking or ranking[0].evidence.understanding != understanding:
                continue
            rows.append((1.0, *features(ranking)))
            exact.append(ranking[0].evidence.is_exact)
            clear.append(is_clear(ranking))
            related.append(is_related(ranking))
            public.append(is_related(ranking) and not ranking[0].evidence.shares_subject_only)
            first.append(ranking[0].id in asked.expect)
            three.append(any(match.id in asked.expect for match in ranking[:MAX_SUGGESTIONS]))
            inside.append(bool(asked.expect))
            noisy.append(is_noisy)
        self.rows, self.first, self.three, self.inside, self.noisy = map(
            np.array, (rows, first, three, inside, noisy)
        )
        self.exact, self.clear, self.related, self.public = map(np.array, (exact, clear, related, public))
        self.taught = ~self.exact
        # Questions in other languages are not calibrated.
        experience = dict(index.experience(questions.entries))
        self.experience = experience.get(understanding, Experience((), (), ()))


def written(understanding: Understanding) -> list[Observed]:
    """The libraries that were written for this, and read, as one set that teaches."""
    part: Part = "german_spanish_read" if understanding == "multilingual" else "read"
    first, *others = (Observed(each, understanding) for each in written_sets(part))
    for name in Observed.ARRAYS:
        setattr(first, name, np.concatenate([getattr(each, name) for each in (first, *others)]))
    return [first]


class Promised(NamedTuple):
    """Probabilities for each question: that it is answered at all, by the first match, by one of three."""

    inside: Array
    first: Array
    three: Array


def learned(observed: Sequence[Observed]) -> Constants:
    """The constants fitted on these sets, each with the weight of a thousand questions."""
    first, three = (_if_inside(observed, which) for which in ("first", "three"))
    return Constants(_inside(observed).tolist(), first.tolist(), three.tolist())


def promised(constants: Constants, one: Observed) -> Promised:
    """The probabilities that the bot would give, with the set indexed as a library of its own."""
    offset = offset_of(one.experience, constants)
    inside = _probability(one.rows @ constants.inside + offset.inside)
    first = inside * _probability(one.rows @ constants.first + offset.first)
    three = inside * _probability(one.rows @ constants.three + offset.first)
    sure = [np.where(one.exact, 1.0, each) for each in (inside, first, np.maximum(first, three))]
    return Promised(*sure)


def held_out(observed: Sequence[Observed], more: Sequence[Observed] = ()) -> list[Promised]:
    """For each set, the probabilities by the constants of the others, and of `more`."""
    return [
        promised(learned([*(other for other in observed if other is not one), *more]), one) for one in observed
    ]


def _inside(observed: Sequence[Observed]) -> Array:
    """The coefficients for whether a question is answered at all. Sets are weighted to have equal shares of both.

    Each set has its own bias while the slopes are fitted, as libraries differ most in that.
    """
    inside_of = [each.inside[each.taught] for each in observed]
    which = np.repeat(np.arange(len(observed)), list(map(len, inside_of)))
    biases = (which[:, None] == np.arange(len(observed))).astype(float)
    slopes = np.vstack([each.rows[each.taught, 1:] for each in observed])
    inside = np.concatenate(inside_of)
    weight = np.concatenate(
        [np.where(each, (1 - FOREIGN) / each.sum(), FOREIGN / (~each).sum()) for each in inside_of]
    )
    found = logistic(np.hstack([biases, slopes]), inside, 1000 * weight, len(observed))[len(observed) :]
    bias = logistic(np.ones((len(inside), 1)), inside, 1000 * weight, 1, slopes @ found)
    return np.append(bias, found)


def _if_inside(observed: Sequence[Observed], which: str) -> Array:
    kept = [each.inside & each.taught for each in observed]
    rows = np.vstack([each.rows[some] for each, some in zip(observed, kept, strict=True)])
    right = np.concatenate([getattr(each, which)[some] for each, some in zip(observed, kept, strict=True)])
    weight = np.concatenate([np.full(some.sum(), 1000 / some.sum()) for some in kept])
    return logistic(rows, right, weight, 1)


def logistic(
    rows: Array, right: NDArray[np.bool_], weight: Array, biases: int, odds: Array | float = 0.0
) -> Array:
    """The coefficients of a ridge logistic regression by Newton's method. `odds` are added to the log odds.

    The first `biases` columns are biases. They are penalized just enough to stay finite where all are right.
    """
    found = np.zeros(rows.shape[1])
    ridge = RIDGE * np.eye(rows.shape[1])
    ridge[:biases, :biases] *= 1e-3
    for _ in range(100):
        p = _probability(rows @ found + odds)
        slope = rows.T @ (weight * (right - p)) - ridge @ found
        bend = (rows * (weight * p * (1 - p))[:, None]).T @ rows + ridge
        # Longer steps can overshoot to a flat part of the curve.
        step = np.clip(np.linalg.solve(bend, slope), -1.0, 1.0)
        found = found + step
        if np.abs(step).max() < 1e-8:
            break
    return found


def _probability(odds: Array) -> Array:
    probability: Array = 1 / (1 + np.exp(-odds))
    return probability


def calibration_error(probability: Array, right: NDArray[np.bool_], bins: int = 10) -> float:
    """The expected calibration error: the mean difference between probability and share of right answers."""
    where = np.minimum((probability * bins).astype(int), bins - 1)
    gaps = [
        (where == n).mean() * abs(probability[where == n].mean() - right[where == n].mean())
        for n in range(bins)
        if (where == n).any()
    ]
    return float(sum(gaps))


def _row(one: Observed, p: Promised, mode: ConfidenceMode = "balanced") -> tuple[float, ...]:
    answered = (p.first >= ANSWER[one.understanding][mode]) & one.clear
    offered = ~answered & one.related & (p.three >= OFFER[one.understanding][mode])
    right = answered & one.first
    apart = [
        auroc(p.inside[asked & one.inside].tolist(), p.inside[asked & ~one.inside].tolist())
        for asked in (~one.noisy, one.noisy)
    ]
    return (
        calibration_error(p.first, one.first),
        right.sum() / one.inside.sum(),
        right.sum() / max(answered.sum(), 1),
        answered[~one.inside].mean(),
        *apart,
        p.three[offered].mean(),
        one.three[offered].mean(),
    )


HEAD = (
    "held out",
    "calibration error",
    "answered right",
    "of what is answered, right",
    "out answered",
    "AUROC, clean",
    "noisy",
    "three: promised",
    "right",
)


def main() -> None:
    parser = argparse.ArgumentParser(description="The constants of bot/search/confidence.py.")
    parser.add_argument(
        "--by",
        action="append",
        choices=(*understandings(), "multilingual", "languages"),
        help="only this understanding",
    )
    parser.add_argument("--plot", type=Path, metavar="FILE.png", help="drawn for the best understanding")
    asked = parser.parse_args()
    for understanding in asked.by or understandings():
        is_foreign = understanding == "languages"
        sets = sets_in_other_languages() if is_foreign else question_sets()
        observed = [Observed(each, understanding) for each in sets]
        more = [] if is_foreign else written(understanding)
        by_others = held_out(observed, more)
        print(f"\n{understanding}\n")
        _print(observed, by_others)
        constants = learned([*observed, *more])
        print(f'\n    "{understanding}": Constants(')
        for name in ("inside", "first", "three"):
            print(f"        {name}=({', '.join(f'{each:.3f}' for each in getattr(constants, name))}),")
        print("    ),")
        if asked.plot:
            plot(observed, by_others, asked.plot)


def _print(observed: Sequence[Observed], by_others: Sequence[Promised]) -> None:
    found = [_row(one, p) for one, p in zip(observed, by_others, strict=True)]
    rows = [(one.name, *map(_rate, row)) for one, row in zip(observed, found, strict=True)]
    print(table(HEAD, [*rows, ("mean", *map(_rate, np.mean(found, axis=0)))]))
    print("\nWhat a threshold means, held out: mean precision, that of the worst set, right, foreign answered\n")
    steps = []
    for least in np.arange(0.7, 0.96, 0.01):
        kept = [(p.first >= least) & one.clear for one, p in zip(observed, by_others, strict=True)]
        both = list(zip(kept, observed, strict=True))
        precision = [(yes & one.first).sum() / max(yes.sum(), 1) for yes, one in both]
        right = np.mean([(yes & one.first).sum() / one.inside.sum() for yes, one in both])
        foreign = np.mean([yes[~one.inside].mean() for yes, one in both])
        steps.append((f"{least:.2f}", *map(_rate, (float(np.mean(precision)), min(precision), right, foreign))))
    print(table(("from", "precision", "worst set", "right", "foreign"), steps))
    print(
        "\nFrom which probability on three are offered, held out: right among what is said, foreign with buttons\n"
    )
    steps = []
    for least in np.arange(0.20, 0.72, 0.02):
        row: list[float] = []
        for in_public in (False, True):
            shares = [_offered(one, p, least, in_public) for one, p in zip(observed, by_others, strict=True)]
            row += [*np.mean(shares, axis=0), max(each for _, each in shares)]
        steps.append((f"{least:.2f}", *map(_rate, row)))
    print(table(("from", "right", "foreign", "worst set", "in public: right", "foreign", "worst set"), steps))


def _offered(one: Observed, p: Promised, least: float, in_public: bool) -> tuple[float, float]:
    """The share of answerable questions with a right answer or suggestion, and of others with suggestions."""
    answered = one.exact | (one.related & one.clear & (p.first >= ANSWER[one.understanding]["balanced"]))
    offered = ~answered & (one.public if in_public else one.related) & (p.three >= least)
    right = (answered & one.first) | (offered & one.three)
    # Questions that find nothing at all are not among the observed ones.
    return float(right[one.inside].mean()), float(offered[~one.inside].mean())


def plot(observed: Sequence[Observed], by_others: Sequence[Promised], file: Path) -> None:
    """Draw the share of right answers over their probability, for each set and for all; below, a histogram."""
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
        for least in ANSWER[observed[0].understanding].values():
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
