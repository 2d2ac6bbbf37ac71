"""The replies to a question: an answer, suggestions, or unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.dialogue.passages import Passage, StepPassage, shown
from bot.dialogue.steps import STORY
from bot.language.words import N_, _
from bot.lessons.lesson import Lesson, Picture, Verdict, is_old
from bot.lessons.library import Lessons
from bot.search.confidence import Judgement
from bot.search.match import Match
from bot.search.words.command_wishes import CommandFor
from bot.search.words.smalltalk_sayings import SmallTalk

# The line below an answer, suggestions or no answer, if the question is in another language than the lessons.
IN_OTHER_LANGUAGE = N_("The lessons are in another language than your question")

# Read by somebody who asked two things at once.
TWO_THINGS = N_("You asked two things. Here is an answer to each.")
SEVERAL_THINGS = N_("You asked several things. Here are answers to two of them.")

# Read by somebody who asked for a walkthrough that nobody wrote, or who did not understand an answer.
OTHERS = N_("Does one of these help?")

# Read by somebody who asks what the bot is.
WHO_I_AM = N_(
    "I'm a bot. My answers come from lessons that people wrote. If no lesson has the answer, I tell you."
)

# What somebody is asked who says only that something fails.
WHAT_HAPPENED = N_("What exactly happened?")
TELL_ME = N_(
    "Tell me what you did, and what happened then. If there is an error message, paste its last line, exactly as "
    "it is there."
)

# What to do for something that has a command or a button.
HOW_TO: dict[CommandFor, str] = {
    "data": N_(
        "To read what is saved and linked to you, use `/ask my data`. To delete it permanently, use `/ask forget`."
    ),
    "reminders": N_(
        "Each reminder has a button that stops the reminders for its walkthrough. To stop all reminders and "
        "delete your progress, use `/walkthrough forget`."
    ),
    "walkthrough": N_("To start or continue a walkthrough, use `/walkthrough`."),
    "correction": N_(
        "If the answer is no longer right, press *Something wrong here?* below it and propose a correction. "
        "Moderators decide about it."
    ),
}


@dataclass(frozen=True)
class Question:
    """A canonical question of the library, with the id of its passage."""

    id: str
    text: str


@dataclass(frozen=True)
class StepOf:
    """The step at which an answer opens a walkthrough; `title` names the step or the scenario."""

    scenario: str
    step: str
    title: str


@dataclass(frozen=True)
class Answer:
    """The text of an entry or a step, as its author wrote it."""

    id: str
    question: str
    text: str
    lesson: str
    course: str | None = None
    picture: Picture | None = None
    verdict: Verdict | None = None
    related: tuple[Question, ...] = ()
    opens: StepOf | None = None
    reviewed: date | None = None
    by: str | None = None  # who wrote it, if they want to be named
    in_other_language: bool = False  # than the question


@dataclass(frozen=True)
class Suggestions:
    """The questions that were probably meant: two or three, or a single one that is not sure enough."""

    questions: tuple[Question, ...]
    in_other_language: bool = False  # than what was asked
    asked_at_once: bool = False  # two things were asked, and these are what each of them meant
    asked_more: bool = False  # then: there was a third one
    others: bool = False  # there is no walkthrough about what somebody asked one for, but these
    explaining: bool = False  # these may explain an answer that somebody did not understand


@dataclass(frozen=True)
class Topics:
    """The reply to a question about what the bot knows: its lessons. Or `about_bot`: about what it is."""

    about_bot: bool = False


@dataclass(frozen=True)
class UseCommand:
    """The reply to a message that wants something for which there is a command or a button."""

    command_for: CommandFor


@dataclass(frozen=True)
class Unknown:
    """No lesson answers this.

    `nothing_asked`: the message held no question, such as "hi" or an emoji; `small_talk` is its kind, if it was
    small talk. `which_error`: it only said that something fails. `wants_person`: it asked for a person in place of
    the bot. `has_similar`: in private, there would be suggestions.
    """

    nothing_asked: bool = False
    small_talk: SmallTalk | None = None
    which_error: bool = False
    wants_person: bool = False
    in_other_language: bool = field(default=False, compare=False)  # than the lessons
    has_similar: bool = field(default=False, compare=False)


Reply = Answer | Suggestions | Topics | UseCommand | Unknown


def reply(known: Mapping[str, Passage], judgement: Judgement, explain: Callable[[Passage], Answer]) -> Reply:
    """Turn the judgement on a ranking into a reply."""
    if judgement.sure:
        answer = explain(known[judgement.sure.id])
        is_in_other_language = _is_in_other_language([judgement.sure])
        return replace(answer, in_other_language=True) if is_in_other_language else answer
    if judgement.possible:
        found = questions([known[match.id] for match in judgement.possible])
        return Suggestions(found, _is_in_other_language(judgement.possible))
    return Unknown()


def _is_in_other_language(matches: Sequence[Match]) -> bool:
    # Only the first of a ranking has its evidence, and it may be offered in another place.
    return any(match.evidence.understanding == "languages" for match in matches)


def questions(wanted: Sequence[Passage]) -> tuple[Question, ...]:
    """The canonical questions of these passages."""
    return tuple(Question(passage.id, shown(passage)) for passage in wanted)


def explain(lessons: Lessons, passage: Passage) -> Answer:
    """The answer of a passage. It opens a walkthrough: the one with this step, or one that links to the entry."""
    if isinstance(passage, StepPassage):
        return _explain_step(passage, lessons.lesson_of[passage.scenario.id])
    lesson = lessons.lesson_of[passage.id]
    # Readers do not see links to the entry itself or to entries that do not exist.
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
        opens=_walkthrough_of(passage.id, lessons),
        reviewed=passage.reviewed,
        by=passage.by,
    )


def opened_at(passage: StepPassage) -> StepOf:
    """The walkthrough at this step, which is named in the current locale."""
    title = passage.scenario.title if passage.step.id == STORY else passage.step.title
    return StepOf(passage.scenario.id, passage.step.id, title)


def _explain_step(passage: StepPassage, lesson: Lesson) -> Answer:
    return Answer(
        id=passage.id,
        question=passage.shown,
        text=passage.answer,
        lesson=lesson.lesson,
        course=lesson.course,
        picture=passage.step.picture,
        verdict=passage.step.verdict,
        opens=opened_at(passage),
    )


def _walkthrough_of(entry: str, lessons: Lessons) -> StepOf | None:
    """The first scenario that links to an entry, at its story; one of the entry's own lesson before others."""
    own = lessons.lesson_of[entry].scenarios
    for scenario in (*own, *lessons.scenarios.values()):
        if any(entry in linked for linked in (scenario.related, *(each.related for each in scenario.solutions))):
            return StepOf(scenario.id, STORY, scenario.title)
    return None


def reviewed_line(reviewed: date, today: date, shown: str) -> str:
    """When an entry was last reviewed, as `shown`; after more than a year, that it may be out of date."""
    if is_old(reviewed, today):
        return _("Last reviewed on {date}, more than a year ago: it may be out of date", date=shown)
    return _("Last reviewed on {date}", date=shown)
