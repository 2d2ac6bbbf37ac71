"""What a lesson is made of: entries to find, and scenarios to walk through."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from bot.language.characters import CONTROL, code, refused
from bot.language.numbers import amount
from bot.language.words import N_, _, _n
from bot.lessons.markdown.hyperlinks import wrong_link

_A_YEAR = timedelta(days=365)

# What fits one card of 4,000 characters with its heading and its footer.
CARD_TEXT = 3400
# Three cards; an answer that needs more is a lesson of its own.
ANSWER_TEXT = 9000
_INVISIBLE = N_("contains the invisible character {code}; remove it")


class MistakeError(ValueError):
    """A mistake in a value, or in the part of it at `path`. `fix` says what to do about it."""

    def __init__(self, what: str, path: tuple[int | str, ...] = (), *, fix: str) -> None:
        super().__init__(what)
        self.path = path
        self.fix = fix


def remove_characters(number: int) -> str:
    """The fix for a text with this number of characters too many."""
    return f"remove {number:,} character{'s' * (number != 1)}"


def _is_seen(text: str) -> str:
    if found := refused(text):
        what = N_("contains the control character {code}; remove it") if CONTROL.match(found) else _INVISIBLE
        raise ValueError(_(what, code=code(found)))
    return text


def _is_one_line(text: str) -> str:
    if re.search(r"[\r\n]", text):
        raise ValueError(_("must be a single line"))
    return text


Seen = AfterValidator(_is_seen)
OneLine = AfterValidator(_is_one_line)

# custom_ids hold two ids and a member's id in 100 characters.
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=32)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), Seen, OneLine]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), Seen, OneLine]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=CARD_TEXT), Seen]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=ANSWER_TEXT), Seen]


def _a_date_is_written_out(value: object) -> object:
    # pydantic would take a number for the seconds since 1970.
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        raise ValueError(_("must be a date like 2026-11-22"))
    return value


Day = Annotated[date, BeforeValidator(_a_date_is_written_out)]
Verdict = Literal["works", "tedious", "fails"]
LessonLanguage = Literal["en", "de", "es"]

STEPS_OF_EVERY_SCENARIO = frozenset({"story", "predict", "compare", "behind-the-scenes", "check", "finish"})


_Value = TypeVar("_Value")


class _Strict(BaseModel):
    """Unknown keys are refused: a misspelt key would otherwise be lost in silence."""

    # A field may have another name in files: `not` is a keyword of Python.
    model_config = ConfigDict(extra="forbid", frozen=True, serialize_by_alias=True)

    @field_validator("*")
    @classmethod
    def _links_lead_to_the_web(cls, value: _Value) -> _Value:
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str) and (scheme := wrong_link(text)):
                what = _("a link must start with http or https, not '{scheme}:'", scheme=scheme)
                raise MistakeError(what, fix="link to a web page, or put the address into `code`")
        return value


def keys_of(model: type[BaseModel]) -> dict[str, str]:
    """The keys that a part of a lesson has in a file, each with the name of its attribute."""
    return {field.alias or name: name for name, field in model.model_fields.items()}


class Picture(_Strict):
    """An image file inside the lessons folder, with a description (`alt`) and a caption."""

    file: Line
    alt: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1024), Seen] = ""
    caption: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), Seen] = ""


def _a_path_is_a_picture(value: object) -> object:
    return {"file": value} if isinstance(value, str) else value


AnyPicture = Annotated[Picture, BeforeValidator(_a_path_is_a_picture, json_schema_input_type=str | Picture)]


class Entry(_Strict):
    """One thing the bot can explain: a question, other phrasings of it, an answer.

    `never` (in a file `not`) are questions that must not find it. `by` names who wrote the answer.
    """

    id: Id
    question: Line
    phrasings: tuple[Line, ...] = ()
    never: tuple[Line, ...] = Field(default=(), alias="not")
    answer: LongText
    image: AnyPicture | None = None
    related: tuple[Id, ...] = ()
    reviewed: Day | None = None
    by: Title | None = None

    @model_validator(mode="after")
    def _is_found_or_not(self) -> Entry:
        own = {each.casefold() for each in (self.question, *self.phrasings)}
        for n, text in enumerate(self.never):
            if text.casefold() in own:
                what = _("is also the question or a phrasing of this entry")
                raise MistakeError(what, ("not", n), fix="remove it from one of the two")
        return self


class Solution(_Strict):
    """One way to solve the problem of a scenario: the plan, what happens then, why, and a verdict."""

    id: Id
    title: Title
    plan: Text
    outcome: Text | None = None
    why: Text | None = None
    verdict: Verdict | None = None
    cost: Line | None = None
    right_when: Text | None = None
    related: tuple[Id, ...] = ()

    @field_validator("id")
    @classmethod
    def _is_not_another_step(cls, value: str) -> str:
        if value in STEPS_OF_EVERY_SCENARIO:
            what = _("'{id}' is reserved for a step that every scenario has; choose another ID", id=value)
            raise ValueError(what)
        return value

    @model_validator(mode="after")
    def _fits_one_card(self) -> Solution:
        parts = (self.plan, self.outcome, self.why, self.cost, self.right_when)
        size = sum(len(part) for part in parts if part)
        if size > CARD_TEXT:
            what = _n(
                "has {size} character in total; at most {most} fit on one card",
                "has {size} characters in total; at most {most} fit on one card",
                size,
                size=amount(size),
                most=amount(CARD_TEXT),
            )
            raise MistakeError(what, fix=remove_characters(size - CARD_TEXT))
        return self


class Option(_Strict):
    """One option of a quiz, with the feedback for learners who choose it."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), Seen]
    correct: bool = False
    feedback: Annotated[str, StringConstraints(strip_whitespace=True, max_length=600), Seen] = ""
    # Shown before the answer, to learners who ask for help: one hint a press, in the order of the file.
    hint: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), Seen] = ""

    @property
    def id(self) -> str:
        """Stays the same as long as the text does; an edited option is another option."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:8]


class Quiz(_Strict):
    """A question about a changed situation, with its options, at the end of a scenario."""

    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000), Seen]
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=5)]

    @field_validator("options")
    @classmethod
    def _can_be_answered(cls, options: tuple[Option, ...]) -> tuple[Option, ...]:
        if not any(option.correct for option in options):
            raise ValueError(_("must include at least one option with '{key}'", key="correct: true"))
        texts = [option.text for option in options]
        for n, text in enumerate(texts):
            if text in texts[:n]:
                what = _("another option has the same text")
                raise MistakeError(what, (n, "text"), fix="write another text, or remove it")
        return options

    @model_validator(mode="after")
    def _fits_one_card(self) -> Quiz:
        shown = [each.text + each.feedback for each in self.options if each.correct]
        # Learners who chose a wrong option and then show the answer see the feedback on both.
        shown.append(
            max((each.text + each.feedback for each in self.options if not each.correct), key=len, default="")
        )
        size = sum(map(len, (self.question, *(each.text + each.hint for each in self.options), *shown)))
        if size > CARD_TEXT:
            what = _n(
                "has {size} character when the answer is shown; at most {most} fit on one card",
                "has {size} characters when the answer is shown; at most {most} fit on one card",
                size,
                size=amount(size),
                most=amount(CARD_TEXT),
            )
            raise MistakeError(what, fix=remove_characters(size - CARD_TEXT))
        return self


class Scenario(_Strict):
    """A problem with candidate solutions, in the order in which they are walked."""

    id: Id
    title: Title
    story: Text
    # A jump menu has 25 options; six of them are the steps that every scenario has.
    solutions: Annotated[tuple[Solution, ...], Field(min_length=1, max_length=19)]
    picture: AnyPicture | None = None
    behind_the_scenes: Text | None = None
    check: Quiz | None = None
    takeaway: (
        Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1500), Seen] | None
    ) = None
    related: tuple[Id, ...] = ()

    @field_validator("solutions")
    @classmethod
    def _are_told_apart(cls, solutions: tuple[Solution, ...]) -> tuple[Solution, ...]:
        ids = [solution.id for solution in solutions]
        for n, id_ in enumerate(ids):
            if id_ in ids[:n]:
                what = _("two solutions have the ID '{id}'", id=id_)
                raise MistakeError(what, (n, "id"), fix="choose another ID")
        return solutions


class Lesson(_Strict):
    """One YAML file: one topic."""

    lesson: Line
    course: Line | None = None
    # In which it is written; guessed from the words of the library where no lesson says it.
    language: LessonLanguage | None = None
    # What it was imported from: the path or the name of a file. The next import of that file compares with it.
    source: Line | None = None
    aliases: Mapping[Line, tuple[Line, ...]] = Field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    scenarios: tuple[Scenario, ...] = ()


Item = Entry | Scenario


def items_of(lesson: Lesson | None) -> dict[str, Item]:
    """Every entry and scenario of a lesson, by its id."""
    items: tuple[Item, ...] = (*lesson.entries, *lesson.scenarios) if lesson else ()
    return {each.id: each for each in items}


def changed_items(
    before: Mapping[str, Item], after: Mapping[str, Item]
) -> dict[str, tuple[Item | None, Item | None]]:
    """The items that differ, by id, as (before, after); None stands for an item that is missing."""
    pairs = {id_: (before.get(id_), after.get(id_)) for id_ in {**before, **after}}
    return {id_: (old, new) for id_, (old, new) in pairs.items() if old != new}


def is_old(reviewed: date, today: date) -> bool:
    """Whether the last review is more than a year ago."""
    return reviewed < today - _A_YEAR


def normalized(text: str) -> str:
    """A question in the form in which it is compared: without case, extra spaces and the mark at its end."""
    return " ".join(text.casefold().split()).rstrip("?!. ")
