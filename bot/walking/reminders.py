"""The check once more, days after a walk, for whoever asked for it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.dialogue.quiz import QuizState, option_key, quiz_state
from bot.language.words import current_locale, in_locale
from bot.lessons.lesson import Scenario
from bot.store.reminders import Reminder
from bot.store.store import Store
from bot.tutor import Tutor
from bot.walking.walks import Clock

__all__ = ["DAYS", "Recall", "Reminder", "Reminders"]

DAYS = (2, 7)


@dataclass(frozen=True)
class Recall:
    """A reminder with the question it asks, in the language in which it was asked for."""

    id: int
    learner: int
    scenario: Scenario
    quiz: QuizState
    walked: datetime
    language: str


class Reminders:
    """Who is asked again, when, and what they answered."""

    def __init__(
        self, tutor: Tutor, store: Store, clock: Clock = lambda: datetime.now(UTC), kept_days: int = 90
    ) -> None:
        self._tutor = tutor
        self._clock_guard = store.clock
        self._kept_days = kept_days
        self._kept = store.reminders
        self._clock = clock

    async def remember(self, learner: int, scenario: str) -> None:
        """Ask this learner after each of `DAYS`, in the language that is spoken now.

        Asking for it again counts from now.
        """
        now = self._clock()
        due = {days: now + timedelta(days=days) for days in DAYS}
        await self._kept.remember(learner, scenario, due, current_locale())

    async def stop(self, learner: int, scenario: str) -> int:
        """How many were still to come, and will not."""
        return await self._kept.stop(learner, scenario)

    async def is_on(self, learner: int, scenario: str) -> bool:
        """Whether this learner will still be asked."""
        return await self._kept.pending(learner, scenario) > 0

    async def claim(self, learner: int | None = None) -> AsyncIterator[Reminder]:
        """What is to be asked now, one question a learner and scenario, claimed one by one.

        Of one `learner` also what was postponed.

        After a long stop the reminders of both days are due at once: the later one is enough.
        """
        latest: dict[tuple[int, str], Reminder] = {}
        late = await self._kept.due(self._clock(), learner)
        for each in sorted(late, key=lambda reminder: reminder.days):
            latest[each.learner, each.scenario] = each
        for each in late:
            if not await self._kept.claim(each.id):
                continue  # stopped, or taken by another process, a moment ago
            if self.recall(each) is None or latest[each.learner, each.scenario] is not each:
                await self._kept.sent(each.id)  # the check is gone from the lesson, or the later one asks
            else:
                yield each

    async def unfinished(self) -> Sequence[Reminder]:
        """What was claimed and never reported: the bot died, or the connection did, while sending."""
        return await self._kept.unfinished()

    async def seconds_left(self) -> float:
        """Until the next one is due; at least one."""
        due = await self._kept.next_due()
        return max(1.0, (due - self._clock()).total_seconds()) if due else float("inf")

    async def confirm(self, item: Reminder) -> None:
        """It arrived."""
        await self._kept.sent(item.id)

    async def drop(self, item: Reminder) -> None:
        """The account is gone: nothing more for it."""
        await self._kept.sent(item.id)
        await self._kept.stop(item.learner, item.scenario)

    async def postpone(self, item: Reminder) -> None:
        """It could not be delivered: to be tried again in a day, as long as what members ask is kept."""
        now = self._clock()
        is_over = now - item.due > timedelta(days=self._kept_days)
        if is_over and await self._clock_guard.check(now):
            await self._kept.sent(item.id)
        else:
            await self._kept.put_off(item.id, now + timedelta(days=1))

    async def release(self, item: Reminder) -> None:
        """It did not arrive; to be sent again."""
        await self._kept.release(item.id)

    async def answer(self, id_: int, learner: int, option: str | None) -> Recall | None:
        """The question after this try, an option by its key; None for the option shows the answer.

        A key of what was asked before an author changed it tries nothing: the question of now is shown.
        None if it is not this learner's, was deleted, or its check is gone from the lesson.
        """
        kept = await self._kept.find(id_)
        if kept is None or kept.learner != learner:
            return None
        scenario = self._tutor.scenario(kept.scenario)
        keys = (
            {option_key(scenario.check, each) for each in scenario.check.options}
            if scenario and scenario.check
            else set()
        )
        tried = [each for each in json.loads(kept.tried) if each is None or each in keys]
        if option is None or option in keys:
            tried = [*(each for each in tried if each != option), option]
            await self._kept.set_tried(id_, json.dumps(tried))
        return self.recall(kept, tried)

    def recall(self, kept: Reminder, tried: Sequence[str | None] = ()) -> Recall | None:
        """The question that a reminder asks, after these tries; None if its check is gone from the lesson."""
        scenario = self._tutor.scenario(kept.scenario)
        if scenario is None or scenario.check is None:
            return None
        # Another order each time: the place of the right option is not what should be remembered.
        order = f"{kept.learner}:{kept.days}"
        taken = [
            each.id for key in tried for each in scenario.check.options if option_key(scenario.check, each) == key
        ]
        with in_locale(kept.language):
            asked = quiz_state(scenario.check, taken, shown=None in tried, learner=order)
        walked = kept.due - timedelta(days=kept.days)
        return Recall(kept.id, kept.learner, scenario, asked, walked, kept.language)
