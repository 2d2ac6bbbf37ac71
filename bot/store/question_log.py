"""What members asked, and what came of it; stored without who asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import ColumnElement, UnaryExpression, case, func, or_, select

from bot.errors import StoreFailingError
from bot.store.change_counter import ChangeCounter
from bot.store.database import Database
from bot.store.database_errors import AWAY
from bot.store.reserved_ids import ReservedIds
from bot.store.tables import meanings, questions

Replied = Literal["answer", "suggestions", "unknown"]
Resolution = Literal["ignored", "answered"]
PassedOn = Literal["", "passed", "without note"]

MAX_TEXT = 500
BETWEEN_NOTES = " · "
NO_REVISION = 0  # in `resolved_by`, of an answer that the lessons had already
LOOKED_AT = 10_000  # misses: more would take too long, and PostgreSQL takes only 32,767 values at once


class LoggedQuestion(NamedTuple):
    """A question in the log: the reply that it got, and what came of that.

    `entry` is the entry that answered it, `taken` the suggestion that was pressed, and `found` what the same
    member found a moment later with other words. `passed` says that it was passed to the moderators, `context`
    what the member added then. `resolved_by` is the `revision/passage` that answers it now (`NO_REVISION` if none
    was published for it), or the name of the cluster that was ignored.
    `follows` is the earlier question, if this one was a follow-up.
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
    resolved: Literal["", "ignored", "answered"]
    resolved_by: str
    follows: str = ""


class QuestionLog:
    """The questions of all members."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._changes = ChangeCounter(database.writing.engine, questions)
        self._ids = ReservedIds(database, questions)
        # After a broken connection it is repeated, as nobody can tell whether the rows were written.
        new = database.insert(questions).on_conflict_do_nothing()
        self._later = database.write_behind(new, "questions")

    @property
    def changes(self) -> int:
        """A number that changes when any question is logged, changed or deleted."""
        return self._changes.count

    @property
    def logs_at_once(self) -> bool:
        """Whether `log` has nothing to wait for."""
        return bool(self._ids) and not self._later.is_failing and not self._later.is_full

    async def log(  # noqa: PLR0913 -- a row of the table
        self, server: int, text: str, at: datetime, reply: Replied, entry: str = "", *, follows: str = ""
    ) -> int:
        """Log a question, and return its id. `server` is 0 for a direct message.

        It is written a moment later, before anything reads it. While the database fails, this raises its error,
        and the question is written once it works again; but not if too many wait, or if no id is reserved.
        """
        rests = self._later.has_just_failed
        if self._later.is_full or (rests and not self._ids):
            raise StoreFailingError(AWAY)
        while not self._ids:
            await self._ids.reserve()
        row = {
            "id": (id_ := self._ids.take()),
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
            "resolved": "",
            "resolved_by": "",
            "follows": follows[:MAX_TEXT],
        }
        self._later.put(row)
        if rests:
            raise StoreFailingError(AWAY)
        if self._later.is_failing:
            await self._later.flush()
        return id_

    async def find(self, id_: int) -> LoggedQuestion | None:
        """The question with this id; None if it was deleted."""
        found = await self._read(questions.c.id == id_)
        return found[0] if found else None

    async def find_all(self, ids: Collection[int]) -> list[LoggedQuestion]:
        """The questions with these ids, without those that were deleted."""
        return await self._read(questions.c.id.in_(ids))

    async def any_asked(self, server: int, since: datetime, until: datetime) -> bool:
        """Whether any question was asked in this server between two moments."""
        these = (questions.c.asked_at.between(since, until), questions.c.server == server)
        return await self._database.scalar(select(questions.c.id).where(*these).limit(1)) is not None

    async def reword(self, id_: int, text: str, reply: Replied) -> bool:
        """Save that a question was edited and got the same kind of reply.

        False if it got another one, or if somebody did something with it: voted, chose, passed it on, resolved it.
        """
        untouched = (questions.c.outcome == "", questions.c.passed.is_(False), questions.c.resolved == "")
        here = questions.update().where(questions.c.id == id_, questions.c.reply == reply, *untouched)
        return await self._database.change(here.values(text=text[:MAX_TEXT])) > 0

    async def take(self, id_: int, passage: str) -> None:
        """Save that a suggestion was pressed. If the reply was an answer, its outcome stays."""
        outcome = case((questions.c.reply == "answer", questions.c.outcome), else_="taken")
        await self._change([id_], taken=passage, outcome=outcome)

    async def found(self, ids: Collection[int], passage: str) -> None:
        """Save that the member who asked these found this passage just after, unless it was the wrong answer."""
        await self._change(ids, questions.c.entry != passage, found=passage)

    async def unfound(self, ids: Collection[int], passage: str) -> None:
        """Take back `found`: the passage was not what they meant."""
        await self._change(ids, questions.c.found == passage, found="")

    async def pass_on(self, id_: int, context: str) -> PassedOn:
        """Pass a question to the moderators; what others added to it stays. '' if it was deleted.

        It is passed on without this member's note if that does not fit beside those of others. Ask first whether
        the lessons have its answer: it becomes open again.
        """
        async with self._database.writing.begin() as connection:
            here = questions.c.id == id_
            before = await connection.scalar(select(questions.c.context).where(here).with_for_update())
            if before is None:
                return ""
            both = BETWEEN_NOTES.join(filter(None, [before, context]))
            fits = len(both) <= MAX_TEXT
            # It becomes open again if it was ignored, or if its answer is no longer in the lessons.
            change = {"passed": True, "context": both if fits else before, "resolved": "", "resolved_by": ""}
            await connection.execute(questions.update().where(here).values(change))
        return "passed" if fits else "without note"

    async def settle(self) -> None:
        """Write what was logged a moment ago, so that `changes` counts it."""
        await self._later.settle()

    # What moderators see

    async def recent_texts(self, limit: int = 1000) -> list[str]:
        """The texts of the last questions, the latest first; a text that was asked twice comes twice."""
        latest = select(questions.c.text).order_by(questions.c.id.desc()).limit(limit)
        return [text for (text,) in await self._database.rows(latest)]

    async def misses(self, chosen_by: datetime, limit: int = LOOKED_AT) -> list[LoggedQuestion]:
        """The questions of all servers without a good answer that are not resolved.

        First those that were passed on, as their members wait for the moderators; of each, the latest first.
        """
        return await self._read(*_unresolved(chosen_by), limit=limit, first=[questions.c.passed.desc()])

    async def misses_among(self, ids: Collection[int], chosen_by: datetime) -> list[LoggedQuestion]:
        """Those of these questions that are misses."""
        return await self._read(*_unresolved(chosen_by), questions.c.id.in_(ids))

    async def ignored_among(self, texts: Collection[str]) -> set[str]:
        """Those of these texts that moderators ignored when they were asked before."""
        before = select(questions.c.text).where(questions.c.resolved == "ignored", questions.c.text.in_(texts))
        return {text for (text,) in await self._database.rows(before)}

    async def picked(self) -> list[LoggedQuestion]:
        """Unresolved questions without a sure answer for which a member chose an entry; the latest first.

        Not those with a text that moderators ignored when it was asked before.
        """
        shown = select(meanings.c.question).where(meanings.c.meant)
        before = questions.alias("before")
        ignored = questions.c.text.in_(select(before.c.text).where(before.c.resolved == "ignored"))
        which = (questions.c.resolved == "", questions.c.id.in_(shown), questions.c.reply != "answer", ~ignored)
        return await self._read(*which, limit=LOOKED_AT)

    async def count_misses(self, chosen_by: datetime) -> int:
        """How many misses there are, without a limit."""
        counted = select(func.count()).select_from(questions).where(*_unresolved(chosen_by))
        return await self._database.scalar(counted) or 0

    async def next_miss(self, chosen_by: datetime) -> datetime | None:
        """When the oldest question was asked that becomes a miss if no suggestion is chosen; None if none does."""
        waiting = select(func.min(questions.c.asked_at)).where(
            questions.c.resolved == "", _is_untaken(), questions.c.asked_at >= chosen_by
        )
        return await self._database.scalar(waiting)

    async def resolve(self, ids: Collection[int], how: Resolution, by: str) -> None:
        """Resolve these unless somebody else did: as ignored, or as answered by `revision/passage`."""
        misses = (questions.c.id.in_(ids), questions.c.resolved == "")
        await self._database.change(questions.update().where(*misses).values(resolved=how, resolved_by=by))

    async def is_resolved_by(self, by: str) -> bool:
        """Whether any question was resolved in this way."""
        these = select(questions.c.id).where(questions.c.resolved_by == by).limit(1)
        return await self._database.scalar(these) is not None

    async def reopen(self, by: str) -> list[int]:
        """Reopen the questions that were ignored under this name; returns their ids."""
        ignored = (questions.c.resolved == "ignored", questions.c.resolved_by == by)
        async with self._database.writing.begin() as connection:
            back = questions.update().where(*ignored).values(resolved="", resolved_by="")
            return list((await connection.execute(back.returning(questions.c.id))).scalars())

    # Deleting

    async def oldest(self) -> datetime | None:
        """When the oldest question in the log was asked; None if the log is empty."""
        return await self._database.scalar(select(func.min(questions.c.asked_at)))

    async def purge(self, older_than: datetime) -> int:
        """Delete the questions asked before that time, with their votes and subscriptions; returns how many."""
        old = questions.delete().where(questions.c.asked_at < older_than)
        return await self._database.delete(old, wholly=True)

    async def _change(self, ids: Collection[int], *which: ColumnElement[bool], **values: object) -> None:
        await self._database.change(questions.update().where(questions.c.id.in_(ids), *which).values(**values))

    async def _read(
        self, *which: ColumnElement[bool], limit: int | None = None, first: Sequence[UnaryExpression[bool]] = ()
    ) -> list[LoggedQuestion]:
        columns = [questions.c[each] for each in LoggedQuestion._fields]
        latest = select(*columns).where(*which).order_by(*first, questions.c.id.desc()).limit(limit)
        return [*map(LoggedQuestion._make, await self._database.rows(latest))]


def passage_of(resolved_by: str) -> str:
    """The passage in `revision/passage`."""
    return resolved_by.rpartition("/")[2]


def is_miss(chosen_by: datetime) -> ColumnElement[bool]:
    """Whether a question was unknown, rated as wrong or passed on, or got suggestions of which none was chosen.

    Suggestions count only if they were offered before `chosen_by`: whoever got them later may still be choosing.
    """
    untaken = _is_untaken() & (questions.c.asked_at < chosen_by)
    return or_(
        questions.c.passed.is_(True),  # whatever came of it
        (questions.c.reply == "unknown") & (questions.c.outcome == ""),
        questions.c.outcome == "not",
        untaken,
    )


def _is_untaken() -> ColumnElement[bool]:
    return (questions.c.reply == "suggestions") & (questions.c.taken == "") & (questions.c.outcome == "")


def _unresolved(chosen_by: datetime) -> tuple[ColumnElement[bool], ...]:
    return questions.c.resolved == "", is_miss(chosen_by)
