"""One field of an entry, changed in the text: the comments beside it and all other fields stay."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher

from bot.errors import EditError
from bot.language.words import _
from bot.lessons.editing.spans import MappingSpan, ScalarSpan, SequenceSpan, Span, line_begin, line_end, line_stop
from bot.lessons.editing.text_edits import (
    TextEdit,
    block_header,
    cut_from_flow,
    cut_lines,
    has_own_lines,
    replace_span,
    to_json,
)
from bot.lessons.yaml_text import field_to_yaml

Value = str | bool | date | Sequence[str] | Mapping[str, str | Sequence[str]]


def set_fields(
    text: str, mapping: MappingSpan, values: Mapping[str, Value | None], order: Sequence[str]
) -> list[TextEdit]:
    """Edits that set these fields, or remove those that are None; new fields are placed as in `order`."""
    gone = [n for key, value in values.items() if not value and (n := mapping.position(key)) is not None]
    changes: list[TextEdit] = []
    for key in order:
        value = values.get(key)
        if value and (n := mapping.position(key)) is not None:
            changes += _set(text, mapping, n, key, value)
        elif value:
            before = [mapping.position(each) for each in order[: order.index(key)]]
            above = [n for n in before if n is not None and n not in gone]
            changes.append(_add(text, mapping, max(above), key, value))
    # Neighboring fields are removed together: each alone would also remove the gap between them.
    for begin in (n for n in gone if n - 1 not in gone):
        end = next(n for n in range(begin, len(mapping.pairs) + 1) if n not in gone)
        changes += _cut(text, mapping, begin, end)
    return changes


def _set(text: str, mapping: MappingSpan, n: int, key: str, value: Value) -> list[TextEdit]:
    name, old = mapping.pairs[n]
    if isinstance(value, Mapping) and isinstance(old, MappingSpan):
        have = _texts(old)
        parts = dict.fromkeys([*value, *have])
        return set_fields(text, old, {x: value.get(x) for x in parts if value.get(x) != have.get(x)}, list(parts))
    if isinstance(value, Sequence) and not isinstance(value, str) and isinstance(old, SequenceSpan) and old.items:
        return _set_items(text, old, value)
    if mapping.is_flow:
        space = "" if text[old.begin - 1].isspace() else " "
        return [TextEdit(old.begin, old.end, space + to_json(value))]
    return [_replace(text, name, old, key, value)]


def _texts(fields: MappingSpan) -> dict[str, str]:
    return {
        k.value: v.value.strip()
        for k, v in fields.pairs
        if isinstance(k, ScalarSpan) and isinstance(v, ScalarSpan)
    }


def _add(text: str, mapping: MappingSpan, n: int, key: str, value: Value) -> TextEdit:
    """A new field below the one at `n`."""
    above = mapping.pairs[n][1]
    if mapping.is_flow:
        return TextEdit(above.end, above.end, f", {to_json(key)}: {to_json(value)}")
    end = line_end(text, above.end)
    return TextEdit(end, end, field_to_yaml(key, value, mapping.pairs[0][0].column))


def _cut(text: str, mapping: MappingSpan, begin: int, end: int) -> list[TextEdit]:
    if mapping.is_flow:
        return [cut_from_flow(text, [(name.begin, value.end) for name, value in mapping.pairs], begin, end)]
    first = mapping.pairs[begin][0].begin
    lines = [cut_lines(text, name.begin, value.end) for name, value in mapping.pairs[begin:end]]
    if not text[line_begin(text, first) : first].strip(" ?"):
        return lines
    # The dash of the list item stands before this field and has to stay; so do comments above the next fields.
    behind = [(mapping.pairs[n - 1][1].end, mapping.pairs[n][0].begin) for n in range(begin + 1, end + 1)]
    if any(text[line_end(text, above) : below].strip() for above, below in behind):
        return [TextEdit(first, line_stop(text, behind[0][0]), ""), *lines[1:]]
    return [TextEdit(first, behind[-1][1], "")]


def _replace(text: str, name: Span, old: Span, key: str, value: Value) -> TextEdit:
    """Replace the value of a field in a block mapping. Raises `EditError` if its layout does not allow that."""
    colon = text.find(":", name.end, old.begin)
    if colon < 0:
        raise EditError(
            _(
                "'{field}' cannot be edited in Discord because of how it is written in the lesson "
                "file; to change the file, download it with `/lessons export`, edit it, and upload "
                "it with `/lessons import`",
                field=key,
            )
        )
    between = text[colon + 1 : old.begin]
    beside_key = text[colon + 1 : line_stop(text, colon)]
    header = block_header(text, old)
    behind = header[1] if header else text[old.end : line_stop(text, old.end)]
    if "#" in between and (between.count("#") > 1 or "#" in behind or "#" not in beside_key):
        # There are comments between the key and the value: the value stays below them.
        return replace_span(text, old, _written(key, value, old.column - 2).lstrip(" \n"))
    new = _written(key, value, _indent_below(text, name, old))
    if "#" in between:
        first, line_break, rest = new.partition("\n")
        return TextEdit(colon + 1, line_stop(text, old.end), f"{first}{beside_key}{line_break}{rest}")
    if header and new.startswith(" |\n") and re.fullmatch(r"\|[-+]?", header[0]):
        new = f" {header[0]}{new.removeprefix(' |')}"
    change = replace_span(text, old, new)
    return TextEdit(colon + 1, change.end, change.text)


def _written(key: str, value: Value, indent: int) -> str:
    """The value as it is written after `key:`."""
    return field_to_yaml(key, value, indent).strip("\n").lstrip(" ").removeprefix(f"{key}:")


def _indent_below(text: str, name: Span, old: Span) -> int:
    """The indentation of a block text: as before, so that its unchanged lines stay the same."""
    body = text[line_end(text, old.begin) : old.end]
    found = re.match(r"\s*^( +)\S", body, re.MULTILINE)
    if found and block_header(text, old) and len(found[1]) >= name.column + 2:
        return len(found[1]) - 2
    return name.column


def _set_items(text: str, old: SequenceSpan, new: Sequence[str]) -> list[TextEdit]:
    have = [
        each.value.strip() if isinstance(each, ScalarSpan) and each.style != "*" else None for each in old.items
    ]
    changes: list[TextEdit] = []
    for what, begin, end, new_begin, new_end in SequenceMatcher(None, have, new, False).get_opcodes():
        if what == "equal":
            continue
        both = min(end - begin, new_end - new_begin)
        changes += [_set_item(text, old, begin + n, new[new_begin + n]) for n in range(both)]
        if begin + both < end:
            changes += _cut_items(text, old, begin + both, end)
        if more := new[new_begin + both : new_end]:
            changes.append(_insert_items(text, old, begin + both, more))
    return changes


def _set_item(text: str, old: SequenceSpan, n: int, value: str) -> TextEdit:
    item = old.items[n]
    if old.is_flow:
        return TextEdit(item.begin, item.end, _flow_item(value))
    return replace_span(text, item, _block_item(text, old, value).lstrip(" ").removeprefix("- ").rstrip("\n"))


def _cut_items(text: str, old: SequenceSpan, begin: int, end: int) -> list[TextEdit]:
    if old.is_flow:
        return [cut_from_flow(text, [(item.begin, item.end) for item in old.items], begin, end)]
    return [cut_lines(text, old.dashes[n], old.items[n].end) for n in range(begin, end)]


def _insert_items(text: str, old: SequenceSpan, n: int, values: Sequence[str]) -> TextEdit:
    if old.is_flow:
        beside = old.items[n - 1] if n else old.items[0]
        if has_own_lines(text, beside.begin, beside.end):
            begin = line_begin(text, beside.begin)
            at, pad = line_end(text, beside.end) if n else begin, text[begin : beside.begin]
            return TextEdit(at, at, "".join(f"{pad}{_flow_item(value)},\n" for value in values))
        at = beside.end if n else beside.begin
        new = ", ".join(map(_flow_item, values))
        return TextEdit(at, at, f", {new}" if n else f"{new}, ")
    at = line_end(text, old.items[n - 1].end) if n else line_begin(text, old.dashes[0])
    return TextEdit(at, at, "".join(_block_item(text, old, value) for value in values))


def _flow_item(value: str) -> str:
    return field_to_yaml("related", [value], 0).strip().removeprefix("related: [").removesuffix("]")


def _block_item(text: str, old: SequenceSpan, value: str) -> str:
    dash = old.dashes[0] - line_begin(text, old.dashes[0])
    return field_to_yaml("phrasings", [value], dash - 2).partition("\n")[2]
