"""What stands where a member was mentioned: nobody's name is imported."""

from __future__ import annotations

import re

from bot.language.words import N_

# Stands where a member was mentioned.
MENTION = "@\N{HORIZONTAL ELLIPSIS}"
MENTIONED = N_("a member was mentioned here: write who is meant, or leave it out")
_AT_THE_BEGINNING = re.compile(rf"(?:{MENTION}[ \t,:]*)+")


def unaddressed(text: str) -> str:
    """A message without the mentions at its beginning."""
    text = text.strip()
    addressed = _AT_THE_BEGINNING.match(text)
    return text[addressed.end() :].strip() if addressed else text
