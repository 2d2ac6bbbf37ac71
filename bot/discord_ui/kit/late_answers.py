"""Sends no answer to an interaction once it is too late for it: Discord would refuse it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

import aiohttp
import discord
from aiohttp.connector import Connection
from aiohttp.tracing import Trace

from bot.counting import counts

_ANSWER = re.compile(r"/interactions/(\d+)/[^/]+/callback")
UNKNOWN_INTERACTION = 10062


class AnsweredTooLate(discord.NotFound):
    """An answer that was not sent. It looks like Discord's refusal, so that it is handled in the same way."""

    def __init__(self) -> None:
        # `Any`: discord.py reads only these two of a response.
        response = cast(Any, SimpleNamespace(status=404, reason="Not Found"))
        super().__init__(response, {"code": UNKNOWN_INTERACTION, "message": "Unknown interaction"})


class TimelyConnector(aiohttp.TCPConnector):
    """Gives a connection to each request, but not to an answer that is too late.

    An interaction is begun only if there seems to be time enough. But its process may have been stopped in the
    middle of it, or Discord may have been unwell, so that discord.py tries again later. A `TraceConfig` could look
    at each request, too, but takes five times as long.
    """

    def __init__(self, is_too_late: Callable[[datetime], bool]) -> None:
        """`is_too_late` says it for an interaction that Discord created at this time."""
        super().__init__(limit=0)  # discord.py has limits of its own
        self._is_too_late = is_too_late

    async def connect(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 -- aiohttp's own signature
    ) -> Connection:
        """See aiohttp. Raises `AnsweredTooLate`."""
        found = _ANSWER.search(req.url.path)
        if found and self._is_too_late(discord.utils.snowflake_time(int(found[1]))):
            counts.dropped += 1
            raise AnsweredTooLate
        return await super().connect(req, traces, timeout)
