"""The misses that come to the inbox: those that were passed on, and those that three members asked."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.asking.askers import Askers
from bot.asking.clusters import AGREE, Cluster
from bot.asking.inbox import Fate, Waiting
from bot.asking.misses import Misses
from bot.clock import Clock
from bot.dialogue.reply import Question
from bot.store.inquiries import Inquiry
from bot.store.proposals import Proposal
from bot.store.question_log import LoggedQuestion, passage_of
from bot.store.revisions import Revision
from bot.store.store import Store
from bot.tutor import Tutor

MISS = "miss"


@dataclass(frozen=True)
class MissState:
    """A miss as its card shows it: with its cluster while it is open, else with what resolved it.

    `found` is the entry that its question finds by now. `revision` and `entry` answered it, and with `is_phrasing`
    it is now one of the entry's phrasings. `proposal` is an answer that a member proposed.
    """

    question: LoggedQuestion
    cluster: Cluster | None = None
    waiting: int = 0
    is_drafted: bool = False
    found: Question | None = None
    revision: Revision | None = None
    entry: Question | None = None
    is_phrasing: bool = False
    proposal: Proposal | None = None
    inquiries: tuple[Inquiry, ...] = ()


class MissSource:
    """Misses as items of the inbox; an item is the id of a question."""

    kind = MISS

    def __init__(self, tutor: Tutor, store: Store, misses: Misses, askers: Askers, clock: Clock) -> None:
        self._tutor = tutor
        self._store = store
        self._misses = misses
        self._askers = askers
        self._clock = clock

    async def waiting(self) -> Sequence[Waiting]:
        """The clusters that a member passed on, or that three members asked, unless they find an answer by now."""
        clusters = (await self._misses.find()).clusters
        members = await self._askers.count(clusters, self._clock())
        return [
            Waiting(str(each.id), frozenset(map(str, each.ids)))
            for each in sorted(clusters, key=lambda cluster: cluster.id)
            if (_is_passed(each) or members[each.id] >= AGREE) and not self._misses.found_by_now(each)
        ]

    async def mark_askers(self) -> None:
        """Save who missed an answer here, for another process, whose inbox counts them."""
        await self._askers.count((await self._misses.find()).clusters, self._clock())

    async def fates(self, items: Collection[str]) -> Mapping[str, Fate]:
        """What became of the questions with these ids."""
        fates = {}
        for question, cluster in await self._read(items):
            if cluster:
                # What is offered depends on the lessons, too.
                offered = [each.text for each in self._tutor.complete(cluster.text)]
                seen = repr((await self._open(question, cluster), offered))
            else:
                seen = repr((question.resolved, question.resolved_by, self._answer(question)))
            mark = hashlib.sha256(seen.encode(errors="surrogatepass")).hexdigest()
            fates[str(question.id)] = Fate(cluster is not None, mark)
        return fates

    async def state(self, item: str) -> MissState | None:
        """The miss of a card; None if its question was deleted."""
        for question, cluster in await self._read([item]):
            return await (self._open(question, cluster) if cluster else self._resolved(question))
        return None

    async def _read(self, items: Collection[str]) -> list[tuple[LoggedQuestion, Cluster | None]]:
        """The questions with these ids, with their cluster if they are open."""
        if not items:
            return []
        questions = await self._store.questions.find_all({int(each) for each in items})
        of = await self._misses.of([each.id for each in questions])
        return [(each, of.get(each.id)) for each in questions]

    async def _open(self, question: LoggedQuestion, cluster: Cluster) -> MissState:
        return MissState(
            question,
            cluster,
            waiting=await self._misses.waiting(cluster),
            is_drafted=await self._misses.is_drafted(cluster),
            found=self._misses.found_by_now(cluster),
            proposal=await self._misses.proposal(cluster),
            inquiries=tuple(await self._store.inquiries.of_questions(cluster.ids)),
        )

    async def _resolved(self, question: LoggedQuestion) -> MissState:
        revision = question.resolved_by.partition("/")[0] if question.resolved == "answered" else ""
        by = await self._store.revisions.find(int(revision)) if revision.isdecimal() else None
        entry, is_phrasing = self._answer(question)
        return MissState(question, revision=by, entry=entry, is_phrasing=is_phrasing)

    def _answer(self, question: LoggedQuestion) -> tuple[Question | None, bool]:
        """The entry that answers a question, and whether the question is one of its phrasings."""
        if question.resolved != "answered":
            return None, False
        passage = passage_of(question.resolved_by)
        entry = self._tutor.snapshot.lessons.entries.get(passage)
        phrasings = {each.casefold() for each in entry.phrasings} if entry else set()
        return next(iter(self._tutor.questions([passage])), None), question.text.casefold() in phrasings


def _is_passed(cluster: Cluster) -> bool:
    return any(each.passed for each in cluster.questions)
