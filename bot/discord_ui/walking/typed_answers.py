"""A letter typed in a direct message answers the quiz of a reminder, like a press of that letter."""

from __future__ import annotations

import string

import discord
from discord.ext import commands

from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.delivery import custom_ids, end_well, reply_to
from bot.discord_ui.kit.paces import Paces
from bot.discord_ui.kit.press import number_in
from bot.discord_ui.kit.recent import Recent
from bot.discord_ui.kit.requests import begin_request
from bot.discord_ui.walking.reminders import Recalled, recall_card
from bot.walking.typed_letter import letter_in

LOOKED_AT = 10  # messages, for the last one of the bot


class TypedAnswers(commands.Cog):
    """Answers the quiz if the bot's last message, or the one that is replied to, is a reminder."""

    def __init__(self, bot: BaseBot) -> None:
        self.bot = bot
        self._seen = Recent()

    async def cog_load(self) -> None:
        self.bot.hear.append(self.hear)

    async def hear(self, message: discord.Message) -> bool:
        """Answer the quiz; False if the message is something else."""
        if message.guild or message.author.bot:
            return False
        letter = letter_in(message.content)
        if letter is None:
            return False
        try:
            return await self._answer(message, string.ascii_lowercase.index(letter))
        except Exception as error:  # discord.py would log it as an error, even if only the member has left
            await end_well(error, None)
            return False

    async def _answer(self, message: discord.Message, place: int) -> bool:
        offered = list(filter(None, map(Recalled.pattern.fullmatch, custom_ids(await self._card(message)))))
        if place >= len(offered) or self.bot.kept(Paces).questions.wait(message.author.id):
            return False  # a question, or too fast for one
        if not self._seen.is_new(message.id):
            return True  # Discord sends a message again when a connection is resumed
        begin_request("message")
        id_, option = number_in(offered[place]["id"]), offered[place]["option"]
        recall = await self.bot.app.walking.reminders.answer(id_, message.author.id, option)
        if recall:
            await reply_to(message, [recall_card(recall)])
        return recall is not None

    async def _card(self, message: discord.Message) -> discord.Message | None:
        """The message of the bot that a direct message replies to, or the last one before it."""
        if message.reference:
            replied = message.reference.resolved
            return replied if isinstance(replied, discord.Message) else None
        before = message.channel.history(limit=LOOKED_AT, before=message)
        return await anext((each async for each in before if each.author == self.bot.user), None)
