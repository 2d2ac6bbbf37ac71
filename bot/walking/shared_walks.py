"""Walkthroughs that a channel does together: everyone picks, and one member changes the step."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.clock import Clock, utc_now
from bot.dialogue.quiz import option_key
from bot.dialogue.steps import PREDICT, QUIZ
from bot.dialogue.walkthrough import Event, Move, Progress, StepView, Walkthrough
from bot.lessons.lesson import Scenario, Solution
from bot.store.shared import SharedWalk
from bot.store.store import Store
from bot.store.walks import StaleError
from bot.tutor import Tutor
from bot.walking.walks import PROGRESS

# A shared walk without a press for this long is deleted.
RETENTION = timedelta(days=90)


@dataclass(frozen=True)
class SharedView:
    """What everyone sees: the step, who changes it, and how many picked what.

    `picks` counts by the solution's id, `answers` by the option's key.
    """

    view: StepView
    starter: int
    picks: Mapping[str, int] = field(default_factory=dict)
    answers: Mapping[str, int] = field(default_factory=dict)
    is_shown: bool = False


def _choices(scenario: Scenario) -> dict[str, str]:
    """What can be chosen now: the id of a solution or the key of an option, and what is stored for it."""
    options = [option_key(scenario.check, each) for each in scenario.check.options] if scenario.check else []
    return {each.id: _stored(each) for each in scenario.solutions} | {key: key for key in options}


def _stored(solution: Solution) -> str:
    """Id and title in short: with another title, it may not be what the members picked."""
    return f"{solution.id}:{hashlib.sha256(solution.title.encode()).hexdigest()[:8]}"


class SharedWalks:
    """Shared walks by the id of their message. Methods return None if there is none, or no longer."""

    def __init__(self, tutor: Tutor, store: Store, clock: Clock = utc_now) -> None:
        self._tutor = tutor
        self._store = store
        self._clock = clock
        # The round that deletes old ones rests while there are none.
        self.wake: Callable[[], None] = lambda: None

    def first(self, scenario: str, starter: int) -> SharedView | None:
        """The first page, before the message is sent."""
        found = self._tutor.scenario(scenario)
        return SharedView(Walkthrough(found).view(Progress()), starter) if found else None

    async def begin(self, message: int, channel: int, starter: int, scenario: str) -> None:
        """Store a shared walk that was sent."""
        stored = PROGRESS.dump_json(Progress()).decode()
        await self._store.shared.save(SharedWalk(message, channel, starter, scenario, stored, 0, self._clock()))
        self.wake()

    async def purge(self) -> bool:
        """Delete those without a press for long, if the clock is steady; returns whether any are left."""
        now = self._clock()
        if await self._store.clock.check(now):
            await self._store.shared.purge(now - RETENTION)
        return not await self._store.shared.is_empty()

    async def page(self, message: int) -> SharedView | None:
        """The page as it is now."""
        found = await self._find(message)
        if found is None:
            return None
        stored, walkthrough = found
        return await self._view(stored, walkthrough, PROGRESS.validate_json(stored.progress))

    async def starter(self, message: int) -> int | None:
        """Who started this shared walk; 0 once they deleted their data."""
        stored = await self._store.shared.find(message)
        return stored.starter if stored else None

    async def turn(self, message: int, at: str, event: Event) -> SharedView | None:
        """The page after this event; a press on a panel whose step `at` is outdated changes nothing."""
        found = await self._find(message)
        if found is None:
            return None
        stored, walkthrough = found
        before = PROGRESS.validate_json(stored.progress)
        after = walkthrough.advance(before, Move.STAY if walkthrough.is_outdated(at, before) else event)
        try:
            progress = PROGRESS.dump_json(after).decode()
            await self._store.shared.save(replace(stored, progress=progress, updated_at=self._clock()))
        except StaleError:
            return await self.page(message)  # somebody else changed the step a moment ago
        return await self._view(stored, walkthrough, after)

    async def choose(self, message: int, learner: int, about: str, choice: str) -> SharedView | None:
        """Count a learner's choice at this step, in place of an earlier one. Returns the page.

        A choice that is no longer in the lesson does not count.
        """
        page = await self.page(message)
        if page and (stored := _choices(page.view.scenario).get(choice)):
            is_saved = await self._store.shared.choose(message, learner, about, stored, self._clock())
            return page if is_saved else None
        return page

    async def end(self, message: int) -> None:
        """Delete the walk and the choices made in it."""
        await self._store.shared.remove(message)

    async def _find(self, message: int) -> tuple[SharedWalk, Walkthrough] | None:
        stored = await self._store.shared.find(message)
        scenario = self._tutor.scenario(stored.scenario) if stored else None
        return (stored, Walkthrough(scenario)) if stored and scenario else None

    async def _view(self, stored: SharedWalk, walkthrough: Walkthrough, progress: Progress) -> SharedView:
        picks = await self._store.shared.count(stored.message, PREDICT)
        # Earlier versions stored the id alone.
        counted = {
            each.id: picks.get(_stored(each), 0) + picks.get(each.id, 0) for each in walkthrough.scenario.solutions
        }
        return SharedView(
            walkthrough.view(progress, str(stored.message)),
            stored.starter,
            {id_: count for id_, count in counted.items() if count},
            await self._store.shared.count(stored.message, QUIZ),
            walkthrough.rebase(progress).shown,
        )
