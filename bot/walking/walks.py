"""Each learner's own walkthroughs: their progress, and what changed since their last visit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter

from bot.clock import Clock, utc_now
from bot.dialogue.steps import FINISH, STORY
from bot.dialogue.walkthrough import (
    ChooseOption,
    Event,
    Jump,
    Move,
    Predict,
    Progress,
    StepChange,
    StepView,
    Walkthrough,
)
from bot.lessons.lesson import Scenario
from bot.store.store import Forgotten, Store
from bot.store.walks import StaleError, Walk
from bot.tutor import Tutor

PROGRESS = TypeAdapter(Progress)


@dataclass(frozen=True)
class PanelState:
    """What a panel shows after a press.

    `changes` are the author's changes since the learner's last visit. `went_on` is true if the press came from an
    outdated panel: the learner had already gone on to this view, so the press moved nothing.
    """

    view: StepView
    changes: tuple[StepChange, ...]
    went_on: bool


@dataclass(frozen=True)
class SavedWalk:
    """A walk in progress: the view that the learner reached, and when."""

    view: StepView
    changes: tuple[StepChange, ...]
    since: datetime

    @property
    def scenario(self) -> Scenario:
        return self.view.scenario

    @property
    def is_finished(self) -> bool:
        return self.view.step.id == FINISH and self.view.is_walked


class Walks:
    """Walks by learner and scenario id. Methods return None if the scenario is no longer in the lessons."""

    def __init__(self, tutor: Tutor, store: Store, clock: Clock = utc_now) -> None:
        self._tutor = tutor
        self._store = store
        self._clock = clock

    async def saved(self, learner: int, scenario: str) -> SavedWalk | None:
        """A learner's saved walk; also None if they have not gone beyond the beginning."""
        found, stored = self._tutor.scenario(scenario), await self._store.walks.find(learner, scenario)
        return self._saved(found, stored) if found and stored else None

    async def begun(self, learner: int) -> list[SavedWalk]:
        """Every walk that a learner began, latest first."""
        stored = await self._store.walks.of(learner)
        with_scenario = ((self._tutor.scenario(each.scenario), each) for each in stored)
        stood = (self._saved(found, each) for found, each in with_scenario if found)
        return [each for each in stood if each]

    async def press(self, learner: int, scenario: str, at: str | None, event: Event) -> PanelState | None:
        """Handle an event from a panel that shows step `at`; None for `at` means wherever the walk is now."""
        while True:
            found = self._tutor.scenario(scenario)
            if found is None:
                return None
            stored = await self._store.walks.find(learner, scenario)
            walkthrough = Walkthrough(found)
            # Without stored progress (the learner deleted it), the panel says where they are.
            before = PROGRESS.validate_json(stored.progress) if stored else Progress(at or STORY)
            is_old = at is not None and walkthrough.is_outdated(at, before)
            taken = Move.STAY if is_old else event
            after = walkthrough.advance(before, taken)
            # The second of two quick presses also comes from an old panel, but the first did what it wanted.
            wanted = walkthrough.advance(replace(before, step=at or STORY), event) if is_old else after
            marks = _marks(walkthrough, before, taken, after)
            if stored is None or after != before:
                stored = _kept(learner, scenario, after, stored.version if stored else 0, self._clock())
                try:
                    await self._store.walks.save(stored, marks)
                except StaleError:
                    continue  # another press was saved first: judge this one again
            view = walkthrough.view(after, str(learner))
            return PanelState(view, walkthrough.changes(before), went_on=wanted.step != after.step)

    async def open(self, learner: int, scenario: str, step: str | None = None) -> PanelState | None:
        """A panel at this step, or where the learner left off; at the story if they never began."""
        return await self.press(learner, scenario, None, Jump(step) if step else Move.STAY)

    async def next_after(self, learner: int, scenario: str) -> Scenario | None:
        """The next scenario, in the order of the lessons, that this learner has not finished."""
        order = [each.id for each in self._tutor.scenarios]
        begin = order.index(scenario) + 1 if scenario in order else 0
        done = {each.scenario.id for each in await self.begun(learner) if each.is_finished} | {scenario}
        following = next((id_ for id_ in (*order[begin:], *order[:begin]) if id_ not in done), None)
        return self._tutor.scenario(following) if following else None

    async def forget(self, learner: int) -> Forgotten:
        """Delete everything stored about a learner's walks. Returns what was deleted."""
        return await self._store.forget_walks(learner)

    def _saved(self, scenario: Scenario, stored: Walk) -> SavedWalk | None:
        progress = PROGRESS.validate_json(stored.progress)
        walkthrough = Walkthrough(scenario)
        view = walkthrough.view(progress, str(stored.learner))
        is_begun = not view.is_first or progress.predicted or progress.tried
        return SavedWalk(view, walkthrough.changes(progress), stored.updated_at) if is_begun else None


def _kept(learner: int, scenario: str, progress: Progress, version: int, now: datetime) -> Walk:
    stored = PROGRESS.dump_json(progress).decode()
    is_finished = progress.step == FINISH and set(progress.walked) <= set(progress.seen)
    return Walk(learner, scenario, stored, progress.step, is_finished, version, now)


def _marks(walkthrough: Walkthrough, before: Progress, event: Event, after: Progress) -> set[tuple[str, str]]:
    """What counts in the figures: the steps reached and left, the solution picked, the option chosen."""
    marks = {("arrived", after.step)}
    order = list(walkthrough.fingerprints)
    here = walkthrough.rebase(before).step
    if order.index(after.step) > order.index(here):
        marks.add(("went-on", here))
    match event:
        case Predict(solution) if solution == after.predicted:
            marks.add(("picked", solution))
        case ChooseOption(option) if option in after.tried:
            marks.add(("chose", option))
    return marks
