"""The quiz of a scenario again, days after a walk, for learners who asked for that."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.dialogue.quiz import QuizState, option_key, quiz_state
from bot.language.words import current_locale, in_locale
from bot.lessons.lesson import Scenario
from bot.outbox import MemberQueue
from bot.store.reminders import Reminder
from bot.store.store import Store
from bot.tutor import Tutor

__all__ = ["DAYS", "Recall", "Reminder", "Reminders"]

DAYS = (2, 7)


@dataclass(frozen=True)
class Recall:
    """A reminder: the quiz question, and the language in which the learner asked for it."""

    id: int
    learner: int
    scenario: Scenario
    quiz: QuizState
    walked: datetime
    language: str


class Reminders(MemberQueue[Reminder]):
    """Reminders: who gets one, when, and what they answered. A queue for the outbox."""

    def __init__(self, tutor: Tutor, store: Store, clock: Clock, kept_days: int) -> None:
        self._tutor = tutor
        self._clock_guard = store.clock
        self._kept_days = kept_days
        self._kept = store.reminders
        self._clock = clock

    async def remember(self, learner: int, scenario: str) -> None:
        """Remind this learner after each of `DAYS`, in the current language.

        If they ask again, the days count from now.
        """
        now = self._clock()
        due = {days: now + timedelta(days=days) for days in DAYS}
        await self._kept.remember(learner, scenario, due, current_locale())

    async def stop(self, learner: int, scenario: str) -> int:
        """Delete the reminders of this scenario that were not sent yet; returns how many."""
        return await self._kept.stop(learner, scenario)

    async def is_on(self, learner: int, scenario: str) -> bool:
        """Whether this learner still gets a reminder of this scenario."""
        return await self._kept.pending(learner, scenario) > 0

    async def claim(self, learner: int | None = None) -> AsyncIterator[Reminder]:
        """Claim the reminders that are due, and yield each: at most one for each learner and scenario.

        With a `learner`, only theirs, also those that were postponed.

        After the bot was off for long, the reminders of both days are due at once; only the later one is sent.
        """
        late = await self._kept.due(self._clock(), learner)  # the oldest first
        latest = {(each.learner, each.scenario): each for each in late}
        for each in late:
            if not await self._kept.claim(each.id):
                continue  # stopped, or claimed by another process, a moment ago
            if self.recall(each) is None or latest[each.learner, each.scenario] is not each:
                await self._kept.sent(each.id)  # the quiz is gone from the lesson, or a later one is sent
            else:
                yield each

    async def unfinished(self) -> Sequence[Reminder]:
        """Reminders that were claimed and not confirmed: the bot or the connection died while it sent them."""
        return await self._kept.unfinished()

    async def seconds_left(self) -> float:
        """Seconds until the next reminder is due, at least one; infinity if there is none."""
        due = await self._kept.next_due()
        return max(1.0, (due - self._clock()).total_seconds()) if due else float("inf")

    async def confirm(self, item: Reminder) -> None:
        """Save that it arrived."""
        await self._kept.sent(item.id)

    async def drop(self, item: Reminder) -> None:
        """The account is gone: send it nothing more about this scenario."""
        await self._kept.sent(item.id)
        await self._kept.stop(item.learner, item.scenario)

    async def postpone(self, item: Reminder) -> None:
        """It could not be delivered: try again in a day, for as long as questions are stored."""
        now = self._clock()
        is_over = now - item.due > timedelta(days=self._kept_days)
        if is_over and await self._clock_guard.check(now):
            await self._kept.sent(item.id)
        else:
            await self._kept.put_off(item.id, now + timedelta(days=1))

    async def release(self, item: Reminder) -> None:
        """It did not arrive: send it again."""
        await self._kept.release(item.id)

    async def answer(self, id_: int, learner: int, option: str | None) -> Recall | None:
        """The question after this answer: `option` is the key of an option; None shows the right answer.

        If an author changed the question since it was sent, an old key counts as no answer: the new question is
        shown. None if the reminder is not this learner's or was deleted, or the quiz is gone from the lesson.
        """
        stored = await self._kept.find(id_)
        if stored is None or stored.learner != learner:
            return None
        scenario = self._tutor.scenario(stored.scenario)
        keys = (
            {option_key(scenario.check, each) for each in scenario.check.options}
            if scenario and scenario.check
            else set()
        )
        tried = [each for each in json.loads(stored.tried) if each is None or each in keys]
        if option is None or option in keys:
            tried = [*(each for each in tried if each != option), option]
            await self._kept.set_tried(id_, json.dumps(tried))
        return self.recall(stored, tried)

    def recall(self, stored: Reminder, tried: Sequence[str | None] = ()) -> Recall | None:
        """The question of a reminder after these answers; None if the quiz is gone from the lesson."""
        scenario = self._tutor.scenario(stored.scenario)
        if scenario is None or scenario.check is None:
            return None
        # Another order each time, so that learners do not just remember the place of the right option.
        order = f"{stored.learner}:{stored.days}"
        taken = [
            each.id for key in tried for each in scenario.check.options if option_key(scenario.check, each) == key
        ]
        with in_locale(stored.language):
            asked = quiz_state(scenario.check, taken, shown=None in tried, learner=order)
        walked = stored.due - timedelta(days=stored.days)
        return Recall(stored.id, stored.learner, scenario, asked, walked, stored.language)
