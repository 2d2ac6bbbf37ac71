"""The answer to a message that calls the bot, in its place, and how it follows what becomes of the message."""

from __future__ import annotations

from dataclasses import replace

import discord

from bot.asking.asking import Answered, Before
from bot.asking.cleaning import without_markup
from bot.dialogue.reply import Answer, Reply, Unknown
from bot.discord_ui.asking.context import context_of
from bot.discord_ui.asking.messages import (
    card_of,
    files_of,
    is_mentioned_in,
    opens_post,
    post_title,
    read_in,
    replies_to,
    server_of,
    text_files,
)
from bot.discord_ui.asking.reply_cards import CALL_ME, draw, draw_for_all
from bot.discord_ui.asking.sent_answers import SentAnswer, SentAnswers
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.cards import GREY, Card
from bot.discord_ui.kit.channel_lessons import lessons_here
from bot.discord_ui.kit.delivery import reply_to
from bot.language.words import N_, _
from bot.search.words.smalltalk import points_elsewhere

ONLY_TEXT = N_(
    "I can't read pictures or other files, only text. Please type your question, or paste the error message."
)


async def answer_in_place(  # noqa: PLR0913 -- what is known of both
    bot: BaseBot,
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
    sent = await reply_to(message, draw_in_place(bot, answered, message, asked, follows=not by_helper))
    bot.kept(SentAnswers).put(
        message.id, _following(bot, message, asked, answered, before=before, sent=sent, by_helper=by_helper)
    )


def draw_in_place(
    bot: BaseBot, answered: Answered, message: discord.Message, asked: str = "", *, follows: bool
) -> list[Card]:
    """The cards of an answer as it is sent where the message is. `follows`: it will change with the message."""
    reply, member = answered.reply, message.author.id
    if message.guild is None:
        cards = draw(answered, bot, asker=member, private=False)
    else:
        cards = draw_for_all(answered, bot, asker=member, follows=follows)
    if isinstance(reply, Unknown) and _may_be_in_file(reply, message):
        is_all = reply.nothing_asked or points_elsewhere(without_markup(asked))
        return [_with_file_note(each, is_all=is_all, public=message.guild is not None) for each in cards]
    return cards


def _following(  # noqa: PLR0913 -- what is known of both
    bot: BaseBot,
    message: discord.Message,
    asked: str,
    answered: Answered,
    *,
    before: Before | None,
    sent: list[discord.Message],
    by_helper: bool = False,
) -> SentAnswer:
    """What was sent to a message, and how it follows what becomes of that."""
    member, server = message.author.id, server_of(message)
    calls_by_mention = bool(server) and not by_helper and not replies_to(bot.user, message)

    async def again(text: str) -> Reply | None:
        reply = await bot.app.asking.look_up(
            text, title=post_title(message), before=before, lessons=answered.lessons, public=bool(server)
        )
        # Whoever takes the mention out no longer calls the bot, and need not read that it knows nothing.
        is_taken_back = calls_by_mention and not is_mentioned_in(text, bot.user)
        return None if is_taken_back and isinstance(reply, Unknown) else reply

    async def redraw(text: str, reply: Reply) -> list[Card]:
        nonlocal answered
        answered = await bot.app.asking.answer(
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
        return draw_in_place(bot, answered, message, text, follows=not by_helper)

    def found(answer: Answer) -> list[Card]:
        return draw_in_place(bot, replace(answered, reply=answer), message, follows=not by_helper)

    return SentAnswer(sent, asked, answered.reply, again, redraw, found)


async def follow_on(
    bot: BaseBot, message: discord.Message, sent: list[discord.Message], reply: Reply, follows: str
) -> SentAnswer | None:
    """How the answer to a mention, or to a reply to the bot, follows it after a restart; None for others."""
    if follows != "asked" or opens_post(message):
        return None
    server, logged = server_of(message), card_of(sent[-1]).question
    answered = Answered(
        reply,
        bot.app.asking.logged(logged, server) if logged else None,
        lessons_here(bot, server, message.channel),
    )
    asked = await read_in(message)
    before = await context_of(bot, message, without_markup(asked))
    return _following(bot, message, asked, answered, before=before, sent=sent)


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
