"""Taking parts out of a text, or putting them in, so that what stands beside them stays."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.lessons.layout import Part, Scalar, line_begin, line_end, line_stop

_COMMA = re.compile(r"\s*,\s*(#.*)?")
_COMMA_OR_NONE = re.compile(r"\s*+(?:,\s*+)?(#.*)?")


@dataclass(frozen=True)
class TextEdit:
    """`text` in place of the characters from `begin` to before `end`."""

    begin: int
    end: int
    text: str


def apply(text: str, changes: Sequence[TextEdit], line_break: str) -> str:
    """The text after these changes; none of them may overlap another."""
    # From the end, so that the places of the others stay true, and two at one place keep their order.
    for change in sorted(changes, key=lambda each: each.begin)[::-1]:
        text = text[: change.begin] + change.text.replace("\n", line_break) + text[change.end :]
    return text


def whole_lines(text: str, begin: int, end: int) -> TextEdit:
    """Cut the lines from the one of `begin` to the one in which `end` is."""
    return TextEdit(line_begin(text, begin), line_end(text, end), "")


def from_flow(text: str, spans: Sequence[tuple[int, int]], first: int, behind: int) -> TextEdit:
    """Cut the items from `first` to before `behind` out of the brackets, with their commas."""
    begin, end = spans[first][0], spans[behind - 1][1]
    is_last = behind == len(spans)
    if has_own_lines(text, begin, end, needs_comma=not is_last):
        return whole_lines(text, begin, end)
    if not is_last:
        return TextEdit(begin, spans[behind][0], "")
    # YAML allows the comma that is left behind where a comment has to stay.
    before = spans[first - 1][1] if first else begin
    return TextEdit(begin if "#" in text[before:begin] else before, end, "")


def has_own_lines(text: str, begin: int, end: int, *, needs_comma: bool = True) -> bool:
    """Whether an item between brackets shares its lines with nothing but its comma and a comment."""
    behind = text[end : line_stop(text, end)]
    only = _COMMA.fullmatch(behind) if needs_comma else _COMMA_OR_NONE.fullmatch(behind)
    return not text[line_begin(text, begin) : begin].strip() and only is not None


def in_place(text: str, old: Part, new: str) -> TextEdit:
    """`new` instead of a part, the comment that stood behind it now behind the first line of it."""
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


def block_header(text: str, part: Part) -> tuple[str, str] | None:
    """`|-  # why` as ('|-', '  # why'); None for all but block texts."""
    if not isinstance(part, Scalar) or part.style not in ("|", ">"):
        return None
    header = text[part.begin : line_stop(text, part.begin)]
    found = re.search(r"[|>][-+0-9]*(?=\s|$)", header)
    assert found, "a block text begins with its indicator"
    return found.group(), header[found.end() :]


def to_json(value: object) -> str:
    """JSON is YAML that may stand between braces and in the middle of a line."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    # YAML 1.1 takes these for line breaks, or for nothing that may be printed.
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda found: f"\\u{ord(found.group()):04x}", text)
