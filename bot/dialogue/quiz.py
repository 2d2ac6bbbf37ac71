"""A check being answered: the options in a learner's own order, and what is said to each try."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.language.words import _, _n
from bot.lessons.lesson import Option, Quiz


class Mark(StrEnum):
    """What a learner knows of an option."""

    OPEN = "open"
    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True)
class QuizOption:
    """An option as one learner sees it. `key` names it as an answer to this question, and to no other."""

    letter: str
    option: Option
    mark: Mark
    key: str

    @property
    def line(self) -> str:
        """The option with its letter and, in words, what came of it."""
        right, wrong = _("correct"), _("not correct")
        said = {Mark.OPEN: "", Mark.RIGHT: f" · **{right}**", Mark.WRONG: f" · *{wrong}*"}
        return f"**{self.letter}** {self.option.text}{said[self.mark]}"


@dataclass(frozen=True)
class QuizState:
    """A check as far as a learner has come with it; `said` is the feedback to read now."""

    question: str
    choices: tuple[QuizOption, ...]
    said: str = ""

    @property
    def right(self) -> int:
        """How many options are right."""
        return sum(choice.option.correct for choice in self.choices)

    @property
    def found(self) -> int:
        return sum(choice.mark is Mark.RIGHT for choice in self.choices)

    @property
    def is_done(self) -> bool:
        """Whether every right option is found, or was shown."""
        return self.found == self.right

    @property
    def text(self) -> str:
        """The question, how many are right where it is not one, the options and the feedback."""
        options = "\n".join(choice.line for choice in self.choices)
        return "\n\n".join(part for part in (self.question, self.hint, options, self.said) if part)

    @property
    def hint(self) -> str:
        """How many options are right, and how many of them are found; '' where it is one."""
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


def quiz_state(check: Quiz, tried: Sequence[str], *, shown: bool, learner: str) -> QuizState:
    """The check after these tries; `tried` and `learner` are ids, `shown` whether the answer was asked for."""
    taken = [option for id_ in tried for option in check.options if option.id == id_]
    choices = tuple(
        QuizOption(
            letter,
            option,
            _mark(option, is_known=option in taken or (shown and option.correct)),
            key_of(check, option),
        )
        for letter, option in zip(string.ascii_uppercase, _shuffled(check.options, learner), strict=False)
    )
    # The answer was asked for once; what is tried after that is still talked about.
    spoken = dict.fromkeys([*taken[-1:], *(option for option in check.options if shown and option.correct)])
    return QuizState(check.question, choices, "\n\n".join(map(_reaction, spoken)))


def key_of(check: Quiz, option: Option) -> str:
    """Changes with the question as well as with the option: a button of an older question answers no newer one."""
    return hashlib.sha256(f"{check.question}\0{option.text}".encode()).hexdigest()[:8]


def solves(check: Quiz, tried: Sequence[str]) -> bool:
    """Whether every right option was tried."""
    return all(option.id in tried for option in check.options if option.correct)


def _shuffled(options: Sequence[Option], learner: str) -> list[Option]:
    """An order that is a learner's own and stays; authors tend to put the right one first."""
    return sorted(options, key=lambda option: hashlib.sha256(f"{learner}:{option.id}".encode()).digest())


def _mark(option: Option, *, is_known: bool) -> Mark:
    if not is_known:
        return Mark.OPEN
    return Mark.RIGHT if option.correct else Mark.WRONG


def _reaction(option: Option) -> str:
    word = _("This is correct.") if option.correct else _("Not quite.")
    return f"**{option.text}**\n{word} {option.feedback}".rstrip()
