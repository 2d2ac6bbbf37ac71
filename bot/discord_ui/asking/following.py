"""An answer follows its question: edited, it changes; deleted, it goes, if nobody replied to it.

It also goes while an edited message asks nothing, or does not call the bot, and is sent anew if that changes.

Where no lesson answered in a channel, the answer comes in place of that once there is one. There, an answer from
before the bot started, or of another process that answered in that server before, follows its question for ten
minutes, too.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial

import discord
from discord.ext import commands

from bot.asking.cleaning import clean
from bot.asking.posts import is_solved_mark, without_solved_mark
from bot.dialogue.reply import Answer, Reply, Suggestions, Topics, Unknown, UseCommand
from bot.discord_ui.asking.earlier_answers import Earlier, answers_to, reply_in
from bot.discord_ui.asking.messages import opens_post, read_in
from bot.discord_ui.asking.sent_answers import Event, SentAnswer, SentAnswers
from bot.discord_ui.kit.backlog import Backlog
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.cards import Card
from bot.discord_ui.kit.delivery import delete_all, edit, end_well, reply_to
from bot.discord_ui.kit.locale import language_for, set_locale_of, set_locale_of_member
from bot.discord_ui.kit.paces import Paces
from bot.discord_ui.kit.recent import Recent
from bot.discord_ui.kit.refusals import REQUEST_ERRORS, in_words
from bot.discord_ui.kit.requests import begin_request
from bot.language.words import in_locale
from bot.search.words.smalltalk import small_talk

log = logging.getLogger(__name__)

FOLLOWED_FOR = timedelta(minutes=10)


class Following(commands.Cog):
    """Edits and deletions of what was answered."""

    def __init__(self, bot: BaseBot) -> None:
        self.bot = bot
        self._sent = bot.kept(SentAnswers)
        self._looked = Recent()
        self._looking = asyncio.Lock()

    async def cog_load(self) -> None:
        self.bot.hear.append(self.hear)

    async def hear(self, message: discord.Message) -> None:
        if message.reference and message.reference.message_id and message.author != self.bot.user:
            self._sent.replied(message.reference.message_id)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        message = payload.message
        # Discord also says "edited" when it adds the preview of a link, or when somebody pins a message.
        if message.edited_at is None or is_old(message.id):
            return
        if self._sent.postpones(message.id, partial(self.on_raw_message_edit, payload)):
            return
        # Discord may show an edited message without its text, if it no longer mentions the bot.
        if not (message.content or self.bot.intents.message_content or opens_post(message)):
            return
        if sent := self._sent.to(message.id) or await self._earlier(message):
            await self._change(message.id, sent, await read_in(message), message.author.id, message.guild)

    @commands.Cog.listener()
    async def on_thread_update(self, before: discord.Thread, after: discord.Thread) -> None:
        """The title of a post is its question; its first message has its id.

        So has a thread that was made from a message, but its name is not what that message asks.
        """
        if not asks_otherwise(before, after) or not isinstance(after.parent, discord.ForumChannel):
            return
        if self._sent.postpones(after.id, partial(self.on_thread_update, before, after)):
            return
        sent = self._sent.to(after.id)
        if not sent and self._is_earlier(after.id, after.guild.id):
            try:
                sent = await self._earlier(await after.fetch_message(after.id))
            except REQUEST_ERRORS as error:
                log.info("the first message of a post could not be read: %s", in_words(error))
        if sent:
            body = next((each.asked for each in sent if each.again), "")
            await self._change(after.id, sent, body, after.owner_id, after.guild, is_renamed=True)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        await self._gone([payload.message_id], payload.channel_id, payload.guild_id)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        await self._gone(payload.message_ids, payload.channel_id, payload.guild_id)

    def _is_earlier(self, question: int, server: int) -> bool:
        """Whether a message is from the last minutes before this process answered in that server."""
        return _sent_at(question) < self.bot.answers_since(server) and not is_old(question)

    async def _earlier(self, message: discord.Message) -> list[SentAnswer]:
        """The answers that a message got before the start, and from now on how they follow that message.

        It may have asked the bot with a mention that is edited away by now.
        """
        if message.guild is None or message.author.bot or not self._is_earlier(message.id, message.guild.id):
            return []
        async with self._looking:  # edits that follow one another quickly
            if known := self._sent.to(message.id):
                return known
            found = await self._look_for([message.id], message.channel.id, message.guild.id)
            for shown in found:
                sent = await self._as_sent(message, shown)
                sent.is_replied_to = shown.is_replied_to
                self._sent.put(message.id, sent)
            return self._sent.to(message.id)

    async def _as_sent(self, message: discord.Message, shown: Earlier) -> SentAnswer:
        if follows := shown.follows:
            reply = reply_in(shown.answer, self.bot.app.tutor)
            for way in self._sent.ways:
                if sent := await way(message, shown.answer, reply, follows):
                    return sent
        return SentAnswer(shown.answer)  # it stays as it is, and goes with its question

    async def _look_for(self, questions: Collection[int], channel: int, server: int | None) -> list[Earlier]:
        """The answers that these messages got before the start, each looked for once.

        That is a request to Discord, made only for a message that may have been a question to the bot: what
        members write and delete otherwise costs none.
        """
        where, asking = self.bot.get_channel(channel), self.bot.app.asking
        if server is None or not isinstance(where, discord.abc.Messageable):
            return []
        recent = [each for each in questions if self._is_earlier(each, server) and self._looked.is_new(each)]
        asked = [each for each in recent if await asking.any_asked(server, _sent_at(each))]
        if not asked:
            return []
        found = await answers_to(asked, where, self.bot.user)
        return [each for answers in found.values() for each in answers]

    async def _change(  # noqa: PLR0913 -- what changed, whose it is, and where
        self,
        question: int,
        answers: list[SentAnswer],
        text: str,
        member: int,
        server: discord.Guild | None,
        *,
        is_renamed: bool = False,
    ) -> None:
        following = [each for each in answers if each.again]
        if not following or self.bot.kept(Paces).questions.wait(member) is not None:
            return
        begin_request("edit")
        if server:
            set_locale_of(self.bot.app, server)
        else:
            set_locale_of_member(self.bot, member)
        for sent in following:
            try:
                with self.bot.kept(Backlog).one_more(sent.answer[0].channel.id) as has_room:
                    if not has_room:
                        return
                    async with sent.changing:  # edits that follow one another quickly
                        await self._follow(sent, question, text, is_renamed=is_renamed)
            except Exception as error:  # discord.py would log it without the graceful ends
                await end_well(error, None)

    async def _follow(self, sent: SentAnswer, question: int, text: str, *, is_renamed: bool) -> None:
        if sent.again is None or sent.draw is None:
            return
        asks_otherwise = is_renamed or _words(text) != _words(sent.asked)
        sent.asked, before = text, signature(sent.reply)
        reply = await sent.again(text)
        if reply is None or (isinstance(reply, Unknown) and reply.nothing_asked):
            if not sent.is_replied_to:
                await sent.withdraw()
        # Below these, the question can be sent to the moderators: in the words of now, also if they show the same.
        elif (
            sent.is_withdrawn
            or signature(reply) != before
            or (asks_otherwise and isinstance(reply, Unknown | Suggestions))
        ):
            sent.reply = reply
            await _show(self.bot, sent, question, await sent.draw(text, reply))

    async def _gone(self, messages: Collection[int], channel: int, server: int | None) -> None:
        def once_answered(question: int) -> Event:
            return partial(self._gone, [question], channel, server)

        messages = [each for each in messages if not self._sent.postpones(each, once_answered(each))]
        taken = [self._sent.take(each) for each in messages]
        known = [sent for some in taken for sent in some]
        earlier = [] if all(taken) else await self._look_for(messages, channel, server)
        again = [SentAnswer(each.answer, is_replied_to=each.is_replied_to) for each in earlier]
        for sent in (*known, *again):
            if sent.is_replied_to:
                continue
            await sent.delete()


async def answer_by_now(bot: BaseBot) -> None:
    """Show answers in place of "No lesson answers that yet" where lessons that changed have them."""
    for question, sent in bot.kept(SentAnswers).unanswered():
        server = sent.answer[0].guild
        if server is None:  # a direct message
            continue
        try:
            async with sent.changing:
                reply = await sent.again(sent.asked) if sent.again else None
                if not isinstance(reply, Answer) or sent.found is None:
                    continue
                with in_locale(language_for(bot.app, server.id, server.preferred_locale)):
                    cards = sent.found(reply)
                sent.reply = reply
                await _show(bot, sent, question, cards)
        except REQUEST_ERRORS as error:
            await end_well(error, None)


async def _show(bot: BaseBot, sent: SentAnswer, question: int, cards: list[Card]) -> None:
    """In the place of the answer, if both are one message."""
    (message, *more), (card, *further) = sent.answer, cards
    if more or further or sent.is_withdrawn:
        if not sent.is_withdrawn:
            await message.delete()  # fails if somebody took it away: it does not come back
            await delete_all(more)
        asked = discord.PartialMessage(channel=message.channel, id=question)
        sent.answer, sent.is_withdrawn = await reply_to(asked, cards), False
        bot.kept(SentAnswers).put(question, sent)
    else:
        await edit(message, card)


def signature(reply: Reply | None) -> tuple[str, ...]:
    """What tells one reply from another."""
    match reply:
        case Answer():
            return ("answer", reply.id)
        case Suggestions():
            return ("suggestions", *(each.id for each in reply.questions))
        case UseCommand():
            return ("command", reply.command_for)
        case Topics():
            return ("topics",)
    return ()


def _words(text: str) -> str:
    """What tells one question from another, for whoever reads it."""
    return clean(text).casefold().strip(" ?!.")


def _sent_at(message: int) -> datetime:
    return discord.utils.snowflake_time(message)


def is_old(message: int) -> bool:
    """Whether answers no longer follow this message."""
    return discord.utils.utcnow() - _sent_at(message) > FOLLOWED_FOR


def asks_otherwise(before: discord.Thread, after: discord.Thread) -> bool:
    """Whether a post that is still open got a title that asks something else: "SOLVED" and "nvm" ask nothing."""
    asked = without_solved_mark(after.name)
    if after.archived or after.locked or is_old(after.id) or is_solved_mark(asked):
        return False
    return asked != without_solved_mark(before.name) and small_talk(asked) not in {"thanks", "remark"}
