"""The impact of a change of the lessons on replies: every known question is asked before and after it.

Nothing is skipped: one entry changes the weights of words and the average length of texts, and so each score a
little. Only asking shows whether that changes a reply.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bot.dialogue.passages import Passage
from bot.dialogue.reply import Question
from bot.dialogue.reply import questions as canonical
from bot.dialogue.snapshot import Snapshot
from bot.language.words import N_, _, _n
from bot.lessons.library import Lessons
from bot.search.confidence import ConfidenceMode

ReplyKind = Literal["answer", "suggestions", "unknown"]

TIE = 1.02  # ratio of two scores that are too close to say which fits better

NOTHING_ELSE = N_("no other question gets a different answer")


class Detail(str):
    """A line of text that belongs to the heading above it."""

    __slots__ = ()


@dataclass(frozen=True)
class ReplySummary:
    """The reply to a question without its texts: which entries are the answer or suggestions."""

    kind: ReplyKind
    questions: tuple[Question, ...] = ()

    def __str__(self) -> str:
        said = ", ".join(_("“{question}”", question=each.text) for each in self.questions)
        match self.kind:
            case "answer":
                return said
            case "suggestions":
                return _("suggestions: {questions}", questions=said)
            case "unknown":
                return _("no answer")

    def is_like(self, other: ReplySummary) -> bool:
        """Whether both are the same for a member; the order of suggestions does not matter."""
        return self.kind == other.kind and self.ids == other.ids

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(each.id for each in self.questions)


@dataclass(frozen=True)
class Shift:
    """A question whose reply changes; members asked it `times` times."""

    question: str
    times: int
    before: ReplySummary
    after: ReplySummary

    def __str__(self) -> str:
        if self.times <= 1:
            return _(
                "“{question}”: {before} → {after}", question=self.question, before=self.before, after=self.after
            )
        return _n(
            "“{question}” (asked once): {before} → {after}",
            "“{question}” (asked {count} times): {before} → {after}",
            self.times,
            question=self.question,
            before=self.before,
            after=self.after,
        )


@dataclass(frozen=True)
class Tie:
    """A question that two passages fit about equally well after the change, so that neither is the answer."""

    question: str
    first: Question
    second: Question

    def __str__(self) -> str:
        return _(
            "“{question}”: “{first}” or “{second}”",
            question=self.question,
            first=self.first.text,
            second=self.second.text,
        )


@dataclass(frozen=True)
class Misled:
    """A question or phrasing of `owner`, with what it finds instead."""

    text: str
    owner: Question
    found: ReplySummary

    def __str__(self) -> str:
        if self.text == self.owner.text:
            return _("“{question}” → {found}", question=self.text, found=self.found)
        return _(
            "“{phrasing}”, a phrasing of “{question}” → {found}",
            phrasing=self.text,
            question=self.owner.text,
            found=self.found,
        )


@dataclass(frozen=True)
class Impact:
    """What a change does to replies.

    `shifts` are all replies that change, the gravest first; `taken` those of them that take another
    entry's own words from it; `own` the words of what was changed that do not find it.
    `wanted` is what the questions get afterwards that were asked about.
    """

    shifts: tuple[Shift, ...]
    taken: tuple[Shift, ...]
    ties: tuple[Tie, ...]
    own: tuple[Misled, ...]
    wanted: Mapping[str, ReplySummary]
    replayed: int

    def words(self, limit: int = 10) -> tuple[str, ...]:
        """The impact as headings with `Detail`s, what is wrong first, and how many more there are.

        The kinds share the `limit` of details, so that a list that is cut at its end still has each of them.
        """
        shifts = _n(
            "{count} question gets a different answer",
            "{count} questions get a different answer",
            len(self.shifts),
        )
        ties = _n(
            "{count} question now fits two answers equally well",
            "{count} questions now fit two answers equally well",
            len(self.ties),
        )
        own = _n(
            "{count} question or phrasing does not lead to its own answer",
            "{count} questions or phrasings do not lead to their own answers",
            len(self.own),
        )
        kinds: list[tuple[str, Sequence[object]]] = [(own, self.own), (ties, self.ties), (shifts, self.shifts)]
        told = [(title, items) for title, items in kinds if items]
        lines = (line for title, items in told for line in _headed(title, items, max(1, limit // len(told))))
        return tuple(lines) or (_(NOTHING_ELSE),)


@dataclass(frozen=True)
class _Asked:
    reply: ReplySummary
    tie: tuple[Question, Question] | None = None


@dataclass(frozen=True)
class ReplyCache:
    """The replies of these lessons to questions; each question is asked only once."""

    snapshot: Snapshot
    mode: ConfidenceMode = "balanced"
    _asked: dict[str, _Asked] = field(default_factory=dict, repr=False)

    def to(self, question: str) -> _Asked:
        if question not in self._asked:
            self._asked[question] = self._ask(question)
        return self._asked[question]

    def after(self, lessons: Lessons) -> ReplyCache:
        """The replies once the lessons are these."""
        return ReplyCache(self.snapshot.after(lessons), self.mode)

    def _ask(self, question: str) -> _Asked:
        judged = self.snapshot.judge(question, self.mode)
        if judged is None:
            return _Asked(ReplySummary("unknown"))
        ranking, judgement = judged
        if judgement.sure:
            return _Asked(ReplySummary("answer", canonical([self.snapshot.passages[judgement.sure.id]])))
        known = self.snapshot.passages
        is_about_something = bool(ranking and ranking[0].evidence.content_held)
        close = [match for match in ranking[:2] if is_about_something and match.score * TIE >= ranking[0].score]
        tie = canonical([known[match.id] for match in close])
        offered = canonical([known[match.id] for match in judgement.possible])
        reply = ReplySummary("suggestions", offered) if offered else ReplySummary("unknown")
        return _Asked(reply, (tie[0], tie[1]) if len(tie) > 1 else None)


def impact(then: ReplyCache, after: Lessons, questions: Sequence[str] = (), wanted: Sequence[str] = ()) -> Impact:
    """Replay every question and phrasing of both libraries, and these questions of members.

    `wanted` are further questions, of which only the new replies are told.
    """
    now = then.after(after)
    times = Counter(questions)
    had, has = _owners(then.snapshot), _owners(now.snapshot)
    never = (
        text for each in (then, now) for entry in each.snapshot.lessons.entries.values() for text in entry.never
    )
    # Questions that only the new library has are not replayed: before, they had no entry to find.
    replayed = list(dict.fromkeys([*had, *times, *never]))
    shifts, ties = [], []
    for question in replayed:
        old, new = then.to(question), now.to(question)
        if not old.reply.is_like(new.reply):
            shifts.append(Shift(question, times[question], old.reply, new.reply))
        if new.tie and (not old.tie or {each.id for each in new.tie} != {each.id for each in old.tie}):
            ties.append(Tie(question, *new.tie))
    taken = tuple(each for each in shifts if _is_taken(each, has))
    shifts.sort(key=lambda each: (_gravity(each, taken), -each.times, each.question))
    own = tuple(_own(then, now))
    asked = {question: now.to(question).reply for question in wanted}
    return Impact(tuple(shifts), taken, tuple(ties), own, asked, len(replayed))


def replies_after(then: ReplyCache, after: Lessons, questions: Sequence[str]) -> dict[str, ReplySummary]:
    """What these questions get once the lessons are those."""
    now = then.after(after)
    return {question: now.to(question).reply for question in questions}


def _owners(snapshot: Snapshot) -> dict[str, str]:
    """Each question and phrasing, with the id of the first passage that has it."""
    owners: dict[str, str] = {}
    for passage in snapshot.passages.values():
        for text in (passage.question, *passage.phrasings):
            owners.setdefault(text, passage.id)
    return owners


def _is_taken(shift: Shift, has: Mapping[str, str]) -> bool:
    owner = has.get(shift.question)
    return owner is not None and shift.after.kind == "answer" and owner not in shift.after.ids


def _gravity(shift: Shift, taken: Collection[Shift]) -> int:
    worse = {
        ("answer", "answer"): 1,
        ("answer", "unknown"): 2,
        ("answer", "suggestions"): 3,
        ("suggestions", "unknown"): 4,
        ("suggestions", "suggestions"): 5,
    }
    return 0 if shift in taken else worse.get((shift.before.kind, shift.after.kind), 6)


def _own(then: ReplyCache, now: ReplyCache) -> Iterator[Misled]:
    for passage in now.snapshot.passages.values():
        if not _is_asked_for_alike(then.snapshot.passages.get(passage.id), passage):
            (owner,) = canonical([passage])
            for text in dict.fromkeys((passage.question, *passage.phrasings)):
                found = now.to(text).reply
                if found.kind != "answer" or passage.id not in found.ids:
                    # A step is asked for in the language of the lessons, and shown in that of the reader.
                    yield Misled(owner.text if text == passage.question else text, owner, found)


def _is_asked_for_alike(old: Passage | None, new: Passage) -> bool:
    return old is not None and (old.question, *old.phrasings, old.answer) == (
        new.question,
        *new.phrasings,
        new.answer,
    )


def _headed(title: str, items: Sequence[object], limit: int) -> list[str]:
    left = len(items) - limit
    more = [_n("… {count} more", "… {count} more", left)] if left > 0 else []
    return [f"{title}:", *(Detail(each) for each in (*items[:limit], *more))]
