"""Edits of a lesson's entries that leave every other byte of its file alone.

An edit is planned on the spans of the file and made in the text. Whatever the plan missed is caught
at the end: the edited text is read again, and must give the wanted lesson.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from bot.errors import EditError
from bot.language.words import _
from bot.lessons.document import Document
from bot.lessons.editing.edited import edited, filled, for_an_editor, sequence_at, spans_in_lines
from bot.lessons.editing.fields import set_fields
from bot.lessons.editing.spans import MappingSpan, SequenceSpan, line_begin, line_end
from bot.lessons.editing.text_edits import TextEdit, cut_from_flow, to_json
from bot.lessons.lesson import Entry, Item, Lesson, keys_of
from bot.lessons.yaml_text import item_to_yaml

_ORDER = list(keys_of(Entry))


def change_entry(document: Document, entry: Entry) -> str:
    """The file's text with the entry of this id changed, field by field. Raises `EditError`."""
    return change_entries(document, [entry])


def change_entries(document: Document, entries: Sequence[Entry]) -> str:
    """The file's text with the entries of these ids changed. Raises `EditError`."""
    text, root = spans_in_lines(document)
    wanted = {each.id: each for each in entries}
    changes: list[TextEdit] = []
    for entry in entries:
        old = _find(document.lesson, entry.id, entry.question)
        item = sequence_at(document, root, "entries").items[document.lesson.entries.index(old)]
        if not isinstance(item, MappingSpan):
            raise for_an_editor(document)
        before, after = filled(old), filled(entry)
        values = {key: after.get(key) for key in _ORDER if before.get(key) != after.get(key)}
        changes += set_fields(text, item, values, _ORDER)
    return _edited(document, text, changes, [wanted.get(each.id, each) for each in document.lesson.entries])


def add_entry(document: Document, entry: Entry) -> str:
    """The file's text with this entry as its last. Raises `EditError`."""
    return add_items(document, "entries", [entry])


def add_items(document: Document, key: Literal["entries", "scenarios"], items: Sequence[Item]) -> str:
    """The file's text with these as the last of its entries or scenarios. Raises `EditError`."""
    text, root = spans_in_lines(document)
    at = root.value(key)
    flow = ", ".join(to_json(each.model_dump(mode="json", exclude_defaults=True)) for each in items)
    if isinstance(at, SequenceSpan) and at.items and not at.is_flow:
        column = at.dashes[0] - line_begin(text, at.dashes[0])
        end = _behind_comments(text, line_end(text, at.end), column)
        changes = [TextEdit(end, end, "".join("\n" + item_to_yaml(each, column) for each in items))]
    elif isinstance(at, SequenceSpan) and (at.items or root.is_flow or "#" in text[at.begin : at.end]):
        end = at.items[-1].end if at.items else at.begin + 1
        changes = [TextEdit(end, end, (", " if at.items else "") + flow)]
    elif at is not None:  # `entries:` or `entries: []`
        end = line_end(text, at.end)
        changes = [TextEdit(at.begin, at.end, ""), TextEdit(end, end, _in_a_block(items))]
    elif root.is_flow:
        end = root.pairs[-1][1].end
        changes = [TextEdit(end, end, f', "{key}": [{flow}]')]
    else:
        before = list(Lesson.model_fields)[: list(Lesson.model_fields).index(key)]
        above = [n for each in before if (n := root.position(each)) is not None]
        end = line_end(text, root.pairs[max(above)][1].end)
        changes = [TextEdit(end, end, f"\n{key}:\n" + _in_a_block(items))]
    return edited(
        document,
        text,
        changes,
        document.lesson.model_copy(update={key: (*getattr(document.lesson, key), *items)}),
    )


def _in_a_block(items: Sequence[Item]) -> str:
    return "\n".join(item_to_yaml(each, 2) for each in items)


def remove_entry(document: Document, entry_id: str) -> str:
    """The file's text without this entry. Raises `EditError`."""
    old = _find(document.lesson, entry_id)
    text, root = spans_in_lines(document)
    entries = sequence_at(document, root, "entries")
    n = document.lesson.entries.index(old)
    if entries.is_flow:
        change = cut_from_flow(text, [(item.begin, item.end) for item in entries.items], n, n + 1)
    else:
        begin, end = line_begin(text, entries.dashes[n]), line_end(text, entries.items[n].end)
        # One of the empty lines around the entry is removed with it.
        above = line_begin(text, begin - 1) if begin else begin
        below = line_end(text, end)
        if not text[above:begin].strip() and not text[end:below].strip():
            begin = above
        change = TextEdit(begin, end, "")
    return _edited(document, text, [change], [each for each in document.lesson.entries if each is not old])


def _find(lesson: Lesson, entry_id: str, title: str = "") -> Entry:
    for entry in lesson.entries:
        if entry.id == entry_id:
            return entry
    raise EditError(_("the entry “{title}” is no longer in this lesson", title=title or entry_id))


def _behind_comments(text: str, index: int, column: int) -> int:
    """The index after the comments that stand below an entry and, by their indentation, belong to it."""
    while index < len(text):
        line = text[index : line_end(text, index)]
        if not line.lstrip(" ").startswith("#") or len(line) - len(line.lstrip(" ")) <= column:
            break
        index += len(line)
    return index


def _edited(document: Document, text: str, changes: Sequence[TextEdit], entries: Sequence[Entry]) -> str:
    wanted = document.lesson.model_copy(update={"entries": tuple(entries)})
    return edited(document, text, changes, wanted)
