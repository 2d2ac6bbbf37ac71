"""Cleans a question before it is logged and shown to others: one line, without mentions."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 500  # characters; the log stores no more. Not imported from there: the terminal needs no database
MAX_TYPED = 4000  # characters of a message; mentions in it may take most of them

# Members, roles, channels, custom emoji, timestamps, command links; and mentions of everyone.
_MARKUP = re.compile(r"<(?:@[!&]?|#|a?:\w+:|t:|/[^:>]{1,100}:)[0-9]+(?::\w)?>|@(?=everyone\b|here\b)")

# A web address, also without a preview, as `<https://…>` and `||https://…||`, and right after a mention.
LINK = re.compile(r"(?<![^\s>])[<(|]*https?://\S+", re.IGNORECASE)


def without_markup(text: str) -> str:
    """What was typed, without the mentions and emoji that Discord writes as markup."""
    return _MARKUP.sub(" ", text[:MAX_TYPED])


def clean(text: str) -> str:
    """One line of at most `LONGEST` characters, without mentions and without characters that cannot be seen."""
    typed = without_markup(text)
    if not typed.isprintable():
        typed = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in typed)
    return " ".join(typed.split())[:LONGEST].rstrip()
