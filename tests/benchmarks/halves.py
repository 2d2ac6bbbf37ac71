"""Libraries that taught nothing, more than six: each set in two halves: `python -m tests.benchmarks.halves`.

Each half is a library of its own. It is asked the questions on its entries and, as foreign ones, the set's own
and some on the other half, which are near by construction, so that `FOREIGN` of all are foreign. The constants are
those that the other five sets, and the written libraries, teach.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.search.calibration import FOREIGN
from bot.search.confidence import ANSWER, OFFER
from bot.search.evaluation import Asked
from bot.search.features import hash_of
from tests.benchmarks.fit import Observed, Promised, learned, promised, written
from tests.benchmarks.question_sets import QuestionSet, question_sets
from tests.benchmarks.table import table
from tests.benchmarks.understandings import understandings

HEAD = ("half", "right, clean", "typos", "helped", "precision", "foreign answered")


def halves_of(whole: QuestionSet) -> Iterator[QuestionSet]:
    """The same two in every run."""
    ids = sorted((each.id for each in whole.entries), key=lambda id_: (hash_of(id_), id_))
    for n in range(2):
        kept = frozenset(ids[n::2])
        entries = [each for each in whole.entries if each.id in kept]
        asked = (_asked(questions, kept) for questions in (whole.clean, whole.noisy))
        yield QuestionSet(f"{whole.name}, {n + 1}", entries, *asked)


def _asked(questions: Sequence[Asked], kept: frozenset[str]) -> list[Asked]:
    inside = [Asked(each.text, each.expect & kept) for each in questions if each.expect & kept]
    foreign = [Asked(each.text, frozenset()) for each in questions if not each.expect & kept]
    foreign.sort(key=lambda each: (hash_of(each.text), each.text))
    return [*inside, *foreign[: round(len(inside) * FOREIGN / (1 - FOREIGN))]]


def measured(one: Observed, p: Promised) -> tuple[float, ...]:
    """The columns of the table for one library."""
    understanding = one.understanding
    answered = one.exact | (one.related & one.clear & (p.first >= ANSWER[understanding]["balanced"]))
    offered = ~answered & one.related & (p.three >= OFFER[understanding]["balanced"])
    right = answered & one.first
    helped = right | (offered & one.three)
    shares = [_mean(right[one.inside & kind]) for kind in (~one.noisy, one.noisy)]
    return (*shares, _mean(helped[one.inside]), _mean(one.first[answered]), _mean(answered[~one.inside]))


def _mean(values: NDArray[np.bool_]) -> float:
    return float(values.mean()) if len(values) else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description="What the bot would do on libraries that taught nothing.")
    parser.add_argument("--by", action="append", choices=understandings(), help="only this understanding")
    asked = parser.parse_args()
    for understanding in asked.by or understandings():
        sets = list(question_sets())
        taught = [Observed(each, understanding) for each in sets]
        more = written(understanding)
        rows, found = [], []
        for whole, own in zip(sets, taught, strict=True):
            constants = learned([*(other for other in taught if other is not own), *more])
            for half in halves_of(whole):
                one = Observed(half, understanding)
                found.append(measured(one, promised(constants, one)))
                rows.append((half.name, *(f"{each:.3f}" for each in found[-1])))
        mean = np.mean(found, axis=0)
        print(f"\n{understanding}, balanced\n")
        print(table(HEAD, [*rows, ("mean", *(f"{each:.3f}" for each in mean))]), flush=True)


if __name__ == "__main__":
    main()
