"""Walking: a learner's own walkthroughs, shared ones, and reminders after them."""

from __future__ import annotations

from bot.clock import Clock
from bot.lessons.lesson import Scenario
from bot.store.store import Forgotten, Store
from bot.tutor import Tutor
from bot.walking.figures import Figures, figures
from bot.walking.reminders import Reminders
from bot.walking.shared_walks import SharedView, SharedWalks
from bot.walking.walks import PanelState, SavedWalk, Walks

# Discord and the tests take their types from here, so that they need neither the store nor its modules.
__all__ = ["Forgotten", "PanelState", "SavedWalk", "SharedView", "Walking"]


class Walking:
    """Everything that learners do with walkthroughs."""

    def __init__(self, tutor: Tutor, store: Store, clock: Clock, days: int) -> None:
        """Reminders that cannot be delivered are tried again for `days` days."""
        self._store = store
        self._clock = clock
        self.own = Walks(tutor, store, clock)
        self.shared = SharedWalks(tutor, store, clock)
        self.reminders = Reminders(tutor, store, clock, days)

    async def figures(self, scenario: Scenario) -> Figures:
        """Where learners get stuck in this scenario."""
        return await figures(scenario, self._store, self._clock)
