"""Compares our index with others on the same questions: `python -m tests.benchmarks.quality`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.search.confidence import ANSWER, ConfidenceMode
from bot.search.evaluation import Asked, auroc
from bot.search.match import Understanding
from tests.benchmarks.fit import Observed, Promised, calibration_error, held_out, written
from tests.benchmarks.peers import JUDGED, Peer, Ranking, peers
from tests.benchmarks.question_sets import QuestionSet, question_sets
from tests.benchmarks.table import table
from tests.benchmarks.understandings import understandings

KINDS = ("clean", "noisy")


@dataclass(frozen=True)
class Quality:
    """The results of one way to search on the questions of one set."""

    accuracy: float
    recall: float
    auroc: float
    times: tuple[float, ...]  # seconds for each question


def quality(rank: Callable[[str], Ranking], questions: Sequence[Asked]) -> Quality:
    """Accuracy@1, recall@3, and how well the best score separates answerable questions from others."""
    rank(questions[0].text)  # so that set-up at the first use is not measured
    places: list[bool] = []
    among: list[bool] = []
    inside: list[float] = []
    outside: list[float] = []
    times: list[float] = []
    for asked in questions:
        begin = time.perf_counter()
        ranking = rank(asked.text)
        times.append(time.perf_counter() - begin)
        best = ranking[0][1] if ranking else 0.0
        if asked.expect:
            ids = [id_ for id_, _ in ranking[:3]]
            places.append(ids[:1] != [] and ids[0] in asked.expect)
            among.append(not asked.expect.isdisjoint(ids))
            inside.append(best)
        else:
            outside.append(best)
    return Quality(float(np.mean(places)), float(np.mean(among)), auroc(inside, outside), tuple(times))


def compare(sets: Sequence[QuestionSet], makers: dict[str, Callable[[], Peer]]) -> None:
    """Print the means over the sets, then the accuracy for each set; each cell is clean / noisy."""
    means, by_set = [], []
    for name, make in makers.items():
        seen: dict[str, list[Quality]] = {kind: [] for kind in KINDS}
        for each in sets:
            peer = make()
            peer.build(each.entries)
            for kind in KINDS:
                seen[kind].append(quality(peer.rank, getattr(each, kind)))
            print(f"  {name}: {each.name}", file=sys.stderr)
        times = np.array([seconds for kind in KINDS for one in seen[kind] for seconds in one.times]) * 1e3
        means.append(
            (
                name,
                *(
                    " / ".join(_rate(np.mean([getattr(one, what) for one in seen[kind]])) for kind in KINDS)
                    for what in ("accuracy", "recall", "auroc")
                ),
                f"{np.percentile(times, 50):.2f}",
                f"{np.percentile(times, 99):.2f}",
            )
        )
        if name in JUDGED:
            # The rankings are the same as ours; only the score that separates the questions differs.
            _print_ours(name, sets, seen)
            continue
        pairs = zip(seen["clean"], seen["noisy"], strict=True)
        by_set.append((name, *(f"{_rate(clean.accuracy)} / {_rate(noisy.accuracy)}" for clean, noisy in pairs)))
    print("\nMean over the sets, clean / noisy\n")
    print(table(("", "accuracy@1", "recall@3", "AUROC in vs out", "p50 ms", "p99 ms"), means))
    print("\nAccuracy@1 of each set, clean / noisy\n")
    print(table(("", *(each.name for each in sets)), by_set))


def _print_ours(name: str, sets: Sequence[QuestionSet], seen: dict[str, list[Quality]]) -> None:
    print(f"\n{name}, set by set, clean / noisy\n")
    rows = [
        (each.name, *(f"{_rate(getattr(a, what))} / {_rate(getattr(b, what))}" for what in _RATES))
        for each, a, b in zip(sets, seen["clean"], seen["noisy"], strict=True)
    ]
    print(table(("", "accuracy@1", "recall@3", "AUROC in vs out"), rows))


_RATES = ("accuracy", "recall", "auroc")


def sureness(sets: Sequence[QuestionSet], understanding: Understanding) -> None:
    """Print what the bot would do with each question, with constants fitted on the other sets."""
    observed = [Observed(each, understanding) for each in sets]
    by_others = held_out(observed, written(understanding))
    print(f"\n{understanding}: balanced, clean and noisy together, held out\n")
    done = [_done(one, p, "balanced") for one, p in zip(observed, by_others, strict=True)]
    rows = [(each.name, *map(_rate, row)) for each, row in zip(sets, done, strict=True)]
    print(table(("", *DONE), [*rows, ("mean", *map(_rate, np.mean(done, axis=0)))]))
    print(f"\n{understanding}: the three modes, mean over the sets, held out\n")
    modes = []
    for mode, least in ANSWER[understanding].items():
        done = [_done(one, p, mode) for one, p in zip(observed, by_others, strict=True)]
        worst = min(row[3] for row in done)
        modes.append((mode, f"{least:.3f}", *map(_rate, np.mean(done, axis=0)), _rate(worst)))
    print(table(("", "from", *DONE, "precision, worst set"), modes))


DONE = ("answered right", "answered wrong", "out answered", "precision", "calibration error")


def _done(one: Observed, p: Promised, mode: ConfidenceMode) -> tuple[float, ...]:
    """The figures of `DONE` for one set in this mode, each from 0 to 1."""
    answered = (p.first >= ANSWER[one.understanding][mode]) & one.clear
    right = (answered & one.first).sum()
    inside = one.inside.sum()
    wrong = (answered & one.inside).sum() - right
    precision = right / max(answered.sum(), 1)
    error = calibration_error(p.first, one.first)
    return (right / inside, wrong / inside, answered[~one.inside].mean(), precision, error)


def _rate(value: float | np.floating) -> str:
    return f"{value:.3f}"


def main() -> None:
    sets = list(question_sets())
    compare(sets, peers())
    for understanding in understandings():
        sureness(sets, understanding)


if __name__ == "__main__":
    main()
