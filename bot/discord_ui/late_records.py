"""Does what a failing database hindered: records that late, then what follows a publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord.ext import commands

from bot.discord_ui.kit import rounds
from bot.discord_ui.kit.rounds import Rounds

if TYPE_CHECKING:
    from bot.discord_ui.client import LessonBot


class LateRecords(commands.Cog):
    """Tries again, every half a minute while the database fails. It rests while nothing is late."""

    def __init__(self, bot: LessonBot) -> None:
        self.bot = bot
        self._rounds = Rounds(bot, self._record, "what the database did not record")

    def try_soon(self) -> None:
        """Something failed just now: try again in a moment."""
        self._rounds.wake_within(rounds.SOON)

    async def cog_load(self) -> None:
        self.bot.app.curating.ledger.on_late_record = self._rounds.wake

    async def cog_unload(self) -> None:
        self.bot.app.curating.ledger.on_late_record = lambda: None
        await self._rounds.stop()

    async def _record(self) -> None:
        await self.bot.app.curating.reconcile()
        self.bot.app.asking.inbox.wake()
        self.bot.notifications.wake()
        await self.bot.follow_publishing()
