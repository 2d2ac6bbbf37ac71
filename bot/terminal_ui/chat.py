"""A conversation at a prompt."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from functools import partial

from bot.asking.choosing import choice_in
from bot.asking.posts import reply_to
from bot.dialogue.reply import Answer, Question, Reply, StepOf, Suggestions, Unknown
from bot.dialogue.steps import STORY
from bot.dialogue.walkthrough import Jump
from bot.language.words import _
from bot.lessons.lesson import Scenario
from bot.terminal_ui.pages import place
from bot.terminal_ui.replies import ReplyPrinter
from bot.terminal_ui.screen import Screen
from bot.terminal_ui.walks import Left, Walkthroughs
from bot.tutor import Tutor

HELP = """\
Ask a question in your own words. Typos are fine. Or use a command:
  /walkthrough [TITLE]  work through a scenario step by step
  /browse               browse the lessons and their questions
  /help                 show this help
  /quit                 quit (or press Ctrl+D)"""


class Terminal:
    """Shows single replies, or holds a conversation."""

    def __init__(self, tutor: Tutor, screen: Screen) -> None:
        self.tutor = tutor
        self.screen = screen
        self._walks = Walkthroughs(tutor, screen)
        self._replies = ReplyPrinter(tutor, screen, lessons="/browse", walkthrough="/walkthrough", numbers=True)
        self._offered: tuple[Question | Scenario, ...] = ()
        self._opens: StepOf | None = None
        self._about: str | None = None
        self._last = ""

    def show(self, reply: Reply) -> None:
        """Show a single reply."""
        chat = "lessonbot chat, then"
        ReplyPrinter(
            self.tutor, self.screen, lessons=f"{chat} /browse", walkthrough=f"{chat} /walkthrough", numbers=False
        ).show(reply)

    def chat(self) -> None:
        """Hold a conversation until `/quit` or the end of the input."""
        if sys.stdin.isatty():
            with contextlib.suppress(ImportError):  # Windows has no readline, and does not need it
                import readline  # noqa: F401, PLC0415 -- arrow keys, and what was asked before
        self.screen.say(HELP)
        while (said := self.screen.read("you> ")) is not None:
            if said.lower().removeprefix("/") in {"quit", "exit", "q"}:
                return
            self._respond(said)

    def _respond(self, said: str) -> None:
        command, _, rest = said.partition(" ")
        commands: dict[str, Callable[[], None]] = {
            "/walkthrough": lambda: self._walkthrough(rest),
            "/browse": self._lessons,
            "/lessons": self._lessons,  # its name until it was called as in Discord
            "/help": lambda: self.screen.say(HELP),
        }
        if not said:
            return
        if command in commands:
            commands[command]()
        elif command.startswith("/"):
            self.screen.say(f"Unknown command.\n{HELP}")
        elif self._offered and (number := _number_in(said, len(self._offered))) is not None:
            self._pick_number(number, said)
        elif scenario := self._titled(said):
            self._pick(scenario)
        else:
            self._ask(said)

    def _titled(self, said: str) -> Scenario | None:
        """The listed scenario whose title this is."""
        listed = [each for each in self._offered if isinstance(each, Scenario)]
        return next((each for each in listed if each.title.casefold() == said.casefold()), None)

    def _pick_number(self, number: int, said: str) -> None:
        last = len(self._offered)
        if 0 < number <= last:
            self._pick(self._offered[number - 1])
        elif isinstance(reply := self._answer(said), Answer | Suggestions):  # "404"
            self._offered, self._opens = (), None
            self._reply(reply)
        else:
            self.screen.say(f"Type {'1' if last == 1 else f'1 to {last}'}, or ask in other words.")

    def _ask(self, said: str) -> None:
        self._offered, self._opens = (), None
        self._reply(self._answer(said))

    def _answer(self, said: str) -> Reply:
        return reply_to(said, partial(self.tutor.answer, about=self._about, wait=True))

    def _reply(self, reply: Reply) -> None:
        self._offered = self._replies.show(reply) or self._offered
        if isinstance(reply, Answer):
            self._about = reply.id
            self._opens = reply.opens or self._opens

    def _pick(self, picked: Question | Scenario) -> None:
        if isinstance(picked, Scenario):
            self._walk(lambda: self._walks.open(picked))
        else:
            self._reply(self.tutor.explain(picked.id) or Unknown())

    def _walkthrough(self, wanted: str) -> None:
        """Open the walkthrough with this title.

        Without a title: the one that the last answer links to, at its step; else the last unfinished one.
        """
        opens = self._opens if not wanted.strip() else None
        if opens and opens.step != STORY:
            self._walk(lambda: self._walks.walk(opens.scenario, Jump(opens.step)))
        elif scenario := self.tutor.find_scenario(opens.scenario if opens else wanted.strip() or self._last):
            self._walk(lambda: self._walks.open(scenario))
        else:
            self._which(wanted.strip())

    def _walk(self, begin: Callable[[], Left | None]) -> None:
        # Numbers now refer to the walkthrough's lists, and the next /walkthrough to its last step.
        self._offered, self._opens = (), None
        if left := begin():
            scenario, step = left.at.scenario.id, left.at.step.id
            self._offered, self._about = left.offered, f"{scenario}.{step}"
            self._last = "" if left.at.is_last else scenario

    def _which(self, wanted: str) -> None:
        self._offered = self.tutor.scenarios
        if wanted and self._offered:
            self.screen.say(f"No walkthrough is called “{wanted}”.")
        lines = [f"  {n}. {each.title}{self._at(each)}" for n, each in enumerate(self.tutor.scenarios, 1)]
        self.screen.say(
            "\n".join([_("Which walkthrough do you want to start?"), *lines])
            if lines
            else _("There are no walkthroughs yet.")
        )

    def _at(self, scenario: Scenario) -> str:
        saved = self._walks.saved(scenario)
        return f" (you are at {place(saved)})" if saved else ""

    def _lessons(self) -> None:
        shown = []
        for lesson in self.tutor.lessons:
            lines = [lesson.lesson, *(f"  - {entry.question}" for entry in lesson.entries)]
            shown.append("\n".join([*lines, *(f"  /walkthrough {each.title}" for each in lesson.scenarios)]))
        self.screen.say("\n\n".join(shown))


def _number_in(said: str, offered: int) -> int | None:
    """The number that a line chooses. A list of walkthroughs may be long."""
    return int(said) if said.isdecimal() and len(said) < 4 else choice_in(said, offered)
