"""Work in the background that is done whenever it is woken, and again after a while; in between it rests."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.refusals import is_no_bug, log_failure

log = logging.getLogger(__name__)

RETRY = 300.0  # seconds until the next try if the work fails
PATIENCE = 0.5  # seconds; a bot has five of these, and four seconds to stop
SOON = 30.0  # seconds, if what failed passes by itself, such as a database that is restarted


class Rounds:
    """Does its work once for any number of calls of `wake`. The work returns the seconds until the next round, or
    None to rest until it is woken."""

    def __init__(self, bot: BaseBot, work: Callable[[], Awaitable[float | None]], what: str) -> None:
        self._bot = bot
        self._work = work
        self._what = what
        self._task: asyncio.Task[None] | None = None
        self._timer: asyncio.Task[None] | None = None
        self._due = 0.0  # when the timer ends, by the event loop's clock
        self._is_wanted = False
        self._is_stopped = False

    @property
    def is_resting(self) -> bool:
        """Whether nothing is done, and nothing will be until it is woken."""
        return (self._task is None or self._task.done()) and self._timer is None

    def wake(self) -> None:
        """Do the work soon, unless this is stopped."""
        if self._is_stopped:
            return
        self._is_wanted = True
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    def wake_within(self, seconds: float) -> None:
        """Do the work after these seconds at the latest."""
        due = asyncio.get_running_loop().time() + seconds
        if self._is_stopped or (self._timer and self._due <= due):
            return
        if self._timer:
            self._timer.cancel()
        self._due = due
        self._timer = asyncio.create_task(self._wake_after(seconds))

    async def stop(self) -> None:
        """Stop for good once the work under way is done, or after `PATIENCE` seconds."""
        self._is_stopped, self._is_wanted = True, False
        if self._timer:
            self._timer.cancel()
        if self._task:
            # If a message is just being sent, the next start would have to find out whether it arrived.
            await asyncio.wait({self._task}, timeout=PATIENCE)
            self._task.cancel()
        await asyncio.gather(*filter(None, (self._task, self._timer)), return_exceptions=True)
        self._task = self._timer = None

    async def _run(self) -> None:
        await self._bot.wait_until_ready()
        again: float | None = None
        while self._is_wanted:
            self._is_wanted = False
            try:
                again = await self._work()
            except Exception as error:  # the database may be back at the next try
                again = SOON if is_no_bug(error) else RETRY
                log_failure(log, f"{self._what} wait for {again:.0f} seconds", error)
        if again is not None:
            self.wake_within(again)

    async def _wake_after(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        self._timer = None  # so that the round that it begins does not cancel it
        self.wake()
