"""What stands in a message that answers somebody: its text as an entry holds it, its question and its pictures."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import discord

from bot.asking.cleaning import MAX_TYPED, clean
from bot.asking.posts import question_of
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.markdown import shorten
from bot.discord_ui.kit.refusals import REQUEST_ERRORS
from bot.language.words import N_
from bot.lessons.pictures import MAX_UPLOAD_BYTES

PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})
MAX_PICTURES = 10  # of a message
MAX_QUESTION = 200
PATIENCE = 1.0  # seconds that a form waits for the message before; Discord takes it for three
CHOOSE_ANOTHER = N_("Choose a message that a person wrote and that has a text or a picture.")

# Nothing in code is markup: it is kept as it is.
_CODE = re.compile(r"(```.*?```|``.*?``|`[^`\n]*`)", re.DOTALL)
_COMMAND = re.compile(r"<(/[^:>\n]{1,100}):[0-9]+>")
_MENTION = re.compile(r"<@[!&]?[0-9]{1,20}>|@everyone\b|@here\b")
# With one of the spaces around it.
_MARKUP = re.compile(rf"[ \t]?(?:{_MENTION.pattern}|<#[0-9]{{1,20}}>|<a?:\w{{1,32}}:[0-9]{{1,20}}>)")
_GREETING = re.compile(r"(?i)(?:hey|hi|hello|hiya|thanks|sorry|hallo|hola|danke|gracias)[ ,]+")
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+|\n|\Z)")


def text_of(message: discord.Message) -> str:
    """What a message says; of a forwarded one, what was forwarded."""
    said = (message.content, *(each.content for each in message.message_snapshots))
    return next((text for text in said if text.strip()), "")


def answer_in(message: discord.Message, names: Collection[str]) -> str:
    """The text of an answer with its formatting, without mentions and the names of those whom it speaks to."""
    parts = _CODE.split(text_of(message)[:MAX_TYPED])
    # Every second part is code.
    return "".join(part if n % 2 else _anonymous(part, names) for n, part in enumerate(parts)).strip()


def question_in(text: str) -> str:
    """The question in a line that was said: the whole line, or of a long one, its first question."""
    line = " ".join(text.split())
    if len(line) <= MAX_QUESTION:
        return line
    asked = (" ".join(each.split()) for each in _SENTENCE.findall(text) if each.endswith("?"))
    return next((each for each in asked if len(each) <= MAX_QUESTION), line)


def pictures_in(message: discord.Message) -> list[discord.Attachment]:
    """The pictures that an entry can show."""
    forwarded = (file for each in message.message_snapshots for file in each.attachments)
    attached = [*message.attachments, *forwarded]
    fitting = (each for each in attached if each.size <= MAX_UPLOAD_BYTES and _kind(each) in PICTURES)
    return list(fitting)[:MAX_PICTURES]


def _kind(attachment: discord.Attachment) -> str:
    return (attachment.content_type or "").partition(";")[0].strip().lower()


def _anonymous(text: str, names: Collection[str]) -> str:
    longest = sorted(filter(None, names), key=len, reverse=True)
    text = "\n".join(_without_address(line, longest) for line in text.split("\n"))
    for name in longest:
        text = _without_word(text, f"@{name}")
    return _MARKUP.sub("", _COMMAND.sub(r"`\1`", text))


def _without_address(line: str, names: Sequence[str]) -> str:
    """A line without whom it speaks to at its beginning: "Hey Mia, …" loses greeting, name and comma."""
    said = line.lstrip(" \t")
    greeting = _GREETING.match(said)
    said = said[greeting.end() :] if greeting else said
    mention = _MENTION.match(said)
    called = (form for name in names for form in (f"@{name}", name) if said[: len(form)].lower() == form.lower())
    end = mention.end() if mention else len(next(called, ""))
    rest = said[end:].lstrip(" \t")
    if end and not rest:
        return ""
    return rest[1:].lstrip(" \t") if end and rest[0] in ",:!" else line


def _without_word(text: str, word: str) -> str:
    """A text without a word, and without the space before it."""
    kept, *others = text.split(word)
    pieces = [kept]
    for each in others:
        if each[:1].isalnum() or each[:1] == "_":  # it goes on: another, longer word
            pieces.append(word + each)
        else:
            if pieces[-1].endswith((" ", "\t")):
                pieces[-1] = pieces[-1][:-1]
            pieces.append(each)
    return "".join(pieces)


@dataclass(frozen=True)
class HumanAnswer:
    """What a person answered, as an entry would hold it: nobody is named in it. `question` is '' if not known."""

    question: str
    answer: str
    pictures: Sequence[discord.Attachment]


def is_human_answer(message: discord.Message, me: discord.ClientUser | None) -> bool:
    """Whether somebody else than the bot wrote it, with a text or a picture."""
    return message.author != me and bool(text_of(message).strip() or pictures_in(message))


async def read_answer(interaction: Interaction, message: discord.Message) -> HumanAnswer:
    """A message as an answer, and the question: the message that it replies to, or else what the post asks."""
    before = await _replied_to(message)
    return HumanAnswer(
        await _asked(interaction, before), answer_in(message, _names(message, before)), pictures_in(message)
    )


def without_mentions(text: str) -> str:
    """A text that somebody typed, without mentions; its formatting stays."""
    parts = _CODE.split(text[:MAX_TYPED])
    return "".join(part if n % 2 else _anonymous(part, ()) for n, part in enumerate(parts)).strip()


async def _replied_to(message: discord.Message) -> discord.Message | None:
    """The message that this one replies to; None if there is none that the bot may see."""
    reference = message.reference
    if reference is None or reference.type is not discord.MessageReferenceType.reply or not reference.message_id:
        return None
    if isinstance(reference.resolved, discord.Message):
        return reference.resolved
    return await _message(message.channel, reference.message_id)


async def _message(channel: discord.abc.Messageable, id_: int) -> discord.Message | None:
    try:
        async with asyncio.timeout(PATIENCE):
            return await channel.fetch_message(id_)
    except REQUEST_ERRORS:
        return None  # deleted, or not to be seen: the question is typed then


async def asked_in_post(interaction: Interaction, post: discord.Thread) -> str:
    """What a post asks: its title, or where that is "help pls", the question in its first message."""
    tutor = interaction.client.app.tutor
    title = question_of(post.name, "", tutor.asks_nothing)
    if tutor.asks_nothing(title) and (first := post.starter_message or await _message(post, post.id)):
        title = question_of(title, text_of(first), tutor.asks_nothing)
    return shorten(title, MAX_QUESTION)


async def _asked(interaction: Interaction, before: discord.Message | None) -> str:
    """The question that was answered: what was replied to, or else what the post asks; '' if neither is known."""
    said = clean(question_in(text_of(before))) if before and not before.author.bot else ""
    post = interaction.channel
    if isinstance(post, discord.Thread) and (not said or interaction.client.app.tutor.asks_nothing(said)):
        said = await asked_in_post(interaction, post) or said
    return shorten(said, MAX_QUESTION)


def _names(message: discord.Message, before: discord.Message | None) -> set[str]:
    """What the people are called whom the message may speak to."""
    people = [*message.mentions, *([before.author] if before else [])]
    return {name for each in people for name in (each.name, each.global_name, each.display_name) if name}
