"""A member's question in a message: a mention, a reply, a direct message, or where the bot answers unasked."""

from __future__ import annotations

from functools import partial

import discord
from discord.ext import commands

from bot.asking.asking import Before
from bot.asking.cleaning import without_markup
from bot.asking.pace import Pace
from bot.dialogue.reply import Answer, Unknown
from bot.discord_ui.asking import going_on, listening, message_answers
from bot.discord_ui.asking.addressee import is_for_others, is_silent, is_told_to_asker, meant_inquiry
from bot.discord_ui.asking.answer_this import ANSWER_THIS
from bot.discord_ui.asking.answers import GONE
from bot.discord_ui.asking.context import context_of, number_chosen
from bot.discord_ui.asking.dismissing import dismissible
from bot.discord_ui.asking.feedback import no_other_answer
from bot.discord_ui.asking.following import is_old
from bot.discord_ui.asking.inquiries import is_card_of, was_it_for_them
from bot.discord_ui.asking.message_answers import answer_in_place, draw_in_place
from bot.discord_ui.asking.messages import (
    opens_post,
    post_title,
    read_in,
    replied_to,
    server_of,
)
from bot.discord_ui.asking.sent_answers import SentAnswer, SentAnswers
from bot.discord_ui.asking.short_hints import ShortHints
from bot.discord_ui.kit.admission import slowly
from bot.discord_ui.kit.backlog import Backlog
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.cards import Card, note_card
from bot.discord_ui.kit.channel_lessons import lessons_here
from bot.discord_ui.kit.delivery import end_well, reply_to
from bot.discord_ui.kit.locale import set_locale_of, set_locale_of_member
from bot.discord_ui.kit.paces import Paces
from bot.discord_ui.kit.recent import Recent
from bot.discord_ui.kit.requests import begin_request
from bot.language.words import N_, _, _n
from bot.search.words.smalltalk import points_elsewhere, says_it_helped, small_talk

UNSEEN = N_(
    "I can't see that message. To get an answer that only you see, press and hold the "
    "message (on a computer: right-click it) and choose **Apps → {menu}**."
)
HEARD = "👍"


class Hearing(commands.Cog):
    """Answers messages that are for the bot, and questions that it may answer without a mention."""

    def __init__(self, bot: BaseBot) -> None:
        self.bot = bot
        self._sent = bot.kept(SentAnswers)
        self.app = bot.app
        # A message that was only overheard can call the bot later, by an edit.
        self._seen, self._overheard = Recent(), Recent()
        self._pace: Pace = bot.kept(Paces).questions
        self._hints = ShortHints(bot)

    async def cog_load(self) -> None:
        self.bot.hear.append(self.hear)
        await self._hints.begin()
        self._sent.ways += [partial(each.follow_on, self.bot) for each in (message_answers, listening)]

    async def cog_unload(self) -> None:
        await self._hints.end()

    async def hear(self, message: discord.Message) -> None:
        if opens_post(message):
            return  # `ForumPosts` answers it
        # Discord sends a message again when a connection is resumed.
        is_for_me, is_heard = self._is_for_me(message), self._is_heard(message)
        is_hidden = not self.bot.intents.message_content and going_on.is_without_text(message, self.bot.user)
        if not (is_for_me or is_heard or is_hidden):
            return
        known = self._seen if is_for_me else self._overheard
        if not known.is_new(message.id):
            return
        begin_request("message")
        if message.guild:
            set_locale_of(self.app, message.guild)
        else:
            set_locale_of_member(self.bot, message.author.id)
        try:
            with self.bot.kept(Backlog).one_more(message.channel.id) as has_room:
                if not has_room:
                    known.forget(message.id)  # an edit can ask once more
                    return
                async with self._sent.on_its_way(message.id):
                    if is_hidden:
                        await self._offer_to_go_on(message)
                    elif is_for_me:
                        await self._reply(message)
                    elif message.guild:
                        await listening.answer_unasked(self.bot, message, message.guild.id, self._pace.wait)
        except Exception as error:  # discord.py would log it as an error, even if only the member has left
            await end_well(error, None)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Whoever forgot to mention the bot can add that. `Following` knows what the bot answered."""
        message = payload.message
        if message.guild is None or message.edited_at is None or self.bot.user not in message.mentions:
            return
        if self._sent.to(message.id):
            return
        # It may have had the mention, and an answer, before the start.
        if not is_old(message.id) and message.created_at >= self.bot.answers_since(message.guild.id):
            await self.hear(message)

    def _is_for_me(self, message: discord.Message) -> bool:
        if message.author.bot or message.webhook_id or message.is_system():
            return False
        if message.guild is None:
            return True
        before, is_notified = replied_to(message), self.bot.user in message.mentions
        # Discord also calls it a mention if a reply notifies whom it replies to.
        if before is None or before.author != self.bot.user or self._me in message.raw_mentions:
            return is_notified
        # Without its text, there is nothing to answer.
        return (is_notified or bool(message.content)) and not is_for_others(message, before, self.app.tutor)

    def _is_heard(self, message: discord.Message) -> bool:
        """Whether it is a question in a channel where the bot answers without a mention."""
        if message.guild is None or message.author.bot or message.webhook_id or message.is_system():
            return False
        return listening.is_heard(message, self.app.servers.of(message.guild.id))

    async def _reply(self, message: discord.Message) -> None:
        member = message.author.id
        if wait := self._pace.wait(member):
            # One line for a whole flood of messages, and none if nobody waits for a reply.
            if small_talk(without_markup(message.content)) is None and self._pace.is_to_be_told(member):
                note = Card([slowly(wait)])
                await reply_to(message, [dismissible(note, member) if message.guild else note])
            return
        asked = await read_in(message)
        said = without_markup(asked)
        before = replied_to(message)
        is_called = self._me in message.raw_mentions
        if before and is_called and points_elsewhere(said):
            async with self._sent.on_its_way(before.id):
                if await self._answer_another(message, said, before):
                    return
        server = server_of(message)
        goes_on_from = await context_of(self.bot, message, said)
        if goes_on_from and says_it_helped(said) and await self._thanked(message, goes_on_from):
            return
        if goes_on_from and await self._chosen_by_number(message, said, goes_on_from):
            return
        lessons = lessons_here(self.bot, server, message.channel)
        reply = await self.app.asking.look_up(asked, before=goes_on_from, lessons=lessons, public=bool(server))
        if before and not is_called and is_told_to_asker(message, said, before, goes_on_from, reply):
            return
        inquiry = None if server else await meant_inquiry(self.app.asking, member, said, reply, before)
        if inquiry and is_card_of(inquiry, before):
            self._sent.put(message.id, SentAnswer(await reply_to(message, [was_it_for_them(inquiry)])))
            return
        answered = await self.app.asking.answer(
            asked,
            member=member,
            server=server,
            message=message.id,
            reply=reply,
            before=goes_on_from,
            lessons=lessons,
            public=bool(server),
        )
        if not is_silent(answered.reply, said, is_public=bool(server), is_called=is_called or before is None):
            await answer_in_place(self.bot, message, asked, answered, goes_on_from)
        if inquiry:
            await reply_to(message, [was_it_for_them(inquiry)])

    async def _offer_to_go_on(self, message: discord.Message) -> None:
        """Instead of silence: once in a while, as most replies may be thanks."""
        before = await context_of(self.bot, message, "")
        if before and (before.question or before.passage):
            await self._hints.give(message, going_on.offer(before))

    async def _chosen_by_number(self, message: discord.Message, said: str, before: Before) -> bool:
        """Show the suggestion whose number a message says, or what to do instead. False if it says no number."""
        number = number_chosen(before, said)
        if number is None or before.offered is None:
            return False
        member, server = message.author.id, server_of(message)
        if number:
            answered = await self.app.asking.choose(before, number, member=member, server=server)
            if answered:
                cards = draw_in_place(self.bot, answered, message, follows=False)
            else:
                note = note_card(_not_there(number, len(before.offered.questions)))
                cards = [dismissible(note, member) if server else note]
        else:
            if before.question and await self.app.asking.is_from(before.question, server):
                await self.app.asking.vote(before.question, member, "", helped=False)
            none = no_other_answer(self.bot, before.question)
            cards = [dismissible(none, member) if server else none]
        self._sent.put(message.id, SentAnswer(await reply_to(message, cards)))
        return True

    async def _thanked(self, message: discord.Message, before: Before) -> bool:
        """Count thanks for an answer as a vote, and react with 👍. False if there is no answer to vote on."""
        if not await self.app.asking.thanked(message.author.id, server_of(message), before):
            return False
        if message.guild is None or message.channel.permissions_for(message.guild.me).add_reactions:
            await message.add_reaction(HEARD)
        return True

    async def _answer_another(self, message: discord.Message, said: str, before: discord.Message) -> bool:
        """Answer the message that a helper replied to. If Discord does not show its text, explain what to do.

        False if that message has no question, or if what the helper `said` is itself a question.
        """
        if before.author == self.bot.user:
            return False
        await self.app.tutor.understand(said)
        if isinstance(self.app.tutor.answer(said), Answer):
            return False
        question, title = await read_in(before), post_title(before)
        if not (question or title) and not self.bot.intents.message_content:
            await self._hints.give(message, note_card(_(UNSEEN, menu=_(ANSWER_THIS))))
            return True
        asker = before.author.id  # the member who may choose a suggestion
        lessons = lessons_here(self.bot, server_of(before), before.channel)
        answered = await self.app.asking.answer(
            question,
            member=asker,
            server=server_of(before),
            message=before.id,
            title=title,
            lessons=lessons,
            public=True,
        )
        if isinstance(answered.reply, Unknown):
            if answered.reply.nothing_asked:
                return False
            if any(isinstance(each.reply, Unknown) for each in self._sent.to(before.id)):
                return True  # everybody sees below the question that no lesson answers it
        await answer_in_place(self.bot, before, question, answered, by_helper=True)
        return True

    @property
    def _me(self) -> int:
        return self.bot.user.id if self.bot.user else 0


def _not_there(number: int, offered: int) -> str:
    """Why a number chose nothing: there are fewer suggestions, or the entry was removed since."""
    if number <= offered:
        return _(GONE)
    return _n(
        "There is only one. Type `{count}`, or ask in other words.",
        "Choose 1 to {count}, or ask in other words.",
        offered,
    )
