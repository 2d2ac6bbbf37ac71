"""Sends the answers to interactions, and takes one as sent if Discord says so when it is sent again."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, cast

import aiohttp
import discord
from discord.webhook.async_ import AsyncWebhookAdapter

from bot.discord_ui.kit.silence import Impatient

if TYPE_CHECKING:
    from discord.http import MultipartParameters, Route
    from discord.types.interactions import InteractionCallback

log = logging.getLogger(__name__)

ANSWERED_ALREADY = 40060


class AnswersOnce(AsyncWebhookAdapter):
    """Sends the answers to interactions as discord.py does, which tries again what failed at Discord's side.

    Discord may have taken the first try all the same: it refuses the next one, as this interaction has its answer.
    If the first try is refused, another process has answered: then that is an error, as ever.
    """

    async def create_interaction_response(  # noqa: PLR0913 -- discord.py's own signature
        self,
        interaction_id: int,
        token: str,
        *,
        session: aiohttp.ClientSession,
        proxy: str | None = None,
        proxy_auth: aiohttp.BasicAuth | None = None,
        params: MultipartParameters,
    ) -> InteractionCallback:
        """See discord.py. Of an answer that Discord took at an earlier try, nobody knows which message it is."""
        counting = _Counting(session)
        try:
            return await super().create_interaction_response(
                interaction_id,
                token,
                session=cast(aiohttp.ClientSession, counting),
                proxy=proxy,
                proxy_auth=proxy_auth,
                params=params,
            )
        except discord.HTTPException as error:
            if error.code != ANSWERED_ALREADY or counting.tries == 1:
                raise
            log.info("an answer that Discord seemed to have lost had arrived")
            return {"interaction": {"id": interaction_id, "type": 1}}

    async def request(self, route: Route, session: aiohttp.ClientSession, **named: object) -> object:
        """See discord.py. Nobody waits for minutes."""
        impatient = cast(aiohttp.ClientSession, Impatient(session))
        return await super().request(route, impatient, **named)  # type: ignore[arg-type]  # as it was called


class _Counting:
    """A session that counts its requests."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self.tries = 0

    # `Any`: what a request of aiohttp takes, and the context manager that it is.
    def request(self, *args: Any, **named: Any) -> Any:
        self.tries += 1
        return self._session.request(*args, **named)
