"""Whom a message is for: the bot, other people, or the moderators who asked its author something."""

from __future__ import annotations

from datetime import timedelta

import discord

from bot.asking.asking import Asking, Before
from bot.asking.inquiring import Inquiry
from bot.dialogue.reply import Answer, Reply, Unknown
from bot.discord_ui.asking.inquiries import is_card_of
from bot.discord_ui.asking.messages import asker_of, card_of, headline
from bot.search.words.requests import asks_to_explain
from bot.search.words.splitting import opens_as_question
from bot.search.words.wording import words
from bot.tutor import Tutor

MAX_WORDS = 50  # that are read of a message
LATELY = timedelta(days=3)  # in which a direct message that asks nothing may be a reply to the moderators


def asks(said: str) -> bool:
    """Whether a message is worded as a question."""
    return "?" in said or opens_as_question(said)


def is_for_others(message: discord.Message, card: discord.Message, tutor: Tutor) -> bool:
    """Whether a reply to a card of the bot is for people.

    It mentions them, or the card answers nobody: one in the inbox, or of a shared walkthrough.
    """
    if message.raw_mentions or any(not each.is_bot_managed() for each in message.role_mentions):
        return True
    if asker_of(card):
        return False
    # Answers of earlier versions have no *Dismiss*, or only the last message of one has it.
    return not (any(card_of(card)) or tutor.find(headline(card)))


def is_told_to_asker(
    message: discord.Message, said: str, card: discord.Message, before: Before | None, reply: Reply
) -> bool:
    """Whether somebody else tells a member something below their card, and the bot has nothing to add.

    Below an answer or suggestions, it may add more than below a card that had neither.
    """
    if asker_of(card) in {0, message.author.id} or asks(said) or asks_to_explain(words(said, MAX_WORDS)):
        return False
    shows_something = before is not None and (before.passage or before.offered)
    return reply == Unknown() if shows_something else not isinstance(reply, Answer)


def is_silent(reply: Reply, said: str, *, is_public: bool, is_called: bool) -> bool:
    """Whether a message needs no reply: thanks, a remark, and what neither calls the bot nor asks it anything."""
    if not isinstance(reply, Unknown) or not reply.nothing_asked:
        return False
    match reply.small_talk:
        case "thanks":
            return is_public
        case "remark":
            return True
    return not (is_called or asks(said))


async def meant_inquiry(
    asking: Asking, member: int, said: str, reply: Reply, card: discord.Message | None
) -> Inquiry | None:
    """The moderators' question that a direct message answers, or may answer.

    It replies to the `card` of that question; or it may answer one of the last days, as it asks nothing and no
    lesson has an answer to it.
    """
    may_answer = isinstance(reply, Unknown) and not asks(said) and _is_no_chat(asking, member, reply)
    if not (card or may_answer) or (isinstance(reply, Answer) and asks(said)):
        return None
    inquiries = await asking.asked_back(member)
    if meant := [each for each in inquiries if is_card_of(each, card)]:
        return meant[-1]
    lately = [each for each in inquiries if discord.utils.utcnow() - each.asked_at < LATELY]
    return lately[-1] if may_answer and lately else None


def _is_no_chat(asking: Asking, member: int, reply: Unknown) -> bool:
    """Whether a direct message is no small talk. A "yes" is, if the bot has just answered something."""
    last = asking.last(member, 0)
    is_answered = last is not None and bool(last.passage or last.offered)
    return not reply.small_talk or (reply.small_talk == "remark" and not is_answered)
