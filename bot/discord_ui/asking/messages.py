"""Reads messages: the question that a member asks, and the one that the bot answered."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Iterator
from typing import NamedTuple

import discord

from bot.asking.cleaning import LINK, without_markup
from bot.asking.posts import MAX_BODY
from bot.dialogue.reply import Question, Suggestions
from bot.dialogue.titles import title_in
from bot.discord_ui.kit.command_mentions import as_written
from bot.discord_ui.kit.delivery import custom_ids
from bot.discord_ui.kit.press import NUMBER, PASSAGE, number_in
from bot.discord_ui.kit.refusals import REQUEST_ERRORS, in_words

log = logging.getLogger(__name__)


MAX_FILE = 100_000  # bytes; Discord turns a text that is too long for a message into a file
READING = 10.0  # seconds
Part = discord.Message | discord.MessageSnapshot

# The custom_ids below an answer contain its logged question and its entry; below other replies, only the question.
_ANSWERED = re.compile(rf"lb:(?:helped|not):(?P<question>{NUMBER}):(?P<passage>{PASSAGE})")
_ASKED = re.compile(rf"lb:(?:none|pass):(?P<question>{NUMBER})|lb:(?:suggest|both):{PASSAGE}:\w+:(?P<of>{NUMBER})")
_OFFERED = re.compile(rf"lb:(?P<kind>suggest|both):(?P<passage>{PASSAGE}):(?P<member>\w+)(?::{NUMBER})?")
_DISMISSED_BY = re.compile(rf"lb:dismiss:(?P<asker>{NUMBER})(?::\w+)?")


class CardRef(NamedTuple):
    """The logged question of a card that the bot sent, and the entry that it shows; 0 and '' if there is none."""

    question: int = 0
    passage: str = ""


def card_of(message: discord.Message) -> CardRef:
    """The question and entry of a message that the bot sent, read from its buttons."""
    ids = list(custom_ids(message))
    if found := next(filter(None, map(_ANSWERED.fullmatch, ids)), None):
        return CardRef(number_in(found["question"]), found["passage"])
    asked = next(filter(None, map(_ASKED.fullmatch, ids)), None)
    return CardRef(number_in(asked["question"] or asked["of"])) if asked else CardRef()


def offered_in(message: discord.Message) -> tuple[Suggestions | None, str]:
    """The suggestions of a message that the bot sent, in order, and the short id of the member who asked."""
    found = [offered for offered in map(_OFFERED.fullmatch, custom_ids(message)) if offered]
    if not found:
        return None, ""
    # An entry that was deleted since keeps its number.
    questions = tuple(Question(offered["passage"], "") for offered in found)
    return Suggestions(questions, asked_at_once=found[0]["kind"] == "both"), found[0]["member"]


def asker_of(message: discord.Message) -> int:
    """Whose question a public message of the bot answers: who may dismiss it. 0 if it answers nobody."""
    found = next(filter(None, map(_DISMISSED_BY.fullmatch, custom_ids(message))), None)
    return int(found["asker"]) if found else 0


def said_in(message: discord.Message) -> str:
    """What a message says: its text, that of a message that it forwards, its poll, or its embeds."""
    parts: list[Part] = [message, *message.message_snapshots]
    texts = [each.content for each in parts]
    polls = [message.poll.question] if message.poll else []
    embeds = (embed for each in parts for embed in each.embeds)
    said = (" ".join(filter(None, (each.title, each.description))) for each in embeds)
    return next((text for text in (*texts, *polls, *said) if _says_something(text)), "")


def _says_something(text: str) -> bool:
    """Whether there is more in a text than links and mentions."""
    return LINK.sub(" ", without_markup(text)).strip() != ""


def files_of(message: discord.Message) -> list[discord.Attachment]:
    """The files of a message, and of one that it forwards: pictures, texts and others."""
    parts: list[Part] = [message, *message.message_snapshots]
    return [file for each in parts for file in each.attachments]


def text_files(message: discord.Message) -> list[discord.Attachment]:
    """Those of its files that are texts, and short enough to be read."""
    files = files_of(message)
    return [each for each in files if each.filename.lower().endswith(".txt") and each.size <= MAX_FILE]


async def read_in(message: discord.Message) -> str:
    """What a message says; where it only mentions somebody, that and what is beside it, such as its text file."""
    said = said_in(message) or await _text_in_file(message)
    if _says_something(message.content):
        return said
    return f"{LINK.sub(' ', message.content)} {said}".strip()


async def _text_in_file(message: discord.Message) -> str:
    for file in text_files(message):
        try:
            content = await asyncio.wait_for(file.read(), READING)
        except REQUEST_ERRORS as error:
            log.info("a text file could not be read: %s", in_words(error))
            continue
        if said := content.decode(errors="replace").strip():
            return said[:MAX_BODY]
    return ""


def server_of(message: discord.Message) -> int:
    """The id of the server of a message; 0 for a direct message."""
    return message.guild.id if message.guild else 0


def opens_post(message: discord.Message) -> bool:
    """Whether a message is the first one of a post in a forum: the two share their id."""
    return message.id == message.channel.id


def post_title(message: discord.Message) -> str:
    """The title of the post that a message opens; '' for other messages."""
    post = message.channel
    return post.name if opens_post(message) and isinstance(post, discord.Thread) else ""


def replied_to(message: discord.Message) -> discord.Message | None:
    """The message that this one replies to, if Discord sent it along."""
    before = message.reference.resolved if message.reference else None
    return before if isinstance(before, discord.Message) else None


def replies_to(user: discord.ClientUser | None, message: discord.Message) -> bool:
    """Whether a message replies to this user."""
    before = replied_to(message)
    return before is not None and before.author == user


def is_mentioned_in(text: str, user: discord.ClientUser | None) -> bool:
    """Whether a text mentions this user. A reply that only notifies them does not."""
    return user is not None and any(f"<@{mark}{user.id}>" in text for mark in ("", "!"))


def texts_of(card: discord.Message) -> Iterator[str]:
    """The texts of a card that the bot sent, without those beside buttons."""
    for frame in card.components:
        if isinstance(frame, discord.Container):
            yield from (each.content for each in frame.children if isinstance(each, discord.TextDisplay))


def headline(answered: discord.Message) -> str:
    """The canonical question of an answer that the bot sent: its heading, without "(1/2)"."""
    # A notification has a line above the heading. Cards of earlier versions have "(1 of 2)".
    found = (re.match(r"## (.+?)(?: \(\d+(?:/| of )\d+\))?$", each) for each in texts_of(answered))
    return next((title_in(as_written(each.group(1))) for each in found if each), "")
