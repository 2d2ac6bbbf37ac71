"""Answers from before the bot started: found again in their channel, by the message that they reply to."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import discord

from bot.dialogue.reply import Reply, Suggestions, Unknown
from bot.discord_ui.asking.messages import card_of, headline
from bot.discord_ui.kit.delivery import custom_ids, holds
from bot.discord_ui.kit.press import PASSAGE
from bot.tutor import Tutor

LOOKED_AT = 50  # messages after a question: its answer came within seconds
_SUGGESTED = re.compile(rf"lb:suggest:(?P<passage>{PASSAGE}):.*")


@dataclass(frozen=True)
class Earlier:
    """The messages of an answer; whether somebody replied to one of them."""

    answer: Sequence[discord.Message]
    is_replied_to: bool = False


async def answer_to(
    questions: Collection[int], channel: discord.abc.Messageable, me: discord.ClientUser | None
) -> dict[int, Earlier]:
    """The answers to these messages of one channel, by the message. One request, however many they are.

    They may be deleted: Discord says of an answer what it replied to all the same.
    """
    found: dict[int, list[discord.Message]] = {}
    replied_to: set[int] = set()
    after = discord.Object(min(questions))
    async for message in channel.history(limit=LOOKED_AT, after=after, oldest_first=True):
        to = message.reference.message_id if message.reference else None
        if to is None:
            continue
        if message.author == me and to in questions and holds(message, "lb:dismiss:"):
            found.setdefault(to, []).append(message)
        else:
            replied_to.add(to)
    return {
        question: Earlier(answer, not replied_to.isdisjoint(each.id for each in answer))
        for question, answer in found.items()
    }


def reply_in(answer: Sequence[discord.Message], tutor: Tutor) -> Reply:
    """What an answer shows, read from its buttons and its heading."""
    ids = (_SUGGESTED.fullmatch(each) for message in answer for each in custom_ids(message))
    if suggested := [each["passage"] for each in ids if each]:
        return Suggestions(tutor.questions(suggested))
    last = answer[-1]
    passage = card_of(last).passage or tutor.find(headline(last))
    return (tutor.explain(passage) if passage else None) or Unknown()
