"""Text laid out for Discord: shortened at a word, or over several cards, never cut silently."""

from __future__ import annotations

import re

_FENCE = re.compile(r"^(```|~~~)", re.MULTILINE)


def shorten(text: str, limit: int) -> str:
    """One line of at most `limit` characters, ending in '…' where something is missing."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    at_word = cut.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > limit // 2 else cut).rstrip(" ,.;:") + "…"


def pages(text: str, limit: int) -> list[str]:
    """The whole text in pieces of at most `limit` characters, each good Markdown by itself.

    Breaks between paragraphs where it can, else between lines, else between words; a code block that
    is broken is closed and opened again.
    """
    out: list[str] = []
    rest = text.strip()
    while len(rest) > limit:
        # Room for closing a code block, and for opening it again on the next page.
        cut = _break_before(rest, limit - 40)
        page, rest = rest[:cut].rstrip(), rest[cut:].lstrip("\n")
        if opened := _open_fence(page):
            page += "\n```"
            rest = f"{opened}\n{rest}"
        out.append(page)
    return [*out, rest] if rest else out


def _break_before(text: str, limit: int) -> int:
    for mark in ("\n\n", "\n", " "):
        at = text.rfind(mark, limit // 2, limit)
        if at > 0:
            return at
    return limit


def _open_fence(page: str) -> str:
    """The line that opened a code block which this page does not close, or ''."""
    fences = list(_FENCE.finditer(page))
    if len(fences) % 2 == 0:
        return ""
    return page[fences[-1].start() :].split("\n", 1)[0][:30]
