"""Finds links in a text that lead to something other than the web."""

from __future__ import annotations

import re

_ALLOWED = frozenset({"http", "https"})
# Code in a line, or a block that begins a line. Code inside a quote, a heading or a list ends with it. As in
# `CODE`, more than 20 backticks are none.
_CODE = re.compile(
    r"^[ \t]*(`{3,20})(?!`).*?(?<!`)\1(?!`)|(?<![\\`])(`{1,20})(?!`)[^\n]*?(?<!`)\2(?!`)", re.DOTALL | re.MULTILINE
)
_IN_BRACKETS = re.compile(r"\]\(\s*<?\s*([^)>]*)")
_REFERENCE = re.compile(r"^[ \t]*\[[^\]\n]+\]:[ \t]*<?([^\s>]+)>?[ \t]*(?:[\"'(].*)?$", re.MULTILINE)
# `<t:1700000000:R>` and `<id:guide>` are Discord's own, `<str:int>` is somebody's type; none of them is a link.
_ALONE = re.compile(
    r"<\s*((?:javascript|vbscript|data|file|mailto|tel|sms):|[a-z][a-z0-9+.-]+:/)|\b((?:discord|steam)://)",
    re.IGNORECASE,
)
# Discord makes mail and telephone links of these; an address without angle brackets stays text.
_MAILBOX = re.compile(r"<[^\s<>@]+@[^\s<>@.]+\.[^\s<>@]+>")
_TELEPHONE = re.compile(r"<\+[\d ()-]+>")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def without_code(text: str) -> str:
    """The text without its `code`, which Discord shows as it was typed."""
    return _CODE.sub("", text)


def wrong_link(text: str) -> str | None:
    """The scheme of the first link that is not http or https; None if there is none. Code contains no links."""
    # A quick test first: a library may have ten thousand entries, and few of their texts contain a link.
    if not ("](" in text or "<" in text or "]:" in text or "://" in text):
        return None
    if not (":" in text or "&" in text or "@" in text or "<+" in text):
        return None
    text = without_code(text)
    found = (_IN_BRACKETS.findall(text), _REFERENCE.findall(text), map("".join, _ALONE.findall(text)))
    for target in (each for targets in found for each in targets):
        if target.startswith(("https://", "http://")):
            continue
        # A browser reads `java&#10;script:` as `javascript:`, and Discord removes backslashes.
        seen = "".join(each for each in _unescaped(target) if each.isprintable() and each not in " \\")
        scheme = _SCHEME.match(seen)
        if scheme and scheme[1].lower() not in _ALLOWED:
            return scheme[1].lower()
    if _MAILBOX.search(text):
        return "mailto"
    return "tel" if _TELEPHONE.search(text) else None


def _unescaped(target: str) -> str:
    if "&" not in target:
        return target
    from bot.lessons.markdown.html_tags import unescaped  # noqa: PLC0415 -- all entities are large, and few links have one

    return unescaped(target)
