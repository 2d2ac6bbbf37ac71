"""Answers without a mention in channels that a server chose: only if sure, once, and easy to dismiss."""

from __future__ import annotations

from collections.abc import Callable

import discord

from bot.app import Choices
from bot.asking.asking import Answered
from bot.asking.detection import reads_as_question
from bot.dialogue.reply import Answer, Reply
from bot.discord_ui.asking.messages import opens_post
from bot.discord_ui.asking.reply_cards import draw_for_all
from bot.discord_ui.asking.sent_answers import SentAnswer, SentAnswers
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.cards import Card
from bot.discord_ui.kit.channel_lessons import places
from bot.discord_ui.kit.delivery import reply_to
from bot.language.words import N_, _

NOTE = N_("In this channel, I answer on my own when I'm sure.")


def is_chosen(channel: discord.abc.MessageableChannel, chosen: Choices) -> bool:
    """Whether a server chose this channel, or what it belongs to: the channel of a thread, a forum, a category."""
    return not {*chosen.listens_in}.isdisjoint(places(channel))


def is_heard(message: discord.Message, chosen: Choices) -> bool:
    """Whether this message is a question to everybody, in a channel where the bot may answer it.

    Not where somebody answers somebody: a reply is never interrupted, nor is the talk in a forum's post.
    """
    channel = message.channel
    in_post = isinstance(channel, discord.Thread) and isinstance(channel.parent, discord.ForumChannel)
    is_to_all = message.reference is None and not message.mentions and not in_post
    return is_to_all and is_chosen(channel, chosen) and reads_as_question(message.content)


async def answer_unasked(
    bot: BaseBot, message: discord.Message, server: int, wait: Callable[[int], float | None]
) -> None:
    """Answer if the bot is sure, and the member does not have to wait for their next answer."""
    member = message.author.id
    found = await bot.app.asking.answer_if_sure(
        message.content, member=member, server=server, message=message.id, admit=lambda: wait(member) is None
    )
    if found is None:
        return
    reply, logged = found
    sent = await reply_to(message, _draw(Answered(reply, logged), bot, member))
    bot.kept(SentAnswers).put(message.id, _following(bot, message, server, sent, reply))


async def follow_on(
    bot: BaseBot, message: discord.Message, sent: list[discord.Message], reply: Reply, follows: str
) -> SentAnswer | None:
    """How an answer that nobody called for follows its question after a restart; None for others."""
    if message.guild is None or follows != "unasked" or opens_post(message):
        return None
    return _following(bot, message, message.guild.id, sent, reply)


def _draw(answered: Answered, bot: BaseBot, asker: int) -> list[Card]:
    return draw_for_all(answered, bot, asker=asker, unasked=_(NOTE), follows=True)


def _following(
    bot: BaseBot, message: discord.Message, server: int, sent: list[discord.Message], reply: Reply
) -> SentAnswer:
    member, asking = message.author.id, bot.app.asking

    async def again(text: str) -> Reply | None:
        asked = _question_in(text)
        reply = await asking.look_up(asked, public=True) if asked else None
        return reply if isinstance(reply, Answer) else None

    async def redraw(text: str, reply: Reply) -> list[Card]:
        asked = _question_in(text) or text
        answered = await asking.answer(
            asked, member=member, server=server, message=message.id, reply=reply, public=True
        )
        return _draw(answered, bot, member)

    return SentAnswer(sent, message.content, reply, again, redraw)


def _question_in(text: str) -> str | None:
    """The first line that asks: an edit may add "EDIT: solved", an error or private things below the question."""
    return next(filter(reads_as_question, text.splitlines()), None)
