"""What a question gets: an answer, suggestions, or a plain 'unknown'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.dialogue.parts import Part, ScenarioPart, shown
from bot.dialogue.steps import STORY
from bot.lessons.lesson import Lesson, Picture, Verdict
from bot.lessons.library import Lessons
from bot.search.confidence import Judgement
from bot.search.smalltalk import SmallTalk


@dataclass(frozen=True)
class Question:
    """A canonical question of the library, by which it can be asked for."""

    id: str
    text: str


@dataclass(frozen=True)
class StepOf:
    """The step of a walkthrough at which an answer can be gone into, by its title."""

    scenario: str
    step: str
    title: str


@dataclass(frozen=True)
class Answer:
    """An entry's, or a step's, own words."""

    id: str
    question: str
    text: str
    lesson: str
    course: str | None = None
    picture: Picture | None = None
    verdict: Verdict | None = None
    related: tuple[Question, ...] = ()
    opens: StepOf | None = None


@dataclass(frozen=True)
class Suggestions:
    """Not sure, but probably one of these; two or three, or one that is only probable."""

    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Unknown:
    """No lesson answers this; `nothing_asked` where there was no question, only "hi" or an emoji.

    Then `small_talk` says of which kind it was, if it was that.
    """

    nothing_asked: bool = False
    small_talk: SmallTalk | None = None


Reply = Answer | Suggestions | Unknown


def reply(lessons: Lessons, known: Mapping[str, Part], judgement: Judgement) -> Reply:
    """Turn a judgement on a ranking into what is said."""
    if judgement.sure:
        return explain(lessons, known[judgement.sure.id])
    if judgement.possible:
        return Suggestions(questions([known[match.id] for match in judgement.possible]))
    return Unknown()


def questions(wanted: Sequence[Part]) -> tuple[Question, ...]:
    """The canonical questions of these parts."""
    return tuple(Question(part.id, shown(part)) for part in wanted)


def explain(lessons: Lessons, part: Part) -> Answer:
    """The whole answer that a part of a lesson gives."""
    if isinstance(part, ScenarioPart):
        return _explain_step(part, lessons.lesson_of[part.scenario.id])
    lesson = lessons.lesson_of[part.id]
    # Links that lead nowhere, or nowhere else, are an author's mistake, and no reader's.
    linked = dict.fromkeys(id_ for id_ in part.related if id_ in lessons.entries and id_ != part.id)
    related = [lessons.entries[id_] for id_ in linked]
    return Answer(
        id=part.id,
        question=part.question,
        text=part.answer,
        lesson=lesson.lesson,
        course=lesson.course,
        picture=part.image,
        related=questions(related),
        opens=_walkthrough_of(lesson),
    )


def _explain_step(part: ScenarioPart, lesson: Lesson) -> Answer:
    title = part.scenario.title if part.step.id == STORY else part.step.title
    return Answer(
        id=part.id,
        question=part.shown,
        text=part.answer,
        lesson=lesson.lesson,
        course=lesson.course,
        picture=part.step.picture,
        verdict=part.step.verdict,
        opens=StepOf(part.scenario.id, part.step.id, title),
    )


def _walkthrough_of(lesson: Lesson) -> StepOf | None:
    """An entry leads to the scenario of its lesson, from the start."""
    if not lesson.scenarios:
        return None
    first = lesson.scenarios[0]
    return StepOf(first.id, STORY, first.title)
