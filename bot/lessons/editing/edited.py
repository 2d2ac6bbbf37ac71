"""What all edits share: the text is prepared before an edit, and read again after it."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel

from bot.errors import EditError, LessonError
from bot.language.words import _
from bot.lessons.document import Document, read_document
from bot.lessons.editing.fields import Value
from bot.lessons.editing.spans import MappingSpan, SequenceSpan, ends_with_break, first_break, parse_spans
from bot.lessons.editing.text_edits import TextEdit, apply_edits
from bot.lessons.lesson import Lesson, keys_of


def spans_in_lines(document: Document) -> tuple[str, MappingSpan]:
    """The text, ending with a line break so that edits can add lines below the last one; and its root span."""
    text = document.text
    if not ends_with_break(text):
        text += first_break(text)
    root = parse_spans(text)
    assert isinstance(root, MappingSpan), "a Document was read from a mapping"
    return text, root


def sequence_at(document: Document, part: MappingSpan, key: str) -> SequenceSpan:
    """The sequence at this key. Raises `EditError` where the file holds something else, such as an alias."""
    found = part.value(key)
    if not isinstance(found, SequenceSpan):
        raise for_an_editor(document)
    return found


def filled(part: BaseModel) -> dict[str, Value]:
    """What a file would hold for this part: only fields that are not empty, in its picture as well."""
    fields: dict[str, Value] = {}
    for key, name in keys_of(type(part)).items():
        value = getattr(part, name)
        if isinstance(value, BaseModel):
            value = {k: v for k, v in value.model_dump().items() if v}
        if value:
            fields[key] = value
    return fields


def edited(document: Document, text: str, changes: Sequence[TextEdit], wanted: Lesson) -> str:
    """The text after these changes. Raises `EditError` unless it reads as the `wanted` lesson."""
    line_break = first_break(text)
    text = apply_edits(text, changes, line_break)
    if not ends_with_break(document.text):
        text = text.removesuffix(line_break)
    try:
        done = read_document(document.file, text.encode(errors="surrogatepass")).lesson
    except LessonError as error:
        why = error.problems[0].what
        raise EditError(
            _("with this change, {file} would have an error: {why}", file=document.file, why=why)
        ) from error
    if done != wanted:
        raise for_an_editor(document)
    return text


def for_an_editor(document: Document) -> EditError:
    return EditError(
        _(
            "{file} cannot be edited in Discord because of how it is written; to change the "
            "file, download it with `/lessons export`, edit it, and upload it with `/lessons "
            "import`",
            file=document.file,
        )
    )
