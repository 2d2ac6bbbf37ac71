"""Edits of a lesson's title, course and aliases that leave every other byte of its file alone."""

from __future__ import annotations

from collections.abc import Mapping

from bot.lessons.document import Document, course_of, read_document
from bot.lessons.editing.edited import edited, spans_in_lines
from bot.lessons.editing.fields import Value, set_fields
from bot.lessons.editing.spans import MappingSpan
from bot.lessons.editing.text_edits import TextEdit
from bot.lessons.lesson import Lesson

_ORDER = ("lesson", "course", "language", "source", "aliases", "entries", "scenarios")


def change_head(document: Document, lesson: Lesson) -> str:
    """The file's text with this lesson's title, course and aliases. Raises `EditError`."""
    old = document.lesson
    kept = {words for words in old.aliases if words in lesson.aliases}
    if old.aliases and lesson.aliases and not kept:  # all are replaced: remove the old ones first
        text = change_head(document, lesson.model_copy(update={"aliases": {}}))
        document = read_document(document.file, text.encode(errors="surrogatepass"))
        old = document.lesson
    text, root = spans_in_lines(document)
    course = None if lesson.course == course_of(document.file) else lesson.course
    titles: dict[str, Value | None] = {"lesson": lesson.lesson, "course": course}
    values = {key: value for key, value in titles.items() if value != getattr(old, key)}
    span = root.value("aliases")
    changes: list[TextEdit] = []
    if isinstance(span, MappingSpan) and old.aliases and lesson.aliases:
        changes = set_fields(
            text, span, _changed(old.aliases, lesson.aliases), list({**old.aliases, **lesson.aliases})
        )
    elif old.aliases != lesson.aliases:
        values["aliases"] = lesson.aliases or None
    return edited(document, text, [*set_fields(text, root, values, _ORDER), *changes], lesson)


def _changed(old: Mapping[str, tuple[str, ...]], new: Mapping[str, tuple[str, ...]]) -> dict[str, Value | None]:
    return {words: new.get(words) for words in (*old, *new) if old.get(words) != new.get(words)}
