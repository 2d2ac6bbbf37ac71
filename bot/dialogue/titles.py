"""Questions and titles within Markdown: what an author wrote is seen as it is, and only code is formatted."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.lessons.markdown.signs import CODE

# Web addresses stay as they are: a backslash would be a part of them.
_SIGNS = re.compile(r"(https?://[^\s<>]+)|([\\*_~|]|\[(?=[^\[\]\n]*\]\())")
_ESCAPED = re.compile(r"\\([\\*_~|\[])")


def plain_title(title: str) -> str:
    """A question or title as Markdown: "What does __init__ do?" has no underlined word."""
    return _in_prose(title, lambda prose: _SIGNS.sub(lambda sign: sign[1] or f"\\{sign[2]}", prose))


def title_in(shown: str) -> str:
    """The question or title that `plain_title` made this of."""
    return _in_prose(shown, lambda prose: _ESCAPED.sub(r"\1", prose))


def _in_prose(text: str, change: Callable[[str], str]) -> str:
    """The text with this change outside of code in backticks."""
    # Prose, then the backticks of a code and what is between them, then prose again, and so on.
    parts = CODE.split(text)
    parts[::3] = map(change, parts[::3])
    parts[2::3] = [code + ticks for ticks, code in zip(parts[1::3], parts[2::3], strict=True)]
    return "".join(parts)
