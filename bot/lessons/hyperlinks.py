"""Links in a text: they may lead to the web, and nowhere else."""

from __future__ import annotations

import re
from html import unescape

_ALLOWED = frozenset({"http", "https"})
# Inside a line, or a block that begins its line: a quote, a heading and a list end the code that is in them.
_CODE = re.compile(
    r"^[ \t]*(`{3,})(?!`).*?(?<!`)\1(?!`)|(?<![\\`])(`+)(?!`)[^\n]*?(?<!`)\2(?!`)", re.DOTALL | re.MULTILINE
)
_IN_BRACKETS = re.compile(r"\]\(\s*<?\s*([^)>]*)")
_REFERENCE = re.compile(r"^[ \t]*\[[^\]\n]+\]:[ \t]*<?([^\s>]+)>?[ \t]*(?:[\"'(].*)?$", re.MULTILINE)
# `<t:1700000000:R>` and `<id:guide>` are Discord's own, `<str:int>` is somebody's type; none of them is a link.
_ALONE = re.compile(
    r"<\s*((?:javascript|vbscript|data|file|mailto|tel|sms):|[a-z][a-z0-9+.-]+:/)|\b((?:discord|steam)://)",
    re.IGNORECASE,
)
# Discord makes a mailbox and a telephone of these; an address without the angles stays text.
_MAILBOX = re.compile(r"<[^\s<>@]+@[^\s<>@.]+\.[^\s<>@]+>")
_TELEPHONE = re.compile(r"<\+[\d ()-]+>")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def without_code(text: str) -> str:
    """The text without what stands in `code`, which Discord shows as it is."""
    return _CODE.sub("", text)


def wrong_link(text: str) -> str | None:
    """The scheme of a link that nobody should follow; code holds no links."""
    # Every text of ten thousand entries comes through here, and few of them hold a link.
    if not ("](" in text or "<" in text or "]:" in text or "://" in text):
        return None
    if not (":" in text or "&" in text or "@" in text or "<+" in text):
        return None
    text = without_code(text)
    found = (_IN_BRACKETS.findall(text), _REFERENCE.findall(text), map("".join, _ALONE.findall(text)))
    for target in (each for targets in found for each in targets):
        if target.startswith(("https://", "http://")):
            continue
        # A browser reads `java&#10;script:` as it reads `javascript:`, and Discord takes the backslash out.
        seen = "".join(each for each in unescape(target) if each.isprintable() and each not in " \\")
        scheme = _SCHEME.match(seen)
        if scheme and scheme[1].lower() not in _ALLOWED:
            return scheme[1].lower()
    if _MAILBOX.search(text):
        return "mailto"
    return "tel" if _TELEPHONE.search(text) else None
