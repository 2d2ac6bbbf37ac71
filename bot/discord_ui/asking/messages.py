"""Reads messages: the question that a member asks, and the one that the bot answered."""

from __future__ import annotations

import re
from typing import NamedTuple

import discord

from bot.discord_ui.kit.press import NUMBER, PASSAGE, number_in

# The custom_ids below an answer contain its logged question and its entry; below other replies, only the question.
_ANSWERED = re.compile(rf"lb:(?:helped|not):(?P<question>{NUMBER}):(?P<passage>{PASSAGE})")
_ASKED = re.compile(rf"lb:(?:none|pass):(?P<question>{NUMBER})|lb:suggest:{PASSAGE}:\w+:(?P<of>{NUMBER})")


class Card(NamedTuple):
    """The logged question of a card that the bot sent, and the entry that it shows; 0 and '' if there is none."""

    question: int = 0
    passage: str = ""


def card_of(message: discord.Message) -> Card:
    """The question and entry of a message that the bot sent, read from its buttons."""
    rows = (each for each in message.components if isinstance(each, discord.ActionRow))
    ids = [getattr(each, "custom_id", "") or "" for row in rows for each in row.children]
    if found := next(filter(None, map(_ANSWERED.fullmatch, ids)), None):
        return Card(number_in(found["question"]), found["passage"])
    asked = next(filter(None, map(_ASKED.fullmatch, ids)), None)
    return Card(number_in(asked["question"] or asked["of"])) if asked else Card()


def said_in(message: discord.Message) -> str:
    """The text of a message; for a forwarded one, which has no text of its own, the forwarded text."""
    texts = (message.content, *(each.content for each in message.message_snapshots))
    return next((text for text in texts if text.strip()), "")


def replied_to(message: discord.Message) -> discord.Message | None:
    """The message that this one replies to, if Discord sent it along."""
    before = message.reference.resolved if message.reference else None
    return before if isinstance(before, discord.Message) else None


def headline(answered: discord.Message) -> str:
    """The canonical question of an answer that the bot sent: its heading, without "(1/2)"."""
    texts = (
        each for frame in answered.components if isinstance(frame, discord.Container) for each in frame.children
    )
    # A notification has a line above the heading. Cards of earlier versions have "(1 of 2)".
    said = (each.content for each in texts if isinstance(each, discord.TextDisplay))
    found = (re.match(r"## (.+?)(?: \(\d+(?:/| of )\d+\))?$", each) for each in said)
    return next((each.group(1) for each in found if each), "")
