"""What a question gets: an answer, suggestions, or a plain 'unknown'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.dialogue.passages import Passage, StepPassage, shown
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


def reply(lessons: Lessons, known: Mapping[str, Passage], judgement: Judgement) -> Reply:
    """Turn a judgement on a ranking into what is said."""
    if judgement.sure:
        return explain(lessons, known[judgement.sure.id])
    if judgement.possible:
        return Suggestions(questions([known[match.id] for match in judgement.possible]))
    return Unknown()


def questions(wanted: Sequence[Passage]) -> tuple[Question, ...]:
    """The canonical questions of these passages."""
    return tuple(Question(passage.id, shown(passage)) for passage in wanted)


def explain(lessons: Lessons, passage: Passage) -> Answer:
    """The whole answer that a passage gives."""
    if isinstance(passage, StepPassage):
        return _explain_step(passage, lessons.lesson_of[passage.scenario.id])
    lesson = lessons.lesson_of[passage.id]
    # Links that lead nowhere, or nowhere else, are an author's mistake, and no reader's.
    linked = dict.fromkeys(id_ for id_ in passage.related if id_ in lessons.entries and id_ != passage.id)
    related = [lessons.entries[id_] for id_ in linked]
    return Answer(
        id=passage.id,
        question=passage.question,
        text=passage.answer,
        lesson=lesson.lesson,
        course=lesson.course,
        picture=passage.image,
        related=questions(related),
        opens=_walkthrough_of(lesson),
    )


def _explain_step(passage: StepPassage, lesson: Lesson) -> Answer:
    title = passage.scenario.title if passage.step.id == STORY else passage.step.title
    return Answer(
        id=passage.id,
        question=passage.shown,
        text=passage.answer,
        lesson=lesson.lesson,
        course=lesson.course,
        picture=passage.step.picture,
        verdict=passage.step.verdict,
        opens=StepOf(passage.scenario.id, passage.step.id, title),
    )


def _walkthrough_of(lesson: Lesson) -> StepOf | None:
    """An entry leads to the scenario of its lesson, from the start."""
    if not lesson.scenarios:
        return None
    first = lesson.scenarios[0]
    return StepOf(first.id, STORY, first.title)
