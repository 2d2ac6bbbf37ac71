"""A quiz being answered: the options in the learner's own order, and the feedback on each try."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.language.words import _, _n
from bot.lessons.lesson import Option, Quiz


class Mark(StrEnum):
    """Whether the learner knows yet if an option is right."""

    OPEN = "open"
    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True)
class QuizOption:
    """An option as one learner sees it. `key` identifies it together with its question."""

    letter: str
    option: Option
    mark: Mark
    key: str

    @property
    def line(self) -> str:
        """The option with its letter and, once known, whether it is correct."""
        right, wrong = _("correct"), _("not correct")
        said = {Mark.OPEN: "", Mark.RIGHT: f" · **{right}**", Mark.WRONG: f" · *{wrong}*"}
        return f"**{self.letter}** {self.option.text}{said[self.mark]}"


@dataclass(frozen=True)
class QuizState:
    """A quiz with what a learner has tried so far; `said` is the feedback to show now.

    `hints` are those that the learner asked for; `more_hints`: there are others.
    """

    question: str
    choices: tuple[QuizOption, ...]
    said: str
    hints: tuple[str, ...]
    more_hints: bool

    @property
    def right(self) -> int:
        """How many options are correct."""
        return sum(choice.option.correct for choice in self.choices)

    @property
    def found(self) -> int:
        return sum(choice.mark is Mark.RIGHT for choice in self.choices)

    @property
    def is_done(self) -> bool:
        """Whether every correct option was found or shown."""
        return self.found == self.right

    @property
    def text(self) -> str:
        """The question, how many options are correct if more than one, the options, hints and the feedback."""
        options = "\n".join(choice.line for choice in self.choices)
        hints = "\n".join(self.hint_lines)
        return "\n\n".join(part for part in (self.question, self.how_many, options, hints, self.said) if part)

    @property
    def hint_lines(self) -> list[str]:
        """The hints as they are shown; none once the answer is known."""
        return [] if self.is_done else [hint_line(each) for each in self.hints]

    @property
    def how_many(self) -> str:
        """How many options are correct, and how many of them were found; empty if only one is correct."""
        if self.right <= 1:
            return ""
        if 0 < self.found < self.right:
            return _n(
                "{count} of these is correct. You found {found}.",
                "{count} of these are correct. You found {found}.",
                self.right,
                found=self.found,
            )
        return _n("{count} of these is correct.", "{count} of these are correct.", self.right)


def quiz_state(
    check: Quiz, tried: Sequence[str], *, shown: bool, learner: str, hinted: Sequence[str] = ()
) -> QuizState:
    """The quiz after these tries, given as option ids. `shown`: the learner asked to see the answer.

    `hinted` are the options whose hints they asked for. The hint of a tried option says nothing new.
    """
    taken = [option for id_ in tried for option in check.options if option.id == id_]
    choices = tuple(
        QuizOption(
            letter,
            option,
            _mark(option, is_known=option in taken or (shown and option.correct)),
            option_key(check, option),
        )
        for letter, option in zip(string.ascii_uppercase, _shuffled(check.options, learner), strict=False)
    )
    # Options tried after the answer was shown still get their feedback.
    reacted = dict.fromkeys([*taken[-1:], *(option for option in check.options if shown and option.correct)])
    hints = tuple(each.hint for each in check.options if each.id in hinted and each not in taken)
    more = next_hint(check, tried, hinted) is not None
    return QuizState(check.question, choices, "\n\n".join(map(_reaction, reacted)), hints, more)


def next_hint(check: Quiz, tried: Sequence[str], hinted: Sequence[str]) -> str | None:
    """The option whose hint comes next; None if there is none left."""
    known = {*tried, *hinted}
    return next((each.id for each in check.options if each.hint and each.id not in known), None)


def hint_line(hint: str) -> str:
    """A hint as it is shown."""
    return _("Hint: {hint}", hint=hint)


def option_key(check: Quiz, option: Option) -> str:
    """A hash of question and option: a button of an older question never answers a newer one."""
    return hashlib.sha256(f"{check.question}\0{option.text}".encode()).hexdigest()[:8]


def solves(check: Quiz, tried: Sequence[str]) -> bool:
    """Whether every correct option was tried."""
    return all(option.id in tried for option in check.options if option.correct)


def _shuffled(options: Sequence[Option], learner: str) -> list[Option]:
    """A random but stable order for each learner: authors tend to put the correct option first."""
    return sorted(options, key=lambda option: hashlib.sha256(f"{learner}:{option.id}".encode()).digest())


def _mark(option: Option, *, is_known: bool) -> Mark:
    if not is_known:
        return Mark.OPEN
    return Mark.RIGHT if option.correct else Mark.WRONG


def _reaction(option: Option) -> str:
    word = _("This is correct.") if option.correct else _("Not quite.")
    return f"**{option.text}**\n{word} {option.feedback}".rstrip()
