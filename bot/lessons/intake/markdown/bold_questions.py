"""Questions in bold letters, which stand for a heading."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.lessons.intake.material import Block
from bot.lessons.intake.question_text import asks, without_number

BOLD_FIRST = re.compile(
    r"(?P<mark>\*{2,3}|_{2,3})(?=\S)(?P<bold>(?:(?!(?P=mark)).){2,250})(?P=mark)[\s:\u2013\u2014-]*(?P<rest>.*)"
)
BOLD_LINE = re.compile(r"(?P<mark>\*{2,3}|_{2,3})(?=\S)(?:(?!(?P=mark)).){2,250}(?P=mark)")
_BOLD_PARTS = re.compile(r"\*\*[^*`]+\*\*(?: ?`[^*`]+`(?: ?\*\*[^*`]+\*\*)?)+")
_FEWEST_WORDS = 4  # of a problem that is stated in bold letters; fewer are a title: "Note", "On Linux"


def stated_in_bold(block: Block) -> Block | None:
    """A paragraph that begins with a line in bold letters, to be read as a question; None if it is another one."""
    first, __, rest = block.text.strip().partition("\n")
    line = _in_one_bold(first)
    if block.kind != "prose" or block.inner or not BOLD_LINE.fullmatch(line):
        return None
    words = without_number(line.strip("*_ "))
    if len(words.split()) < _FEWEST_WORDS or words.endswith(":"):
        return None
    if rest and not asks(words):  # a warning, or a step, with its text
        return None
    asked = Block("question", block.line, block.line + 1 if rest else block.end, line, words, origin="bold")
    below = (Block("prose", block.line + 1, block.end, rest, rest),) if rest else ()
    return replace(block, inner=(asked, *below))


def bold_question(block: Block, line: str) -> Block | None:
    line = _in_one_bold(line)
    found = BOLD_FIRST.fullmatch(line[:2000])
    if not found or len(line) > 2000 or not asks(found["bold"], by_words=False):
        return None
    words = without_number(found["bold"])
    asked = Block("question", block.line, block.end, found["bold"], words, origin="bold")
    rest = [Block("prose", block.line, block.end, found["rest"], found["rest"])] if found["rest"] else []
    return replace(block, inner=(asked, *rest))


def _in_one_bold(line: str) -> str:
    """`**What does** `x` **do?**`, as reStructuredText needs it, as one part in bold letters."""
    found = _BOLD_PARTS.fullmatch(line) if line.startswith("**") and "`" in line and len(line) < 300 else None
    return f"**{line.replace('**', '')}**" if found else line
