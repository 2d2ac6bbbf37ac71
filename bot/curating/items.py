"""Converts an entry or a scenario into texts in named fields, as a form shows them, and back again.

A field that was not edited keeps the exact value from the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from bot.language.words import N_, _
from bot.lessons.document import mistake_in_words
from bot.lessons.lesson import Entry, Item, MistakeError, Scenario

Texts = Mapping[str, str]

ENTRY_FIELDS = ("question", "phrasings", "not", "answer", "related", "image", "alt", "caption", "reviewed", "by")
_IN_SCENARIO = ("title", "story", "behind_the_scenes", "takeaway", "related")
_IN_SOLUTION = ("title", "plan", "outcome", "why", "verdict", "cost", "right_when", "related")

LINES = frozenset({"phrasings", "not"})  # fields with one question in each line
LONG = frozenset(
    {"answer", "story", "behind_the_scenes", "takeaway", "plan", "outcome", "why", "right_when", "feedback"}
)
# Fields that keep their line breaks. A diff shows the words of those that are not `LONG`.
_SEVERAL_LINES = LONG | {"text", "hint"}


@dataclass(frozen=True)
class FieldProblem:
    """A problem in a field of a draft; the field '' stands for the draft as a whole."""

    field: str
    what: str

    def __str__(self) -> str:
        return f"{self.field}: {self.what}" if self.field else self.what


@dataclass(frozen=True)
class NothingToPublish(FieldProblem):
    """The draft changes nothing: there is nothing to put right, either."""


def texts_of(item: Item | None) -> dict[str, str]:
    """The fields of an item as texts; empty for None."""
    return {field: tidy(field, text) for field, text in _texts(item)} if item else {}


def tidy(field: str, text: str) -> str:
    """The text with normalized line breaks and without meaningless spaces."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kind = kind_of(field)
    if kind in LINES:
        return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
    if kind == "related":
        return " ".join(re.split(r"[\s,]+", text)).strip()
    keeps_lines = kind in _SEVERAL_LINES or field in ("check.question", "aliases")
    return text.strip() if keeps_lines else " ".join(text.split())


def kind_of(field: str) -> str:
    """'solutions.reinstall.plan' -> 'plan'."""
    return field.rpartition(".")[2]


def read_item(id_: str, now: Item | None, texts: Texts) -> tuple[Item | None, list[FieldProblem]]:
    """The item with these texts and all problems; None if they make no item. Equal texts keep the old value."""
    have = texts_of(now)
    typed = {field: text for field, text in texts.items() if text != have.get(field, "")}
    problems: list[FieldProblem] = []
    data = now.model_dump() if now else {"id": id_}
    solutions = [each.id for each in now.solutions] if isinstance(now, Scenario) else []
    is_scenario = isinstance(now, Scenario)
    # A picture comes before the words about it.
    for field, text in sorted(typed.items(), key=lambda item: item[0] not in {"image", "picture"}):
        if not _put(data, field, text, solutions, is_scenario=is_scenario):
            problems.append(FieldProblem(field, _("was removed from this scenario")))
    try:
        item: Item = (Scenario if is_scenario else Entry).model_validate(data)
    except ValidationError as error:
        for each in error.errors(include_url=False):
            mistake = each.get("ctx", {}).get("error")
            within = mistake.path if isinstance(mistake, MistakeError) else ()
            field, where = _field_at((*each["loc"], *within), solutions)
            what = mistake_in_words(each, each["loc"], is_there=True)
            problems.append(FieldProblem(field, where.say(what) if where else what))
        return None, problems
    return item, problems


def _texts(item: Item) -> Iterator[tuple[str, str]]:
    if isinstance(item, Entry):
        picture = item.image
        yield "question", item.question
        yield "phrasings", "\n".join(" ".join(each.split()) for each in item.phrasings)
        yield "not", "\n".join(" ".join(each.split()) for each in item.never)
        yield "answer", item.answer
        yield "related", " ".join(item.related)
        yield "image", picture.file if picture else ""
    else:
        picture = item.picture
        yield from ((field, _text(getattr(item, field))) for field in _IN_SCENARIO)
        yield "picture", picture.file if picture else ""
        for solution in item.solutions:
            for field in _IN_SOLUTION:
                yield f"solutions.{solution.id}.{field}", _text(getattr(solution, field))
        if item.check:
            yield "check.question", item.check.question
            for n, option in enumerate(item.check.options):
                yield f"check.options.{n}.text", option.text
                yield f"check.options.{n}.feedback", option.feedback
                yield f"check.options.{n}.hint", option.hint
    yield "alt", picture.alt if picture else ""
    yield "caption", picture.caption if picture else ""
    if isinstance(item, Entry):
        yield "reviewed", item.reviewed.isoformat() if item.reviewed else ""
        yield "by", item.by or ""


def _text(value: str | tuple[str, ...] | None) -> str:
    return " ".join(value) if isinstance(value, tuple) else value or ""


# `Any`: pydantic types the fields of a dumped model no further.
def _put(data: dict[str, Any], field: str, text: str, solutions: list[str], *, is_scenario: bool) -> bool:
    """Set a field in `data`; False if there is no such field."""
    picture = "picture" if is_scenario else "image"
    match field.split("."):
        case ["alt" | "caption" as key]:
            if data.get(picture):  # the description and caption of a removed picture are removed with it
                data[picture][key] = text
        case [key] if key == picture:
            kept = data.get(picture) or {}
            data[picture] = {**kept, "file": text} if text else None
        case [key] if key in (_IN_SCENARIO if is_scenario else ENTRY_FIELDS):
            data[key] = _value(key, text)
        case ["solutions", solution, key] if solution in solutions and key in _IN_SOLUTION:
            data["solutions"][solutions.index(solution)][key] = _value(key, text)
        case ["check", "question"] if data.get("check"):
            data["check"]["question"] = text
        case ["check", "options", n, "text" | "feedback" | "hint" as key]:
            options = (data.get("check") or {}).get("options", ())
            if not n.isdecimal() or int(n) >= len(options):
                return False
            options[int(n)][key] = text
        case _:
            return False
    return True


def _value(key: str, text: str) -> str | list[str] | None:
    if key in LINES:
        return text.split("\n") if text else []
    if key == "related":
        return text.split()
    return text if text or key in {"question", "answer", "story", "title", "plan"} else None


@dataclass(frozen=True)
class _Where:
    """A place inside a form's field; builds the sentence that says what is wrong there."""

    sentence: str
    number: int = 0

    def say(self, problem: str) -> str:
        return _(self.sentence, number=self.number, problem=problem)


def _field_at(loc: tuple[int | str, ...], solutions: list[str]) -> tuple[str, _Where | None]:
    """The field of the form for a place in the model, and the place in that field."""
    match loc:
        case ("image" | "picture" as key, "file", *_):
            return str(key), None
        case ("image" | "picture", key, *_):
            return str(key), None
        case ("solutions", int(n), *rest):
            whole = ("plan", _Where(N_("the whole solution: {problem}")))
            field, where = _field_at(tuple(rest), solutions) if rest else whole
            return f"solutions.{solutions[n]}.{field}", where
        case ("check", "question"):
            return "check.question", None
        case ("check", "options", int(n), key, *_):
            return f"check.options.{n}.{key}", None
        case ("check", *_):
            return "check.question", _Where(N_("the quiz: {problem}"))
        case ("phrasings" | "not" as key, int(n), *_):
            return str(key), _Where(N_("line {number}: {problem}"), n + 1)
        case ("related", int(n), *_):
            return "related", _Where(N_("related entry {number}: {problem}"), n + 1)
        case (str(key), *_):
            return key, None
    return "", None
