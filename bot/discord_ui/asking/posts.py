"""New posts in forums that a server chose: answered, offered suggestions, or left to people; once each."""

from __future__ import annotations

import asyncio
from functools import partial

import discord
from discord.ext import commands

from bot.asking.asking import Answered
from bot.asking.posts import is_said_unasked
from bot.dialogue.reply import Reply
from bot.discord_ui.asking.following import asks_otherwise
from bot.discord_ui.asking.listening import is_chosen
from bot.discord_ui.asking.messages import card_of, opens_post
from bot.discord_ui.asking.reply_cards import draw_for_all
from bot.discord_ui.asking.sent_answers import SentAnswer, SentAnswers
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.cards import Card
from bot.discord_ui.kit.channel_lessons import lessons_here
from bot.discord_ui.kit.delivery import end_well, reply_to
from bot.discord_ui.kit.locale import set_locale_of
from bot.discord_ui.kit.paces import Paces
from bot.discord_ui.kit.recent import Latest, Recent
from bot.discord_ui.kit.requests import begin_request
from bot.language.words import N_, _

NOTE = N_("In this forum, I answer new posts when I'm sure.")
NOT_OPEN_YET = 40058  # Discord has told of the post, and does not yet let anybody else write in it
WAITS = (1.0, 2.0, 4.0)  # seconds until the next try


class ForumPosts(commands.Cog):
    """What happens in forums: each new post is answered by its title, unless somebody was faster."""

    def __init__(self, bot: BaseBot) -> None:
        self.bot = bot
        self._sent = bot.kept(SentAnswers)
        self._seen = Recent()
        # Discord may send the first message of a post before the post.
        self._early: Latest[int, discord.Message] = Latest()
        self._answered: Latest[int, bool] = Latest(1000)  # posts that somebody answered
        self._left: Latest[int, bool] = Latest(1000)  # posts that the bot left to people

    async def cog_load(self) -> None:
        self._sent.ways.append(self._follow_on)
        self.bot.hear.append(self.hear)

    async def hear(self, message: discord.Message) -> None:
        if message.author.bot or message.webhook_id or message.is_system():
            return
        post = message.channel
        if not opens_post(message):
            if isinstance(post, discord.Thread) and message.author.id != post.owner_id:
                self._answered.put(post.id, True)
        elif isinstance(post, discord.Thread):
            await self._hear_post(message, post)
        else:
            self._early.put(message.id, message)

    @commands.Cog.listener()
    async def on_thread_create(self, post: discord.Thread) -> None:
        if message := self._early.pop(post.id):
            await self._hear_post(message, post)

    async def _hear_post(self, message: discord.Message, post: discord.Thread) -> None:
        # Discord sends a message again when a connection is resumed.
        if self._is_wanted(message, post) and self._seen.is_new(post.id):
            await self._reply(post, message)

    @commands.Cog.listener()
    async def on_thread_update(self, before: discord.Thread, after: discord.Thread) -> None:
        """Another title may be understood better. `Following` knows what the bot answered."""
        if not asks_otherwise(before, after):
            return
        if self._sent.postpones(after.id, partial(self.on_thread_update, before, after)):
            return
        is_left = self._left.pop(after.id) and not self._answered.get(after.id)
        if is_left and is_chosen(after, self.bot.app.servers.of(after.guild.id)):
            await self._reply(after)

    async def _reply(self, post: discord.Thread, message: discord.Message | None = None) -> None:
        begin_request("post")
        set_locale_of(self.bot.app, post.guild)
        try:
            async with self._sent.on_its_way(post.id):
                await self._answer(message or await post.fetch_message(post.id), post)
        except Exception as error:  # discord.py would log it without the graceful ends
            await end_well(error, None)

    def _is_wanted(self, message: discord.Message, post: discord.Thread) -> bool:
        return self._is_called(message) or is_chosen(post, self.bot.app.servers.of(post.guild.id))

    def _is_called(self, message: discord.Message) -> bool:
        return self.bot.user in message.mentions

    async def _answer(self, message: discord.Message, post: discord.Thread) -> None:
        member = message.author.id
        if self.bot.kept(Paces).questions.wait(member) is not None:
            return
        server, is_called = post.guild.id, self._is_called(message)
        answered = await self.bot.app.asking.answer(
            message.content,
            member=member,
            server=server,
            message=message.id,
            title=post.name,
            lessons=lessons_here(self.bot, server, post),
            public=True,
        )
        if not is_called and not is_said_unasked(answered.reply):
            self._left.put(post.id, True)
            return
        if sent := await self._send(message, self._draw(answered, member, is_called)):
            self._sent.put(message.id, self._following(message, post, sent, answered, is_called))

    def _draw(self, answered: Answered, asker: int, is_called: bool) -> list[Card]:
        return draw_for_all(answered, self.bot, asker=asker, unasked="" if is_called else _(NOTE), follows=True)

    def _following(
        self,
        message: discord.Message,
        post: discord.Thread,
        sent: list[discord.Message],
        answered: Answered,
        is_called: bool,
    ) -> SentAnswer:
        """What was sent to a post, and how it follows its title and its first message."""
        asking, server, member = self.bot.app.asking, post.guild.id, message.author.id
        lessons = lessons_here(self.bot, post.guild.id, post)

        async def again(body: str) -> Reply | None:
            reply = await asking.look_up(body, title=post.name, lessons=lessons, public=True)
            return reply if is_called or is_said_unasked(reply) else None

        async def redraw(body: str, reply: Reply) -> list[Card]:
            nonlocal answered
            answered = await asking.answer(
                body,
                member=member,
                server=server,
                message=message.id,
                title=post.name,
                reply=reply,
                lessons=lessons,
                public=True,
                edited=answered.logged,
            )
            return self._draw(answered, member, is_called)

        return SentAnswer(sent, message.content, answered.reply, again, redraw)

    async def _follow_on(
        self, message: discord.Message, sent: list[discord.Message], reply: Reply, follows: str
    ) -> SentAnswer | None:
        """How the answer to a post follows it after a restart; None for other messages."""
        post = message.channel
        if not (opens_post(message) and isinstance(post, discord.Thread)):
            return None
        logged = card_of(sent[-1]).question
        answered = Answered(reply, self.bot.app.asking.logged(logged, post.guild.id) if logged else None)
        return self._following(message, post, sent, answered, is_called=follows == "asked")

    async def _send(self, message: discord.Message, cards: list[Card]) -> list[discord.Message]:
        """Answer, unless somebody has; a post that is not open yet is tried again."""
        for wait in (*WAITS, None):
            if self._answered.get(message.id):
                break
            try:
                return await reply_to(message, cards)
            except discord.HTTPException as error:
                if error.code != NOT_OPEN_YET or wait is None:
                    raise
                await asyncio.sleep(wait)
        return []
