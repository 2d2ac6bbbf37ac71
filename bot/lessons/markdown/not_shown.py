"""Finds what Discord would show as plain text, or not at all, for `lessonbot check`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.lessons.markdown.html_tags import KNOWN_TAGS, TAG
from bot.lessons.markdown.signs import (
    ALERT,
    CODE,
    COMPONENT,
    DELIMITER,
    FENCE,
    FOOTNOTE,
    LINK,
    PICTURE,
    SCHEME,
    SHORTCODE,
    SHOWN_ADDRESS,
    TASK,
    closes,
)

# Without a space behind it, Discord shows a `>` as it is typed.
_BARE_QUOTE = re.compile(r"(?: {0,3}>)+")
_DEEP_HEADING = re.compile(r"[ \t]*(?:>[ \t]*)*#{4,6}[ \t]+\S")
# The address of a link elsewhere in the text: "[1]: https://example.org".
_REFERENCE = re.compile(r"[ \t]*\[[^\[\]^][^\[\]]{0,60}\]:[ \t]*<?https?://\S")
_BOX = re.compile(r"\s*(?:(?:!!!|\?\?\?\+?)\s+\w|:{3,}\s*\{?[A-Za-z])")


@dataclass(frozen=True)
class Remark:
    """Something in a text that Discord does not show as intended; `line` counts from 0 in the text."""

    line: int
    text: str
    why: str


def not_shown(text: str) -> list[Remark]:
    """A remark for each thing in a text that Discord would show as plain text, or not at all."""
    if not _MAY_HOLD.search(text):
        return []
    return list(_literal(text))


_MAY_HOLD = re.compile(
    r"[<|&]|\]\(|\[[!^[]|\[[ xX]\]|\]:|!!!|\?\?\?|:::|\{[{%]|~~~|####|^[> ]*>$|\[TOC\]", re.MULTILINE
)


def _literal(text: str) -> Iterator[Remark]:
    lines = text.split("\n")
    mark = ""
    for n, line in enumerate(lines):
        fence = FENCE.match(line)
        if mark:
            mark = "" if closes(line, mark) else mark
        elif fence:
            mark = fence["mark"]
            if mark[0] == "~":
                yield Remark(n, line.strip(), "fence")
        else:
            if n and "|" in line and "|" in lines[n - 1] and DELIMITER.fullmatch(line.lstrip("> \t")):
                yield Remark(n - 1, lines[n - 1], "table")
            yield from (Remark(n, found, kind) for kind, found in _literal_in(CODE.sub("", line)))


def _literal_in(line: str) -> Iterator[tuple[str, str]]:
    """The kind and the text of each thing in a line that Discord does not draw."""
    tags = (found for found in TAG.finditer(line) if found["name"].lower() in KNOWN_TAGS)
    if tag := next(tags, None):
        yield "tag", tag[0]
    if component := COMPONENT.search(line):
        yield "component", component[0]
    if "<!--" in line:
        yield "comment", line.strip()
    yield from (("picture", found[0]) for found in PICTURE.finditer(line))
    yield from _links_in(line)
    if footnote := FOOTNOTE.search(line):
        yield "footnote", footnote[0]
    if ALERT.match(line) or _BOX.match(line):
        yield "box", line.strip()
    if _DEEP_HEADING.match(line):
        yield "heading", line.strip()
    if _REFERENCE.match(line):
        yield "reference", line.strip()
    if _BARE_QUOTE.fullmatch(line):
        yield "quote", line.strip()
    if TASK.match(line):
        yield "task", line.strip()
    if shortcode := SHORTCODE.search(line):
        yield "shortcode", shortcode[0]


def _links_in(line: str) -> Iterator[tuple[str, str]]:
    for link in LINK.finditer(line):
        if link["target"] and not SCHEME.match(link["target"]):
            yield "link", link[0]
        elif link["target"] and SHOWN_ADDRESS.search(link["text"]):
            yield "address", link[0]
