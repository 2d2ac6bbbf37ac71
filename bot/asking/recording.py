"""Logs questions with their replies: no answer waits long for that, and none is lost if the database fails."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import TypeVar

from bot.asking.askers import Askers
from bot.asking.cleaning import clean
from bot.asking.pace import Pace
from bot.asking.trail import Trail
from bot.clock import Clock
from bot.dialogue.reply import Answer, Reply, Suggestions, Topics, Unknown, UseCommand
from bot.store.question_log import QuestionLog, Replied
from bot.store.write_behind import FAILURES
from bot.time_left import time_left

# Of one member, so many questions a day are logged, so that a flood of questions cannot hide what others missed.
A_DAY = 200
PATIENCE = 1.0  # seconds that an answer waits for its question to be logged, if it has so much time left

T = TypeVar("T")

log = logging.getLogger(__name__)


class Recorder:
    """Writes to the log what members asked, and what they found."""

    def __init__(self, questions: QuestionLog, trail: Trail, askers: Askers, clock: Clock) -> None:
        self._questions = questions
        self._trail = trail
        self._askers = askers
        self._clock = clock
        self._pace = Pace(A_DAY, 24 * 3600.0)
        # Called for each logged question: the task that deletes old questions rests until there is one.
        self.wake: Callable[[], None] = lambda: None
        self._late: set[asyncio.Task[int]] = set()
        self._is_failing = False

    async def log_in_time(self, server: int, member: int, text: str, reply: Reply, follows: str) -> int | None:
        """Log a question with its reply, and return its id; None if nothing was asked.

        `follows` is the question before it. Also None if the member asked `A_DAY` questions already, or if the
        database fails or is slow: they get the answer all the same.
        """
        asked = clean(text)
        if isinstance(reply, Topics | UseCommand) or (isinstance(reply, Unknown) and reply.nothing_asked):
            return None
        if not asked or self._pace.wait(member) is not None:
            return None
        saving = self._log(server, member, asked, reply, clean(follows))
        if self._questions.logs_at_once and not self._trail.leads_here(member):
            return await saving
        keeping = asyncio.create_task(saving)
        self._late.add(keeping)
        keeping.add_done_callback(self._end)
        done, _ = await asyncio.wait({keeping}, timeout=time_left(PATIENCE))
        return keeping.result() if done and not keeping.exception() else None

    async def reword(self, question: int, text: str, reply: Reply) -> int | None:
        """Change the words of a question that still has no answer; None if it is to be logged anew."""
        if not isinstance(reply, Suggestions | Unknown):
            return None
        kind: Replied = "suggestions" if isinstance(reply, Suggestions) else "unknown"
        return question if await self._questions.reword(question, clean(text), kind) else None

    async def found(self, member: int, passage: str, by: int = 0) -> None:
        """Save that a member found a passage, by the question `by` if there was one: it answers those before."""
        if just_before := self._trail.found(member, self._clock(), by):
            await self._questions.found(just_before, passage)

    async def _log(self, server: int, member: int, text: str, reply: Reply, follows: str) -> int:
        now = self._clock()
        try:
            match reply:
                case Answer():
                    id_ = await self._questions.log(server, text, now, "answer", reply.id, follows=follows)
                    await self.found(member, reply.id, by=id_)
                    return id_
                case Suggestions():
                    id_ = await self._questions.log(server, text, now, "suggestions", follows=follows)
                case Unknown() | Topics() | UseCommand():
                    id_ = await self._questions.log(server, text, now, "unknown", follows=follows)
        finally:
            self.wake()  # also where the database fails: the question may be written later
        self._trail.missed(member, id_, now)
        self._askers.missed(id_, member, now)
        return id_

    def _end(self, keeping: asyncio.Task[int]) -> None:
        self._late.discard(keeping)
        if keeping.cancelled():
            return
        was_failing, error = self._is_failing, keeping.exception()
        self._is_failing = error is not None
        if error and not was_failing:  # one line, however many are asked meanwhile
            log.warning("questions cannot be saved: %s", _without_its_words(error))


async def unless_away(work: Coroutine[object, object, T]) -> T | None:
    """The result of `work`; None if the database fails, so that members still get their answers."""
    try:
        return await work
    except FAILURES as error:
        log.warning("the result of a question could not be saved: %s", _without_its_words(error))
        return None


def _without_its_words(error: BaseException) -> str:
    """The first line of an error; the lines below it could contain a member's question."""
    return str(error).partition("\n")[0]
