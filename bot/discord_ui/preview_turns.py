"""One thing at a time in the preview, each at the time that it is now."""

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
    """Lets whatever happens in the preview happen one after the other, at the time of the wall clock.

    SimCord's clock stands still until it is moved: a member who asked too fast would have to wait for ever, and
    each message would show the same minute. And SimCord refuses what overlaps with something else; its page then
    takes no further press.
    """

    def __init__(self, env: Env) -> None:
        self._env = env
        self._page: Preview | None = None
        self._lock = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def take(self) -> AsyncIterator[None]:
        """Wait until nothing else happens, and set the clock."""
        async with self._lock:
            try:
                await catch_up(self._env)
            except TimeoutError as error:  # the bot is busy: the clock is set the next time
                log.warning("the preview clock is behind: %s", error)
            if self._page:
                self._page.capture_time = self._env.now()  # "3 minutes ago" counts from here
            yield

    def lead(self, page: Preview) -> None:
        """Let what people do in this page take its turn, too."""
        self._page = page
        act = page._action  # SimCord has no hook for it

        # `Any`: the page sends and gets JSON.
        async def in_turn(context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
            async with self.take():
                return await act(context_id, body)

        page._action = in_turn  # type: ignore[method-assign]


async def catch_up(env: Env) -> None:
    """Set SimCord's clock to the time that it is now; what is due until then is done."""
    await env.advance_time(max(0.0, time.time() - env.now().timestamp()))
