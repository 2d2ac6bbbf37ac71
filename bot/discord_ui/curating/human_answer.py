"""What stands in a message that answers somebody: its text as an entry holds it, and its pictures."""

from __future__ import annotations

import re
from collections.abc import Collection

import discord

from bot.asking.cleaning import MAX_TYPED
from bot.lessons.pictures import MAX_UPLOAD_BYTES

PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})
MAX_PICTURES = 10  # of a message
MAX_QUESTION = 200

# Nothing in code is markup: it is kept as it is.
_CODE = re.compile(r"(```.*?```|``.*?``|`[^`\n]*`)", re.DOTALL)
_COMMAND = re.compile(r"<(/[^:>\n]{1,100}):[0-9]+>")
_MENTION = r"<@[!&]?[0-9]+>|@everyone\b|@here\b"
_MARKUP = re.compile(rf"{_MENTION}|<#[0-9]+>|<a?:\w+:[0-9]+>")
_GREETING = r"(?:(?:hey|hi|hello|hiya|thanks|sorry|hallo|hola|danke|gracias)[ ,]+)?"
_SENTENCE = re.compile(r"[^.!?\n]+\?+")


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
    asked = (" ".join(each.split()) for each in _SENTENCE.findall(text))
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
    called = "|".join([_MENTION, *(f"@?{re.escape(each)}" for each in longest)])
    # "Hey Mia, …": whoever is spoken to at the beginning of a line goes with the greeting and the comma.
    spoken_to = rf"^[ \t]*{_GREETING}(?:{called})[ \t]*(?:[,:!][ \t]*|(?=\n|$))"
    text = re.sub(spoken_to, "", text, flags=re.IGNORECASE | re.MULTILINE)
    if longest:
        text = re.sub(rf"[ \t]?@(?:{'|'.join(map(re.escape, longest))})\b", "", text)
    text = _COMMAND.sub(r"`\1`", text)
    # With one of the spaces around it.
    return re.sub(rf"[ \t]?(?:{_MARKUP.pattern})", "", text)
