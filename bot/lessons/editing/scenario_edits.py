"""Edits of a scenario's texts. To add, remove or reorder solutions or options, people edit the file."""

from __future__ import annotations

from pydantic import BaseModel

from bot.errors import EditError
from bot.language.words import _
from bot.lessons.document import Document
from bot.lessons.editing.edited import edited, filled, for_an_editor, sequence_at, spans_in_lines
from bot.lessons.editing.fields import set_fields
from bot.lessons.editing.spans import MappingSpan, Span
from bot.lessons.editing.text_edits import TextEdit
from bot.lessons.lesson import Lesson, Quiz, Scenario

_LISTS = frozenset({"solutions", "options"})
_INNER = frozenset({"check", *_LISTS})


def change_scenario(document: Document, scenario: Scenario) -> str:
    """The file's text with the scenario of this id changed, text by text. Raises `EditError`."""
    old = _find(document.lesson, scenario)
    _refuse_another_shape(old, scenario)
    text, root = spans_in_lines(document)
    n = document.lesson.scenarios.index(old)
    scenarios = tuple(scenario if each is old else each for each in document.lesson.scenarios)
    span = sequence_at(document, root, "scenarios").items[n]
    changes = _changes(document, text, span, old, scenario)
    return edited(document, text, changes, document.lesson.model_copy(update={"scenarios": scenarios}))


def _find(lesson: Lesson, wanted: Scenario) -> Scenario:
    for scenario in lesson.scenarios:
        if scenario.id == wanted.id:
            return scenario
    raise EditError(_("the scenario “{title}” is no longer in this lesson", title=wanted.title))


def _refuse_another_shape(old: Scenario, new: Scenario) -> None:
    if [each.id for each in old.solutions] != [each.id for each in new.solutions]:
        raise EditError(
            _(
                "solutions can be added, removed or reordered only in the lesson file: download it "
                "with `/lessons export`, edit it, and upload it with `/lessons import`"
            )
        )
    if (old.check is None) != (new.check is None):
        raise EditError(
            _(
                "a quiz can be added or removed only in the lesson file: download it with `/lessons "
                "export`, edit it, and upload it with `/lessons import`"
            )
        )
    if old.check and new.check:
        _refuse_other_options(old.check, new.check)


def _refuse_other_options(old: Quiz, new: Quiz) -> None:
    before = [each.text for each in old.options]
    after = [each.text for each in new.options]
    if len(before) != len(after):
        raise _other_options()
    # Options have no ids: if one moved, the comments beside its lines would stay with another.
    if any(text in before and before.index(text) != n for n, text in enumerate(after)):
        raise _other_options()


def _other_options() -> EditError:
    return EditError(
        _(
            "quiz options can be added, removed or reordered only in the lesson file: download "
            "it with `/lessons export`, edit it, and upload it with `/lessons import`"
        )
    )


def _changes(document: Document, text: str, part: Span | None, old: BaseModel, new: BaseModel) -> list[TextEdit]:
    """Edits that turn `old` into `new`, inner parts first: two texts added at one place keep that order."""
    if old == new:
        return []
    if not isinstance(part, MappingSpan):  # an alias
        raise for_an_editor(document)
    changes: list[TextEdit] = []
    for key in type(old).model_fields:
        before, after = getattr(old, key), getattr(new, key)
        if before == after:
            continue
        if key in _LISTS:
            items = sequence_at(document, part, key).items
            for item, one, other in zip(items, before, after, strict=True):
                changes += _changes(document, text, item, one, other)
        elif key == "check":
            changes += _changes(document, text, part.value(key), before, after)
    return changes + _own_changes(text, part, old, new)


def _own_changes(text: str, part: MappingSpan, old: BaseModel, new: BaseModel) -> list[TextEdit]:
    order = list(type(old).model_fields)
    before, after = filled(old), filled(new)
    own = [key for key in order if key not in _INNER and before.get(key) != after.get(key)]
    return set_fields(text, part, {key: after.get(key) for key in own}, order)
