"""Decides how sure the bot may be of a ranking, and so which reply it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import log, sqrt, tanh
from typing import Literal

from bot.search.match import Match, Understanding

ConfidenceMode = Literal["cautious", "balanced", "eager"]
Features = tuple[float, ...]
Weights = Sequence[float]

MAX_SUGGESTIONS = 3
# The least probability for giving the first match as the answer, and for offering the best three. The measured
# precision of each mode: tests/benchmarks/README.md.
ANSWER: Mapping[Understanding, Mapping[ConfidenceMode, float]] = {
    "words": {"cautious": 0.92, "balanced": 0.835, "eager": 0.74},
    "table": {"cautious": 0.91, "balanced": 0.83, "eager": 0.77},
    "model": {"cautious": 0.92, "balanced": 0.79, "eager": 0.74},
    "multilingual": {"cautious": 0.93, "balanced": 0.88, "eager": 0.80},
    "languages": {"cautious": 0.90, "balanced": 0.84, "eager": 0.74},
}
OFFER: Mapping[Understanding, Mapping[ConfidenceMode, float]] = {
    "words": {"cautious": 0.40, "balanced": 0.30, "eager": 0.20},
    "table": {"cautious": 0.35, "balanced": 0.25, "eager": 0.15},
    "model": {"cautious": 0.35, "balanced": 0.25, "eager": 0.15},
    "multilingual": {"cautious": 0.35, "balanced": 0.25, "eager": 0.15},
    "languages": {"cautious": 0.40, "balanced": 0.30, "eager": 0.20},
}
# In public, suggestions for a question that no entry answers annoy everybody: at most one in four such questions
# gets them, measured on libraries that were not used for fitting (tests/benchmarks/fit.py).
OFFER_IN_PUBLIC: Mapping[Understanding, Mapping[ConfidenceMode, float]] = {
    "words": {"cautious": 0.56, "balanced": 0.46, "eager": 0.36},
    "table": {"cautious": 0.665, "balanced": 0.565, "eager": 0.465},
    "model": {"cautious": 0.68, "balanced": 0.58, "eager": 0.48},
    "multilingual": {"cautious": 0.66, "balanced": 0.56, "eager": 0.46},
    "languages": {"cautious": 0.54, "balanced": 0.44, "eager": 0.34},
}
# From this nearness in meaning on, a question needs no word in common with its entry to be answered.
ALIKE = 0.56
# Below this nearness, an entry is not the answer, however many of the words it holds: "delete everything".
UNLIKE: Mapping[Understanding, float] = {"words": 0, "table": 0, "model": 0.4, "multilingual": 0, "languages": 0}
# From this nearness on, a question needs no word in common with entries to be offered them.
RELATED: Mapping[Understanding, float] = {
    "words": ALIKE,
    "table": 0.5,
    "model": 0.35,
    "multilingual": 0.35,
    "languages": 0,
}


@dataclass(frozen=True)
class Constants:
    """The coefficients of three logistic regressions on the features of a ranking, each with its bias first.

    `inside`: an entry answers the question; `first`: if so, the best match does; `three`: if so, one of the best
    three does.
    """

    inside: Weights
    first: Weights
    three: Weights


# Fitted by tests/benchmarks/fit.py, for each understanding, as the features mean something else in each.
CONSTANTS: Mapping[Understanding, Constants] = {
    "words": Constants(
        inside=(-0.379, 3.649, 1.735, -0.008, 0.340),
        first=(-1.502, 1.232, 4.236, 2.622, 0.391),
        three=(-1.164, 2.531, 1.252, 2.753, 0.242),
    ),
    "table": Constants(
        inside=(-2.233, 2.108, 1.825, 0.280, 0.080, 4.237, -0.137),
        first=(-0.523, 1.106, 3.517, 1.848, 0.157, -0.754, 4.885),
        three=(-0.295, 1.592, 0.983, 3.303, 0.187, 0.093, 2.976),
    ),
    "model": Constants(
        inside=(-1.379, 1.772, 1.820, -0.136, 0.698, 3.793, 1.241, -2.129, 0.274),
        first=(-1.206, 1.490, 2.384, 2.945, 0.255, -0.873, 5.868, -1.382, 0.636),
        three=(-0.304, 1.814, 1.259, 4.826, 0.321, -1.028, 2.405, -1.658, 0.674),
    ),
    "multilingual": Constants(
        inside=(-1.621, 2.463, 2.265, -0.487, 0.710, 2.966, 0.651, -1.930, 0.599),
        first=(0.248, 1.067, 3.602, 2.792, 0.798, -2.095, 6.802, -1.577, 0.631),
        three=(0.578, 1.997, 1.300, 4.988, 0.563, -2.368, 3.908, -1.264, 0.447),
    ),
    "languages": Constants(
        inside=(-7.082, 14.252, 3.321, 3.449),
        first=(-3.929, 6.380, 7.899, 10.470),
        three=(-2.048, 5.555, 5.039, 7.127),
    ),
}


@dataclass(frozen=True)
class Judgement:
    """What to reply: `sure` is the match to answer with, or else `possible` are the matches to offer.

    `inside` is the probability that any entry answers the question, `probability` that the best match does.
    """

    sure: Match | None = None
    possible: tuple[Match, ...] = ()
    probability: float = 0.0
    inside: float = 0.0

    def without(self, id_: str) -> Judgement:
        """The judgement without this match."""
        sure = None if self.sure and self.sure.id == id_ else self.sure
        return replace(self, sure=sure, possible=tuple(each for each in self.possible if each.id != id_))


def judge(ranking: Sequence[Match], mode: ConfidenceMode = "balanced", *, public: bool = False) -> Judgement:
    """The judgement on a ranking: sure only if the best match is probably right, and clearly ahead of the second.

    In `public`, suggestions have to be more probable, and share more with the question than the library's subject,
    unless the question is a single word of the library.
    """
    if not ranking:
        return Judgement()
    evidence = ranking[0].evidence
    if evidence.is_exact or evidence.is_named:
        return Judgement(ranking[0], (), 1.0, 1.0)
    if evidence.is_opposite:
        return Judgement()
    seen, offset, constants = features(ranking), evidence.offset, CONSTANTS[evidence.understanding]
    inside = probability(log_odds(constants.inside, seen) + offset.inside)
    first = inside * probability(log_odds(constants.first, seen) + offset.first)
    three = inside * probability(log_odds(constants.three, seen) + offset.first)
    if not is_related(ranking):
        return Judgement(None, (), first, inside)
    if evidence.names_several:
        # "Is vs ==": every entry about one of the two is offered, however little else it shares with the question.
        return Judgement(None, _with_its_words(ranking), first, inside)
    if first >= ANSWER[evidence.understanding][mode] and is_clear(ranking):
        return Judgement(ranking[0], (), first, inside)
    if public and evidence.shares_subject_only:
        return Judgement(None, (), first, inside)
    if evidence.names_example:
        return Judgement(None, tuple(ranking[:MAX_SUGGESTIONS]), first, inside)
    # Who types a single word wants to be asked which of its entries is meant, rather if questions have it.
    if evidence.is_its_word:
        return Judgement(None, _with_its_words(ranking), first, inside)
    is_in_answer = evidence.asked == 1 and evidence.content_share == 1
    is_strict = public and not is_in_answer
    least = OFFER_IN_PUBLIC if is_strict else OFFER
    if max(first, three) >= least[evidence.understanding][mode]:
        return Judgement(None, tuple(ranking[:MAX_SUGGESTIONS]), first, inside)
    return Judgement(None, (), first, inside)


def _with_its_words(ranking: Sequence[Match]) -> tuple[Match, ...]:
    """The best matches that have a word of the question, be it their answer that has it."""
    return tuple([match for match in ranking if match.words > 0][:MAX_SUGGESTIONS])


def features(ranking: Sequence[Match]) -> Features:
    """The features of a ranking: how much of the question its best match covers, and by how much it leads."""
    evidence = ranking[0].evidence
    if evidence.understanding == "languages":
        return _features_of_meaning(ranking)
    # Half of the words of a long question say more than half of those of a short one.
    much = sqrt(evidence.asked)
    third = ranking[2].score if len(ranking) > 2 else 0.0
    seen = (
        evidence.lexical * much,
        evidence.lexical_lead * much,
        (ranking[0].score - third) / ranking[0].score,
        # A logarithm, so that a large lead does not make up for a best entry that holds hardly any of the words.
        log(evidence.content_share + 0.02),
    )
    if evidence.understanding == "words":
        return seen
    lexical, _, _, held = seen
    by_table = *seen, evidence.meaning, evidence.meaning_lead
    # With a model, the nearer in meaning the best entry is, the less its share of the words matters.
    return (
        (*by_table, evidence.meaning * held, lexical * held)
        if evidence.understanding in {"model", "multilingual"}
        else by_table
    )


def is_related(ranking: Sequence[Match]) -> bool:
    """Whether the best match is near in meaning, or shares more than small words, such as "how", "do" and "I"."""
    evidence = ranking[0].evidence
    return evidence.content_held > 0 or evidence.meaning >= RELATED[evidence.understanding]


def _features_of_meaning(ranking: Sequence[Match]) -> Features:
    """The features of a ranking by meaning alone, for a question in another language."""
    evidence = ranking[0].evidence
    third = ranking[2].meaning if len(ranking) > 2 else 0.0
    return evidence.meaning, evidence.meaning_lead, evidence.meaning - third


def is_clear(ranking: Sequence[Match]) -> bool:
    """Whether the best match is clear enough to be an answer.

    It is not by one common word alone, nor in a tie, nor if it means something else.
    """
    first = ranking[0]
    is_alone = len(ranking) == 1 or first.score > ranking[1].score
    is_unlike = first.evidence.meaning < UNLIKE[first.evidence.understanding]
    is_alike = (
        first.evidence.understanding == "languages"
        or first.evidence.content_held > 1
        or first.evidence.meaning >= ALIKE
    )
    return is_alone and is_alike and not is_unlike and not first.evidence.is_ambiguous


def log_odds(weights: Weights, seen: Features) -> float:
    bias, *slopes = weights
    return bias + sum(slope * value for slope, value in zip(slopes, seen, strict=True))


def probability(odds: float) -> float:
    return (1 + tanh(odds / 2)) / 2
