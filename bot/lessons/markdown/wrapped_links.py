"""Finds links whose text goes on in the next line, as pages have them that are wrapped at 80 columns."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from bot.lessons.markdown.signs import CODE

_MOST_BREAKS = 2  # in one link
_BEGIN = re.compile(r"(?<!\\)\[(?P<text>[^\[\]]*)$")
_END = re.compile(r"(?P<text>[^\[\]]*)\](?P<target>[(\[])?")
# What ends a paragraph, and with it each link: an empty line, a heading, a quote, an item, a table, code.
_NO_PARAGRAPH = re.compile(r"\s*(?:$|#{1,6}\s|[>|]|[-+*]\s|\d{1,9}[.)]\s|`{3}|~{3})")


def last_line_of_links(lines: Sequence[str], n: int, names: Container[str]) -> int:
    """The index of the line on which the links end that begin on line `n`: `n` itself, if they do not go on.

    `names` are those by which links are written without an address: `[kiln]`.
    """
    while breaks := _breaks(lines, n, names):
        n += breaks
    return n


def _breaks(lines: Sequence[str], n: int, names: Container[str]) -> int:
    """How many line breaks are in the link that begins on line `n` and does not end there; 0 without one."""
    begun = _BEGIN.search(_without_code(lines[n]))
    if not begun:
        return 0
    text = lines[n][begun.start("text") :]
    for k in range(n + 1, min(n + 1 + _MOST_BREAKS, len(lines))):
        if _NO_PARAGRAPH.match(lines[k]):
            return 0
        line = _without_code(lines[k])
        if found := _END.match(line):
            name = link_name(f"{text} {lines[k][: found.end('text')]}")
            return k - n if found["target"] or name in names else 0
        if "[" in line:
            return 0
        text = f"{text} {lines[k]}"
    return 0


def link_name(text: str) -> str:
    """The name of a link, in the form in which names are compared: without case and line breaks."""
    return " ".join(text.lower().split())


def _without_code(line: str) -> str:
    return CODE.sub(lambda code: "x" * len(code[0]), line)
