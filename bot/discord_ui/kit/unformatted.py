"""A text without its formatting, where it is shortened to one line: a cut would break the formatting."""

from __future__ import annotations

import re

from bot.discord_ui.kit.markdown import FENCE, escaped, shorten
from bot.lessons.markdown.signs import CODE, LINK

_LINE_BEGINS = re.compile(r"^[ \t]*(?:>{1,3}|#{1,3}|-#|[-*])[ \t]+", re.MULTILINE)  # a quote, a heading or a list
# The signs of formatting, without the web addresses and escaped signs that they can be a part of. Within a word or
# between spaces, as in "MY_NAME" and "2 * 3", Discord shows them, too.
_FORMATTING = re.compile(
    r"""
    (https?://[^\s<>]+) | \\([^\w\s]|_)
  | \[(?=[^\[\]\n]*\]\() | \]\([^()\s]*\)
  | (?<![^\W_])(?:[*_]|~~|\|\|)++(?!\s) | (?<![\s*_~|])(?:(?:\*\*|~~|\|\|)++|(?:[*_]|~~|\|\|)++(?![^\W_]))
    """,
    re.VERBOSE,
)


def unformatted(text: str) -> str:
    """A text without its formatting. Code is as it was: "`__name__`" has no underlined word."""
    # Prose, then the backticks of a code and what is between them, then prose again, and so on.
    parts = CODE.split(LINK.sub(r"\g<text>", _LINE_BEGINS.sub("", text)))
    parts[::3] = [_FORMATTING.sub(r"\1\2", prose) for prose in parts[::3]]
    del parts[1::3]
    return "".join(parts)


def begun(text: str, room: int) -> str:
    """One line of how a text begins, before its first block of code and without formatting."""
    prose, *code = text.partition(FENCE)
    return escaped(shorten(unformatted(prose), room)) + (" …" if any(code) else "")
