"""Two questions in one message, and a question that follows up on the one before."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.passages import Passage
from bot.dialogue.snapshot import Snapshot
from bot.search.confidence import ConfidenceMode, Judgement
from bot.search.follow_up import follow_up, goes_on, may_be_meant, verb_alone
from bot.search.index import Match
from bot.search.words.pasted import exceptions_in, quotes_in
from bot.search.words.remarks import refers_back, speaks_of_answer
from bot.search.words.small_words import content_words
from bot.search.words.splitting import TwoQuestions, pairs_in
from bot.search.words.wording import words

# The least probability of each half of a message that is taken for two questions although the whole has an answer.
PROBABLE = 0.4
# From this probability on, a half is surely a question to the library, even if two similar entries fit it.
CERTAIN = 0.85
MOST_WORDS = 60  # of a half
LIKELY = 5  # two questions in one message must find their entries among so many first matches of the whole


def two_questions(
    now: Snapshot, question: str, ranking: Sequence[Match], judgement: Judgement, mode: ConfidenceMode
) -> tuple[str, ...] | None:
    """The ids of the passages for two questions in one message; None if it is one question."""
    likely = [match.id for match in ranking[:LIKELY]]
    for pair in pairs_in(question):
        one = None if _asks_nothing_more(now, pair) else now.judge(pair.first, mode)
        if one is None or not (first := one[1].sure or next(iter(one[1].possible), None)):
            continue
        about = now.passages[first.id]
        judged = now.judge(pair.second, mode)
        own = second = judged[1] if judged else Judgement()
        if not own.sure and own.probability < PROBABLE:
            # "Where are my packages" is a whole question: it needs nothing from the first half.
            if not goes_on(pair.second) or (pair.is_plain and not refers_back(pair.second)):
                continue
            second = as_follow_up(now, pair.second, judged[0] if judged else [], own, about) or own
        then = second.sure or next(iter(second.possible), None)
        if then is None or then.id == first.id:
            continue
        # "What is pipx and is it free" is not answered by what else is free, even if the two entries are linked.
        shares = now.index.is_asked_with(then.id, content_words(words(pair.first, MOST_WORDS)))
        # Nor is "is it invertible, how do I check" answered by how to check something else.
        is_about_first = pair.with_comma and verb_alone(pair.second) != "" and not shares
        linked = now.linked(about.id) if shares else ()
        if is_about_first or not may_be_meant(now.index, pair.second, then.id, pair.first, linked):
            continue
        if not pair.is_plain and not {first.id, then.id} <= {*likely}:
            continue
        if judgement.sure:
            # A clear question with an "and" in it must not be taken for two.
            least = PROBABLE if pair.is_plain else 1.0
            is_both = all(each.sure or each.probability >= least for each in (one[1], own))
        elif pair.are_orders:
            is_both = bool(one[1].sure and second.sure)
        else:
            # "How do I activate a venv" is a question, though the entry on Windows or that on macOS may be meant.
            is_both = any(each.sure or each.probability >= CERTAIN for each in (one[1], second))
        if is_both:
            return first.id, then.id
    return None


def _asks_nothing_more(now: Snapshot, pair: TwoQuestions) -> bool:
    """Whether the second half is no question: "…? Any help?", "…? I do not understand it"."""
    return speaks_of_answer(pair.second) or (not pair.is_plain and now.index.asks_nothing(pair.second))


def answers_neither(now: Snapshot, question: str, mode: ConfidenceMode) -> bool:
    """Whether a message is surely two questions, neither of which has an answer of its own.

    "What is docker and how do I install it" is not answered by what holds the words of both. A story around an
    exception is one question.
    """
    if exceptions_in(quotes_in(question)):
        return False
    for pair in pairs_in(question):
        if pair.is_plain:
            halves = [now.judge(each, mode) for each in (pair.first, pair.second)]
            return not any(each and each[1].sure for each in halves)
    return False


def as_follow_up(
    now: Snapshot, question: str, ranking: Sequence[Match], judgement: Judgement, about: Passage
) -> Judgement | None:
    """The judgement on a follow-up to the passage `about`; None if the question is not a follow-up."""
    alone = judgement.sure or (ranking[0] if judgement.possible else None)
    return follow_up(now.index, question, about, now.linked(about.id), alone)
