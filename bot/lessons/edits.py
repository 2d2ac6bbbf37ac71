"""Edits of a lesson file that leave every byte alone that they are not about.

An edit is planned on the YAML nodes and made in the text. Whatever the plan missed is caught at the
end: the edited text is read again and must hold what was asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import yaml

from bot.errors import EditError, LessonError
from bot.lessons.document import Document, read_document
from bot.lessons.lesson import Entry, Lesson
from bot.lessons.nodes import compose
from bot.lessons.yaml_text import entry_to_yaml, field_to_yaml

Value = str | date | Sequence[str] | Mapping[str, str]


@dataclass(frozen=True)
class _Change:
    begin: int
    end: int
    text: str


def change_entry(document: Document, entry: Entry) -> str:
    """The file's text with the entry of this id changed, field by field. Raises `EditError`."""
    old = _find(document.lesson, entry.id)
    item = _items(_root(document))[document.lesson.entries.index(old)]
    before, after = _fields(old), _fields(entry)
    changes = [
        _set(document.text, item, key, after.get(key))
        for key in Entry.model_fields
        if before.get(key) != after.get(key)
    ]
    entries = tuple(entry if each is old else each for each in document.lesson.entries)
    return _apply(document, changes, entries)


def add_entry(document: Document, entry: Entry) -> str:
    """The file's text with this entry as its last. Raises `EditError`."""
    root = _root(document)
    at = _value_of(root, "entries")
    text = document.text
    if isinstance(at, yaml.SequenceNode) and at.value and not at.flow_style:
        indent = at.start_mark.column
        end = _line_end(text, _content_end(text, at))
        change = _Change(end, end, _newline_before(text, end) + "\n" + entry_to_yaml(entry, indent))
    elif isinstance(at, yaml.SequenceNode) and (at.value or root.flow_style):
        end = _content_end(text, at.value[-1]) if at.value else at.start_mark.index + 1
        change = _Change(end, end, (", " if at.value else "") + _json(_fields(entry)))
    elif at is None:
        change = _set_text(text, root, "entries", "entries:\n" + entry_to_yaml(entry, 2))
    else:  # `entries:` or `entries: []`
        change = _Change(at.start_mark.index, at.end_mark.index, "\n" + entry_to_yaml(entry, 2).rstrip("\n"))
    return _apply(document, [change], (*document.lesson.entries, entry))


def remove_entry(document: Document, entry_id: str) -> str:
    """The file's text without this entry. Raises `EditError`."""
    old = _find(document.lesson, entry_id)
    text, items = document.text, _items(_root(document))
    n = document.lesson.entries.index(old)
    at = _value_of(_root(document), "entries")
    if isinstance(at, yaml.SequenceNode) and at.flow_style:
        change = _cut_from_flow(text, items, n)
    else:
        dash = text.rindex("-", 0, items[n].start_mark.index)
        begin = text.rfind("\n", 0, dash) + 1
        change = _Change(begin, _line_end(text, _content_end(text, items[n])), "")
    return _apply(document, [change], tuple(each for each in document.lesson.entries if each is not old))


def _find(lesson: Lesson, entry_id: str) -> Entry:
    for entry in lesson.entries:
        if entry.id == entry_id:
            return entry
    raise EditError(f"the entry '{entry_id}' is no longer in this lesson; nothing was changed")


def _root(document: Document) -> yaml.MappingNode:
    root = compose(document.text)
    assert isinstance(root, yaml.MappingNode), "a Document was read from a mapping"
    return root


def _items(root: yaml.MappingNode) -> list[yaml.MappingNode]:
    at = _value_of(root, "entries")
    assert isinstance(at, yaml.SequenceNode), "a Document with entries has a list of them"
    return list(at.value)


def _value_of(mapping: yaml.MappingNode, key: str) -> yaml.Node | None:
    return next((value for name, value in mapping.value if name.value == key), None)


def _fields(entry: Entry) -> dict[str, Value]:
    """What a file would hold for this entry: the fields that are not empty, pictures without blanks."""
    fields: dict[str, Value] = {}
    for key in Entry.model_fields:
        value = getattr(entry, key)
        if key == "image" and value is not None:
            value = {k: v for k, v in value.model_dump().items() if v}
        if value:
            fields[key] = value
    return fields


def _json(value: object) -> str:
    """JSON is YAML that may stand between braces and in the middle of a line."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    # YAML 1.1 takes these for line breaks.
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff]", lambda found: f"\\u{ord(found.group()):04x}", text)


def _set(text: str, mapping: yaml.MappingNode, key: str, value: Value | None) -> _Change:
    """One field of a mapping set to a value, or taken out if that is None."""
    found = next((n for n, (name, _) in enumerate(mapping.value) if name.value == key), None)
    if value is None:
        assert found is not None, "only a field that is there can go"
        return _cut_field(text, mapping, found)
    if found is None:
        indent = mapping.start_mark.column
        flow = f"{json.dumps(key)}: {_json(value)}"
        return _set_text(text, mapping, key, flow if mapping.flow_style else field_to_yaml(key, value, indent))
    name, old = mapping.value[found]
    begin, end = name.start_mark.index, _content_end(text, old)
    if mapping.flow_style:
        return _Change(old.start_mark.index, end, _json(value))
    comment = _comment_in_header(text, old)
    rest_of_line = text[end : _line_end(text, end)].strip()
    if comment or rest_of_line:
        # A comment stands behind the value: what replaces it has to be one line, too.
        return _Change(begin, end, f"{key}: {_json(value)}{comment}")
    return _Change(begin, end, field_to_yaml(key, value, name.start_mark.column).strip(" ").rstrip("\n"))


def _set_text(text: str, mapping: yaml.MappingNode, key: str, field: str) -> _Change:
    """A new field behind the last one."""
    last = _content_end(text, mapping.value[-1][1])
    if mapping.flow_style:
        return _Change(last, last, ", " + field)
    end = _line_end(text, last)
    blank = "\n" if key == "entries" else ""
    return _Change(end, end, _newline_before(text, end) + blank + field)


def _cut_field(text: str, mapping: yaml.MappingNode, n: int) -> _Change:
    if mapping.flow_style:
        return _cut_from_flow(text, [value for pair in mapping.value for value in pair], 2 * n, 2)
    name, value = mapping.value[n]
    if n == 0:  # the dash of the list stands before it and has to stay
        return _Change(name.start_mark.index, mapping.value[1][0].start_mark.index, "")
    begin = text.rfind("\n", 0, name.start_mark.index) + 1
    return _Change(begin, _line_end(text, _content_end(text, value)), "")


def _cut_from_flow(text: str, nodes: Sequence[yaml.Node], n: int, width: int = 1) -> _Change:
    if n + width < len(nodes):
        return _Change(nodes[n].start_mark.index, nodes[n + width].start_mark.index, "")
    begin = _content_end(text, nodes[n - 1]) if n else nodes[n].start_mark.index
    return _Change(begin, _content_end(text, nodes[n + width - 1]), "")


def _content_end(text: str, node: yaml.Node) -> int:
    """Where the node's own text ends: block nodes are marked to reach as far as the next token."""
    if isinstance(node, yaml.ScalarNode):
        begin, end = node.start_mark.index, node.end_mark.index
        return begin + len(text[begin:end].rstrip()) if node.style in ("|", ">") else end
    assert isinstance(node, yaml.CollectionNode)
    if node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _content_end(text, last[1] if isinstance(last, tuple) else last)


def _comment_in_header(text: str, node: yaml.Node) -> str:
    """The comment in `answer: |  # like this`."""
    if not isinstance(node, yaml.ScalarNode) or node.style not in ("|", ">"):
        return ""
    header = text[node.start_mark.index : _line_end(text, node.start_mark.index)].rstrip()
    return header[header.index(" #") :] if " #" in header else ""


def _line_end(text: str, index: int) -> int:
    """Where the line of this character ends, behind its line break."""
    end = text.find("\n", index)
    return len(text) if end < 0 else end + 1


def _newline_before(text: str, end: int) -> str:
    return "" if text[:end].endswith("\n") else "\n"


def _apply(document: Document, changes: Sequence[_Change], entries: tuple[Entry, ...]) -> str:
    crlf = "\r\n" in document.text
    text = document.text
    in_order = sorted(changes, key=lambda change: change.begin)
    for change in reversed(in_order):  # from the end, so that the places of the others stay true
        new = change.text.replace("\n", "\r\n") if crlf else change.text
        text = text[: change.begin] + new + text[change.end :]
    wanted = document.lesson.model_copy(update={"entries": entries})
    try:
        done = read_document(document.file, text.encode()).lesson
    except LessonError as error:
        raise EditError(f"this edit would break {document.file}: {error.problems[0].what}") from error
    if done != wanted:
        raise EditError(f"{document.file} is written in a way that only an editor can change here")
    return text
