"""The same conversations at a prompt."""

from __future__ import annotations

import contextlib
import json
import re
import string
import sys
from collections.abc import Callable
from typing import TypeVar

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.panel import Panel
from rich.text import Text
from rich.theme import Theme

from bot.dialogue.reply import Answer, Question, Reply, StepOf, Suggestions, Unknown
from bot.dialogue.walkthrough import STORY, Choose, Event, Jump, Move, Progress, View
from bot.lessons.lesson import Option, Picture
from bot.tutor import Tutor

HELP = """\
Ask in your own words, typos and all. Or:
  /walkthrough [TITLE]  walk through a scenario, step by step
  /lessons              the lessons and their questions
  /help                 this
  /quit                 leave (Ctrl+D does, too)"""
UNKNOWN = "No lesson answers that yet. Try other words, or see what there is: "
NOTHING_ASKED = "What would you like to know? Ask in your own words, or see what there is: "
VERDICT_STYLES = {"works": "green", "tedious": "yellow", "fails": "dark_orange"}
# Without a background of its own, code can be read on a dark terminal and on a light one.
THEME = Theme({"markdown.code": "bold cyan", "markdown.code_block": "cyan"})

Listed = TypeVar("Listed")


class Screen(Console):
    """A console for a terminal, a file or a pipe."""

    def __init__(self) -> None:
        super().__init__(theme=THEME, highlight=False)

    def on_broken_pipe(self) -> None:
        """Rich would end the process with exit 1; who reads only the first line did nothing wrong."""
        raise BrokenPipeError


def as_json(reply: Reply) -> str:
    """A reply for programs: `reply` says which of the three it is."""
    match reply:
        case Answer():
            data: dict[str, object] = {
                "reply": "answer",
                "question": reply.question,
                "answer": reply.text,
                "lesson": reply.lesson,
                "course": reply.course,
                "verdict": reply.verdict,
                "picture": reply.picture.file if reply.picture else None,
                "related": [each.text for each in reply.related],
                "walkthrough": reply.opens.title if reply.opens else None,
            }
        case Suggestions(questions):
            data = {"reply": "suggestions", "questions": [each.text for each in questions]}
        case Unknown():
            data = {"reply": "unknown"}
    return json.dumps(data, ensure_ascii=False, indent=2)


class Terminal:
    """Draws replies and steps on a console, and reads what is typed."""

    def __init__(self, tutor: Tutor, console: Console) -> None:
        self.tutor = tutor
        self.console = console
        self._chatting = False
        self._offered: tuple[Question, ...] = ()
        self._opens: StepOf | None = None
        self._about: str | None = None

    def show(self, reply: Reply) -> None:
        """One reply; in plain text where nobody is looking."""
        match reply:
            case Answer():
                self._about = reply.id
                self._answer(reply)
            case Suggestions(questions):
                self._offered = questions
                title = "Which of these do you mean?" if len(questions) > 1 else "Do you mean this?"
                lines = [f"  {n}. {question.text}" for n, question in enumerate(questions, 1)]
                self._print("\n".join([title, *lines]))
            case Unknown():
                where = "/lessons" if self._chatting else "lessonbot chat, then /lessons"
                self._print((NOTHING_ASKED if reply.nothing_asked else UNKNOWN) + where)

    def chat(self) -> None:
        """A conversation until `/quit` or the end of the input."""
        self._chatting = True
        if sys.stdin.isatty():
            with contextlib.suppress(ImportError):  # Windows has its own
                import readline  # noqa: F401, PLC0415 -- arrow keys, and what was asked before
        self._print(HELP)
        while (said := self._read("you> ")) is not None:
            if said in {"/quit", "/exit", "/q"}:
                return
            self._respond(said)

    def _respond(self, said: str) -> None:
        command, _, rest = said.partition(" ")
        commands: dict[str, Callable[[], None]] = {
            "/walkthrough": lambda: self.walk(rest),
            "/lessons": self._lessons,
            "/help": lambda: self._print(HELP),
        }
        if not said:
            return
        if command in commands:
            commands[command]()
        elif command.startswith("/"):
            self._print(f"There is no such command.\n{HELP}")
        elif (picked := _number(said, self._offered)) is not None:
            self.show(self.tutor.explain(picked.id) or Unknown())
        else:
            self._offered, self._opens = (), None
            self.show(self.tutor.answer(said, self._about))

    def walk(self, wanted: str = "") -> None:
        """A scenario from the story to its end, or until the learner stops.

        Without words: the one that the last answer is about, at its step.
        """
        opens = self._opens if not wanted.strip() else None
        scenario = self.tutor.find_scenario(opens.scenario if opens else wanted)
        if scenario is None:
            titles = [f"  /walkthrough {each.title}" for each in self.tutor.scenarios]
            self._print("\n".join(["Which one?", *titles]) if titles else "There is no scenario yet.")
            return
        progress, event = Progress(opens.step if opens else STORY), None
        while view := self.tutor.walk(scenario.id, progress, event):
            self._step(view)
            self._about = f"{scenario.id}.{view.step.id}"
            progress = Progress(view.step.id, view.step.chosen.id if view.step.chosen else None)
            event = self._next_event(view)
            if event is None:
                return
        self._print("This walkthrough is no longer in the lessons.")

    def _next_event(self, view: View) -> Event | None:
        """What the learner does next; None to stop.

        A check's options are a to e, and no other key is one of those: hence "previous" and not "back".
        """
        letters = _lettered(view)
        ways = [
            *([f"{min(letters)}-{max(letters)} your choice"] if letters else []),
            *(["n next"] if not view.is_last else []),
            *(["p previous"] if not view.is_first else []),
            f"1-{view.total} go to a step",
            "q stop",
        ]
        while (said := self._read(f"[{', '.join(ways)}] ")) is not None:
            said = said.lower()
            if said in {"q", "quit", "stop", "/quit", "/exit", "/q"}:
                return None
            if said in letters:
                return Choose(letters[said].id)
            if said == "" and view.is_last:
                return None
            if said in {"n", "next", ""} and not view.is_last:
                return Move.NEXT
            if said in {"p", "previous", "b", "back"} and not view.is_first:
                return Move.BACK
            if (step := _number(said, view.steps)) is not None:
                return Jump(step.id)
            steps = [f"  {n}. {step.title}" for n, step in enumerate(view.steps, 1)]
            self._print("\n".join([f"Type one of: {', '.join(ways)}", *steps]))
        return None

    def _answer(self, answer: Answer) -> None:
        extra = [f"Verdict: {answer.verdict}"] if answer.verdict else []
        extra.append(f"From {answer.lesson}" + (f" · {answer.course}" if answer.course else ""))
        extra += self._picture(answer.picture)
        if answer.opens:
            self._opens = answer.opens
            how = "/walkthrough" if self._chatting else "lessonbot chat, then /walkthrough"
            extra.append(f"Walk through “{answer.opens.title}”: {how}")
        if answer.related:
            self._offered = answer.related
            marks = [f"{n}." if self._chatting else "-" for n in range(1, len(answer.related) + 1)]
            extra += [
                "Related:",
                *(f"  {mark} {each.text}" for mark, each in zip(marks, answer.related, strict=True)),
            ]
        self._card(answer.question, answer.text, "\n".join(extra), answer.verdict)

    def _step(self, view: View) -> None:
        step = view.step
        parts = [f"**{block.heading}**\n\n{block.text}" if block.heading else block.text for block in step.blocks]
        options = [f"{letter}) {option.text}" for letter, option in _lettered(view).items()]
        # What is said about a choice stands below the choices.
        parts[len(parts) - bool(step.chosen) : len(parts) - bool(step.chosen)] = (
            ["\n".join(options)] if options else []
        )
        extra = [f"Verdict: {step.verdict}"] if step.verdict else []
        extra += self._picture(step.picture)
        where = f"Step {view.position} of {view.total} · {view.scenario.title}"
        self._card(step.title, "\n\n".join(parts), "\n".join(extra), step.verdict, where)

    def _lessons(self) -> None:
        shown = []
        for lesson in self.tutor.lessons:
            lines = [lesson.lesson, *(f"  - {entry.question}" for entry in lesson.entries)]
            shown.append("\n".join([*lines, *(f"  /walkthrough {each.title}" for each in lesson.scenarios)]))
        self._print("\n\n".join(shown))

    def _picture(self, picture: Picture | None) -> list[str]:
        path = self.tutor.picture(picture)
        shown = [f"Picture: {path}"] if path else []
        return [*shown, picture.alt] if picture and picture.alt else shown

    def _card(self, title: str, text: str, footer: str, verdict: str | None, where: str = "") -> None:
        if not self.console.is_terminal:
            self._print("\n\n".join(part for part in (title, text, footer, where) if part))
            return
        style = VERDICT_STYLES.get(verdict or "", "blue")
        heading = Text(title, style=f"bold {style}")
        subtitle = Text(where, style="dim")
        subtitle.truncate(max(1, self.console.width - 6), overflow="ellipsis")
        # The frame would cut a heading that is longer than itself.
        fits = cell_len(title) + 6 <= self.console.width
        body: list[RenderableType] = [] if fits else [heading, ""]
        body.append(Markdown(_as_in_discord(text), code_theme="ansi_dark"))
        body += ["", Text(footer, style="dim")] if footer else []
        self.console.print(
            Panel(
                Group(*body),
                title=heading if fits else None,
                title_align="left",
                subtitle=subtitle if where else None,
                subtitle_align="left",
                border_style=style,
                padding=(1, 2),
            )
        )

    def _print(self, text: str) -> None:
        # Lesson texts are not rich's markup: "[dev]" is what an author wrote.
        self.console.print(text, markup=False, highlight=False, soft_wrap=not self.console.is_terminal)

    def _read(self, prompt: str) -> str | None:
        """A line of the learner's, None at the end; whatever asks through a pipe needs no prompt."""
        self.console.print()
        try:
            return input(prompt if sys.stdin.isatty() else "").strip()
        except EOFError:
            if sys.stdin.isatty():
                self.console.print()
            return None


def _as_in_discord(text: str) -> str:
    """Lesson texts are Discord's Markdown, where a line ends where its author ended it."""
    blocks = text.split("```")
    return "```".join(
        block if n % 2 else re.sub(r"(?<=\S)\n(?=[^\n])", "  \n", block) for n, block in enumerate(blocks)
    )


def _lettered(view: View) -> dict[str, Option]:
    return dict(zip(string.ascii_lowercase, view.step.options, strict=False))


def _number(said: str, offered: tuple[Listed, ...]) -> Listed | None:
    """What is picked by its number; None for other words, and for other numbers."""
    is_number = said.isdecimal() and len(said) < 4 and 1 <= int(said) <= len(offered)
    return offered[int(said) - 1] if is_number else None
