"""Divides a long reStructuredText at its titles, so that it is read piece by piece.

docutils needs about a hundred times as much memory as the text that it parses has, and copies the rest of the text
for each list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from docutils.nodes import fully_normalize_name

from bot.lessons.intake.question_text import anchor_of

# A piece ends at the next title behind so many characters or lines, and behind twice as many at the next block.
_CHARACTERS, _LINES = 2**17, 4_000
_MARKS = re.compile(r"(?P<mark>[!-/:-@\[-`{-~])(?P=mark){2,}")
_TARGET = re.compile(r"\.\.[ \t]+_(?P<name>`[^`]+`|[^:`]+):(?:[ \t]+(?P<address>\S.*))?")
_REPLACEMENT = re.compile(r"\.\.[ \t]+\|(?P<name>[^|]+)\|[ \t]")
_MARKUP = re.compile(r"[`*|]")


@dataclass(frozen=True)
class Piece:
    """The lines of a text from line `first`, counted from 0, up to but without `end`: its `own`.

    In `text`, there are also `titles` titles before them, in `before` lines, so that the titles below have the
    level that they have in the whole text; and behind them the replacements that are defined in other pieces.
    """

    own: str
    text: str
    first: int
    end: int
    titles: int = 0
    before: int = 0


@dataclass(frozen=True)
class Place:
    """What a name refers to: an address, or the title of a section with its anchor."""

    address: str
    title: str = ""


@dataclass(frozen=True)
class _Title:
    """A title whose lines begin at `begin`. `style` are the marks above and below it."""

    text: str
    begin: int
    style: str


def divided(text: str) -> tuple[list[Piece], dict[str, Place]]:
    """The pieces of a text, and what the names that they share refer to. A text of usual size is one piece."""
    lines = text.split("\n")
    if not _is_long(len(text) // 2, len(lines) // 2):
        return [Piece(text, text, 0, len(lines))], {}
    titles = list(_titles(lines))
    replacements = dict(_replacements(lines))
    pieces = [_piece(lines, *cut, replacements) for cut in _cuts(lines, titles)]
    return pieces, _places(lines, titles)


def _is_long(characters: int, lines: int) -> bool:
    return characters >= _CHARACTERS or lines >= _LINES


def _titles(lines: Sequence[str]) -> Iterator[_Title]:
    for n in range(1, len(lines)):
        below, text = lines[n].rstrip(), lines[n - 1].strip()
        if not _MARKS.fullmatch(below) or not text or _MARKS.fullmatch(text) or len(below) < min(4, len(text)):
            continue
        above = lines[n - 2].rstrip() if n > 1 else ""
        if above == below and (n == 2 or not lines[n - 3].strip()):
            yield _Title(text, n - 2, below[:1] * 2)
        elif not above and not lines[n - 1][0].isspace():
            yield _Title(text, n - 1, below[:1])


def _cuts(lines: Sequence[str], titles: Sequence[_Title]) -> Iterator[tuple[int, int, list[str]]]:
    """Where pieces begin and end, and the styles of the titles around them."""
    sizes = list(accumulate((len(line) + 1 for line in lines), initial=0))
    found = {title.begin: title for title in titles}
    styles: list[str] = []
    above: list[str] = []
    outer: list[str] = []
    start, around = 0, above
    for n, line in enumerate(lines):
        size, count = sizes[n] - sizes[start], n - start
        title = found.get(n)
        if title:
            if title.style not in styles:
                styles.append(title.style)
            outer = above[: styles.index(title.style)]
            above = [*outer, title.style]
        is_block = n > 0 and not lines[n - 1].strip() and line[:1].strip()
        if (title and _is_long(size, count)) or (is_block and _is_long(size // 2, count // 2)):
            begin = n
            while not lines[begin - 1].strip() or (title and lines[begin - 1].startswith(".. _")):
                begin -= 1
            yield start, begin, around
            start, around = begin, outer if title else above
    yield start, len(lines), around


def _piece(
    lines: Sequence[str], begin: int, end: int, around: Sequence[str], replacements: Mapping[str, str]
) -> Piece:
    before: list[str] = []
    for style in around:
        marks = style[0] * 4
        before += [marks, "xxxx", marks, ""] if len(style) > 1 else ["xxxx", marks, ""]
    text = "\n".join(lines[begin:end])
    own = {name for name, __ in _replacements(lines[begin:end])}
    found: dict[str, str] = {}
    waiting = [text]
    while waiting:
        used = waiting.pop().lower()
        for name, replacement in replacements.items():
            if name not in own and name not in found and f"|{name}|" in used:
                found[name] = replacement
                waiting.append(replacement)
    whole = "\n".join([*before, text, *(f"\n{each}" for each in found.values())])
    return Piece(text, whole, begin, end, len(around), len(before))


def _replacements(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The definitions of `|name|`, by name in small letters."""
    for n, line in enumerate(lines):
        if line.startswith("..") and (found := _REPLACEMENT.match(line)):
            end = _end_of_indented(lines, n + 1)
            yield fully_normalize_name(found["name"]), "\n".join(lines[n:end])


def _end_of_indented(lines: Sequence[str], n: int) -> int:
    while n < len(lines) and (not lines[n].strip() or lines[n][0].isspace()):
        n += 1
    return n


def _places(lines: Sequence[str], titles: Sequence[_Title]) -> dict[str, Place]:
    """What each name in the text refers to. The name of a link target goes before the same title."""
    shown = {title.begin: _MARKUP.sub("", title.text) for title in titles}
    places = {fully_normalize_name(text): Place(f"#{anchor_of(text)}", text) for text in shown.values()}
    waiting: list[str] = []
    other: dict[str, str] = {}  # names that refer to another name
    for n, line in enumerate(lines):
        found = _TARGET.fullmatch(line.rstrip()) if line.startswith("..") else None
        if found:
            name = fully_normalize_name(found["name"].strip("`").replace("\\", ""))
            if found["address"]:
                below = lines[n + 1 : _end_of_indented(lines, n + 1)]
                address = "".join([found["address"], *(each.strip() for each in below)])
                if address.endswith("_"):
                    other[name] = fully_normalize_name(address[:-1].strip("`"))
                else:
                    places[name] = Place(address)
            else:
                waiting.append(name)
        elif line.strip():
            if n in shown:
                places |= dict.fromkeys(waiting, Place(f"#{anchor_of(shown[n])}", shown[n]))
            waiting = []
    for name in list(other):
        places[name] = places.get(_last(name, other), Place(""))
    return places


def _last(name: str, other: Mapping[str, str]) -> str:
    """The last of the names that refer to each other, beginning with this one."""
    seen: set[str] = set()
    while name in other and name not in seen:
        seen.add(name)
        name = other[name]
    return name
