"""Reads questions.yaml beside the lessons: test questions, and the entries that answer them.

It is a list of {ask: "how 2 make new env", expect: [create-a-venv]}. A question that no entry answers has
`expect: []`, and can have `kind: near` (about the lessons' topic) or `kind: far`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path

import yaml

from bot.dialogue.passages import passages
from bot.errors import LessonError, Problem
from bot.language.characters import code, refused
from bot.language.words import _
from bot.lessons.document import Place, first_of, spell
from bot.lessons.files import read_file
from bot.lessons.library import Lessons
from bot.lessons.loading import QUESTIONS, ids_in_files, lesson_names
from bot.lessons.nodes import MAX_BYTES, LineNumbers, UnreadableError, compose, cut_short, decode
from bot.search.evaluation import Asked

KEYS = ("ask", "expect", "kind")


def questions_of(folder: Path, lessons: Lessons) -> list[Asked]:
    """The test questions of the lessons in this folder; empty if there is no questions.yaml.

    Questions can also expect the ids in files that are not among the lessons because of their errors.
    Raises `LessonError` with all errors by file and line.
    """
    path = folder / QUESTIONS
    try:
        content = read_file(folder, QUESTIONS, MAX_BYTES)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise LessonError([Problem(str(path), 1, "", _("cannot be read: {why}", why=error.strerror))]) from error
    unread = ids_in_files(folder, {*lesson_names(folder)} - lessons.by_file.keys())
    return read_questions(str(path), content, {passage.id for passage in passages(lessons)}, unread)


def read_questions(file: str, content: bytes, known: Container[str], unread: Container[str] = ()) -> list[Asked]:
    """Parse a questions.yaml. `known` are the ids that questions may expect; of those in `unread`, any step.

    Raises `LessonError`.
    """
    try:
        text = decode(content)
        root = compose(text)
    except UnreadableError as error:
        raise LessonError([Problem(file, error.line, "", error.what)]) from error
    reader = _Reader(file, LineNumbers(text), known, unread)
    asked = list(reader.questions(root)) if root else []
    if reader.problems:
        raise LessonError(first_of(reader.problems))
    return asked


class _Reader:
    """Reads questions from YAML nodes, and collects the errors in them."""

    def __init__(self, file: str, lines: LineNumbers, known: Container[str], unread: Container[str]) -> None:
        self._file = file
        self._lines = lines
        self._known = known
        self._unread = unread
        self.problems: list[Problem] = []

    def questions(self, root: yaml.Node) -> Iterator[Asked]:
        if not isinstance(root, yaml.SequenceNode):
            self._report(
                root,
                (),
                'must be a list of {ask: "…", expect: [IDs]}; this file name is reserved for test questions',
            )
            return
        for n, node in enumerate(root.value):
            fields = self._fields(node, (n,))
            if fields is None:
                continue
            ask, expect, kind = (fields.get(key) for key in KEYS)
            if not ask:
                self._report(node, (n, "ask"), _("is missing"))
            if not expect:
                self._report(node, (n, "expect"), "is missing; write [] if nothing answers the question")
            if not ask or not expect:
                continue
            text = self._text(ask, (n, "ask"))
            ids = frozenset(self._ids(expect, (n, "expect")))
            if kind:
                self._check_kind(kind, (n, "kind"), ids)
            yield Asked(text, ids)

    def _fields(self, node: yaml.Node, place: Place) -> dict[str, yaml.Node] | None:
        if not isinstance(node, yaml.MappingNode):
            self._report(node, place, 'must be {ask: "…", expect: [IDs]}')
            return None
        fields: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name not in KEYS:
                self._report(
                    key,
                    (*place, name),
                    _(
                        "is not a known key (the part before ':'); use one of these: {known}",
                        known=", ".join(KEYS),
                    ),
                )
            elif name in fields:
                self._report(key, (*place, name), "is used twice")
            fields.setdefault(name, value)
        return fields

    def _text(self, node: yaml.Node, place: Place) -> str:
        if isinstance(node, yaml.ScalarNode) and node.value.strip():
            if found := refused(node.value):
                self._report(
                    node, place, _("contains the invisible character {code}; remove it", code=code(found))
                )
            return str(node.value)
        self._report(node, place, _("must be text"))
        return ""

    def _ids(self, node: yaml.Node, place: Place) -> Iterator[str]:
        if not isinstance(node, yaml.SequenceNode):
            self._report(node, place, "must be a list of IDs: [] or [create-a-venv]")
            return
        for n, each in enumerate(node.value):
            id_ = self._text(each, (*place, n))
            if id_ and id_ not in self._known and id_.partition(".")[0] not in self._unread:
                what = f"nothing has the ID '{cut_short(id_)}'; write the step of a scenario as scenario.step"
                self._report(each, (*place, n), what)
            yield id_

    def _check_kind(self, node: yaml.Node, place: Place, expected: frozenset[str]) -> None:
        kind = self._text(node, place)
        if kind and kind not in {"in", "near", "far"}:
            self._report(node, place, _("must be one of: {known}", known="in, near, far"))
        elif kind and (kind == "in") != bool(expected):
            self._report(node, place, f"is '{kind}', but 'expect' {'names an answer' if expected else 'is empty'}")

    def _report(self, node: yaml.Node, place: Place, what: str) -> None:
        line = self._lines.at(node.start_mark.index)
        self.problems.append(Problem(self._file, line, spell(place), what))
