"""Text laid out for Discord: shortened at a word, or over several cards, never cut silently."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

FENCE = "```"
# What Discord takes for the language of a code block; anything else there is the block's first line.
_LANGUAGE = re.compile(r"[\w.+#-]{1,20}(?=\n)")
# Room for closing a code block on one page and opening it again, with its language, on the next.
_REOPENED = len(FENCE) + 20 + len("\n")
_CLOSED = len("\n") + len(FENCE)
MIN_PAGE = 100
HINT = " · "  # between a name and what tells it from others


def shorten(text: str, limit: int) -> str:
    """One line of at most `limit` characters, ending in '…' where something is missing."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    at_word = cut.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > limit // 2 else cut).rstrip(" ,.;:") + "…"


def told_apart(names: Sequence[Sequence[str]], limit: int) -> list[str]:
    """A line of at most `limit` characters for each of them, no two alike.

    Each is a name, followed by what tells it from others of that name. Where two lines would be alike, they show
    the end of the name as well, then what follows it, and at last a number.
    """
    lines = [shorten(name, limit) for name, *_ in names]
    for parts in range(1, max(map(len, names), default=0) + 1):
        counts = Counter(lines)
        lines = [
            line if counts[line] == 1 else _with_its_end(joined(each[:parts]), limit)
            for line, each in zip(lines, names, strict=True)
        ]
    used: set[str] = set()
    for n, line in enumerate(lines):
        number = 1
        while lines[n] in used:
            number += 1
            lines[n] = f"{shorten(line, limit - len(f' ({number})'))} ({number})"
        used.add(lines[n])
    return lines


def joined(parts: Sequence[str]) -> str:
    """A name in one line with what tells it from others."""
    return HINT.join(" ".join(each.split()) for each in parts if each.strip())


def _with_its_end(line: str, limit: int) -> str:
    """A line with '…' in its middle if it is too long."""
    end = limit // 2
    return line if len(line) <= limit else f"{line[: limit - end - 1].rstrip()}…{line[-end:].lstrip()}"


def pages(text: str, limit: int) -> list[str]:
    """The whole text in pieces of at most `limit` (100 or more) characters, each good Markdown by itself.

    Breaks between paragraphs where it can, else between lines, else between words; a code block that
    is broken is closed and opened again. No page is empty: Discord refuses that.
    """
    assert limit >= MIN_PAGE, "a page has room for more than its own code fences"
    out: list[str] = []
    rest = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    while rest:
        if len(rest) + _CLOSED <= limit or (len(rest) <= limit and rest.count(FENCE) % 2 == 0):
            page, rest = rest, ""
        else:
            cut = _break_before(rest, limit - _CLOSED)
            page, rest = rest[:cut].rstrip(), rest[cut:].lstrip("\n")
        if page.count(FENCE) % 2:
            again = FENCE + _language(page) + "\n"
            page += "\n" + FENCE
            if rest.lstrip().startswith(FENCE):  # the block ends just here
                rest = rest.lstrip().removeprefix(FENCE).lstrip("\n")
            elif rest:
                rest = again + rest
        out.append(page)
    return [page for page in out if page]


def _break_before(text: str, limit: int) -> int:
    """Where a page ends: at a paragraph, a line or a word in its second half, else where it is full."""
    for mark in ("\n\n", "\n", " "):
        at = text.rfind(mark, limit // 2, limit)
        if at > 0:
            return _not_after_a_fence(text, at)
    at = limit
    while text[at - 1] == "`" == text[at] and at > limit - 2 * len(FENCE):
        at -= 1  # half a fence is none
    return _not_after_a_fence(text, at)


def _not_after_a_fence(text: str, at: int) -> int:
    """A code block that would have no line on this page begins on the next."""
    opened = text.rfind(FENCE, 0, at)
    is_bare = opened > _REOPENED and text[:at].count(FENCE) % 2 and "\n" not in text[opened:at]
    return opened if is_bare else at


def _language(page: str) -> str:
    """The language of the code block that is open at the end of this page, or ''."""
    found = _LANGUAGE.match(page, page.rindex(FENCE) + len(FENCE))
    return found.group() if found else ""
