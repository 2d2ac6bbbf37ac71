"""Measures how well and how fast questions are answered."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.search.confidence import Judgement, judge
from bot.search.index import Findable, Index, Match
from bot.search.meaning.nearness import VectorSource

Metrics = dict[str, float | int]


@dataclass(frozen=True)
class Asked:
    """A question, and the ids of the entries that answer it; none for one that nothing answers."""

    text: str
    expect: frozenset[str]


@dataclass(frozen=True)
class EvaluatedQuestion:
    """The result of one question."""

    asked: Asked
    ranking: tuple[Match, ...]
    reply: str  # answer, suggestions, unknown
    seconds: float
    inside: float = 0.0  # the estimated probability that any entry answers it

    @property
    def is_right(self) -> bool:
        """Whether the reply is the right entry, or no answer if no entry answers the question."""
        if not self.asked.expect:
            return self.reply != "answer"
        return self.reply == "answer" and self.ranking[0].id in self.asked.expect

    def place(self) -> int | None:
        """The place of the first right entry in the ranking, from 1; None if it is not in the ranking."""
        ids = [match.id for match in self.ranking]
        return next((n for n, id_ in enumerate(ids, 1) if id_ in self.asked.expect), None)


def ask_all(index: Index, questions: Iterable[Asked]) -> Iterator[EvaluatedQuestion]:
    """Evaluate each question with the reply that the bot would give."""
    for asked in questions:
        begin = time.perf_counter()
        ranking = index.rank(asked.text, understanding=index.understandings[0])
        # As in the Tutor, a greeting is not searched for.
        judgement = Judgement() if index.asks_nothing(asked.text) else judge(ranking)
        seconds = time.perf_counter() - begin
        reply = "answer" if judgement.sure else "suggestions" if judgement.possible else "unknown"
        yield EvaluatedQuestion(asked, tuple(ranking), reply, seconds, judgement.inside)


def leave_one_out(
    entries: Sequence[Findable],
    aliases: Mapping[str, Sequence[str]],
    without: Callable[[Findable, int], Findable],
    sources: Sequence[VectorSource],
    languages: Mapping[str, str],
) -> Iterator[tuple[Index, list[Asked]]]:
    """Indexes with the phrasings to ask each of them: every phrasing is asked in an index without it.

    In round n, every entry lacks its nth phrasing. So there are as many builds as the longest list has phrasings,
    not a build for each phrasing. `without(entry, n)` gives an entry without its nth phrasing.
    """
    for n in range(max((len(entry.phrasings) for entry in entries), default=0)):
        some = [without(entry, n) for entry in entries]
        index = Index(some, aliases, sources, wait=True, languages=languages)
        yield (
            index,
            [Asked(entry.phrasings[n], frozenset({entry.id})) for entry in entries if n < len(entry.phrasings)],
        )


def metrics(evaluated: Sequence[EvaluatedQuestion], build_seconds: float, index_bytes: int) -> Metrics:
    """The counts and rates of an evaluation, by the names under which they are printed."""
    inside = [each for each in evaluated if each.asked.expect]
    outside = [each for each in evaluated if not each.asked.expect]
    places = [each.place() for each in inside]
    taken = [[each.inside for each in group] for group in (inside, outside)]
    times = [each.seconds * 1e6 for each in evaluated] or [0.0]
    return {
        "n_in": len(inside),
        "n_out": len(outside),
        "accuracy_at_1": _share(sum(place == 1 for place in places), len(inside)),
        "recall_at_3": _share(sum(place is not None and place <= 3 for place in places), len(inside)),
        "mrr_at_10": _share(sum(1 / place for place in places if place and place <= 10), len(inside)),
        "auroc": round(auroc(*taken), 4),
        "answered_right": sum(each.reply == "answer" and each.is_right for each in inside),
        "answered_wrong": sum(each.reply == "answer" and not each.is_right for each in inside),
        "suggested_right": sum(each.reply == "suggestions" and (each.place() or 4) <= 3 for each in inside),
        "unknown_in": sum(each.reply == "unknown" for each in inside),
        "out_answered": sum(each.reply == "answer" for each in outside),
        "out_suggested": sum(each.reply == "suggestions" for each in outside),
        "out_unknown": sum(each.reply == "unknown" for each in outside),
        "p50_us": round(float(np.percentile(times, 50)), 1),
        "p99_us": round(float(np.percentile(times, 99)), 1),
        "build_s": round(build_seconds, 4),
        "index_mb": round(index_bytes / 2**20, 3),
    }


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """The probability that a score in `inside` is higher than one in `outside`; 0.5 if either is empty.

    Mann & Whitney's U, 1947.
    """
    if not inside or not outside:
        return 0.5
    low = np.sort(np.array(outside))
    below = np.searchsorted(low, inside, side="left") + np.searchsorted(low, inside, side="right")
    return float(below.mean() / 2 / len(low))


def _share(part: float, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
