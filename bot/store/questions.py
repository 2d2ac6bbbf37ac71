"""What members asked, what came of it, and who wants to be told when there is an answer.

A question is kept without who asked it. Two tables know a member at all: `wanted` holds those who asked to
be told, until they were; `votes` holds a mark, made with a key that is not in the database.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.tables import questions, votes, wanted

Replied = Literal["answer", "suggestions", "unknown"]
Settled = Literal["ignored", "answered"]

MAX_TEXT = 500
WEEK = timedelta(days=7)
DRAFT = "draft/"


@dataclass(frozen=True)
class Question:
    """One question: what it got, and what came of that.

    `entry` is what it was answered with, `taken` the suggestion that was pressed, and `found` what the same
    member found a moment later in other words. `passed` to the moderators, with what the member added in
    `context`. `settled_by` is `revision/part` of what answers it now.
    """

    id: int
    server: int
    text: str
    context: str
    asked_at: datetime
    reply: Replied
    entry: str
    outcome: Literal["", "helped", "not", "taken"]
    taken: str
    found: str
    passed: bool
    settled: Literal["", "ignored", "answered"]
    settled_by: str


@dataclass(frozen=True)
class Waiting:
    """A member who wants to be told, and the question; the part that answers it, once there is one."""

    question: int
    learner: int
    part: str


@dataclass(frozen=True)
class Week:
    """Seven days from `begins` on, in figures of all members together."""

    begins: datetime
    asked: int
    answered: int
    suggested: int
    taken: int
    misses: int
    helped: int
    not_helped: int


class Questions:
    """The questions of all members."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # Until `use_key` brings one that outlives the process.
        self._key = secrets.token_bytes(32)

    def use_key(self, key: bytes) -> None:
        """The secret with which a vote's mark is made; it is kept outside of the database."""
        self._key = key

    async def log(self, server: int, text: str, at: datetime, reply: Replied, entry: str = "") -> int:
        """Keep a question, and return its id. `server` is 0 for a direct message."""
        row = {
            "server": server,
            "text": text[:MAX_TEXT],
            "context": "",
            "asked_at": at,
            "reply": reply,
            "entry": entry,
            "outcome": "",
            "taken": "",
            "found": "",
            "passed": False,
            "settled": "",
            "settled_by": "",
        }
        async with self._database.writing.begin() as connection:
            id_: int = (
                await connection.execute(questions.insert().values(row).returning(questions.c.id))
            ).scalar_one()
        return id_

    async def find(self, id_: int) -> Question | None:
        """The question with this id; None once it was deleted."""
        found = await self._read(questions.c.id == id_)
        return found[0] if found else None

    async def vote(self, id_: int, learner: int, part: str, *, helped: bool) -> bool:
        """Count that `part` helped, or was not what was asked; the latest vote of each member counts.

        False if the question is no longer kept. Somebody for whom the answer was wrong, and who found
        another one, leaves it wrong: that is what moderators want to hear of.
        """
        async with self._database.writing.begin() as connection:
            # Held until the end: of two who vote at once, the second counts the first.
            here = select(questions.c.entry, questions.c.reply).where(questions.c.id == id_).with_for_update()
            row = (await connection.execute(here)).one_or_none()
            if row is None:
                return False
            voter = self._mark(id_, learner)
            if helped and row.reply == "answer" and part != row.entry:
                return True
            cast_ = self._database.insert(votes).values(question=id_, voter=voter, helped=helped)
            await connection.execute(
                cast_.on_conflict_do_update(index_elements=list(votes.primary_key), set_={"helped": helped})
            )
            counted = select(_how_many(votes.c.helped), func.count()).where(votes.c.question == id_)
            good, all_ = (await connection.execute(counted)).one()
            # In doubt, a moderator has a look; also where they had thought that it was answered.
            outcome = "helped" if 2 * good > all_ else "not"
            change = {"outcome": outcome} if helped else {"outcome": outcome, **_open_again("answered")}
            await connection.execute(questions.update().where(questions.c.id == id_).values(change))
        return True

    async def take(self, id_: int, part: str) -> None:
        """A suggestion was pressed. An answer that was not what was asked stays that."""
        outcome = case((questions.c.reply == "answer", questions.c.outcome), else_="taken")
        await self._change([id_], taken=part, outcome=outcome)

    async def found(self, ids: Collection[int], part: str) -> None:
        """Whoever asked these found this a moment later."""
        await self._change(ids, found=part)

    async def pass_on(self, id_: int, context: str) -> bool:
        """A member passes a question to the moderators; what others added to it stays. False if it is gone."""
        async with self._database.writing.begin() as connection:
            here = questions.c.id == id_
            before = await connection.scalar(select(questions.c.context).where(here).with_for_update())
            if before is None:
                return False
            both = " · ".join(filter(None, [before, context]))[:MAX_TEXT]
            # Passing on what was ignored asks for another look.
            change = {"passed": True, "context": both, **_open_again("ignored")}
            await connection.execute(questions.update().where(here).values(change))
        return True

    # Who wants to be told

    async def want(self, id_: int, learner: int) -> bool:
        """Tell this member when there is an answer. False if the question is gone, or was answered."""
        async with self._database.writing.begin() as connection:
            settled = await connection.scalar(select(questions.c.settled).where(questions.c.id == id_))
            if settled is None or settled == "answered":
                return False
            once = self._database.insert(wanted).values(question=id_, learner=learner, state="waiting")
            await connection.execute(once.on_conflict_do_nothing())
        return True

    async def unwant(self, id_: int, learner: int) -> bool:
        """Do not tell them after all; whether they wanted it."""
        theirs = (wanted.c.question == id_, wanted.c.learner == learner)
        async with self._database.writing.begin() as connection:
            return (await connection.execute(wanted.delete().where(*theirs))).rowcount > 0

    async def waiting(self, ids: Collection[int]) -> list[Waiting]:
        """Who is to be told about these questions."""
        return await self._waiting(wanted.c.question.in_(ids), wanted.c.state == "waiting")

    async def untold(self) -> list[Waiting]:
        """Who is still to be told of an answer that is there."""
        return await self._waiting(wanted.c.state == "waiting", questions.c.settled == "answered")

    async def unfinished(self) -> list[Waiting]:
        """Whom somebody began to tell, and did not say how it went: at a start, a process died there."""
        return await self._waiting(wanted.c.state == "sending")

    async def claim(self, id_: int, learner: int) -> bool:
        """Take on to tell them; False if somebody else did first, or they no longer want it."""
        return await self._move(id_, learner, "waiting", "sending")

    async def release(self, id_: int, learner: int) -> None:
        """They could not be told; to be tried again."""
        await self._move(id_, learner, "sending", "waiting")

    async def told(self, ids: Collection[int], learner: int) -> None:
        """They were told, or cannot be: there is no more reason to know them."""
        theirs = (wanted.c.question.in_(ids), wanted.c.learner == learner)
        async with self._database.writing.begin() as connection:
            await connection.execute(wanted.delete().where(*theirs))

    # What moderators see

    async def recent_texts(self, limit: int = 1000) -> list[str]:
        """What was asked last, each text once, the latest first."""
        last = func.max(questions.c.id)
        distinct = select(questions.c.text).group_by(questions.c.text).order_by(last.desc()).limit(limit)
        async with self._database.reading.connect() as connection:
            return list((await connection.execute(distinct)).scalars())

    async def misses(self, server: int, before: datetime, limit: int = 1000) -> list[Question]:
        """What got no good answer and is not settled, the latest first.

        Asked before that time, so that whoever is just choosing has the time to; but at once what a member
        passed on. Those of this server, and of direct messages.
        """
        here = (questions.c.settled == "", questions.c.server.in_([server, 0]))
        missed = or_(questions.c.passed.is_(True), (questions.c.asked_at < before) & _is_miss())
        return await self._read(*here, missed, limit=limit)

    async def settle(self, ids: Collection[int], how: Settled, by: str) -> None:
        """Done with these: ignored, or answered by `revision/part`."""
        await self._change(ids, settled=how, settled_by=by)

    async def reopen(self, by: str) -> int:
        """Take back what was ignored under this name; how many those were."""
        ignored = (questions.c.settled == "ignored", questions.c.settled_by == by)
        async with self._database.writing.begin() as connection:
            back = questions.update().where(*ignored).values(settled="", settled_by="")
            return (await connection.execute(back)).rowcount

    async def draft(self, ids: Collection[int], draft: int) -> None:
        """A draft was begun that is to answer these."""
        await self._change(ids, settled_by=f"{DRAFT}{draft}")

    async def answer(self, draft: int, by: str) -> list[int]:
        """That draft was published: settle its questions by `revision/part`, and return them."""
        drafted = (questions.c.settled == "", questions.c.settled_by == f"{DRAFT}{draft}")
        async with self._database.writing.begin() as connection:
            done = questions.update().where(*drafted).values(settled="answered", settled_by=by)
            return sorted((await connection.execute(done.returning(questions.c.id))).scalars())

    async def weeks(self, until: datetime, number: int = 8) -> list[Week]:
        """The last weeks in figures, the earliest first."""
        found = []
        async with self._database.reading.connect() as connection:
            for back in range(number, 0, -1):
                begins = until - back * WEEK
                here = (questions.c.asked_at > begins, questions.c.asked_at <= begins + WEEK)
                counts = [
                    questions.c.reply == "answer",
                    questions.c.reply == "suggestions",
                    (questions.c.reply == "suggestions") & (questions.c.taken != ""),
                    _is_miss(),
                ]
                told = select(func.count(), *map(_how_many, counts)).where(*here)
                voted = select(_how_many(votes.c.helped), _how_many(~votes.c.helped)).join(questions).where(*here)
                figures = [*(await connection.execute(told)).one(), *(await connection.execute(voted)).one()]
                found.append(Week(begins, *figures))
        return found

    async def most_asked(self, since: datetime, limit: int = 10) -> list[tuple[str, int]]:
        """What was answered or taken most often since then: id and count."""
        part = case((questions.c.taken != "", questions.c.taken), else_=questions.c.entry)
        often = (
            select(part, func.count())
            .where(questions.c.asked_at >= since, part != "")
            .group_by(part)
            .order_by(func.count().desc(), part)
            .limit(limit)
        )
        async with self._database.reading.connect() as connection:
            return [(part, number) for part, number in await connection.execute(often)]

    # What goes

    async def oldest(self) -> datetime | None:
        """When the oldest question was asked that is still kept."""
        async with self._database.reading.connect() as connection:
            moment: datetime | None = await connection.scalar(select(func.min(questions.c.asked_at)))
        return moment

    async def purge(self, older_than: datetime) -> int:
        """Delete what was asked before that time, with all that hangs on it; how many those were."""
        old = questions.delete().where(questions.c.asked_at < older_than)
        async with self._database.writing.begin() as connection:
            return (await connection.execute(old)).rowcount

    async def forget(self, learner: int) -> int:
        """Delete what leads from a question to this member; how many questions that were."""
        async with self._database.writing.begin() as connection:
            return await self.forget_in(connection, learner)

    async def forget_in(self, connection: AsyncConnection, learner: int) -> int:
        """The same, in a transaction under way."""
        gone = set(
            (
                await connection.execute(
                    wanted.delete().where(wanted.c.learner == learner).returning(wanted.c.question)
                )
            ).scalars()
        )
        # A vote's mark differs from question to question: each has to be made to be found.
        voted = (await connection.execute(select(votes.c.question).distinct())).scalars()
        marks = {self._mark(id_, learner): id_ for id_ in voted}
        every = list(marks)
        for start in range(0, len(every), MAX_TEXT):
            theirs = votes.delete().where(votes.c.voter.in_(every[start : start + MAX_TEXT]))
            gone.update((await connection.execute(theirs.returning(votes.c.question))).scalars())
        return len(gone)

    def _mark(self, id_: int, learner: int) -> str:
        return hmac.new(self._key, f"{id_}:{learner}".encode(), hashlib.sha256).hexdigest()[:32]

    async def _change(self, ids: Collection[int], **values: object) -> None:
        async with self._database.writing.begin() as connection:
            await connection.execute(questions.update().where(questions.c.id.in_(ids)).values(**values))

    async def _read(self, *which: ColumnElement[bool], limit: int | None = None) -> list[Question]:
        latest = select(questions).where(*which).order_by(questions.c.id.desc()).limit(limit)
        async with self._database.reading.connect() as connection:
            return [Question(**row) for row in (await connection.execute(latest)).mappings()]

    async def _waiting(self, *which: ColumnElement[bool]) -> list[Waiting]:
        row = select(wanted.c.question, wanted.c.learner, questions.c.settled, questions.c.settled_by)
        oldest = row.join(questions).where(*which).order_by(wanted.c.question, wanted.c.learner)
        async with self._database.reading.connect() as connection:
            return [
                Waiting(
                    each.question, each.learner, part_of(each.settled_by) if each.settled == "answered" else ""
                )
                for each in await connection.execute(oldest)
            ]

    async def _move(self, id_: int, learner: int, before: str, after: str) -> bool:
        there = (wanted.c.question == id_, wanted.c.learner == learner, wanted.c.state == before)
        async with self._database.writing.begin() as connection:
            return (await connection.execute(wanted.update().where(*there).values(state=after))).rowcount == 1


def part_of(settled_by: str) -> str:
    """The part in `revision/part`."""
    return settled_by.rpartition("/")[2]


def _is_miss() -> ColumnElement[bool]:
    """Unknown, 'not what I asked', or suggestions of which none was taken."""
    untaken = (questions.c.reply == "suggestions") & (questions.c.taken == "") & (questions.c.outcome == "")
    return or_(
        (questions.c.reply == "unknown") & (questions.c.outcome == ""), questions.c.outcome == "not", untaken
    )


def _open_again(how: Settled) -> dict[str, ColumnElement[str]]:
    """What takes back that a question is settled, if it is in this way."""
    is_so = questions.c.settled == how
    return {
        "settled": case((is_so, ""), else_=questions.c.settled),
        "settled_by": case((is_so, ""), else_=questions.c.settled_by),
    }


def _how_many(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)
