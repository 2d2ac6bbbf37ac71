"""Scenarios walked at the prompt, with the keyboard."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from bot.dialogue.reply import Question, Unknown
from bot.dialogue.steps import FINISH
from bot.dialogue.walkthrough import Choose, Event, Jump, Move, Predict, Progress, View, changes, look, walk
from bot.language.words import _
from bot.lessons.lesson import Scenario
from bot.terminal_ui.keys import HELP, Ask, Key, Listed, Refused, keys, listed_at, meant, steps_listed
from bot.terminal_ui.pages import news, place, show_page, steps_of
from bot.terminal_ui.replies import Replies
from bot.terminal_ui.screen import Screen
from bot.tutor import Tutor

PROMPT = "walk> "
GONE = "This walkthrough was removed from the lessons."


@dataclass(frozen=True)
class Left:
    """Where a learner left a walkthrough, and the questions whose numbers they still see."""

    at: View
    offered: tuple[Question, ...]


class Walks:
    """A learner's walkthroughs; where they stand is kept until they leave the conversation."""

    def __init__(self, tutor: Tutor, screen: Screen) -> None:
        self._tutor = tutor
        self._screen = screen
        self._replies = Replies(
            tutor, screen, lessons="/lessons (close this walkthrough first)", walkthrough="", numbers=True
        )
        self._progress: dict[str, Progress] = {}
        # Gives the options of a check an order of this learner's own.
        self._learner = secrets.token_hex(8)

    def standing(self, scenario: Scenario) -> View | None:
        """Where the learner stands; None if they never went on from the story."""
        progress = self._progress.get(scenario.id, Progress())
        view = look(scenario, progress, self._learner)
        return None if view.is_first and not progress.predicted and not progress.tried else view

    def open(self, scenario: Scenario) -> Left | None:
        """From the story, or from where the learner stands if they want to go on there; None if neither."""
        stands = self.standing(scenario)
        event = self._continue(stands) if stands else Move.STAY
        return self.walk(scenario.id, event) if event else None

    def walk(self, id_: str, event: Event) -> Left | None:
        """Until the learner stops; begins with this event. None if the lessons no longer have it."""
        while scenario := self._tutor.scenario(id_):
            before = self._progress.get(id_, Progress())
            if changed := changes(scenario, before):
                self._screen.say(news(changed))
            progress = self._progress[id_] = walk(scenario, before, event)
            view = look(scenario, progress, self._learner)
            related = self._tutor.questions(view.step.related)
            show_page(self._screen, self._tutor, view, related)
            ended = self._turn(view, listed_at(view, related))
            if isinstance(ended, Left):
                return ended
            event = ended
        self._progress.pop(id_, None)
        self._screen.say(GONE)
        return None

    def _turn(self, view: View, listed: Listed) -> Event | Left:
        """What is typed at a step, up to what leads away from it."""
        while (typed := self._screen.read(PROMPT, keys(view, listed))) is not None:
            wanted = meant(typed, view, listed)
            match wanted:
                case Key.STOP:
                    break
                case Key.HELP:
                    self._screen.say(f"{steps_of(view)}\n\n{HELP}")
                    listed = steps_listed(view, is_aside=True)
                case Ask(words):
                    listed = self._ask(view, words, listed)
                case Question(id_):
                    listed = self._aside(self._replies.show(self._tutor.explain(id_) or Unknown()), listed)
                case Refused(why):
                    self._screen.say(why)
                case Move() | Jump() | Predict() | Choose():
                    return wanted
        return self._left(view, listed)

    def _ask(self, view: View, words: str, listed: Listed) -> Listed:
        question = words or self._screen.read("ask> ")
        if not question:
            return listed
        scenario, step = view.scenario.id, view.step.id
        near = self._tutor.near(scenario, step)
        return self._aside(
            self._replies.show(self._tutor.answer(question, about=f"{scenario}.{step}", near=near)), listed
        )

    @staticmethod
    def _aside(questions: tuple[Question, ...], listed: Listed) -> Listed:
        if questions:
            return Listed("open a question", questions, is_aside=True)
        return replace(listed, is_aside=True)

    def _left(self, view: View, listed: Listed) -> Left:
        if view.step.id != FINISH:
            self._screen.say(
                f"Your progress is saved at {place(view)} until you quit. To continue, use /walkthrough."
            )
        offered = tuple(item for item in listed.items if isinstance(item, Question))
        return Left(view, offered)

    def _continue(self, stands: View) -> Event | None:
        """Continue or start over; None for neither."""
        self._screen.say(f"{stands.scenario.title}\n  1. Continue at {place(stands)}\n  2. Start over")
        ways = ["[1, Enter] continue", "[2] start over", "[q] cancel"]
        while (typed := self._screen.read(PROMPT, ways)) is not None:
            match typed.lower():
                case "" | "1":
                    return Move.STAY
                case "2":
                    return self._start_over()
                case "q" | "quit" | "stop" | "/quit" | "/exit" | "/q":
                    return None
            self._screen.say("Type 1 to continue, 2 to start over or q to cancel.")
        return None

    def _start_over(self) -> Event | None:
        self._screen.say(_("Start over?") + " " + _("This deletes your picks and answers in this walkthrough."))
        typed = self._screen.read(PROMPT, ["[yes] start over", "[Enter] no, continue"])
        if typed is None:
            return None
        return Move.AGAIN if typed.lower() in {"y", "yes"} else Move.STAY
