"""Links in a text: they may lead to the web or to a mailbox, and nowhere else."""

from __future__ import annotations

import re
from html import unescape

_ALLOWED = frozenset({"http", "https", "mailto"})
_CODE = re.compile(r"(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_IN_BRACKETS = re.compile(r"\]\(\s*<?\s*([^)>]*)")
# `<t:1700000000:R>` and `<id:guide>` are Discord's own, `<str:int>` is somebody's type; none of them is a link.
_ALONE = re.compile(
    r"<\s*([a-z][a-z0-9+.-]+:(?://|(?<=javascript:)|(?<=vbscript:)|(?<=data:)|(?<=file:)))", re.IGNORECASE
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def wrong_link(text: str) -> str | None:
    """The scheme of a Markdown link or an `<autolink>` that nobody should follow; code holds no links."""
    if ":" not in unescape(text) or not ("](" in text or "<" in text):
        return None
    text = _CODE.sub("", text)
    for found in (*_IN_BRACKETS.finditer(text), *_ALONE.finditer(text)):
        # A browser reads `java&#10;script:` as it reads `javascript:`.
        target = re.sub(r"[\x00-\x20\x7f-\xa0\u200b-\u200f]", "", unescape(found.group(1)))
        scheme = _SCHEME.match(target.replace("\\", ""))
        if scheme and scheme.group(1).lower() not in _ALLOWED:
            return scheme.group(1).lower()
    return None
