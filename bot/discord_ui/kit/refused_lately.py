"""Does not ask Discord again and again for what it does not permit: too many refusals, and it serves nobody.

After 10,000 refused requests in ten minutes, Discord blocks the machine's address, for all servers. Members who
call the bot where it may not write, or press its buttons where it may not look, could do that on purpose.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

import discord
from discord.http import Route

from bot.discord_ui.kit.recent import Latest
from bot.discord_ui.kit.silence import TIMEOUT

NOT_PERMITTED = {50001, 50013}  # it may not see the channel, or not do this there
MOST, SECONDS = 5, 60.0  # so many refusals of one kind in so many seconds

Request = Callable[..., Awaitable[object]]


@dataclass
class _Refused:
    """What Discord refused, how often, and since when."""

    error: Callable[[], discord.Forbidden]  # makes the same one anew
    since: float
    times: int = 0


class RefusedLately:
    """Sends requests, but none of a kind that Discord has just refused several times in the same channel."""

    def __init__(self, request: Request) -> None:
        self._request = request
        # By method, path and channel.
        self._refused: Latest[tuple[str, str, object], _Refused] = Latest(1000)

    async def __call__(self, route: Route, **more: object) -> object:
        kind = route.method, route.path, route.channel_id
        known, now = self._refused.get(kind), time.monotonic()
        if known and now - known.since > SECONDS:
            self._refused.pop(kind)
        elif known and known.times >= MOST:
            raise known.error()
        try:
            return await self._request(route, timeout=TIMEOUT, **more)
        except discord.Forbidden as error:
            if route.channel_id and error.code in NOT_PERMITTED:
                told = {"code": error.code, "message": error.text}
                again = partial(discord.Forbidden, error.response, told)
                known = self._refused.get(kind) or _Refused(again, now)
                known.times += 1
                self._refused.put(kind, known)
            raise
