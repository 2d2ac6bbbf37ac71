"""Runs the preview's actions one after the other, each with SimCord's clock set to the present."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from bot.discord_ui.client import LessonBot
from bot.discord_ui.curating.inbox_sender import InboxSender
from bot.discord_ui.walking.reminders import ReminderSender

if TYPE_CHECKING:
    from simcord import Env, Preview

log = logging.getLogger(__name__)

# What looks at the time again and again, and looks at once when it is loaded. Over days, these looks would take
# a minute: they are left out, and what is due is then sent at the end.
SENDERS = (InboxSender, ReminderSender)
LONG = timedelta(hours=1)
PATIENCE = 60  # seconds for an action; on a busy computer, the review of an edit takes more than SimCord's 5
SOON = 3  # seconds; a timer that ends within these is part of the action


class Turns:
    """Runs the preview's actions one after the other, each with SimCord's clock set to the present.

    SimCord's clock does not run by itself: a member who asked too fast would have to wait forever, and all
    messages would show the same minute. SimCord also refuses actions that overlap, and its page then accepts no
    further presses.
    """

    def __init__(self, env: Env) -> None:
        self._env = env
        wait_patiently(env)
        self._page: Preview | None = None
        self._ahead = timedelta()  # how far SimCord's clock is ahead of the present
        self._lock = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def take(self) -> AsyncIterator[None]:
        """Wait until no other action runs, and set the clock; the block is then the only action."""
        async with self._lock:
            await self._set_clock()
            yield

    async def let_pass(self, time_: timedelta) -> None:
        """Let this time pass at once, inside a turn. The clock stays ahead by it."""
        self._ahead += time_
        await self._set_clock()

    async def _set_clock(self) -> None:
        try:
            await catch_up(self._env, self._ahead)
        except TimeoutError as error:  # the bot is busy; the next action sets the clock
            log.warning("the preview clock is behind: %s", error)
        if self._page:
            self._page.capture_time = self._env.now()  # "3 minutes ago" counts from here

    def lead(self, page: Preview) -> None:
        """Make the presses and messages of people in this page wait for their turn, too."""
        self._page = page
        act = page._action

        # `Any`: the page sends and gets JSON.
        async def in_turn(context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
            async with self.take():
                return await act(context_id, body)

        page._action = in_turn  # type: ignore[method-assign]  # SimCord has no hook for it


def wait_patiently(env: Env) -> None:
    """Let actions take `PATIENCE` seconds, without waiting for timers that end within them.

    SimCord waits for whatever ends before its deadline. With one deadline of a minute, each press in the last
    minute before the bot looks at something again waited for that.
    """
    settle = env._settle_internal
    env.settle_timeout = PATIENCE

    async def settle_in_pieces(
        *,
        timeout: float | None = None,  # noqa: ASYNC109 -- SimCord's name
        idle: float = 0.05,
        dispatch: str | None = None,
        _deadline: float | None = None,
    ) -> None:
        now = asyncio.get_running_loop().time
        end = now() + (timeout or PATIENCE) if _deadline is None else _deadline
        while True:
            try:
                return await settle(idle=idle, dispatch=dispatch, _deadline=min(end, now() + SOON))
            except TimeoutError:  # still busy
                if now() >= end:
                    raise

    env._settle_internal = settle_in_pieces  # type: ignore[method-assign]  # SimCord has no hook for it


async def catch_up(env: Env, ahead: timedelta = timedelta()) -> None:
    """Set SimCord's clock to the present, or ahead of it, and do everything that is due until then."""
    left = max(0.0, time.time() + ahead.total_seconds() - env.now().timestamp())
    if left <= LONG.total_seconds():
        await env.advance_time(left)
        return
    bot = cast(LessonBot, env.bot)
    for each in SENDERS:
        await bot.remove_cog(each.__cog_name__)
    try:
        await env.advance_time(left)
    finally:
        with env._bot_scope():  # so that their timers follow SimCord's clock
            await bot.add_cog(InboxSender(bot, bot.notices))
            await bot.add_cog(ReminderSender(bot))
    await env.settle()
