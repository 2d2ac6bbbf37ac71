"""Adds and removes solutions of a scenario, and its quiz. The rest of its text stays."""

from __future__ import annotations

from bot.lessons.document import Document, read_document
from bot.lessons.editing.edited import edited, for_an_editor, sequence_at, spans_in_lines
from bot.lessons.editing.fields import set_fields
from bot.lessons.editing.spans import MappingSpan, SequenceSpan, line_begin, line_end
from bot.lessons.editing.text_edits import TextEdit, cut_from_flow, cut_lines, to_json
from bot.lessons.lesson import Scenario, Solution
from bot.lessons.yaml_text import item_to_yaml


def reshape_scenario(document: Document, wanted: Scenario) -> str:
    """The text of the file, with the solutions of the `wanted` scenario in it, and with its quiz if it has one.

    Solutions that are there already keep their texts and their order. Raises `EditError`.
    """
    # What is new comes first: a scenario is never without a solution.
    for step in (_with_solutions, _without_solutions, _with_check):
        text = step(document, wanted)
        document = read_document(document.file, text.encode(errors="surrogatepass"))
    return document.text


def _with_solutions(document: Document, wanted: Scenario) -> str:
    old = _old(document, wanted)
    ids = [each.id for each in old.solutions]
    text, part = _part(document, old)
    spans = sequence_at(document, part, "solutions")
    new: dict[int, list[Solution]] = {}
    at = 0
    for each in wanted.solutions:
        if each.id in ids:
            at = ids.index(each.id) + 1
        else:
            new.setdefault(at, []).append(each)
    changes = [_insert(text, spans, at, solutions) for at, solutions in new.items()]
    solutions = [*new.get(0, [])]
    for n, each in enumerate(old.solutions, 1):
        solutions += [each, *new.get(n, [])]
    return _edited(document, text, changes, old, old.model_copy(update={"solutions": tuple(solutions)}))


def _insert(text: str, spans: SequenceSpan, n: int, solutions: list[Solution]) -> TextEdit:
    if spans.is_flow:
        new = ", ".join(to_json(each.model_dump(mode="json", exclude_defaults=True)) for each in solutions)
        at = spans.items[n - 1].end if n else spans.items[0].begin
        return TextEdit(at, at, f", {new}" if n else f"{new}, ")
    column = spans.dashes[0] - line_begin(text, spans.dashes[0])
    at = line_end(text, spans.items[n - 1].end) if n else line_begin(text, spans.dashes[0])
    return TextEdit(at, at, "".join(item_to_yaml(each, column) for each in solutions))


def _without_solutions(document: Document, wanted: Scenario) -> str:
    old = _old(document, wanted)
    kept = {each.id for each in wanted.solutions}
    text, part = _part(document, old)
    spans = sequence_at(document, part, "solutions")
    gone = [n for n, each in enumerate(old.solutions) if each.id not in kept]
    if spans.is_flow:
        places = [(item.begin, item.end) for item in spans.items]
        # Neighbors go together, as each alone would take the comma between them.
        begins = [n for n in gone if n - 1 not in gone]
        ends = [n + 1 for n in gone if n + 1 not in gone]
        changes = [cut_from_flow(text, places, begin, end) for begin, end in zip(begins, ends, strict=True)]
    else:
        changes = [cut_lines(text, spans.dashes[n], spans.items[n].end) for n in gone]
    left = tuple(each for each in old.solutions if each.id in kept)
    return _edited(document, text, changes, old, old.model_copy(update={"solutions": left}))


def _with_check(document: Document, wanted: Scenario) -> str:
    old = _old(document, wanted)
    if (old.check is None) == (wanted.check is None):
        return document.text
    text, part = _part(document, old)
    check = wanted.check.model_dump(mode="json", exclude_defaults=True) if wanted.check else None
    changes = set_fields(text, part, {"check": check}, list(Scenario.model_fields))
    return _edited(document, text, changes, old, old.model_copy(update={"check": wanted.check}))


def _old(document: Document, wanted: Scenario) -> Scenario:
    return next(each for each in document.lesson.scenarios if each.id == wanted.id)


def _part(document: Document, scenario: Scenario) -> tuple[str, MappingSpan]:
    text, root = spans_in_lines(document)
    scenarios = sequence_at(document, root, "scenarios").items
    part = scenarios[document.lesson.scenarios.index(scenario)]
    if not isinstance(part, MappingSpan):
        raise for_an_editor(document)
    return text, part


def _edited(document: Document, text: str, changes: list[TextEdit], old: Scenario, new: Scenario) -> str:
    scenarios = tuple(new if each is old else each for each in document.lesson.scenarios)
    return edited(document, text, changes, document.lesson.model_copy(update={"scenarios": scenarios}))
