"""Reads what is typed at a step of a walkthrough.

A number picks from the list that was shown last: solutions, quiz options or related questions. If there is no
list, and after `?`, a number goes to a step. The prompt says which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.dialogue.reply import Question
from bot.dialogue.steps import PREDICT
from bot.dialogue.walkthrough import ChooseOption, Event, Jump, Move, Predict, StepView, stuck

HELP = """\
  Enter, n    next step
  b           previous step
  1, 2, 3 …   choose from the list: your pick, your answer, a question or a step
  a WORDS     ask a question about this step
  s           show a hint, or the answer when there are no more hints (at the quiz)
  ?           list the steps and these keys
  q           close; your progress is saved until you quit"""
NO_KEY = "Unknown key. To see all keys, type ?. To ask a question, start with a, like this: a what is that?"


class Key(StrEnum):
    """What a key does besides sending an event."""

    STOP = "stop"
    HELP = "help"


@dataclass(frozen=True)
class AskAbout:
    """A question about the step; without words, the learner has still to type it."""

    words: str


@dataclass(frozen=True)
class Refused:
    """An input that does nothing, and why."""

    why: str


@dataclass(frozen=True)
class Listed:
    """What numbers pick; `what` describes it for the prompt.

    `is_aside`: something else than the step was shown last, so Enter shows the step again.
    """

    what: str
    items: tuple[Event | Question, ...]
    is_aside: bool = False


Meant = Event | Question | Key | AskAbout | Refused


def listed_at(view: StepView, related: Sequence[Question]) -> Listed:
    """What the numbers at a step pick."""
    if view.step.id == PREDICT:
        return Listed("your pick", tuple(Predict(row.solution) for row in view.step.rows))
    if view.quiz:
        return Listed("your answer", tuple(ChooseOption(choice.option.id) for choice in view.quiz.choices))
    return Listed("open a question", tuple(related)) if related else steps_listed(view)


def steps_listed(view: StepView, *, is_aside: bool = False) -> Listed:
    """The steps, to pick one by its number."""
    return Listed("go to a step", tuple(Jump(step.id) for step in view.steps), is_aside)


def keys(view: StepView, listed: Listed) -> list[str]:
    """The keys that work here, for the line above the prompt."""
    onward = "skip" if view.step.id == PREDICT and not view.picked else "close" if view.is_last else "next"
    first = ["[Enter] show this step again", "[n] next"] if listed.is_aside else [f"[Enter] {onward}"]
    return [
        _numbers(listed),
        *(first[:1] if view.is_last else first),
        *([] if view.is_first else ["[b] back"]),
        *_help(view),
        "[a] ask",
        "[?] help",
        "[q] close",
    ]


def typed_key(typed: str, view: StepView, listed: Listed) -> Meant:
    """What the learner means by what they typed."""
    first, _, rest = typed.partition(" ")
    match first.lower(), rest.strip():
        case (("a" | "ask"), words):
            return AskAbout(words)
        case "", "":
            return Move.STAY if listed.is_aside else Key.STOP if view.is_last else Move.NEXT
        case (("n" | "next"), ""):
            return Key.STOP if view.is_last else Move.NEXT
        case (("b" | "back"), ""):
            return Refused("This is the first step.") if view.is_first else Move.BACK
        case (("s" | "stuck" | "hint"), ""):
            why = "You have already answered the quiz." if view.quiz else "There is no quiz at this step."
            return stuck(view.quiz) if view.quiz and _is_open(view) else Refused(why)
        case (("q" | "quit" | "exit" | "stop" | "/quit" | "/exit" | "/q"), ""):
            return Key.STOP
        case (("?" | "h" | "help" | "/help"), ""):
            return Key.HELP
    if typed.isdecimal():
        return _numbered(typed, listed)
    # Several words are a question, even without the "a" before them, and so is "why?".
    asks = rest or (typed.endswith("?") and any(map(str.isalpha, typed)))
    return AskAbout(typed) if asks and not typed.startswith("/") else Refused(NO_KEY)


def _numbered(typed: str, listed: Listed) -> Meant:
    number = int(typed) if len(typed) < 4 else 0
    if 1 <= number <= len(listed.items):
        return listed.items[number - 1]
    last = len(listed.items)
    numbers = "1" if last == 1 else f"1 to {last}"
    return Refused(f"There is no such number. Type {numbers} ({listed.what}), or ? to see all keys.")


def _numbers(listed: Listed) -> str:
    last = len(listed.items)
    return f"[{'1' if last == 1 else f'1-{last}'}] {listed.what}"


def _help(view: StepView) -> list[str]:
    if view.quiz is None or not _is_open(view):
        return []
    return ["[s] show a hint" if stuck(view.quiz) is Move.HINT else "[s] show the answer"]


def _is_open(view: StepView) -> bool:
    return view.quiz is not None and not view.quiz.is_done
