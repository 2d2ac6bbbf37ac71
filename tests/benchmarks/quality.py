"""Ours and its peers, asked the same questions in one run: `python -m tests.benchmarks.quality`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.search.confidence import ANSWER, judge
from bot.search.evaluation import Asked, auroc
from bot.search.index import Index
from tests.benchmarks.fit import Observed, calibration_error, held_out
from tests.benchmarks.peers import JUDGED, Peer, Ranking, peers
from tests.benchmarks.question_sets import QuestionSet, question_sets
from tests.benchmarks.table import table

KINDS = ("clean", "noisy")


@dataclass(frozen=True)
class Quality:
    """How one of them did on the questions of one set."""

    accuracy: float
    recall: float
    auroc: float
    times: tuple[float, ...]  # seconds a question


def quality(rank: Callable[[str], Ranking], questions: Sequence[Asked]) -> Quality:
    """Right first, right among three, and how well the best score tells in from out."""
    rank(questions[0].text)  # what is made when first used is not the question's fault
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
    """The mean over the sets, then accuracy set by set; clean / noisy in each cell."""
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
        if name == JUDGED:
            # The same rankings as ours; only what tells in from out is another.
            _print_ours(sets, seen)
            continue
        pairs = zip(seen["clean"], seen["noisy"], strict=True)
        by_set.append((name, *(f"{_rate(clean.accuracy)} / {_rate(noisy.accuracy)}" for clean, noisy in pairs)))
    print("\nMean over the sets, clean / noisy\n")
    print(table(("", "accuracy@1", "recall@3", "AUROC in vs out", "p50 ms", "p99 ms"), means))
    print("\nAccuracy@1 of each set, clean / noisy\n")
    print(table(("", *(each.name for each in sets)), by_set))


def _print_ours(sets: Sequence[QuestionSet], seen: dict[str, list[Quality]]) -> None:
    print("\nOurs, set by set, clean / noisy\n")
    rows = [
        (each.name, *(f"{_rate(getattr(a, what))} / {_rate(getattr(b, what))}" for what in _RATES))
        for each, a, b in zip(sets, seen["clean"], seen["noisy"], strict=True)
    ]
    print(table(("", "accuracy@1", "recall@3", "AUROC in vs out"), rows))


_RATES = ("accuracy", "recall", "auroc")


def sureness(sets: Sequence[QuestionSet]) -> None:
    """What the bot would do, and whether its probabilities hold on a set that did not teach them."""
    observed = [Observed(each) for each in sets]
    by_others = [p.first for p in held_out(observed)]
    errors = [calibration_error(p, one.first) for p, one in zip(by_others, observed, strict=True)]
    done = [_done(each) for each in sets]
    shares = [
        (*(one["balanced"][what] for what in ("right", "wrong", "out")), error)
        for one, error in zip(done, errors, strict=True)
    ]
    rows = [(each.name, *map(_rate, row)) for each, row in zip(sets, shares, strict=True)]
    rows.append(("mean", *map(_rate, np.mean(shares, axis=0))))
    print("\nBalanced, clean and noisy together: shares of the questions in, in, out\n")
    print(table(("", "answered right", "answered wrong", "out answered", "calibration error, held out"), rows))
    modes = []
    for mode, least in ANSWER.items():
        mean = {what: np.mean([one[mode][what] for one in done]) for what in ("right", "wrong", "out")}
        precision = np.mean([one[mode]["right"] / (one[mode]["right"] + one[mode]["wrong"]) for one in done])
        kept = [(p >= least, one) for p, one in zip(by_others, observed, strict=True)]
        modes.append(
            (
                mode,
                f"{least:.2f}",
                _rate(precision),
                _rate(np.mean([one.first[yes & one.inside].mean() for yes, one in kept])),
                _rate(mean["right"] + mean["wrong"]),
                _rate(mean["out"]),
                _rate(np.mean([yes[~one.inside].mean() for yes, one in kept])),
            )
        )
    print("\nThe three modes, mean over the sets; 'held out': by constants that the set did not teach\n")
    head = ("", "from", "answers right", "held out", "questions in answered", "out answered", "held out")
    print(table(head, modes))


def _done(questions: QuestionSet) -> dict[str, dict[str, float]]:
    """By mode: the shares of questions in that are answered right and wrong, and of those out answered."""
    index = Index(questions.entries)
    rankings = [(asked, index.rank(asked.text)) for asked in (*questions.clean, *questions.noisy)]
    outside = sum(not asked.expect for asked, _ in rankings)
    done = {}
    for mode in ANSWER:
        sure = [(asked, judge(ranking, mode).sure) for asked, ranking in rankings]
        right = sum(match is not None and match.id in asked.expect for asked, match in sure)
        answered = sum(match is not None and bool(asked.expect) for asked, match in sure)
        out = sum(match is not None and not asked.expect for asked, match in sure)
        inside = len(rankings) - outside
        done[mode] = {"right": right / inside, "wrong": (answered - right) / inside, "out": out / outside}
    return {str(mode): shares for mode, shares in done.items()}


def _rate(value: float | np.floating) -> str:
    return f"{value:.3f}"


def main() -> None:
    sets = list(question_sets())
    compare(sets, peers())
    sureness(sets)


if __name__ == "__main__":
    main()
