"""Edits of a YAML text that cut or replace spans and keep the comments and the layout around them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.lessons.editing.spans import ScalarSpan, Span, line_begin, line_end, line_stop

_COMMA = re.compile(r"\s*,\s*(#.*)?")
_COMMA_OR_NONE = re.compile(r"\s*+(?:,\s*+)?(#.*)?")


@dataclass(frozen=True)
class TextEdit:
    """Replaces the characters from `begin` up to `end` with `text`."""

    begin: int
    end: int
    text: str


def apply_edits(text: str, changes: Sequence[TextEdit], line_break: str) -> str:
    """The text after these edits, which must not overlap."""
    # From the end, so that the indexes of the others stay valid and two edits at one index keep their order.
    for change in sorted(changes, key=lambda each: each.begin)[::-1]:
        text = text[: change.begin] + change.text.replace("\n", line_break) + text[change.end :]
    return text


def cut_lines(text: str, begin: int, end: int) -> TextEdit:
    """Cut whole lines: from the line of `begin` to the line of `end`, inclusive."""
    return TextEdit(line_begin(text, begin), line_end(text, end), "")


def cut_from_flow(text: str, spans: Sequence[tuple[int, int]], first: int, behind: int) -> TextEdit:
    """Cut the items from `first` up to `behind` out of a flow sequence or mapping, with their commas."""
    begin, end = spans[first][0], spans[behind - 1][1]
    is_last = behind == len(spans)
    if has_own_lines(text, begin, end, needs_comma=not is_last):
        return cut_lines(text, begin, end)
    if not is_last:
        return TextEdit(begin, spans[behind][0], "")
    # A comment before the items has to stay. The comma before it stays too; YAML allows a trailing comma.
    before = spans[first - 1][1] if first else begin
    return TextEdit(begin if "#" in text[before:begin] else before, end, "")


def has_own_lines(text: str, begin: int, end: int, *, needs_comma: bool = True) -> bool:
    """Whether a flow item has its lines to itself, apart from its comma and a comment."""
    behind = text[end : line_stop(text, end)]
    only = _COMMA.fullmatch(behind) if needs_comma else _COMMA_OR_NONE.fullmatch(behind)
    return not text[line_begin(text, begin) : begin].strip() and only is not None


def replace_span(text: str, old: Span, new: str) -> TextEdit:
    """Replace a span; a comment behind it moves to the end of the first new line."""
    first, line_break, rest = new.partition("\n")
    stop = line_stop(text, old.end)
    tail = text[old.end : stop]
    if header := block_header(text, old):
        comment = header[1] if "#" in header[1] else ""
    elif "#" in tail:
        comment = tail
    else:
        comment = ""
    return TextEdit(old.begin, stop, f"{first}{comment}{line_break}{rest}")


def block_header(text: str, span: Span) -> tuple[str, str] | None:
    """The header of a block scalar: `|-  # why` is ('|-', '  # why'). None for every other span."""
    if not isinstance(span, ScalarSpan) or span.style not in ("|", ">"):
        return None
    header = text[span.begin : line_stop(text, span.begin)]
    found = re.search(r"[|>][-+0-9]*(?=\s|$)", header)
    assert found, "a block scalar begins with its indicator"
    return found.group(), header[found.end() :]


def to_json(value: object) -> str:
    """The value as JSON, which is valid YAML inside brackets and in the middle of a line."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    # YAML 1.1 reads these as line breaks, or does not allow them.
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda found: f"\\u{ord(found.group()):04x}", text)
