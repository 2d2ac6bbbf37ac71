"""Multiple choice: lines that are choices, and an answer that names one of them by its letter."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.language.words import N_
from bot.lessons.intake.data.nodes import folded
from bot.lessons.intake.material import Block, Pair
from bot.lessons.intake.question_text import plain_question

# `- ☑ With "w"`, `A. With "a"`, `- B: With "b"`, `(c) With "c"`
CHOICE = re.compile(
    r"\s*(?:[-*+]\s+)?(?:(?P<box>[\u2610\u2611])|\(?(?P<mark>\*\*|)(?P<letter>[A-Ea-e])[.):](?P=mark))\s+"
    r"(?P<text>\S.*)"
)
# `B`, `**B)** since it appends`
NAMED = re.compile(r"\W{0,20}(?P<letter>[A-Ea-e])\b[\s.):,;\u2013\u2014*_-]*(?P<why>.*)", re.DOTALL)
OUTSIDE = N_(
    "multiple choice outside of a scenario: put it below a scenario with `**Quiz**:`, or write the answer in words"
)

_LETTERS = "abcde"
# `B`, `B)`, `B. With "b"`, and not `A number.`
_ALONE = re.compile(r"\W{0,20}(?P<letter>[A-Ea-e])(?:[.):,;*_\s]*|[.):\u2013\u2014-].*)")
_SAID = re.compile(
    r"\W{0,20}(?:(?:the|die|la)\s{1,9})?(?:(?:correct|right|richtige)\s{1,9})?"
    r"(?:answer|ans|option|choice|correct|antwort|l\u00f6sung|respuesta)(?:\s{1,9}correcta)?"
    r"(?:\s{1,9}(?:is|ist|es))?[\s:*_`-]{1,20}(?P<letter>[A-Ea-e])(?:\W.*)?",
    re.IGNORECASE,
)
# `B`, `Option 2`, `1,3`, `A and C`
_NAME = re.compile(
    r"\W*(?:(?:option|choice|answer|antwort|opci\u00f3n|respuesta)\s+)?(?:[a-e]|\d)"
    r"(?:\s*(?:[,;/&+]|and|und|y)\s*(?:[a-e]|\d)){0,9}\W*",
    re.IGNORECASE,
)
_LISTS = frozenset({"options", "choices", "optionen", "auswahl", "opciones"})
_ONE = re.compile(r"(?:answer )?(?:option|choice|answer|antwort|opci\u00f3n|opcion|respuesta)s? ?(?:[a-e]|\d)")


def is_multiple_choice(pair: Pair) -> bool:
    """Whether the answer of a question is the letter of one of its choices."""
    letters: list[str] = []
    is_answer = False
    for piece in pair.answer:
        is_answer = is_answer or piece.kind == "answer"
        for line in piece.text.split("\n"):
            said = _ALONE.fullmatch(line) if is_answer else _SAID.fullmatch(line)
            if said and _are_choices(letters):
                return said["letter"].lower() in letters
            if is_answer and plain_question(line)[0]:
                return False
            if (choice := CHOICE.fullmatch(line)) and choice["letter"]:
                letters.append(choice["letter"].lower())
    return False


def _are_choices(letters: list[str]) -> bool:
    return len(letters) > 1 and "".join(letters) == _LETTERS[: len(letters)]


def choice_keys(keys: Iterable[str]) -> frozenset[str]:
    """Those of the keys of a record, or the heads of a sheet, that hold choices."""
    names = {folded(key) for key in keys}
    found = {name for name in names if name in _LISTS or _ONE.fullmatch(name)}
    return frozenset(found | ({*_LETTERS} & names if {"a", "b"} <= names else set()))


def names_a_choice(answer: Iterable[Block]) -> bool:
    """Whether an answer that stands beside its choices is only the letter or the number of one."""
    return _NAME.fullmatch(" ".join(piece.text for piece in answer)) is not None
