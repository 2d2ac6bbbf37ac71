"""Passages: what a question can find, which is an entry or a step of a scenario."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.dialogue.steps import BEHIND, COMPARE, FINISH, PREDICT, QUIZ, STORY, Step, steps
from bot.language.catalogues import ENGLISH, languages
from bot.language.words import N_, _, in_locale
from bot.lessons.lesson import Entry, Scenario
from bot.lessons.library import Lessons

BEHIND_TITLE = N_("{scenario}: behind the scenes")


@dataclass(frozen=True)
class StepPassage:
    """A step of a scenario that a question can find. Its id is `scenario.step`."""

    scenario: Scenario
    step: Step

    @property
    def id(self) -> str:
        return f"{self.scenario.id}.{self.step.id}"

    @property
    def question(self) -> str:
        """What the step answers: its title, or the title of the scenario.

        Search finds the step by this text, so it is the same in every language. Readers see `shown`.
        """
        with in_locale(ENGLISH):
            return self.shown

    @property
    def shown(self) -> str:
        """The question in the current locale."""
        if self.step.id == STORY:
            return self.scenario.title
        if self.step.id == BEHIND:
            return _(BEHIND_TITLE, scenario=self.scenario.title)
        return self.step.title

    @property
    def phrasings(self) -> tuple[str, ...]:
        return ()

    @property
    def answer(self) -> str:
        return "\n\n".join(block.markdown for block in (*self.step.blocks, *self.step.notes))


Passage = Entry | StepPassage


def shown(passage: Passage) -> str:
    """The canonical question of a passage, as readers see it."""
    return passage.shown if isinstance(passage, StepPassage) else passage.question


def shown_in_all_languages(passage: Passage) -> tuple[str, ...]:
    """The canonical question as readers of each language see it, each text once."""
    if not isinstance(passage, StepPassage) or passage.step.id != BEHIND:
        return (shown(passage),)
    found: dict[str, None] = {}
    for language in languages():
        with in_locale(language):
            found[passage.shown] = None
    return tuple(found)


def passages(lessons: Lessons) -> Iterator[Passage]:
    """All passages: the entries, then the scenario steps that explain something."""
    yield from lessons.entries.values()
    for scenario in lessons.scenarios.values():
        for step in steps(scenario):
            # The quiz would reveal its answer; the others only repeat the solutions.
            if step.id not in {PREDICT, QUIZ, COMPARE, FINISH}:
                yield StepPassage(scenario, step)


def languages_of(lessons: Lessons) -> Mapping[str, str]:
    """The language of each passage whose lesson says one, by the passage's id.

    A step whose lesson says none has '': half of its words are the bot's own, which are English.
    """
    found: dict[str, str] = {}
    for each in passages(lessons):
        is_step = isinstance(each, StepPassage)
        language = lessons.lesson_of[each.id.partition(".")[0]].language
        if language or is_step:
            found[each.id] = language or ""
    return found
