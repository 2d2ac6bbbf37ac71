"""Suggestions: each whole question with the beginning of its answer, and a button beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from discord.utils import escape_markdown

from bot.dialogue.reply import Question
from bot.discord_ui.kit.cards import Beside, Control
from bot.discord_ui.kit.choices import labels, of_questions
from bot.discord_ui.kit.markdown import FENCE, shorten
from bot.language.words import _
from bot.lessons.markdown_signs import CODE, LINK
from bot.tutor import Tutor

_HEADING = re.compile(r"\*\*[^*\n]+\*\*\n+")  # the first line of a step, such as "The plan"
_LINE_BEGINS = re.compile(r"^[ \t]*(?:>{1,3}|#{1,3}|-#|[-*])[ \t]+", re.MULTILINE)  # a quote, a heading or a list
# The signs of formatting, without the web addresses and escaped signs that they can be a part of. Within a word or
# between spaces, as in "MY_NAME" and "2 * 3", Discord shows them, too.
_FORMATTING = re.compile(
    r"""
    (https?://[^\s<>]+) | \\([^\w\s]|_)
  | \[(?=[^\[\]\n]*\]\() | \]\([^()\s]*\)
  | (?<![^\W_])(?:[*_]|~~|\|\|)++(?!\s) | (?<![\s*_~|])(?:(?:\*\*|~~|\|\|)++|(?:[*_]|~~|\|\|)++(?![^\W_]))
    """,
    re.VERBOSE,
)
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
        lines = [f"**{n}. {escape_markdown(name)}**", *([begins] if begins else [])]
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
    begins = _plain(first)
    if begins.endswith(":") and not more:
        # The first line of a block is its language.
        code = (line for line in block.partition(FENCE)[0].split("\n")[1:] if line.strip())
        begins = f"{begins} {next(code, '')}"
    return escape_markdown(shorten(begins, length))


def _plain(text: str) -> str:
    """A text without its formatting. Code is as it was: "`__name__`" has no underlined word."""
    # Prose, then the backticks of a code and what is between them, then prose again, and so on.
    parts = CODE.split(LINK.sub(r"\g<text>", _LINE_BEGINS.sub("", text)))
    parts[::3] = [_FORMATTING.sub(r"\1\2", prose) for prose in parts[::3]]
    del parts[1::3]
    return "".join(parts)
