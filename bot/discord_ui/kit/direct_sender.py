"""A cog that sends what waits in a queue as direct messages, in rounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

import discord
from discord.ext import commands

from bot.discord_ui.kit import direct
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.cards import Card
from bot.discord_ui.kit.direct import Unreachable
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.rounds import Rounds
from bot.outbox import Delivery, MemberQueue, Outbox

Item = TypeVar("Item")


class DirectSender(commands.Cog, Generic[Item]):
    """Sends each item of a queue once to its member. Subclasses say what is sent, and when to look again.

    Members whose direct messages are closed are shown it below the next command that they use.
    """

    def __init__(self, bot: BaseBot, queue: MemberQueue[Item], what: str) -> None:
        self.bot = bot
        self._queue = queue
        self._outbox = Outbox(queue, self)
        self._rounds = Rounds(bot, self._round, what)

    def member(self, item: Item) -> int:
        """Who gets it."""
        raise NotImplementedError

    def nonce(self, item: Item) -> str:
        """The same for each try of one item, so that Discord accepts it once: see `direct.send`."""
        raise NotImplementedError

    async def cards(self, item: Item) -> Sequence[Card] | None:
        """What is sent; None if there is nothing to say any more."""
        raise NotImplementedError

    def is_message_of(self, item: Item, message: discord.Message) -> bool:
        """Whether this message of the bot is the one that was sent for it."""
        raise NotImplementedError

    def after_sending(self) -> None:
        """Called after each round, and after a command that showed what waited."""

    async def _round(self) -> float | None:
        """Subclasses call `_send_waiting`, and return the seconds until the next round, or None to rest."""
        raise NotImplementedError

    async def _send_waiting(self) -> float:
        """Send all that is due; returns the seconds until what could not be sent is tried again."""
        await self._outbox.recover()
        await self._outbox.send(self._queue.claim())
        self.after_sending()
        return self._outbox.seconds_left

    async def cog_load(self) -> None:
        self._rounds.wake()

    async def cog_unload(self) -> None:
        await self._rounds.stop()

    @commands.Cog.listener()
    async def on_shard_ready(self, _shard: int) -> None:
        """Look at once: another process may have ended, which was sending one."""
        self._rounds.wake()

    @commands.Cog.listener()
    async def on_app_command_completion(self, interaction: Interaction, _command: object) -> None:
        """Show what waits here to members whose direct messages are closed."""

        async def show(item: Item) -> Delivery:
            if (cards := await self.cards(item)) is None:
                return Delivery.MISSING
            return await direct.show_here(interaction, cards)

        member = interaction.user.id
        if member in self.bot.kept(Unreachable):
            await self._outbox.send(self._queue.claim(member), by=show)
            self.after_sending()

    # As the outbox's carrier

    async def send(self, item: Item) -> Delivery:
        """Send it as a direct message."""
        if (cards := await self.cards(item)) is None:
            return Delivery.MISSING
        return await direct.send(self.bot, self.member(item), cards, self.nonce(item))

    async def look_for(self, item: Item) -> Delivery:
        """Whether it arrived."""
        return await direct.look_for(self.bot, self.member(item), lambda each: self.is_message_of(item, each))
