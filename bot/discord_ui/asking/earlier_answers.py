"""Answers from before the bot started: found again in their channel, by the message or command they answer."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import discord

from bot.dialogue.reply import Reply, Suggestions, Unknown
from bot.discord_ui.kit.delivery import custom_ids, holds
from bot.discord_ui.kit.press import NUMBER, PASSAGE
from bot.discord_ui.kit.refusals import REQUEST_ERRORS, in_words
from bot.tutor import Tutor

log = logging.getLogger(__name__)

LOOKED_AT = 100  # messages after a question, or around an answer, with one request
# Part of the Dismiss buttons of an answer: its question called for it with a mention or a reply, or nobody did. It
# is not there if a helper posted the answer or called for it, or if a suggestion was chosen: an edit leaves these
# as they are.
FOLLOWS = "asked|unasked"
_FOLLOWS = re.compile(rf"lb:dismiss:{NUMBER}:(?P<follows>{FOLLOWS})")
_SUGGESTED = re.compile(rf"lb:(?:suggest|both):(?P<passage>{PASSAGE}):.*")
_ANSWERED = re.compile(rf"lb:wrong:(?P<passage>{PASSAGE})")


@dataclass
class Earlier:
    """The messages of an answer; whether somebody replied, or may have replied, to one of them."""

    answer: list[discord.Message] = field(default_factory=list)
    is_replied_to: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether its last message is there: only that one has more buttons than Dismiss."""
        return any(not each.startswith("lb:dismiss:") for message in self.answer for each in custom_ids(message))

    def is_continued_by(self, message: discord.Message) -> bool:
        """Whether a suggestion was chosen on this answer, and this message is a further one of what was chosen."""
        about = message.interaction_metadata
        return about is not None and about.interacted_message_id in {each.id for each in self.answer}

    @property
    def follows(self) -> str:
        """One of `FOLLOWS`; '' if it cannot be told how this answer follows an edit."""
        found = _named("follows", _FOLLOWS, self.answer) if self.is_whole else []
        return found[0] if found and len(found) == len(self.answer) else ""


async def answers_to(
    questions: Collection[int],
    channel: discord.abc.Messageable,
    me: discord.ClientUser | None,
    gone: Sequence[discord.Message] = (),
) -> dict[int, list[Earlier]]:
    """The answers to these messages of one channel, by the message. One request, however many they are.

    The questions may be deleted: Discord says of an answer what it replied to all the same. `gone` are messages
    of answers that were deleted just now. Without access to the channel, no answer is found.
    """
    read = await _read(channel, after=discord.Object(min(questions)), oldest_first=True)
    found: dict[int, list[Earlier]] = {}
    replied_to: set[int] = set()
    for message in sorted({each.id: each for each in (*read, *gone)}.values(), key=lambda each: each.id):
        answered = (each for answers in found.values() for each in answers)
        continued = next((each for each in answered if each.is_continued_by(message)), None)
        if continued and message.author == me:
            continued.answer.append(message)
            continue
        to = message.reference.message_id if message.reference else None
        if to is None:
            continue
        if message.author == me and to in questions and holds(message, "lb:dismiss:"):
            answers = found.setdefault(to, [])
            if not answers or answers[-1].is_whole:
                answers.append(Earlier())
            answers[-1].answer.append(message)
        else:
            replied_to.add(to)
    for each in (each for answers in found.values() for each in answers):
        # What came after the messages that were read is not known.
        each.is_replied_to = len(read) == LOOKED_AT or not replied_to.isdisjoint(part.id for part in each.answer)
    return found


async def together_with(shown: discord.Message, me: discord.ClientUser | None) -> list[discord.Message]:
    """The messages of a public answer to a command or a press, by one of them.

    All name the same interaction, or the card that was pressed, on which the answer begins.
    """
    if shown.interaction_metadata is None:
        return []
    ids = _shared_ids(shown)
    own = [each for each in await _read(shown.channel, around=shown) if each.author == me]
    return [each for each in own if not ids.isdisjoint(_shared_ids(each)) and holds(each, "lb:dismiss:")]


def _shared_ids(message: discord.Message) -> set[int]:
    """The ids that messages of an answer share: their own, of their interaction, and of what was pressed."""
    about = message.interaction_metadata
    return {message.id, *((about.id, about.interacted_message_id or about.id) if about else ())}


# `Any`: where to read, as discord.py names it.
async def _read(channel: discord.abc.Messageable, **where: Any) -> list[discord.Message]:
    try:
        return [each async for each in channel.history(limit=LOOKED_AT, **where)]
    except REQUEST_ERRORS as error:
        log.info("an answer from before the start could not be looked for: %s", in_words(error))
        return []


def reply_in(answer: Sequence[discord.Message], tutor: Tutor) -> Reply:
    """What an answer shows, read from its buttons."""
    if suggested := _named("passage", _SUGGESTED, answer):
        return Suggestions(tutor.questions(suggested))
    shown = map(tutor.explain, _named("passage", _ANSWERED, answer))
    return next(filter(None, shown), None) or Unknown()


def _named(name: str, pattern: re.Pattern[str], answer: Sequence[discord.Message]) -> list[str]:
    """What the custom_ids of these messages that fit a pattern contain under this name, in order."""
    found = (pattern.fullmatch(each) for message in answer for each in custom_ids(message))
    return [each[name] for each in found if each]
