"""Sends notifications of answers as direct messages; once a day, those that could not be sent before."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace as changed
from typing import TYPE_CHECKING

from discord.ext import commands

from bot.asking.asking import Logged
from bot.asking.notifications import Subscription
from bot.discord_ui.asking.answers import draw_answer
from bot.discord_ui.asking.feedback import mark_of
from bot.discord_ui.kit import direct
from bot.discord_ui.kit.cards import Card
from bot.discord_ui.kit.delivery import custom_ids
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.locale import language_of_member
from bot.discord_ui.kit.rounds import Rounds
from bot.language.words import _, in_locale
from bot.outbox import DAY, Delivery, Outbox

if TYPE_CHECKING:
    from bot.discord_ui.client import LessonBot

log = logging.getLogger(__name__)


class NotificationSender(commands.Cog):
    """Once a day, sends the answers that could not be sent yet, and deletes old data.

    It rests while there is no such data.
    """

    def __init__(self, bot: LessonBot) -> None:
        self.bot = bot
        self._queue = bot.app.asking.notifications
        self._outbox = Outbox(self._queue, self)
        self._rounds = Rounds(bot, self._round, "notifications")

    @commands.Cog.listener()
    async def on_shard_ready(self, _shard: int) -> None:
        """Look at once: another process may have ended, which was notifying a member."""
        self._rounds.wake()

    def wake(self) -> None:
        """Send what can be sent now."""
        self._rounds.wake()

    async def notify_of(self, passage: str) -> int:
        """Notify all members who wait for an answer that this passage now gives; returns how many it reached."""
        arrived = await self._outbox.send(self._queue.claim(passage=passage))
        if self._outbox.seconds_left < DAY:  # of hundreds, Discord may refuse some as too many at once
            self._rounds.wake_within(self._outbox.seconds_left)
        return arrived

    async def send(self, item: Subscription) -> Delivery:
        """Send an answer as a direct message."""
        if (cards := await self._cards(item)) is None:
            return Delivery.MISSING
        delivery = await direct.send(self.bot, item.learner, cards, nonce=f"answer-{item.question}")
        if delivery is Delivery.ARRIVED:
            await direct.take_back(self.bot, item.learner, mark_of(item.question))
        return delivery

    async def look_for(self, item: Subscription) -> Delivery:
        """Whether it arrived. An older message about the same question may have a different answer."""
        mark = f"lb:helped:{item.question}:{item.passage}"
        return await direct.look_for(self.bot, item.learner, lambda message: mark in custom_ids(message))

    async def _cards(self, item: Subscription) -> list[Card] | None:
        """The answer's cards, in the member's language, else that of the server; None if the answer is gone."""
        app = self.bot.app
        answer = app.tutor.explain(item.passage)
        if answer is None:
            return None
        with in_locale(await language_of_member(self.bot, item.learner, item.server)):
            note = _("You asked to be notified")
            logged = Logged(item.question)
            first, *more = draw_answer(answer, app.tutor, private=False, note=note, logged=logged)
            news = _("Your question now has an answer.")
            return [changed(first, text=[f"-# {news}", *first.text]), *more]

    @commands.Cog.listener()
    async def on_app_command_completion(self, interaction: Interaction, _command: object) -> None:
        """Show notifications here to members whose direct messages are closed."""

        async def show(item: Subscription) -> Delivery:
            cards = await self._cards(item)
            return await direct.show_here(interaction, cards) if cards else Delivery.MISSING

        member = interaction.user.id
        if member in self.bot.unreachable:
            await self._outbox.send(self._queue.claim(member), by=show)

    async def cog_load(self) -> None:
        # What is new is deleted a day later at the earliest.
        self._wake_by(lambda: self._rounds.wake_within(DAY))
        self._rounds.wake()

    async def cog_unload(self) -> None:
        self._wake_by(lambda: None)
        await self._rounds.stop()

    def _wake_by(self, wake: Callable[[], None]) -> None:
        asking, curating, shared = self.bot.app.asking, self.bot.app.curating, self.bot.app.walking.shared
        asking.wake = curating.drafts.wake = curating.proposals.wake = shared.wake = wake

    async def _round(self) -> float | None:
        is_kept = await self.bot.app.delete_expired()
        await self._outbox.recover()
        await self._outbox.send(self._queue.claim())
        return self._outbox.seconds_left if is_kept else None
