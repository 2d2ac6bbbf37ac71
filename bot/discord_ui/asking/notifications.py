"""Sends notifications of answers as direct messages; once a day, those that could not be sent before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace as changed

import discord

from bot.asking.asking import Logged
from bot.asking.notifications import Subscription
from bot.discord_ui.asking.answers import draw_answer
from bot.discord_ui.asking.feedback import mark_of
from bot.discord_ui.kit import direct
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.cards import Card
from bot.discord_ui.kit.delivery import custom_ids
from bot.discord_ui.kit.direct_sender import DirectSender
from bot.discord_ui.kit.locale import language_of_member
from bot.language.words import _, in_locale
from bot.outbox import DAY, Delivery


class NotificationSender(DirectSender[Subscription]):
    """Once a day, sends the answers that could not be sent yet, and deletes old data.

    It rests while there is no such data.
    """

    def __init__(self, bot: BaseBot) -> None:
        self._notifications = bot.app.asking.notifications
        super().__init__(bot, self._notifications, "notifications")

    def wake(self) -> None:
        """Send what can be sent now."""
        self._rounds.wake()

    async def notify_of(self, passage: str) -> int:
        """Notify all members who wait for an answer that this passage now gives; returns how many it reached."""
        arrived = await self._outbox.send(self._notifications.claim(passage=passage))
        if self._outbox.seconds_left < DAY:  # of hundreds, Discord may refuse some as too many at once
            self._rounds.wake_within(self._outbox.seconds_left)
        return arrived

    async def send(self, item: Subscription) -> Delivery:
        """Send an answer; the message that promised it goes."""
        delivery = await super().send(item)
        if delivery is Delivery.ARRIVED:
            await direct.take_back(self.bot, item.learner, mark_of(item.question))
        return delivery

    def member(self, item: Subscription) -> int:
        return item.learner

    def nonce(self, item: Subscription) -> str:
        return f"answer-{item.question}"

    def is_message_of(self, item: Subscription, message: discord.Message) -> bool:
        # An older message about the same question may have a different answer.
        return f"lb:helped:{item.question}:{item.passage}" in custom_ids(message)

    async def cards(self, item: Subscription) -> list[Card] | None:
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

    async def cog_load(self) -> None:
        # What is new is deleted a day later at the earliest.
        self._wake_by(lambda: self._rounds.wake_within(DAY))
        await super().cog_load()

    async def cog_unload(self) -> None:
        self._wake_by(lambda: None)
        await super().cog_unload()

    def _wake_by(self, wake: Callable[[], None]) -> None:
        asking, curating, shared = self.bot.app.asking, self.bot.app.curating, self.bot.app.walking.shared
        asking.recorder.wake = curating.drafts.wake = curating.proposals.wake = shared.wake = wake

    async def _round(self) -> float | None:
        is_kept = await self.bot.app.delete_expired()
        seconds = await self._send_waiting()
        return seconds if is_kept else None
