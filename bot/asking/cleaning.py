"""A question as it may be kept and shown to others: one line, that names nobody."""

from __future__ import annotations

import re
import unicodedata

from bot.store.questions import MAX_TEXT

MAX_TYPED = 4000  # characters of a message; mentions in it may take most of them

# Members, roles and channels, custom emoji, timestamps, command links; and calls of everybody.
_MARKUP = re.compile(r"<(?:@[!&]?|#|a?:\w+:|t:|/[^:>]{1,100}:)\d+(?::\w)?>|@(?=everyone\b|here\b)")


def clean(text: str) -> str:
    """One line of at most `MAX_TEXT` characters, without mentions and without signs that cannot be seen."""
    told = _MARKUP.sub(" ", text[:MAX_TYPED])
    seen = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in told)
    return " ".join(seen.split())[:MAX_TEXT].rstrip()
