"""Texts that YAML reads differently from how they were typed: cut, joined, or missing a character."""

from __future__ import annotations

import re
import string
from bisect import bisect_right
from collections.abc import Iterator

import yaml

from bot.language.words import _
from bot.lessons.document import Document, Place
from bot.lessons.editing.spans import line_begin, line_end, line_stop
from bot.lessons.yaml_hints import comment, not_a_quote

# Only fields that members read: after an id or a verdict, a comment is meant as one.
_TEXTS = frozenset(
    """
    lesson course question phrasings answer title story plan outcome why cost right_when behind_the_scenes takeaway
    text feedback hint caption alt
    """.split()
)
_CLOSES = {"\u201c": "\u201d", "\u201e": "\u201c", "\u2018": "\u2019", "\u00ab": "\u00bb"}
_KEY_SIGNS = string.ascii_letters + string.digits + "_"
_NO_COMMENT = re.compile(r"#\S")
_LIST_MARK = re.compile(r"[ \t]*(?:[-*+\u2022]|\d{1,3}[.)])[ ]+\S")
_PATH = re.compile(r"(?:\b[A-Za-z]:|[\s\"]\.{1,2})\\(?!\\)[A-Za-z]")


def misread(document: Document) -> Iterator[tuple[Place, int, str]]:
    """For each such text: its place, the index at which it is misread, and what to do about it."""
    text = document.text
    places = sorted((index, place) for place, index in document.places.index.items())
    starts = [index for index, __ in places]
    tokens = list(yaml.scan(text, Loader=yaml.CSafeLoader))
    named = {token.value for token in tokens if isinstance(token, yaml.AliasToken)}
    for token in tokens:
        assert token.start_mark, "a token that was scanned has a place"
        assert token.end_mark
        begin, end = token.start_mark.index, token.end_mark.index
        place = places[max(0, bisect_right(starts, begin) - 1)][1]
        if isinstance(token, yaml.AnchorToken) and token.value not in named:
            what = _("'&' starts a YAML anchor here (&{name}); put the text in quotes", name=token.value)
            yield place, begin, what
        elif isinstance(token, yaml.ScalarToken) and _name(place) in _TEXTS:
            yield from ((place, index, what) for index, what in _in_scalar(text, token, begin, end))
    for index, place in places:
        if _name(place) in _TEXTS - {"phrasings"} and (cut := _after_key(text, index)):
            yield place, index, comment(cut)


def _name(place: Place) -> str:
    return next((part for part in reversed(place) if isinstance(part, str)), "")


def _in_scalar(text: str, token: yaml.ScalarToken, begin: int, end: int) -> Iterator[tuple[int, str]]:
    source, style = text[begin:end], token.style or ""
    if not style and (cut := _cut(text, begin, end)):
        yield cut[0], comment(cut[1])
    if not style and source[0] in _CLOSES and _CLOSES[source[0]] not in source:
        yield begin, not_a_quote(source[0])
    first = 0 if style == ">" else 1  # the text begins on the line of its quotation mark, but below a `>`
    if style != "|" and _items(source.splitlines()[1:]) > _items(token.value.splitlines()[first:]):
        yield begin, _("its lines become one line; write '|' after the ':' and start the text on the line below")
    if style == '"' and _PATH.search(source):
        yield begin, _("a backslash inside \"…\" has a special meaning; use '…' instead, or write it twice")


def _items(lines: list[str]) -> int:
    """How many of these lines are items of a list."""
    return sum(map(bool, map(_LIST_MARK.match, lines)))


def _cut(text: str, begin: int, end: int) -> tuple[int, str] | None:
    """The index and the text of a comment that cuts a plain text short."""
    rest = text[end : line_stop(text, end)]
    if rest.lstrip().startswith("#"):
        return end, rest.strip()
    # On the next line, where a long text goes on; a comment about the next entry is indented less.
    below = line_end(text, end)
    line = text[below : line_stop(text, below)]
    if not rest.strip() and _NO_COMMENT.match(line.lstrip(" ")):
        head = text[line_begin(text, begin) : begin]
        column = len(head) if head.strip() in ("-", "") else _column_of_key(head) + 1
        if len(line) - len(line.lstrip(" ")) >= column:
            return below, line.strip()
    return None


def _column_of_key(head: str) -> int:
    """Where the key begins that a line ends with, as in `- answer: `; the end of the line if it ends with none."""
    bare = head.rstrip(" ")
    return len(bare[:-1].rstrip(_KEY_SIGNS)) if bare.endswith(":") else len(head)


def _after_key(text: str, index: int) -> str:
    """A comment in the place where the text of this key should be."""
    found = re.match(r"\w+:[ ]+(#\S.*)", text[index : line_stop(text, index)])
    return found[1] if found else ""
