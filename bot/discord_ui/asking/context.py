"""What a message goes on from: the card of the bot that it replies to, or what its author asked last."""

from __future__ import annotations

from dataclasses import replace

import discord

from bot.asking.choosing import choice_in
from bot.asking.conversations import Before
from bot.discord_ui.asking.messages import card_of, headline, offered_in, replied_to, server_of
from bot.discord_ui.asking.reply_cards import short
from bot.discord_ui.kit.base_bot import BaseBot
from bot.search.follow_up import goes_on, opens, surely_opens
from bot.search.words.remarks import asks_again, says_not_understood
from bot.search.words.smalltalk import says_it_helped


async def context_of(bot: BaseBot, message: discord.Message, said: str) -> Before | None:
    """The context of a message, which says this: the card that it replies to, or its author's last question.

    Between the two of them, what says little alone; among others, only what can't be about another's message:
    thanks, the number of a suggestion, and what speaks of an answer or begins with "what about".
    """
    asking, replied = bot.app.asking, replied_to(message)
    if replied is not None and replied.author == bot.user:
        card, (offered, asker) = card_of(replied), offered_in(replied)
        passage = card.passage or bot.app.tutor.find(headline(replied)) or ""
        before = replace(await asking.asked_in(card.question, passage), offered=offered)
        # What somebody else chooses does not count for whoever asked.
        return replace(before, question=None) if asker not in {"", short(message.author.id)} else before
    last = asking.last(message.author.id, server_of(message)) if replied is None else None
    if last is None:
        return None
    if last.is_private:  # others must not read what was asked in private, nor its answer
        return last if says_it_helped(said) else None
    may_go_on = goes_on(said) if message.guild is None else _surely_goes_on(last, said)
    return last if may_go_on or says_it_helped(said) or number_chosen(last, said) is not None else None


def number_chosen(before: Before, said: str) -> int | None:
    """The number of the suggestion that a message chooses, 0 for none; None if it chooses among none.

    "4" may be a suggestion that is missing. "What about 64" goes on from the question.
    """
    offered = len(before.offered.questions) if before.offered else 0
    number = choice_in(said, offered) if offered else None
    return None if number and number > offered and opens(said) else number


def _surely_goes_on(last: Before, said: str) -> bool:
    return surely_opens(said) or (bool(last.passage) and (asks_again(said) or says_not_understood(said)))
