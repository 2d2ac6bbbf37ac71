"""Reads one lesson file into a `Lesson`, and reports every mistake in it with its line."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePosixPath

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.errors import LessonError, Problem
from bot.language.numbers import amount
from bot.language.words import N_, _, _n
from bot.lessons.ids import id_for, title_from
from bot.lessons.lesson import (
    Entry,
    Lesson,
    MistakeError,
    Option,
    Picture,
    Quiz,
    Scenario,
    Solution,
    keys_of,
    remove_characters,
)
from bot.lessons.nodes import MAX_PARTS, LineNumbers, UnreadableError, compose, cut_short, decode
from bot.lessons.yaml_hints import comment, is_markdown, wrong_start
from bot.lessons.yaml_recovery import errors_after

# The path to a part of a lesson: `("entries", 1, "answer")`.
Place = tuple[int | str, ...]

_MODELS: dict[str, type[BaseModel]] = {
    "entries": Entry,
    "scenarios": Scenario,
    "solutions": Solution,
    "image": Picture,
    "picture": Picture,
    "check": Quiz,
    "options": Option,
}


# Enough to begin with: people fix a file from the top.
MAX_PROBLEMS = 50


@dataclass(frozen=True)
class Places:
    """The position of each part in a lesson file."""

    file: str
    lines: LineNumbers
    index: dict[Place, int]

    def problem(self, path: Place, what: str, fix: str = "") -> Problem:
        """A mistake at this part of the file, or at the nearest part above it that is there."""
        there = path
        while there and there not in self.index:
            there = there[:-1]
        return Problem(self.file, self.lines.at(self.index.get(there, 0)), spell(path), what, fix)


@dataclass(frozen=True)
class Document:
    """A lesson file as it was read."""

    file: str
    content: bytes
    text: str
    lesson: Lesson
    places: Places


def read_document(file: str, content: bytes) -> Document:
    """Parse one lesson file; `file` is the name that messages show.

    Raises `LessonError` with every problem of the file, the first `MAX_PROBLEMS` of them by line.
    """
    text = ""
    try:
        text = decode(content)
        reader = _Reader(Places(file, LineNumbers(text), {}), text)
        data = reader.plain(_mapping_in(text), ())
        reader.note_ids_used_twice(data)
    except UnreadableError as error:
        found = [error, *(errors_after(text, error) if error.is_local else ())]
        raise LessonError([Problem(file, each.line, "", each.what) for each in found]) from error
    try:
        lesson = Lesson.model_validate(_in_its_course(data, file))
    except ValidationError as error:
        raise LessonError(first_of(reader.problems + reader.explain(error))) from error
    if reader.problems:
        raise LessonError(first_of(reader.problems))
    return Document(file, content, text, lesson, reader.places)


def _in_its_course(data: object, file: str) -> object:
    """The data of a lesson; if it names no course, with the course that its folder stands for."""
    course = course_of(file)
    return {"course": course, **data} if course and isinstance(data, dict) else data


def course_of(file: str) -> str:
    """The course of a lesson that names none: its folder's name as a title; '' for a lesson in no folder."""
    return title_from(PurePosixPath(file).parent.name)


def _mapping_in(text: str) -> yaml.MappingNode:
    root = compose(text)
    if is_markdown(text):
        raise UnreadableError(1, _("this is Markdown, not a lesson; convert it with: lessonbot import FILE"))
    if root is None:
        raise UnreadableError(1, _("is empty; start the lesson with 'lesson: <title>'"))
    if not isinstance(root, yaml.MappingNode):
        line = LineNumbers(text).at(root.start_mark.index)
        raise UnreadableError(line, _("a lesson file must consist of 'key: value' lines"))
    return root


def first_of(problems: list[Problem]) -> list[Problem]:
    """The first `MAX_PROBLEMS` by file and line, and how many more there are."""
    problems = sorted(problems)
    if len(problems) > MAX_PROBLEMS:
        more = len(problems) - MAX_PROBLEMS
        last = problems[MAX_PROBLEMS - 1]
        what = _n("and {more} more problem below", "and {more} more problems below", more, more=amount(more))
        problems[MAX_PROBLEMS:] = [Problem(last.file, last.line, "", what)]
    return problems


def spell(path: Place) -> str:
    """('entries', 1, 'answer') -> 'entries[1].answer'."""
    out = ""
    for part in path:
        name = f"[{part}]" if isinstance(part, int) else cut_short(part)
        out += f".{name}" if out and isinstance(part, str) else name
    return out


class _Reader:
    """Turns nodes into plain data and remembers where each part stood.

    Every scalar stays the text that was typed: YAML would turn `1.10` into a number, and `no` into false.
    """

    def __init__(self, places: Places, text: str) -> None:
        self.places = places
        self._text = text
        self._values: dict[Place, int] = {}
        self.problems: list[Problem] = []
        self._open: set[int] = set()
        self._parts = 0

    def plain(self, node: yaml.Node, path: Place) -> object:
        # A part counts each time that an alias repeats it: a few nested aliases can make millions of parts.
        self._parts += 1
        if self._parts > MAX_PARTS:
            what = _(
                "its YAML aliases ('*name') expand to more than {most} parts; use fewer of them",
                most=amount(MAX_PARTS),
            )
            raise UnreadableError(self.places.lines.at(self.places.index.get(path[:1], 0)), what)
        self.places.index.setdefault(path, node.start_mark.index)
        self._values[path] = node.start_mark.index
        if isinstance(node, yaml.ScalarNode):
            return node.value
        if id(node) in self._open:
            self.problems.append(self.places.problem(path, _("refers to itself")))
            return None
        self._open.add(id(node))
        try:
            if isinstance(node, yaml.SequenceNode):
                return [self.plain(item, (*path, i)) for i, item in enumerate(node.value)]
            assert isinstance(node, yaml.MappingNode), "there is no other node"
            return self._mapping(node, path)
        finally:
            self._open.discard(id(node))

    def _mapping(self, node: yaml.MappingNode, path: Place) -> dict[str, object]:
        data: dict[str, object] = {}
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = self.places.lines.at(key.start_mark.index)
            if not isinstance(key, yaml.ScalarNode):
                self._report(
                    line, path, _("the key (the part before ':') must be plain text, not a list or a group")
                )
                continue
            here = (*path, key.value)
            if key.value in seen:
                what = _("is used twice; the first one is on line {line}", line=seen[key.value])
                self._report(line, here, what, f"remove it here or on line {seen[key.value]}")
                continue
            seen[key.value] = line
            self.places.index[here] = key.start_mark.index
            # `phrasings:` with nothing behind it is as good as absent.
            is_empty = isinstance(value, yaml.ScalarNode) and not value.value and not value.style
            if is_empty and node.flow_style and key.value not in _known_at(path):
                what = _(
                    "was read as a key of its own because a comma in {braces} ends a text; put the text in quotes",
                    braces="{…}",
                )
                self._report(line, here, what)
            elif not is_empty or (key.value not in _known_at(path) and path[:1] != ("aliases",)):
                data[key.value] = self.plain(value, here)
        return data

    def _report(self, line: int, path: Place, what: str, fix: str = "") -> None:
        self.problems.append(Problem(self.places.file, line, spell(path), what, fix))

    def explain(self, error: ValidationError) -> list[Problem]:
        problems = []
        errors = error.errors(include_url=False)
        unknown = Counter(each["loc"][:-1] for each in errors if each["type"] == "extra_forbidden")
        missing = {each["loc"][:-1]: str(each["loc"][-1]) for each in errors if each["type"] == "missing"}
        for each in errors:
            if each["type"] == "too_short" and len(each["input"]) >= each["ctx"]["min_length"]:
                continue  # pydantic counts the items without a mistake; those with one are reported
            path: Place = tuple(part for part in each["loc"] if part != "[key]")
            if isinstance(found := each.get("ctx", {}).get("error"), MistakeError):
                path = (*path, *found.path)
            is_there = path in self.places.index
            if misread := self._misread(each, path):
                problems.append(Problem(self.places.file, self._line(path), spell(path), misread))
                continue
            meant = ""
            if each["type"] == "extra_forbidden":
                is_alone = unknown[each["loc"][:-1]] == 1
                meant = self._meant_key(path, missing.get(each["loc"][:-1], "") if is_alone else "")
            what = mistake_in_words(each, path, is_there=is_there, meant=meant)
            problem = self.places.problem(path, what, _fix(each, path, is_there=is_there, meant=meant))
            is_told = path[-1:] == ("id",) and problem.where in {reported.where for reported in self.problems}
            if not is_told:
                problems.append(problem)
        return problems

    def _meant_key(self, path: Place, missing: str) -> str:
        """The key that this unknown one stands for: one that is spelt like it, or else the one that is missing."""
        word, known = str(path[-1]).lower(), _known_at(path[:-1])
        if misspelt := get_close_matches(word, known, n=1, cutoff=_MISSPELT):
            return misspelt[0]
        free = [key for key in known if (*path[:-1], key) not in self.places.index]
        alike = get_close_matches(word, free, n=1, cutoff=_ALIKE)
        return missing if missing in free else next(iter(alike), "")

    def _line(self, path: Place) -> int:
        return self.places.lines.at(self._values.get(path, self.places.index.get(path, 0)))

    def _misread(self, error: ErrorDetails, path: Place) -> str:
        """What YAML made of a text because of its quotes, or without quotes; '' if that is not the cause."""
        if path not in self.places.index:
            return ""
        # An empty field has no value to point at, so point at its key.
        start = self._values.get(path, self.places.index[path])
        rest = self._text[start:].partition("\n")[0] if start < len(self._text) else ""
        typed, kind = error["input"], error["type"]
        if kind == "string_type" and (sign := wrong_start(f"{rest}.")):
            return _("a text cannot start with '{sign}'; put it in quotes", sign=sign)
        if kind == "tuple_type" and re.match(r"-\w", str(typed)):
            return _("a space is missing after '-'")
        if (not typed or kind == "missing") and (cut := re.search(r"(?<!\S)#\S.*", rest)):
            return comment(cut.group())
        if kind == "value_error" and isinstance(typed, str) and "\n" in typed and rest.startswith('"'):
            return _("a backslash inside \"…\" has a special meaning; use '…' instead, or write it twice")
        return ""

    def note_ids_used_twice(self, data: object) -> None:
        """Report solutions with the same id, even if other mistakes keep the model from checking that."""
        scenarios = data.get("scenarios") if isinstance(data, dict) else None
        for i, scenario in enumerate(scenarios if isinstance(scenarios, list) else ()):
            solutions = scenario.get("solutions") if isinstance(scenario, dict) else None
            first: dict[str, Place] = {}
            for n, solution in enumerate(solutions if isinstance(solutions, list) else ()):
                id_ = solution.get("id") if isinstance(solution, dict) else None
                here: Place = ("scenarios", i, "solutions", n, "id")
                if isinstance(id_, str) and first.setdefault(id_, here) != here:
                    line = self._line(first[id_])
                    what = _("'{id}' is already used on line {line}", id=cut_short(id_), line=line)
                    self.problems.append(self.places.problem(here, what, "choose another ID"))


def mistake_in_words(error: ErrorDetails, path: Place, *, is_there: bool = False, meant: str = "") -> str:
    """What is wrong with this part, in an author's words rather than pydantic's.

    `meant` is the known key that an unknown one stands for.
    """
    kind, details = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_key(path, meant)
    if kind == "string_pattern_mismatch":
        if strange := next((sign for sign in str(error["input"]) if sign.isalpha() and not sign.isascii()), ""):
            example = id_for(str(error["input"]), ())
            return _(
                "'{sign}' cannot be in an ID; use a to z, digits and hyphens, like {example}",
                sign=strange,
                example=example,
            )
        return _("must be lowercase words joined by hyphens, like {example}", example="what-is-a-venv")
    if kind == "string_too_long":
        size = len(str(error["input"]).strip())
        return _n(
            "has {size} character; at most {most} fit",
            "has {size} characters; at most {most} fit",
            size,
            size=amount(size),
            most=amount(details["max_length"]),
        )
    if kind == "too_short":
        return _("has too few items; the minimum is {least}", least=details["min_length"])
    if kind == "too_long":
        return _(
            "has too many items: {size}; the limit is {most}",
            size=details["actual_length"],
            most=details["max_length"],
        )
    if kind == "literal_error":
        known = str(details["expected"]).replace(" or ", ", ").replace("'", "")
        return _("must be one of: {known}", known=known)
    if kind == "value_error":
        return str(details["error"])
    if kind == "missing":
        return _("must not be empty") if is_there else _("is missing")
    short = _SHORT.get(kind) or _SHORT.get(kind.split("_")[0])
    return _(short) if short else error["msg"]


_SHORT = {
    "string_too_short": N_("must not be empty"),
    "string_type": N_("must be text"),
    "tuple_type": N_("must be a list of lines that start with '- '"),
    "model_type": N_("must consist of 'key: value' lines"),
    "mapping_type": N_("must consist of 'key: value' lines"),
    "dict_type": N_("must consist of 'key: value' lines"),
    "bool": N_("must be true or false"),
    "date": N_("must be a date like 2026-11-22"),
}


# How much two keys are alike, as a ratio: "entry" and "entries"; or "anser" and "answer", where it is clear.
_ALIKE, _MISSPELT = 0.65, 0.8
_OF_AN_ENTRY = frozenset({"question", "answer", "phrasings"})


def _unknown_key(path: Place, meant: str) -> str:
    if len(path) == 1 and path[0] in _OF_AN_ENTRY:
        return _("belongs to an entry; put it under 'entries:', after '- '")
    if meant:
        return _("is not a known key; did you mean '{known}'?", known=meant)
    return _(
        "is not a known key (the part before ':'); use one of these: {known}",
        known=", ".join(_known_at(path[:-1])),
    )


def _known_at(path: Place) -> list[str]:
    """The keys that a mapping at this place may have."""
    above = next((part for part in reversed(path) if isinstance(part, str)), "")
    return list(keys_of(_MODELS.get(above, Lesson)))


def _fix(error: ErrorDetails, path: Place, *, is_there: bool, meant: str) -> str:
    """How to fix it; '' if that is unclear."""
    kind, details = error["type"], error.get("ctx", {})
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    match kind:
        case "extra_forbidden" if len(path) > 1 or path[0] not in _OF_AN_ENTRY:
            return f"write '{meant}'" if meant else ""
        case "missing" if not is_there:
            return f"add '{key}: …'"
        case "missing" | "string_too_short":
            return f"write something after '{key}:'"
        case "string_too_long":
            return remove_characters(len(str(error["input"]).strip()) - details["max_length"])
        case "value_error" if isinstance(found := details["error"], MistakeError):
            return found.fix
    return ""
