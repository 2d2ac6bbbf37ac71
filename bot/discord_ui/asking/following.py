"""An answer follows its question: edited, it changes; deleted, it goes, if nobody replied to it.

Where no lesson answered, the answer comes in place of that once there is one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from bot.dialogue.reply import Answer, Reply, Suggestions, Unknown
from bot.discord_ui.asking.messages import opens_post
from bot.discord_ui.kit.cards import Card
from bot.discord_ui.kit.delivery import end_well, reply_to
from bot.discord_ui.kit.locale import language_for, set_locale_of
from bot.discord_ui.kit.recent import Latest
from bot.discord_ui.kit.requests import begin_request
from bot.language.words import in_locale

if TYPE_CHECKING:
    from bot.discord_ui.client import LessonBot

FOLLOWED_FOR = timedelta(minutes=10)

# What an edited question gets now, None where it would get nothing; and its cards, once the question is logged.
Again = Callable[[str], Awaitable[Reply | None]]
Draw = Callable[[str, Reply], Awaitable[list[Card]]]
# The cards of an answer that lessons have by now to a logged question that they did not answer.
Found = Callable[[Answer], list[Card]]


@dataclass
class Sent:
    """An answer in a channel to somebody's message. Without `again`, it does not follow an edit."""

    answer: list[discord.Message]
    asked: str = ""
    reply: Reply | None = None
    again: Again | None = None
    draw: Draw | None = None
    found: Found | None = None
    is_replied_to: bool = False
    changing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def delete(self) -> None:
        """Take all of it out of the channel."""
        for each in self.answer:
            await each.delete()


class SentAnswers:
    """The last answers in channels. They are not stored: after a restart, older ones stay as they are."""

    def __init__(self, size: int = 1000) -> None:
        self._to: Latest[int, Sent] = Latest(size)
        self._by_answer: Latest[int, Sent] = Latest(size)

    def put(self, question: int, sent: Sent) -> None:
        """Remember the answer to the message with this id."""
        self._to.put(question, sent)
        for each in sent.answer:
            self._by_answer.put(each.id, sent)

    def to(self, question: int) -> Sent | None:
        """The answer to this message."""
        return self._to.get(question)

    def take(self, question: int) -> Sent | None:
        """The same, which is then forgotten."""
        return self._to.pop(question)

    def unanswered(self) -> list[tuple[int, Sent]]:
        """Those that say that no lesson answers, with the id of the message that they reply to."""
        every = self._to.items()
        return [(id_, sent) for id_, sent in every if sent.found and isinstance(sent.reply, Unknown)]

    def of(self, answer: int) -> Sent | None:
        """The answer that this message is a part of."""
        return self._by_answer.get(answer)

    def replied(self, answer: int) -> None:
        """Somebody replied to this message, which may be an answer."""
        if sent := self.of(answer):
            sent.is_replied_to = True


class Following(commands.Cog):
    """Edits and deletions of what was answered."""

    def __init__(self, bot: LessonBot) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        if message.reference and message.reference.message_id and message.author != self.bot.user:
            self.bot.sent.replied(message.reference.message_id)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        message = payload.message
        sent = self.bot.sent.to(message.id)
        # Discord also says "edited" when it adds the preview of a link.
        if sent is None or message.edited_at is None or message.edited_at - message.created_at > FOLLOWED_FOR:
            return
        # Discord may show an edited message without its text, if it no longer mentions the bot.
        is_seen = message.content or self.bot.intents.message_content or opens_post(message)
        if is_seen:
            await self._change(message.id, sent, message.content, message.author.id, message.guild)

    @commands.Cog.listener()
    async def on_thread_update(self, before: discord.Thread, after: discord.Thread) -> None:
        """The title of a post is its question; its first message has its id."""
        sent = self.bot.sent.to(after.id)
        is_late = discord.utils.utcnow() - discord.utils.snowflake_time(after.id) > FOLLOWED_FOR
        if sent is not None and before.name != after.name and not is_late:
            await self._change(after.id, sent, sent.asked, after.owner_id, after.guild)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        await self._gone(payload.message_id)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        for each in payload.message_ids:
            await self._gone(each)

    async def _change(
        self, question: int, sent: Sent, text: str, member: int, server: discord.Guild | None
    ) -> None:
        if sent.again is None or sent.draw is None or self.bot.admission.questions.wait(member) is not None:
            return
        begin_request("edit")
        if server:
            set_locale_of(self.bot.app.servers, server)
        try:
            async with sent.changing:  # edits that follow one another quickly
                sent.asked, before = text, sent.reply
                reply = await sent.again(text)
                if reply is None or (isinstance(reply, Unknown) and reply.nothing_asked):
                    if not sent.is_replied_to:
                        await sent.delete()
                elif signature(reply) != signature(before):
                    sent.reply = reply
                    await _show(self.bot, sent, question, await sent.draw(text, reply))
        except Exception as error:  # discord.py would log it without the graceful ends
            await end_well(error, None)

    async def _gone(self, message: int) -> None:
        sent = self.bot.sent.take(message)
        if sent is None or sent.is_replied_to:
            return
        try:
            await sent.delete()
        except discord.HTTPException as error:
            await end_well(error, None)


async def answer_by_now(bot: LessonBot) -> None:
    """Show answers in place of "No lesson answers that yet" where lessons that changed have them."""
    for question, sent in bot.sent.unanswered():
        server = sent.answer[0].guild
        try:
            async with sent.changing:
                reply = await sent.again(sent.asked) if sent.again else None
                if not isinstance(reply, Answer) or sent.found is None or server is None:
                    continue
                with in_locale(language_for(bot.app.servers, server.id, server.preferred_locale)):
                    cards = sent.found(reply)
                sent.reply = reply
                await _show(bot, sent, question, cards)
        except discord.HTTPException as error:
            await end_well(error, None)


async def _show(bot: LessonBot, sent: Sent, question: int, cards: list[Card]) -> None:
    """In the place of the answer, if both are one message."""
    (message, *more), (card, *further) = sent.answer, cards
    if more or further:
        await sent.delete()
        asked = discord.PartialMessage(channel=message.channel, id=question)
        sent.answer = await reply_to(asked, cards)
        bot.sent.put(question, sent)
    else:
        await message.edit(view=card.view(), attachments=card.files())


def signature(reply: Reply | None) -> tuple[str, ...]:
    """What tells one reply from another."""
    match reply:
        case Answer():
            return ("answer", reply.id)
        case Suggestions():
            return ("suggestions", *(each.id for each in reply.questions))
    return ()
