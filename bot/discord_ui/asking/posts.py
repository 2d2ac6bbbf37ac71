"""New posts in forums that a server chose: answered, offered suggestions, or left to people; once each."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from bot.dialogue.reply import Answer, Reply, Suggestions
from bot.discord_ui.asking.following import Sent
from bot.discord_ui.asking.listening import is_chosen
from bot.discord_ui.asking.messages import opens_post
from bot.discord_ui.asking.reply_cards import draw_for_all
from bot.discord_ui.kit.cards import Card
from bot.discord_ui.kit.channel_lessons import lessons_here
from bot.discord_ui.kit.delivery import end_well, reply_to
from bot.discord_ui.kit.locale import set_locale_of
from bot.discord_ui.kit.recent import Latest, Recent
from bot.discord_ui.kit.requests import begin_request
from bot.language.words import N_, _

if TYPE_CHECKING:
    from bot.discord_ui.client import LessonBot

NOTE = N_("In this forum, I answer new posts when I'm sure.")
NOT_OPEN_YET = 40058  # Discord has told of the post, and does not yet let anybody else write in it
WAITS = (1.0, 2.0, 4.0)  # seconds until the next try


class ForumPosts(commands.Cog):
    """What happens in forums: each new post is answered by its title, unless somebody was faster."""

    def __init__(self, bot: LessonBot) -> None:
        self.bot = bot
        self._seen = Recent()
        # Discord may send the first message of a post before the post.
        self._early: Latest[int, discord.Message] = Latest()
        self._answered: Latest[int, bool] = Latest(1000)  # posts that somebody answered

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        if message.author.bot or message.webhook_id or message.is_system():
            return
        post = message.channel
        if not opens_post(message):
            if isinstance(post, discord.Thread) and message.author.id != post.owner_id:
                self._answered.put(post.id, True)
        elif isinstance(post, discord.Thread):
            await self._hear(message, post)
        else:
            self._early.put(message.id, message)

    @commands.Cog.listener()
    async def on_thread_create(self, post: discord.Thread) -> None:
        if message := self._early.pop(post.id):
            await self._hear(message, post)

    async def _hear(self, message: discord.Message, post: discord.Thread) -> None:
        is_called = self.bot.user in message.mentions
        is_wanted = is_called or is_chosen(post, self.bot.app.servers.of(post.guild.id))
        # Discord sends a message again when a connection is resumed.
        if not is_wanted or not self._seen.is_new(post.id):
            return
        begin_request("post")
        set_locale_of(self.bot.app.servers, post.guild)
        try:
            await self._answer(message, post, is_called=is_called)
        except Exception as error:  # discord.py would log it without the graceful ends
            await end_well(error, None)

    async def _answer(self, message: discord.Message, post: discord.Thread, *, is_called: bool) -> None:
        member = message.author.id
        if self.bot.admission.questions.wait(member) is not None:
            return
        asking, server = self.bot.app.asking, post.guild.id
        note = "" if is_called else _(NOTE)
        lessons = lessons_here(self.bot, server, post)

        async def again(body: str) -> Reply | None:
            reply = await asking.look_up_post(post.name, body, lessons=lessons)
            return reply if is_called or isinstance(reply, Answer | Suggestions) else None

        async def redraw(body: str, reply: Reply) -> list[Card]:
            answered = await asking.answer_post(
                post.name, body, member=member, server=server, reply=reply, lessons=lessons
            )
            return draw_for_all(answered, self.bot, asker=member, unasked=note)

        answered = await asking.answer_post(
            post.name, message.content, member=member, server=server, lessons=lessons
        )
        if not is_called and not isinstance(answered.reply, Answer | Suggestions):
            return
        cards = draw_for_all(answered, self.bot, asker=member, unasked=note)
        if sent := await self._send(message, cards):
            self.bot.sent.put(message.id, Sent(sent, message.content, answered.reply, again, redraw))

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
