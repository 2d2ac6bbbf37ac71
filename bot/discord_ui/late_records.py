"""Does what a failing database hindered: records that late, then what follows a publish."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from discord.ext import commands

from bot.discord_ui.kit import rounds
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.rounds import Rounds


class LateRecords(commands.Cog):
    """Tries again, every half a minute while the database fails. It rests while nothing is late."""

    def __init__(self, bot: BaseBot, record: Callable[[], Awaitable[None]]) -> None:
        self._ledger = bot.app.curating.ledger
        self._rounds = Rounds(bot, record, "what the database did not record")

    def try_soon(self) -> None:
        """Something failed just now: try again in a moment."""
        self._rounds.wake_within(rounds.SOON)

    async def cog_load(self) -> None:
        self._ledger.on_late_record = self._rounds.wake

    async def cog_unload(self) -> None:
        self._ledger.on_late_record = lambda: None
        await self._rounds.stop()
