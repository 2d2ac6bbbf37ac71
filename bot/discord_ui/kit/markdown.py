"""Fits text into Discord's limits: shortened at a word or split into pages, never cut without a sign."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import discord

from bot.language.characters import visible

FENCE = "```"
NAME = 200  # characters of a name, or of several
# What Discord reads as the language of a code block; anything else is the first line of the code.
_LANGUAGE = re.compile(r"[\w.+#-]{1,20}(?=\n)")
# Room for closing a code block on one page and opening it again, with its language, on the next.
_REOPENED = len(FENCE) + 20 + len("\n")
_CLOSED = len("\n") + len(FENCE)
MIN_PAGE = 100
_CUT = "\n…"  # at the end of a text that is cut
HINT = " · "  # between a name and what distinguishes it from others
# Signs that format, link or mention, also at the beginning of a line.
_SIGN = r"[\\*_~|`\[<]|(?P<indent>^[ \t]*)(?:#{1,3}|-#?|>{1,3})(?=\s)"
_SIGNS = re.compile(_SIGN, re.MULTILINE)
# A backslash would be a part of a web address.
_SIGNS_BESIDE_LINKS = re.compile(rf"(?P<link><?https?://[^\s<>]+>?)|{_SIGN}", re.MULTILINE)


def shorten(text: str, limit: int) -> str:
    """One line of at most `limit` characters, ending in '…' where something is missing."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    at_word = cut.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > limit // 2 else cut).rstrip(" ,.;:") + "…"


def quoted(text: str, limit: int) -> str:
    """A member's words with all Markdown escaped: they cannot be a link, a mention or a heading."""
    return f"`{shorten(text.replace('`', 'ˋ'), limit)}`"


def escaped(text: str) -> str:
    """The text as it was typed: no sign in it formats, hides a link or mentions anyone. Web addresses stay links.

    Unlike `discord.utils.escape_markdown`, which leaves everything between two masked links as it is.
    """
    return _SIGNS_BESIDE_LINKS.sub(lambda found: found["link"] or _backslashed(found), text)


def plain_name(name: str) -> str:
    """A name whose signs are all shown: it cannot be a mention, a command, a date, an emoji or a link."""
    shown = discord.utils.escape_mentions(_SIGNS.sub(_backslashed, shorten(name, NAME)))
    return shown.replace("://", r":\//")


def _backslashed(found: re.Match[str]) -> str:
    indent = found["indent"] or ""
    return f"{indent}\\{found[0][len(indent) :]}"


def plain_block(text: str, limit: int) -> str:
    """A text of several lines with all Markdown escaped, in at most `limit` characters; '…' if some is missing."""
    said = visible(text).replace("`", "ˋ").strip()
    if len(said) > limit:
        said = said[: limit - 1].rstrip() + "…"
    return f"{FENCE}\n{said}\n{FENCE}"


def told_apart(names: Sequence[Sequence[str]], limit: int) -> list[str]:
    """A line of at most `limit` characters for each name, no two alike.

    Each sequence is a name, followed by what distinguishes it from others of that name. If two lines would be
    alike, they also show the end of the name; then what follows the name; and at last a number.
    """
    return list(_told_apart(tuple(map(tuple, names)), limit))


# The same answers are asked for again and again, with the same buttons.
@lru_cache(maxsize=1000)
def _told_apart(names: tuple[tuple[str, ...], ...], limit: int) -> tuple[str, ...]:
    lines = [shorten(name, limit) for name, *_ in names]
    for parts in range(1, max(map(len, names), default=0) + 1):
        counts = Counter(lines)
        lines = [
            line if counts[line] == 1 else _with_its_end(in_one_line(each[:parts]), limit)
            for line, each in zip(lines, names, strict=True)
        ]
    used: set[str] = set()
    for n, line in enumerate(lines):
        number = 1
        while lines[n] in used:
            number += 1
            lines[n] = f"{shorten(line, limit - len(f' ({number})'))} ({number})"
        used.add(lines[n])
    return tuple(lines)


def in_one_line(parts: Sequence[str]) -> str:
    """A name and what distinguishes it from others, in one line."""
    return HINT.join(" ".join(each.split()) for each in parts if each.strip())


def _with_its_end(line: str, limit: int) -> str:
    """A line with '…' in its middle if it is too long."""
    end = limit // 2
    return line if len(line) <= limit else f"{line[: limit - end - 1].rstrip()}…{line[-end:].lstrip()}"


def pages(text: str, limit: int) -> list[str]:
    """The whole text in pages of at most `limit` (100 or more) characters, each valid Markdown by itself.

    Pages break between paragraphs if possible, else between lines, else between words. A code block that is split
    is closed and opened again. No page is empty: Discord refuses that.
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
            if rest.lstrip().startswith(FENCE):  # the block ends exactly here
                rest = rest.lstrip().removeprefix(FENCE).lstrip("\n")
            elif rest:
                rest = again + rest
        out.append(page)
    return [page for page in out if page]


def first_fitting(drawn: Iterable[Sequence[str]], room: int) -> Sequence[str]:
    """Of several ways to say the same, the first with at most `room` characters in its texts; else the last."""
    texts: Sequence[str] = ()
    for texts in drawn:
        if sum(map(len, texts)) <= room:
            break
    return texts


def fitted(texts: Sequence[str], limit: int) -> list[str]:
    """The texts of a message, in `limit` characters together: if they have more, the longest end in '…'.

    There is room for 39 texts, which is as many as a message holds.
    """
    fitting = [*texts]
    for n in sorted(range(len(texts)), key=lambda n: len(texts[n]), reverse=True):
        over = sum(map(len, fitting)) - limit
        if over <= 0 or len(texts[n]) <= MIN_PAGE + len(_CUT):
            break
        room = max(MIN_PAGE, len(texts[n]) - over - len(_CUT))
        fitting[n] = "".join([*pages(texts[n], room)[:1], _CUT])
    return fitting


def _break_before(text: str, limit: int) -> int:
    """The index at which a page ends: at a paragraph, a line or a word in its second half, else at `limit`."""
    for mark in ("\n\n", "\n", " "):
        at = text.rfind(mark, limit // 2, limit)
        if at > 0:
            return _not_after_a_fence(text, at)
    at = limit
    while text[at - 1] == "`" == text[at] and at > limit - 2 * len(FENCE):
        at -= 1  # do not split a fence
    return _not_after_a_fence(text, at)


def _not_after_a_fence(text: str, at: int) -> int:
    """The index of a page break; before a code block if no line of the block would fit on this page."""
    opened = text.rfind(FENCE, 0, at)
    is_bare = opened > _REOPENED and text[:at].count(FENCE) % 2 and "\n" not in text[opened:at]
    return opened if is_bare else at


def _language(page: str) -> str:
    """The language of the code block that is open at the end of this page, or ''."""
    found = _LANGUAGE.match(page, page.rindex(FENCE) + len(FENCE))
    return found.group() if found else ""
