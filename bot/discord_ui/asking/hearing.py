"""A member's question in a message: a mention, a reply, a direct message, or where the bot answers unasked."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import discord
from discord.ext import commands

from bot.asking.asking import Answered, Before
from bot.asking.choosing import choice_in
from bot.asking.cleaning import without_markup
from bot.dialogue.reply import Answer, Reply, Unknown
from bot.discord_ui.asking import going_on, listening
from bot.discord_ui.asking.addressee import is_for_others, is_silent, is_told_to_asker, meant_inquiry
from bot.discord_ui.asking.answer_this import ANSWER_THIS
from bot.discord_ui.asking.answers import GONE
from bot.discord_ui.asking.dismissing import dismissible
from bot.discord_ui.asking.feedback import no_other_answer
from bot.discord_ui.asking.following import Sent, SentAnswers, is_old
from bot.discord_ui.asking.inquiries import is_card_of, was_it_for_them
from bot.discord_ui.asking.messages import (
    card_of,
    files_of,
    headline,
    offered_in,
    opens_post,
    post_title,
    read_in,
    replied_to,
    text_files,
)
from bot.discord_ui.asking.reply_cards import CALL_ME, draw, draw_for_all, short
from bot.discord_ui.asking.short_hints import ShortHints
from bot.discord_ui.kit.admission import slowly
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.cards import GREY, Card, note_card
from bot.discord_ui.kit.channel_lessons import lessons_here
from bot.discord_ui.kit.delivery import end_well, reply_to
from bot.discord_ui.kit.locale import set_locale_of, set_locale_of_member
from bot.discord_ui.kit.pace import Pace, Paces
from bot.discord_ui.kit.recent import Recent
from bot.discord_ui.kit.requests import begin_request
from bot.language.words import N_, _, _n
from bot.search.follow_up import goes_on, surely_opens
from bot.search.words.remarks import asks_again, asks_to_explain
from bot.search.words.smalltalk import points_elsewhere, says_it_helped, small_talk

UNSEEN = N_(
    "I can't see that message. To get an answer that only you see, press and hold the "
    "message (on a computer: right-click it) and choose **Apps → {menu}**."
)
ONLY_TEXT = N_(
    "I can't read pictures or other files, only text. Please type your question, or paste the error message."
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
        self._sent.ways += [self._follow_on, partial(listening.follow_on, self.bot)]

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
        if not (self._seen if is_for_me else self._overheard).is_new(message.id):
            return
        begin_request("message")
        if message.guild:
            set_locale_of(self.app.servers, message.guild)
        else:
            set_locale_of_member(self.bot, message.author.id)
        try:
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

    def _replies_to_me(self, message: discord.Message) -> bool:
        before = replied_to(message)
        return before is not None and before.author == self.bot.user

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
        server = _server(message)
        goes_on_from = await self._before(message, said, before)
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
            self._sent.put(message.id, Sent(await reply_to(message, [was_it_for_them(inquiry)])))
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
            await self._send(message, asked, answered, goes_on_from)
        if inquiry:
            await reply_to(message, [was_it_for_them(inquiry)])

    async def _offer_to_go_on(self, message: discord.Message) -> None:
        """Instead of silence: once in a while, as most replies may be thanks."""
        before = await self._before(message, "", replied_to(message))
        if before and (before.question or before.passage):
            await self._hints.give(message, going_on.offer(before))

    async def _before(self, message: discord.Message, said: str, replied: discord.Message | None) -> Before | None:
        """The context of a message: the card that it replies to, or its author's last question.

        Between the two of them, what says little alone; among others, only what can't be about another's message:
        thanks, the number of a suggestion, and what speaks of an answer or begins with "what about".
        """
        asking = self.app.asking
        if replied is not None and replied.author == self.bot.user:
            card, (offered, asker) = card_of(replied), offered_in(replied)
            passage = card.passage or self.app.tutor.find(headline(replied)) or ""
            before = replace(await asking.asked_in(card.question, passage), offered=offered)
            # What somebody else chooses does not count for whoever asked.
            return replace(before, question=None) if asker not in {"", short(message.author.id)} else before
        last = asking.last(message.author.id, _server(message)) if replied is None else None
        if last is None:
            return None
        if last.is_private:  # others must not read what was asked in private, nor its answer
            return last if says_it_helped(said) else None
        may_go_on = goes_on(said) if message.guild is None else _surely_goes_on(last, said)
        return last if may_go_on or says_it_helped(said) or _chosen(last, said) is not None else None

    async def _chosen_by_number(self, message: discord.Message, said: str, before: Before) -> bool:
        """Show the suggestion whose number a message says, or what to do instead. False if it says no number."""
        number = _chosen(before, said)
        if number is None or before.offered is None:
            return False
        member, server = message.author.id, _server(message)
        if number:
            answered = await self.app.asking.choose(before, number, member=member, server=server)
            if answered:
                cards = self._draw(answered, message, follows=False)
            else:
                note = note_card(_not_there(number, len(before.offered.questions)))
                cards = [dismissible(note, member) if server else note]
        else:
            if before.question and await self.app.asking.is_from(before.question, server):
                await self.app.asking.vote(before.question, member, "", helped=False)
            none = no_other_answer(self.bot, before.question)
            cards = [dismissible(none, member) if server else none]
        self._sent.put(message.id, Sent(await reply_to(message, cards)))
        return True

    async def _thanked(self, message: discord.Message, before: Before) -> bool:
        """Count thanks for an answer as a vote, and react with 👍. False if there is no answer to vote on."""
        if not await self.app.asking.thanked(message.author.id, _server(message), before):
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
        lessons = lessons_here(self.bot, _server(before), before.channel)
        answered = await self.app.asking.answer(
            question,
            member=asker,
            server=_server(before),
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
        await self._send(before, question, answered, by_helper=True)
        return True

    async def _send(
        self,
        message: discord.Message,
        asked: str,
        answered: Answered,
        before: Before | None = None,
        *,
        by_helper: bool = False,
    ) -> None:
        """Answer what a message `asked` in its channel: it called for that, or a helper did.

        The answer follows what becomes of the message.
        """
        sent = await reply_to(message, self._draw(answered, message, asked, follows=not by_helper))
        self._sent.put(message.id, self._following(message, asked, sent, answered, before, by_helper=by_helper))

    def _draw(self, answered: Answered, message: discord.Message, asked: str = "", *, follows: bool) -> list[Card]:
        reply, member = answered.reply, message.author.id
        if message.guild is None:
            cards = draw(answered, self.bot, asker=member, private=False)
        else:
            cards = draw_for_all(answered, self.bot, asker=member, follows=follows)
        if isinstance(reply, Unknown) and _may_be_in_file(reply, message):
            is_all = reply.nothing_asked or points_elsewhere(without_markup(asked))
            return [_with_file_note(each, is_all=is_all, public=message.guild is not None) for each in cards]
        return cards

    def _following(  # noqa: PLR0913 -- what is known of both
        self,
        message: discord.Message,
        asked: str,
        sent: list[discord.Message],
        answered: Answered,
        before: Before | None,
        *,
        by_helper: bool,
    ) -> Sent:
        """What was sent to a message, and how it follows what becomes of that."""
        member, server = message.author.id, _server(message)
        calls_by_mention = bool(server) and not by_helper and not self._replies_to_me(message)

        async def again(text: str) -> Reply | None:
            reply = await self.app.asking.look_up(
                text, title=post_title(message), before=before, lessons=answered.lessons, public=bool(server)
            )
            # Whoever takes the mention out no longer calls the bot, and need not read that it knows nothing.
            is_taken_back = calls_by_mention and not self._is_mentioned_in(text)
            return None if is_taken_back and isinstance(reply, Unknown) else reply

        async def redraw(text: str, reply: Reply) -> list[Card]:
            nonlocal answered
            answered = await self.app.asking.answer(
                text,
                member=member,
                server=server,
                message=message.id,
                title=post_title(message),
                reply=reply,
                before=before,
                lessons=answered.lessons,
                public=bool(server),
                edited=answered.logged,
            )
            return self._draw(answered, message, text, follows=not by_helper)

        def found(answer: Answer) -> list[Card]:
            return self._draw(replace(answered, reply=answer), message, follows=not by_helper)

        return Sent(sent, asked, answered.reply, again, redraw, found)

    async def _follow_on(
        self, message: discord.Message, sent: list[discord.Message], reply: Reply, follows: str
    ) -> Sent | None:
        """How the answer to a mention, or to a reply to the bot, follows it after a restart; None for others."""
        if follows != "asked" or opens_post(message):
            return None
        server, logged = _server(message), card_of(sent[-1]).question
        answered = Answered(
            reply,
            self.app.asking.logged(logged, server) if logged else None,
            lessons_here(self.bot, server, message.channel),
        )
        asked = await read_in(message)
        before = await self._before(message, without_markup(asked), replied_to(message))
        return self._following(message, asked, sent, answered, before, by_helper=False)

    def _is_mentioned_in(self, text: str) -> bool:
        return any(f"<@{mark}{self._me}>" in text for mark in ("", "!"))

    @property
    def _me(self) -> int:
        return self.bot.user.id if self.bot.user else 0


def _may_be_in_file(reply: Unknown, message: discord.Message) -> bool:
    """Whether what a message asks may stand in its file that the bot can't read, such as a screenshot."""
    is_chat = reply.small_talk in {"thanks", "remark"} or reply.wants_person
    return not is_chat and not set(files_of(message)).issubset(text_files(message))


def _with_file_note(card: Card, *, is_all: bool, public: bool) -> Card:
    """A card that also says that files are not read. `is_all`: its own text is not why there is no answer."""
    if is_all:
        note = f"{_(ONLY_TEXT)} {_(CALL_ME)}" if public else _(ONLY_TEXT)
        return replace(card, text=[note], footer="", colour=GREY)
    return replace(card, text=[*card.text, _(ONLY_TEXT)])


def _server(message: discord.Message) -> int:
    return message.guild.id if message.guild else 0


def _surely_goes_on(last: Before, said: str) -> bool:
    return surely_opens(said) or (bool(last.passage) and (asks_again(said) or asks_to_explain(said)))


def _chosen(before: Before, said: str) -> int | None:
    """The number of the suggestion that a message chooses, 0 for none; None if it chooses among none."""
    return choice_in(said, len(before.offered.questions)) if before.offered else None


def _not_there(number: int, offered: int) -> str:
    """Why a number chose nothing: there are fewer suggestions, or the entry was removed since."""
    if number <= offered:
        return _(GONE)
    return _n(
        "There is only one. Type `{count}`, or ask in other words.",
        "Choose 1 to {count}, or ask in other words.",
        offered,
    )
