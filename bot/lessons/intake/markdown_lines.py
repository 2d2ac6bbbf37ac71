"""Lines of Markdown with their line numbers in the source, and which of them are code."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.lessons.markdown.signs import CODE, closes

# Control characters, which `cleaned` has removed from every source, so that no text contains them.
QUESTION, ANSWER, END = "\x02", "\x03", "\x04"
FENCE = re.compile(r"(?P<indent>[ \t]*(?:(?:[-+*]|\d{1,9}[.)]|>)[ \t]+){0,4})(?P<mark>`{3,}(?=[^`]*$)|~{3,})")


@dataclass
class Lines:
    """Lines of Markdown. `numbers` are their line numbers in the source."""

    texts: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def add(self, text: str, number: int) -> None:
        self.texts.append(text)
        self.numbers.append(number)

    def add_apart(self, text: str, number: int) -> None:
        for each in ("", text, ""):
            self.add(each, number)

    def extend(self, lines: Lines) -> None:
        self.texts += lines.texts
        self.numbers += lines.numbers

    def part(self, begin: int, end: int) -> Lines:
        return Lines(self.texts[begin:end], self.numbers[begin:end])


def indent_of(text: str) -> int:
    """How far a line is indented, with a tab as up to four spaces."""
    return len(text[: len(text) - len(text.lstrip(" \t"))].expandtabs(4))


def dedented(text: str, width: int) -> str:
    """A line that is indented by `width` less, or not at all if it was indented by less than that."""
    indent = indent_of(text)
    return " " * (indent - min(width, indent)) + text.lstrip(" \t")


def fences(texts: list[str]) -> tuple[list[bool], int | None]:
    """For each line, whether it is fenced code or a fence; and the index of a fence that is never closed."""
    inside: list[bool] = []
    mark, opened = "", 0
    for n, text in enumerate(texts):
        if mark:
            inside.append(True)
            mark = "" if closes(text, mark) else mark
        elif found := FENCE.match(text):
            mark, opened = found["mark"], n
            inside.append(True)
        else:
            inside.append(False)
    return inside, opened if mark else None


def inline_code(text: str) -> list[tuple[int, int]]:
    """The spans of code between backticks in a line, in order."""
    return [found.span() for found in CODE.finditer(text)]
