"""The misses that come to the inbox: those that were passed on, and those that three members asked."""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from weakref import ref

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
    drafted_by: tuple[int, ...] = ()
    found: Question | None = None
    revision: Revision | None = None
    entry: Question | None = None
    is_phrasing: bool = False
    proposal: Proposal | None = None
    inquiries: tuple[Inquiry, ...] = ()


class Fitting(NamedTuple):
    """What the lessons have to say to a cluster: what its question finds by now, and which entries are offered."""

    cluster: Cluster
    found: Question | None
    offered: list[str]


class MissSource:
    """Misses as items of the inbox; an item is the id of a question."""

    kind = MISS

    def __init__(self, tutor: Tutor, store: Store, misses: Misses, askers: Askers, clock: Clock) -> None:
        self._tutor = tutor
        self._store = store
        self._misses = misses
        self._askers = askers
        self._clock = clock
        # What these lessons have to say to each cluster, by its id. An old index is not kept in memory by it.
        self._lessons = ref(tutor.snapshot)
        self._fitting: dict[int, Fitting] = {}

    async def waiting(self) -> Sequence[Waiting]:
        """The clusters that a member passed on, or that three members asked.

        Those that find an answer by now only come where somebody waits for a notification; those that moderators
        ignored before, only where a member passed them on.
        """
        clusters = (await self._misses.find()).clusters
        members = await self._askers.count(clusters, self._clock())
        often = [each for each in clusters if members[each.id] >= AGREE]
        ignored = await self._store.questions.ignored_among({text for each in often for text in each.texts})
        fresh = {each.id for each in often if ignored.isdisjoint(each.texts)}
        asked = [each for each in clusters if _is_passed(each) or each.id in fresh]
        known = {each.id for each in clusters}
        self._fitting = {id_: each for id_, each in self._fitting.items() if id_ in known}
        fitting = await self._fit(asked)
        found = [id_ for each in asked if fitting[each.id].found for id_ in each.ids]
        waited = {each.question for each in await self._store.subscriptions.of_questions(found)}
        return [
            Waiting(str(each.id), frozenset(map(str, each.ids)))
            for each in sorted(asked, key=lambda cluster: cluster.id)
            if not fitting[each.id].found or not waited.isdisjoint(each.ids)
        ]

    async def mark_askers(self) -> None:
        """Save who missed an answer here, for another process, whose inbox counts them."""
        await self._askers.count((await self._misses.find()).clusters, self._clock())

    async def fates(self, items: Collection[str]) -> Mapping[str, Fate]:
        """What became of the questions with these ids."""
        if not items:
            return {}
        fates, read = {}, await self._read(items)
        clusters = [cluster for _, cluster in read if cluster]
        fitting, beside = await self._fit(clusters), await self._beside(clusters)
        for question, cluster in read:
            if cluster:
                seen = repr((question, cluster, fitting[cluster.id][1:], beside[cluster.id]))
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
        questions = await self._store.questions.find_all({int(each) for each in items})
        of = await self._misses.of([each.id for each in questions])
        return [(each, of.get(each.id)) for each in questions]

    async def _fit(self, clusters: Sequence[Cluster]) -> Mapping[int, Fitting]:
        """What the lessons have to say to these clusters, by id; searched only where they or the lessons changed.

        For hundreds of cards that takes seconds, so others have their turn meanwhile.
        """
        if self._lessons() is not (now := self._tutor.snapshot):
            self._lessons, self._fitting = ref(now), {}
        kept = self._fitting
        for each in clusters:
            if each.id not in kept or kept[each.id].cluster != each:
                offered = [entry.text for entry in self._tutor.complete(each.text)]
                kept[each.id] = Fitting(each, self._misses.found_by_now(each), offered)
                await asyncio.sleep(0)
        return kept

    async def _beside(self, clusters: Sequence[Cluster]) -> Mapping[int, Sequence[object]]:
        """What else the cards of these clusters show, by id: read for all of them together."""
        of = {id_: each.id for each in clusters for id_ in each.ids}
        found = defaultdict[int, list[object]](list)
        for subscription in await self._store.subscriptions.of_questions(of):
            found[of[subscription.question]].append(subscription)
        for inquiry in await self._store.inquiries.of_questions(of):
            found[of[inquiry.question]].append(inquiry)
        for question, moderator in sorted(await self._store.draft_misses.under_way(of, self._clock())):
            found[of[question]].append(("drafted", moderator))
        texts = {text for each in clusters for text in each.texts}
        for proposal in await self._store.proposals.answers_to(texts):
            for each in clusters:
                if proposal.question in each.texts:
                    found[each.id].append(proposal)
        return found

    async def _open(self, question: LoggedQuestion, cluster: Cluster) -> MissState:
        return MissState(
            question,
            cluster,
            waiting=await self._misses.waiting(cluster),
            drafted_by=await self._misses.drafted_by(cluster),
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
