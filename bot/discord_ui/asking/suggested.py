"""Suggestions: each whole question with the beginning of its answer, and a button beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.dialogue.reply import Question
from bot.discord_ui.kit.cards import Beside, Control
from bot.discord_ui.kit.choices import labels, of_questions
from bot.discord_ui.kit.markdown import FENCE, escaped, shorten
from bot.discord_ui.kit.unformatted import unformatted
from bot.language.words import _
from bot.tutor import Tutor

_HEADING = re.compile(r"\*\*[^*\n]+\*\*\n+")  # the first line of a step, such as "The plan"
NAME = 300  # characters of a question, with what tells it from another one that has the same words
PREVIEW, IN_PUBLIC = 160, 80  # characters of an answer


def suggested(
    questions: Sequence[Question], tutor: Tutor, button: Callable[[str, str], Control], *, public: bool = False
) -> list[Beside]:
    """The suggestions; `button` makes one of a label and the id of an entry. In `public`, they are shorter.

    The labels have the numbers of the questions, so that a screen reader tells them apart.
    """
    shown = []
    names = labels(of_questions(questions, tutor), NAME)
    for n, (name, each) in enumerate(zip(names, questions, strict=True), 1):
        begins = _begins(each.id, tutor, IN_PUBLIC if public else PREVIEW)
        lines = [f"**{n}. {escaped(name)}**", *([begins] if begins else [])]
        shown.append(Beside("\n".join(lines), button(_("Show {n}", n=n), each.id)))
    return shown


def _begins(id_: str, tutor: Tutor, length: int) -> str:
    """The beginning of an answer in one line, without its formatting, which a cut would break.

    "In PowerShell, type:" goes on with what to type.
    """
    answer = tutor.explain(id_)
    prose, _fence, block = (answer.text if answer else "").partition(FENCE)
    prose = prose.strip()
    first, more, _rest = (prose[found.end() :] if (found := _HEADING.match(prose)) else prose).partition("\n\n")
    begins = unformatted(first)
    if begins.endswith(":") and not more:
        # The first line of a block is its language.
        code = (line for line in block.partition(FENCE)[0].split("\n")[1:] if line.strip())
        begins = f"{begins} {next(code, '')}"
    return escaped(shorten(begins, length))
