"""Recognizes a chat that was copied or exported: no line of it says which message answers which."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.language.words import N_

CHAT = N_(
    "is a chat, where no answer says which question it belongs to. In Discord, save a good answer with "
    "Apps → Save as entry; or write `Question:` and `Answer:` in front of them here. A channel that "
    "DiscordChatExporter saves as JSON can be imported"
)
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?|\s?uhr)?"
_DAY = (
    r"(?:(?:today|yesterday|heute|gestern|hoy|ayer)\s(?:at|um|a\sla|a\slas)|\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?)\s"
)
# `Mia — Yesterday at 14:02`, `[14:02] Mia: Why?`, `3/11/2024, 14:02 - Mia: Why?`. Hours of a club are no chat.
_SAID = re.compile(
    rf"(?:(?:.{{1,60}}\s)?[\u2014-]\s)?{_DAY}{_TIME}|{_DAY}{_TIME}\s-\s.*|"
    rf"\[{_DAY}{_TIME}\].*|\[{_TIME}\]\s?[^:>]{{1,60}}[:>].*",
    re.IGNORECASE,
)
_FEWEST = 2
_MOST_ABOVE = 6  # lines: the first name, or what a program writes above a chat
_ON_A_PAGE = re.compile(r"#|```|~~~|.*\?\W*$")


def is_chat(texts: Iterable[str]) -> bool:
    """Whether these lines begin with names and times of messages. Below a heading or a question, they are text."""
    lines = [text[:300].strip() for text in texts if text.strip()]
    said = [n for n, line in enumerate(lines) if _SAID.fullmatch(line)]
    above = lines[: said[0]] if said else []
    return len(said) >= _FEWEST and len(above) <= _MOST_ABOVE and not any(map(_ON_A_PAGE.match, above))
