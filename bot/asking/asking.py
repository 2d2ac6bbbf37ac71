"""Everything that is asked goes through here: kept, rated, passed on, and forgotten."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.asking.cleaning import clean
from bot.asking.missed import Missed
from bot.asking.misses import Cluster
from bot.asking.trail import Trail
from bot.dialogue.reply import Answer, Reply, Suggestions, Unknown
from bot.dialogue.reply import Question as Canonical
from bot.errors import StoreError
from bot.search.wording import STOP_WORDS, words
from bot.store.questions import Settled, part_of
from bot.store.store import Forgotten, Store
from bot.store.usage import Week
from bot.store.wishes import Waiting
from bot.tutor import Tutor

__all__ = ["Asking", "Clock", "Week"]

Clock = Callable[[], datetime]

# An answer does not wait longer for its question to be kept: Discord takes it for three seconds.
PATIENCE = 1.0
CHOOSING = timedelta(minutes=10)
OFFERED = 3

log = logging.getLogger(__name__)


class Asking:
    """What members asked, and what they said of the replies."""

    def __init__(
        self,
        tutor: Tutor,
        store: Store,
        clock: Clock = lambda: datetime.now(UTC),
        days: int = 90,
    ) -> None:
        self._tutor = tutor
        self._store = store
        self._kept = store.questions
        self._clock = clock
        self.days = days
        self._trail = Trail()
        self._missed = Missed(store.questions)
        # Called with each question that is kept: nothing grows old, and nobody waits, before there is one.
        self.wake: Callable[[], None] = lambda: None
        self._late: set[asyncio.Task[int]] = set()

    def has_feedback(self, server: int) -> bool:
        """Whether members may rate answers in this server; 0 stands for direct messages."""
        return self._store.servers.of(server).asks_for_feedback

    async def log(self, server: int, member: int, text: str, reply: Reply) -> int | None:
        """Keep a question with its reply, and return its id; None where there is nothing to keep.

        None, too, where the database fails or is slow: the member gets the answer all the same.
        """
        asked = clean(text)
        if not asked or (isinstance(reply, Unknown) and reply.nothing_asked):
            return None
        keeping = asyncio.create_task(self._log(server, member, asked, reply))
        self._late.add(keeping)
        keeping.add_done_callback(self._end)
        done, _ = await asyncio.wait({keeping}, timeout=PATIENCE)
        return keeping.result() if done and not keeping.exception() else None

    async def _log(self, server: int, member: int, text: str, reply: Reply) -> int:
        now = self._clock()
        match reply:
            case Answer():
                id_ = await self._kept.log(server, text, now, "answer", reply.id)
                await self._found(member, reply.id, by=id_)
                self.wake()
                return id_
            case Suggestions():
                id_ = await self._kept.log(server, text, now, "suggestions")
            case Unknown():
                id_ = await self._kept.log(server, text, now, "unknown")
        self._trail.missed(member, id_, now)
        self.wake()
        return id_

    def _end(self, keeping: asyncio.Task[int]) -> None:
        self._late.discard(keeping)
        if not keeping.cancelled() and (error := keeping.exception()):
            log.warning("a question could not be saved: %s", _without_its_words(error))

    async def is_from(self, question: int, server: int) -> bool:
        """Whether a question that is kept was asked in this server; 0 are direct messages.

        Whoever passed a question on may be told of its answer in a direct message: that has its buttons, too.
        """
        kept = await self._kept.find(question)
        return kept is not None and (kept.server == server or (server == 0 and kept.passed))

    async def take(self, question: int, member: int, part: str, server: int) -> None:
        """A suggestion was pressed by whoever asked, in this server. The answer does not depend on it."""
        await self._unless_away(self._take(question, member, part, server))

    async def _take(self, question: int, member: int, part: str, server: int) -> None:
        if not await self.is_from(question, server):
            return
        await self._kept.take(question, part)
        await self._found(member, part, by=question)

    async def opened(self, member: int, part: str) -> None:
        """A member found an entry without asking for it: in the lessons, or beside another one."""
        await self._unless_away(self._found(member, part))

    async def vote(self, question: int, member: int, part: str, *, helped: bool) -> bool:
        """Count a member's vote; False if the question is no longer kept."""
        is_kept = await self._store.votes.cast(question, member, part, helped=helped)
        if is_kept and not helped:
            # What it seemed to answer, too: whoever asked goes on looking for all of it.
            if mistaken := self._trail.not_found(question):
                await self._kept.unfound(mistaken, part)
            for each in (*mistaken, question):
                self._trail.missed(member, each, self._clock())
        return is_kept

    async def others(self, question: int, part: str) -> tuple[Canonical, ...]:
        """What else the question may have meant; nothing if it is no longer kept."""
        kept = await self._kept.find(question)
        if kept is None:
            return ()
        shown = self._tutor.explain(part)
        # What is asked in an entry's very words is found alone: beside it is what it relates to.
        telling = [word for word in words(kept.text, OFFERED * 4) if word not in STOP_WORDS]
        beside = chain(shown.related if shown else (), *map(self._tutor.complete, telling))
        found = {each.id: each for each in (*self._tutor.complete(kept.text), *beside)}
        return tuple(each for each in found.values() if each.id not in {part, kept.entry})[:OFFERED]

    async def pass_on(self, question: int, context: str) -> bool:
        """To the moderators, with a line of the member; False if it is no longer kept."""
        return await self._kept.pass_on(question, clean(context))

    async def want(self, question: int, member: int) -> bool:
        """Tell this member once there is an answer; False if there is one, or the question is gone."""
        return await self._store.wishes.want(question, member)

    async def unwant(self, question: int, member: int) -> bool:
        """Do not; whether they had wanted it."""
        return await self._store.wishes.unwant(question, member)

    async def answered(self, question: int) -> Answer | None:
        """What answers it since moderators did; None if nothing does."""
        kept = await self._kept.find(question)
        return self._tutor.explain(part_of(kept.settled_by)) if kept and kept.settled == "answered" else None

    async def forget(self, member: int) -> Forgotten:
        """Delete all that leads to this member, also from walkthroughs; what was deleted."""
        self._trail.forget(member)
        return await self._store.forget(member)

    async def is_empty(self) -> bool:
        """Whether no question is kept."""
        return await self._kept.oldest() is None

    async def purge(self) -> int:
        """Delete what is older than `days`, unless the clock is not steady; how many questions those were."""
        now = self._clock()
        is_steady = await self._store.clock.check(now)
        return await self._kept.purge(now - timedelta(days=self.days)) if is_steady else 0

    # For moderators

    async def weeks(self, count: int) -> list[Week]:
        """How much was asked in each of the last weeks, and what came of it; the oldest week first."""
        return await self._store.usage.weeks(self._clock(), count)

    async def most_asked(self, weeks: int, count: int) -> list[tuple[str, int]]:
        """The entries that were asked for most in the last weeks, by id, with how often."""
        return await self._store.usage.most_asked(self._clock() - timedelta(weeks=weeks), count)

    async def clusters(self) -> Sequence[Cluster]:
        """What got no good answer, the most asked first; without what may still be chosen from."""
        return (await self._missed.now(self._clock() - CHOOSING, self._tutor.snapshot.lessons.aliases)).clusters

    async def beyond(self, found: Sequence[Cluster]) -> int:
        """How many misses are in none of these, which are all `clusters`."""
        missed = await self._missed.now(self._clock() - CHOOSING, self._tutor.snapshot.lessons.aliases)
        return max(0, missed.count - sum(each.count for each in found))

    async def settle(self, cluster: Cluster, how: Settled, by: str) -> None:
        """Done with all questions of a cluster."""
        await self._kept.settle(cluster.ids, how, by)

    async def reopen(self, by: str) -> int:
        """Take back what was ignored under this name."""
        return await self._kept.reopen(by)

    async def draft(self, cluster: Cluster, draft: int) -> None:
        """This draft is to answer them."""
        await self._store.draft_misses.add(cluster.ids, draft)

    async def is_drafted(self, cluster: Cluster) -> bool:
        """Whether a draft that is to answer them is under way."""
        return await self._store.draft_misses.is_under_way(cluster.ids)

    async def waiting(self, questions: Sequence[int]) -> list[Waiting]:
        """Who is to be told about these questions."""
        return await self._store.wishes.waiting(questions)

    async def claim(self, question: int, member: int) -> bool:
        """Take on to tell them. False if somebody else did, they no longer want it, or the answer is gone."""
        return await self._store.wishes.claim(question, member)

    async def told(self, questions: Sequence[int], member: int) -> None:
        """They were told, or cannot be."""
        await self._store.wishes.told(questions, member)

    async def release(self, question: int, member: int) -> None:
        """They were not; to be tried again."""
        await self._store.wishes.release(question, member)

    async def unfinished(self) -> list[Waiting]:
        """Whom somebody began to tell: the bot died, or the connection did, while sending."""
        return await self._store.wishes.unfinished()

    async def untold(self) -> list[Waiting]:
        """Who is still to be told of an answer that is there."""
        return await self._store.wishes.untold()

    async def _found(self, member: int, part: str, by: int = 0) -> None:
        if just_before := self._trail.found(member, self._clock(), by):
            await self._kept.found(just_before, part)

    async def _unless_away(self, write: Coroutine[Any, Any, None]) -> None:
        try:
            await write
        except (SQLAlchemyError, StoreError, OSError) as error:
            log.warning("the result of a question could not be saved: %s", _without_its_words(error))


def _without_its_words(error: BaseException) -> str:
    """What went wrong; the lines below it would say what was asked."""
    return str(error).partition("\n")[0]
