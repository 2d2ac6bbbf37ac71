"""Runs the preview's actions one after the other, each with SimCord's clock set to the present."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simcord import Env, Preview

log = logging.getLogger(__name__)


class Turns:
    """Runs the preview's actions one after the other, each with SimCord's clock set to the present.

    SimCord's clock does not run by itself: a member who asked too fast would have to wait forever, and all
    messages would show the same minute. SimCord also refuses actions that overlap, and its page then accepts no
    further presses.
    """

    def __init__(self, env: Env) -> None:
        self._env = env
        self._page: Preview | None = None
        self._lock = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def take(self) -> AsyncIterator[None]:
        """Wait until no other action runs, and set the clock; the block is then the only action."""
        async with self._lock:
            try:
                await catch_up(self._env)
            except TimeoutError as error:  # the bot is busy; the next action sets the clock
                log.warning("the preview clock is behind: %s", error)
            if self._page:
                self._page.capture_time = self._env.now()  # "3 minutes ago" counts from here
            yield

    def lead(self, page: Preview) -> None:
        """Make the presses and messages of people in this page wait for their turn, too."""
        self._page = page
        act = page._action  # SimCord has no hook for it

        # `Any`: the page sends and gets JSON.
        async def in_turn(context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
            async with self.take():
                return await act(context_id, body)

        page._action = in_turn  # type: ignore[method-assign]


async def catch_up(env: Env) -> None:
    """Set SimCord's clock to the present, which runs everything that is due until then."""
    await env.advance_time(max(0.0, time.time() - env.now().timestamp()))
