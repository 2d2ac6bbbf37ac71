"""What can be asked for: every entry, and the steps of every scenario."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.dialogue.steps import BEHIND, CHECK, COMPARE, FINISH, PREDICT, STORY, Step, steps
from bot.language.catalogues import ENGLISH
from bot.language.words import _, in_locale
from bot.lessons.lesson import Entry, Scenario
from bot.lessons.library import Lessons


@dataclass(frozen=True)
class ScenarioPart:
    """A step of a scenario as something to be found; its id is `scenario.step`."""

    scenario: Scenario
    step: Step

    @property
    def id(self) -> str:
        return f"{self.scenario.id}.{self.step.id}"

    @property
    def question(self) -> str:
        """What the step answers, in the author's own words: its title, or the scenario's.

        It is found by this, so it is the same in every language; `shown` is for readers.
        """
        with in_locale(ENGLISH):
            return self.shown

    @property
    def shown(self) -> str:
        """The question in the language that is spoken."""
        if self.step.id == STORY:
            return self.scenario.title
        if self.step.id == BEHIND:
            return _("{scenario}: behind the scenes", scenario=self.scenario.title)
        return self.step.title

    @property
    def phrasings(self) -> tuple[str, ...]:
        return ()

    @property
    def answer(self) -> str:
        return "\n\n".join(block.markdown for block in (*self.step.blocks, *self.step.notes))


Part = Entry | ScenarioPart


def shown(part: Part) -> str:
    """Its canonical question as readers see it."""
    return part.shown if isinstance(part, ScenarioPart) else part.question


def parts(lessons: Lessons) -> Iterator[Part]:
    """All of them: first the entries, then the scenarios' steps that explain something."""
    yield from lessons.entries.values()
    for scenario in lessons.scenarios.values():
        for step in steps(scenario):
            # A check must not give itself away; the others only repeat the solutions.
            if step.id not in {PREDICT, CHECK, COMPARE, FINISH}:
                yield ScenarioPart(scenario, step)
