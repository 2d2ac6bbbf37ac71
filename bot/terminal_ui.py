"""The same conversations at a prompt."""

from __future__ import annotations

import json
from collections.abc import Callable

from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from bot.dialogue.reply import Answer, Question, Reply, Suggestions, Unknown
from bot.dialogue.walkthrough import Choose, Event, Jump, Move, Progress, View
from bot.lessons.lesson import Picture
from bot.tutor import Tutor

HELP = """\
Ask in your own words, typos and all. Or:
  /walkthrough [TITLE]  walk through a scenario, step by step
  /lessons              the lessons and their questions
  /help                 this
  /quit                 leave (Ctrl+D does, too)"""
UNKNOWN = "No lesson answers that yet. Try other words, or see what there is with /lessons."
VERDICT_STYLES = {"works": "green", "tedious": "yellow", "fails": "dark_orange"}


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
        self._offered: tuple[Question, ...] = ()

    def show(self, reply: Reply) -> None:
        """One reply; in plain text where nobody is looking."""
        self._offered = ()
        match reply:
            case Answer():
                self._answer(reply)
            case Suggestions(questions):
                self._offered = questions
                title = "Which of these do you mean?" if len(questions) > 1 else "Do you mean this?"
                lines = [f"{n}. {question.text}" for n, question in enumerate(questions, 1)]
                self._print("\n".join([title, *lines]))
            case Unknown():
                self._print(UNKNOWN)

    def chat(self) -> None:
        """A conversation until `/quit` or the end of the input."""
        self._print(HELP)
        while (said := self._read("\nyou> ")) is not None:
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
            self._print(f"There is no {command} here.\n{HELP}")
        elif said.isdecimal() and 1 <= int(said) <= len(self._offered):
            self._explain(self._offered[int(said) - 1])
        else:
            self.show(self.tutor.answer(said))

    def walk(self, wanted: str = "") -> None:
        """A scenario from the story to its end, or until the learner stops."""
        scenario = self.tutor.find_scenario(wanted)
        if scenario is None:
            titles = [f"  /walkthrough {each.title}" for each in self.tutor.scenarios]
            self._print("\n".join(["Which one?", *titles]) if titles else "There is no scenario yet.")
            return
        progress, event = Progress(), None
        while view := self.tutor.walk(scenario.id, progress, event):
            self._step(view)
            progress = Progress(view.step.id, view.step.chosen.id if view.step.chosen else None)
            event = self._next_event(view)
            if event is None:
                return
        self._print("This walkthrough is no longer in the lessons.")

    def _next_event(self, view: View) -> Event | None:
        """What the learner does next; None to stop."""
        ways = [*(["n next"] if not view.is_last else []), *(["b back"] if not view.is_first else [])]
        letters = {chr(ord("a") + n): option for n, option in enumerate(view.step.options)}
        prompt = ", ".join([*ways, f"1-{view.total} jump", "q stop"])
        while (said := self._read(f"\n[{prompt}] ")) is not None:
            said = said.lower()
            if said in {"q", "/quit"}:
                return None
            if said in {"n", "next", ""} and not view.is_last:
                return Move.NEXT
            if said in {"b", "back"} and not view.is_first:
                return Move.BACK
            if said.isdecimal() and 1 <= int(said) <= view.total:
                return Jump(view.steps[int(said) - 1].id)
            if said in letters and said != "b":
                return Choose(letters[said].id)
            if said == "" and view.is_last:
                return None
            steps = [f"  {n}. {step.title}" for n, step in enumerate(view.steps, 1)]
            self._print("\n".join([f"Type one of: {prompt}", *steps]))
        return None

    def _answer(self, answer: Answer) -> None:
        source = f"From {answer.lesson}" + (f" · {answer.course}" if answer.course else "")
        extra = [source]
        if answer.verdict:
            extra.insert(0, f"Verdict: {answer.verdict}")
        if answer.picture:
            extra.append(self._picture(answer.picture))
        if answer.opens:
            extra.append(f"Walk through it: /walkthrough {self._title(answer.opens.scenario)}")
        if answer.related:
            extra.append("Related: " + " · ".join(each.text for each in answer.related))
        style = VERDICT_STYLES.get(answer.verdict or "", "blue")
        self._card(answer.question, answer.text, "\n".join(extra), style)

    def _step(self, view: View) -> None:
        step = view.step
        parts = [f"**{block.heading}**\n\n{block.text}" if block.heading else block.text for block in step.blocks]
        parts += [f"{chr(ord('a') + n)}) {option.text}" for n, option in enumerate(step.options)]
        extra = [f"Verdict: {step.verdict}"] if step.verdict else []
        if step.picture:
            extra.append(self._picture(step.picture))
        extra.append(f"Step {view.position} of {view.total} · {view.scenario.title}")
        style = VERDICT_STYLES.get(step.verdict or "", "blue")
        self._card(step.title, "\n\n".join(parts), "\n".join(extra), style)

    def _lessons(self) -> None:
        for lesson in self.tutor.lessons:
            lines = [lesson.lesson, *(f"  - {entry.question}" for entry in lesson.entries)]
            self._print("\n".join([*lines, *(f"  /walkthrough {each.title}" for each in lesson.scenarios)]))

    def _explain(self, question: Question) -> None:
        answer = self.tutor.explain(question.id)
        self.show(answer or Unknown())

    def _title(self, scenario: str) -> str:
        found = self.tutor.find_scenario(scenario)
        return found.title if found else ""

    def _picture(self, picture: Picture) -> str:
        path = self.tutor.picture(picture)
        return f"Picture: {path}" + (f"\n{picture.alt}" if picture.alt else "") if path else ""

    def _card(self, title: str, text: str, footer: str, style: str) -> None:
        if not self.console.is_terminal:
            self._print("\n\n".join([title, text, footer]))
            return
        body: RenderableType = Group(Markdown(text), Padding(Text(footer, style="dim"), (1, 0, 0, 0)))
        heading = Text(title, style=f"bold {style}")
        self.console.print(Panel(body, title=heading, title_align="left", border_style=style, padding=(1, 2)))

    def _print(self, text: str) -> None:
        # Lesson texts are not rich's markup: "[dev]" is what an author wrote.
        self.console.print(text, markup=False, highlight=False, soft_wrap=not self.console.is_terminal)

    def _read(self, prompt: str) -> str | None:
        try:
            return self.console.input(Text(prompt, style="bold")).strip()
        except EOFError:
            return None
