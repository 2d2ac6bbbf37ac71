"""What stands in a message that answers somebody: its text as an entry holds it, and its pictures."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import discord

from bot.asking.cleaning import MAX_TYPED
from bot.lessons.pictures import MAX_UPLOAD_BYTES

PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})
MAX_PICTURES = 10  # of a message
MAX_QUESTION = 200

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
