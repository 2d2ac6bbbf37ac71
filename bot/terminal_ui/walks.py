"""Walkthroughs at the prompt."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from functools import partial

from bot.asking.posts import reply_to
from bot.dialogue.reply import Question, Unknown
from bot.dialogue.steps import FINISH
from bot.dialogue.walkthrough import (
    ChooseOption,
    Event,
    Jump,
    Move,
    Predict,
    Progress,
    StepView,
    Walkthrough,
)
from bot.language.words import _
from bot.lessons.lesson import Scenario
from bot.terminal_ui.keys import HELP, AskAbout, Key, Listed, Refused, keys, listed_at, steps_listed, typed_key
from bot.terminal_ui.pages import news, place, show_page, steps_of
from bot.terminal_ui.replies import ReplyPrinter
from bot.terminal_ui.screen import Screen
from bot.tutor import Tutor

PROMPT = "walk> "
GONE = "This walkthrough was removed from the lessons."


@dataclass(frozen=True)
class Left:
    """The step at which a learner left a walkthrough, and the questions that are still listed with numbers."""

    at: StepView
    offered: tuple[Question, ...]


class Walkthroughs:
    """A learner's walkthroughs. Their progress is lost when the conversation ends."""

    def __init__(self, tutor: Tutor, screen: Screen) -> None:
        self._tutor = tutor
        self._screen = screen
        self._replies = ReplyPrinter(
            tutor, screen, lessons="/browse (close this walkthrough first)", walkthrough="", numbers=True
        )
        self._progress: dict[str, Progress] = {}
        # Decides the order of the quiz options.
        self._learner = secrets.token_hex(8)

    def saved(self, scenario: Scenario) -> StepView | None:
        """The view that the learner reached; None if they have not gone beyond the story."""
        progress = self._progress.get(scenario.id, Progress())
        view = Walkthrough(scenario).view(progress, self._learner)
        return None if view.is_first and not progress.predicted and not progress.tried else view

    def open(self, scenario: Scenario) -> Left | None:
        """Begin at the story, or offer to continue; None if the learner wants neither."""
        saved = self.saved(scenario)
        event = self._continue(saved) if saved else Move.STAY
        return self.walk(scenario.id, event) if event else None

    def walk(self, id_: str, event: Event) -> Left | None:
        """Begin with this event and go on until the learner stops. None if the scenario was removed."""
        while scenario := self._tutor.scenario(id_):
            before = self._progress.get(id_, Progress())
            walkthrough = Walkthrough(scenario)
            if changed := walkthrough.changes(before):
                self._screen.say(news(changed))
            progress = self._progress[id_] = walkthrough.advance(before, event)
            view = walkthrough.view(progress, self._learner)
            related = self._tutor.questions(view.step.related)
            show_page(self._screen, self._tutor, view, related)
            ended = self._turn(view, listed_at(view, related))
            if isinstance(ended, Left):
                return ended
            event = ended
        self._progress.pop(id_, None)
        self._screen.say(GONE)
        return None

    def _turn(self, view: StepView, listed: Listed) -> Event | Left:
        """Read what is typed at a step, until something leads away from it."""
        while (typed := self._screen.read(PROMPT, keys(view, listed))) is not None:
            wanted = typed_key(typed, view, listed)
            match wanted:
                case Key.STOP:
                    break
                case Key.HELP:
                    self._screen.say(f"{steps_of(view)}\n\n{HELP}")
                    listed = steps_listed(view, is_aside=True)
                case AskAbout(words):
                    listed = self._ask(view, words, listed)
                case Question(id_):
                    listed = self._aside(self._replies.show(self._tutor.explain(id_) or Unknown()), listed)
                case Refused(why):
                    self._screen.say(why)
                case Move() | Jump() | Predict() | ChooseOption():
                    return wanted
        return self._left(view, listed)

    def _ask(self, view: StepView, words: str, listed: Listed) -> Listed:
        question = words or self._screen.read("ask> ")
        if not question:
            return listed
        scenario, step = view.scenario.id, view.step.id
        near = self._tutor.near(scenario, step)
        answer = partial(self._tutor.answer, about=f"{scenario}.{step}", near=near, wait=True)
        return self._aside(self._replies.show(reply_to(question, answer)), listed)

    @staticmethod
    def _aside(questions: tuple[Question, ...], listed: Listed) -> Listed:
        if questions:
            return Listed("open a question", questions, is_aside=True)
        return replace(listed, is_aside=True)

    def _left(self, view: StepView, listed: Listed) -> Left:
        if view.step.id != FINISH:
            self._screen.say(
                f"Your progress is saved at {place(view)} until you quit. To continue, use /walkthrough."
            )
        offered = tuple(item for item in listed.items if isinstance(item, Question))
        return Left(view, offered)

    def _continue(self, saved: StepView) -> Event | None:
        """Continue or start over; None for neither."""
        self._screen.say(f"{saved.scenario.title}\n  1. Continue at {place(saved)}\n  2. Start over")
        choices = ["[1, Enter] continue", "[2] start over", "[q] cancel"]
        while (typed := self._screen.read(PROMPT, choices)) is not None:
            match typed.lower():
                case "" | "1":
                    return Move.STAY
                case "2":
                    return self._start_over()
                case "q" | "quit" | "exit" | "stop" | "/quit" | "/exit" | "/q":
                    return None
            self._screen.say("Type 1 to continue, 2 to start over or q to cancel.")
        return None

    def _start_over(self) -> Event | None:
        self._screen.say(_("Start over?") + " " + _("This deletes your picks and answers in this walkthrough."))
        typed = self._screen.read(PROMPT, ["[yes] start over", "[Enter] no, continue"])
        if typed is None:
            return None
        return Move.AGAIN if typed.lower() in {"y", "yes"} else Move.STAY
