"""Misses: the questions that got no good answer, and what moderators do with them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.asking.clusters import Cluster, clusters, most_like
from bot.clock import Clock
from bot.dialogue.reply import Question
from bot.search.languages import ENGLISH, Language
from bot.store.meanings import Meanings
from bot.store.proposals import Proposal
from bot.store.question_log import NO_REVISION, QuestionLog
from bot.store.store import Store
from bot.tutor import Tutor

CHOOSING = timedelta(minutes=10)  # for this long, a member may still choose a suggestion
FRESH = timedelta(seconds=5)  # with several processes, moderators may see misses that are this old

JUDGED = 10  # wordings of a cluster that are asked again after an edit

AliasesOf = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class FoundMisses:
    """All clusters, and the number of all misses, including those in no cluster."""

    clusters: Sequence[Cluster]
    count: int
    listed: int  # misses that are in a cluster

    @property
    def more(self) -> int:
        """How many misses are in none of the clusters."""
        return max(0, self.count - self.listed)


@dataclass(frozen=True)
class _Basis:
    """What the cached `FoundMisses` was computed from; valid from `since` until `until`."""

    changes: int
    aliases: AliasesOf
    language: Language
    since: datetime
    until: datetime | None

    def holds(self, changes: int, aliases: AliasesOf, language: Language, chosen_by: datetime) -> bool:
        is_in_time = self.since <= chosen_by and (self.until is None or chosen_by <= self.until)
        is_same = (self.changes, self.aliases, self.language) == (changes, aliases, language)
        return is_in_time and is_same


class ClusterCache:
    """Caches the clusters of all misses until a question changes.

    If several moderators look at once, the clusters are computed only once. Where other processes change
    questions, too, the result is valid for the time `fresh`.
    """

    def __init__(self, questions: QuestionLog, meanings: Meanings, fresh: timedelta | None = None) -> None:
        self._questions = questions
        self._meanings = meanings
        self._fresh = fresh
        self._turn = asyncio.Lock()
        self._last: tuple[_Basis, FoundMisses] | None = None

    async def now(self, chosen_by: datetime, aliases: AliasesOf, language: Language = ENGLISH) -> FoundMisses:
        """The current misses; suggestions count only if they were offered before `chosen_by`."""
        questions = self._questions
        async with self._turn:
            await questions.settle()
            # Counted before reading, so that changes made meanwhile are read the next time.
            changes = questions.changes
            if self._last and self._last[0].holds(changes, aliases, language, chosen_by):
                return self._last[1]
            self._last = None  # so that the old and the new result are not in memory together
            until = await questions.next_miss(chosen_by)
            if self._fresh:
                until = min(until or chosen_by + self._fresh, chosen_by + self._fresh)
            misses, picked = await questions.misses(chosen_by), await questions.picked()
            shown = await self._meanings.of({each.id for each in (*misses, *picked)})
            made = await asyncio.to_thread(clusters, misses, aliases, picked, shown, language)
            missed = {each.id for each in misses}
            listed = sum(len(missed.intersection(each.ids)) for each in made)
            found = FoundMisses(made, await questions.count_misses(chosen_by), listed)
            self._last = _Basis(changes, aliases, language, chosen_by, until), found
            return found


class Misses:
    """The misses of all servers, and what moderators do with them."""

    def __init__(self, tutor: Tutor, store: Store, clock: Clock) -> None:
        self._tutor = tutor
        self._store = store
        self._clock = clock
        self._clusters = ClusterCache(store.questions, store.meanings, FRESH if store.is_shared else None)
        # Called with the ids of questions that a moderator ignored, and who that was; None if they are open again.
        self.on_ignored: Callable[[Collection[int], int | None], Awaitable[None]] = _nothing
        # Called with the ids of questions that the lessons answer by now, as this moderator says.
        self.on_answered: Callable[[Collection[int], int], Awaitable[None]] = _nothing
        # Called when a draft that is to answer a cluster was begun.
        self.drafted: Callable[[], None] = lambda: None

    async def find(self) -> FoundMisses:
        """The clusters as they are now, without suggestions that a member may still choose from."""
        now = self._tutor.snapshot
        found = await self._clusters.now(self._clock() - CHOOSING, now.lessons.aliases, now.index.language)
        kept = map(self._without_refused, found.clusters)
        return replace(found, clusters=[each for each in kept if each and not self._is_found_by_now(each)])

    def _without_refused(self, cluster: Cluster) -> Cluster | None:
        """The cluster without what members agree on, if that entry must not be found by this question."""
        agreed, index = cluster.agreed, self._tutor.snapshot.index
        if agreed is None or not any(index.refuses(agreed.passage, text) for text in cluster.texts):
            return cluster
        return None if cluster.is_only_picked else replace(cluster, agreed=None)

    def _is_found_by_now(self, cluster: Cluster) -> bool:
        """Whether a question for which members had to pick a suggestion is surely answered since an edit."""
        if not cluster.is_only_picked or not cluster.agreed:
            return False
        judged = self._tutor.snapshot.judge(cluster.text, self._tutor.mode)
        return bool(judged and judged[1].sure and judged[1].sure.id == cluster.agreed.passage)

    async def of(self, ids: Collection[int]) -> dict[int, Cluster]:
        """The cluster of each of these questions, by its id, without those that are resolved.

        Of very many misses, not all are in the clusters: one that is in none has one of its own.
        """
        found = {id_: each for each in (await self.find()).clusters for id_ in each.ids}
        left = [id_ for id_ in ids if id_ not in found]
        missed = await self._store.questions.misses_among(left, self._clock() - CHOOSING) if left else []
        return {id_: found[id_] for id_ in ids if id_ in found} | {each.id: clusters([each])[0] for each in missed}

    async def like(self, text: str) -> Cluster | None:
        """The cluster that this text means, too."""
        found, now = (await self.find()).clusters, self._tutor.snapshot
        return await asyncio.to_thread(most_like, text, found, now.lessons.aliases, now.index.language)

    def found_by_now(self, cluster: Cluster) -> Question | None:
        """The entry that its first question surely finds by now.

        None if another of its first wordings has no sure answer, if a member found one of these answers wrong, or
        if it is a follow-up.
        """
        if cluster.follows:  # "why?" means something only after an earlier question
            return None
        missed = [each for each in cluster.questions if each.outcome == "not" or each.passed]
        # If moderators answered later and a member found that wrong, only `rejected` has it.
        wrong = {passage for each in missed for passage in (each.entry, each.taken)} | cluster.rejected
        found = []
        for text in cluster.texts[:JUDGED]:
            # As strictly as in public.
            judged = self._tutor.snapshot.judge(text, self._tutor.mode, public=True)
            sure = judged[1].sure if judged else None
            if sure is None or sure.id in wrong:
                return None
            found.append(sure.id)
        return next(iter(self._tutor.questions(found[:1])), None)

    async def answer(self, cluster: Cluster, passage: str, moderator: int) -> None:
        """Resolve all its questions: this passage, which was not published for them, answers them."""
        await self._store.questions.resolve(cluster.ids, "answered", f"{NO_REVISION}/{passage}")
        await self.on_answered(cluster.ids, moderator)

    async def ignore(self, cluster: Cluster, moderator: int) -> None:
        """Resolve all its questions without an answer."""
        await self._store.questions.resolve(cluster.ids, "ignored", str(cluster.id))
        await self.on_ignored(cluster.ids, moderator)

    async def unignore(self, cluster_id: int) -> bool:
        """Undo `ignore`; False if no question of this cluster is ignored."""
        opened = await self._store.questions.reopen(str(cluster_id))
        await self.on_ignored(opened, None)
        return bool(opened)

    async def draft(self, cluster: Cluster, draft: int) -> None:
        """Save that this draft is to answer its questions."""
        await self._store.draft_misses.add(cluster.ids, draft)
        self.drafted()

    async def drafts_of(self, cluster: Cluster, moderator: int) -> list[int]:
        """The drafts of a moderator that are to answer one of its questions, the latest first."""
        return await self._store.draft_misses.drafts_of(cluster.ids, moderator)

    async def draft_instead(self, before: int, draft: int) -> None:
        """Let this draft answer the questions of the draft `before`, which it replaces."""
        misses = await self._store.draft_misses.texts(before)
        await self._store.draft_misses.add([*misses], draft)

    async def leave_out(self, draft: int, texts: Collection[str]) -> None:
        """Save that this draft does not answer these questions."""
        misses = await self._store.draft_misses.texts(draft)
        await self._store.draft_misses.drop([id_ for id_, text in misses.items() if text in texts], draft)

    async def are_answered_by(self, revision: int, item_id: str) -> bool:
        """Whether this published revision answered a miss, and there are still other misses."""
        is_answer = await self._store.questions.is_resolved_by(f"{revision}/{item_id}")
        return is_answer and bool((await self.find()).clusters)

    async def drafted_by(self, cluster: Cluster) -> tuple[int, ...]:
        """The moderators who work on a draft that is to answer its questions."""
        under_way = await self._store.draft_misses.under_way(cluster.ids, self._clock())
        return tuple(sorted({who for __, who in under_way}))

    async def under_way(self, found: Sequence[Cluster]) -> set[int]:
        """The ids of those of these clusters for which somebody works on a draft."""
        of = {id_: each.id for each in found for id_ in each.ids}
        under_way = await self._store.draft_misses.under_way(of, self._clock())
        return {of[question] for question, __ in under_way}

    async def proposal(self, cluster: Cluster) -> Proposal | None:
        """The undecided proposal that answers it: written by a member, or marked as the solution of a post."""
        return next(iter(await self._store.proposals.answers_to(cluster.texts)), None)

    async def waiting(self, cluster: Cluster) -> int:
        """How many members will be notified once these questions are answered."""
        return len({each.learner for each in await self._store.subscriptions.of_questions(cluster.ids)})


async def _nothing(_ids: Collection[int], _moderator: int | None) -> None:
    """Nobody has to know."""
