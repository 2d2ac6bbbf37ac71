"""Finds the questions that are still in a source although its import could not use them.

Such a question has a very long answer, for example, or none. Or it has become a line of the answer above it,
whose code block is never closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bot.language.words import _
from bot.lessons.intake.material import Unplaced
from bot.lessons.lesson import Entry, Item


def unused_lines(unplaced: Iterable[Unplaced]) -> dict[str, str]:
    """The words of each line that could not be used, with the reason. A link to a page is no line of it."""
    return {
        words: each.why
        for each in unplaced
        if not each.text.startswith(("[[", "![["))
        for line in (each.text, *each.text.splitlines())
        for words in _words(line)
    }


def lines_of_answers(items: Iterable[Item]) -> dict[str, str]:
    """The words of each line of the answers, with the reason to give if a question stands there."""
    found: dict[str, str] = {}
    for each in items:
        if isinstance(each, Entry):
            why = _("its question is a line of the answer to “{question}”", question=each.question)
            found |= {words: why for line in each.answer.splitlines() for words in _words(line)}
    return found


def why_unused(item: Item, lines: Mapping[str, str]) -> str:
    """The reason why an item's question could not be used, if it is one of these lines; '' if it is not."""
    title = item.question if isinstance(item, Entry) else item.title
    return next((lines[words] for words in _words(title) if words in lines), "")


def _words(line: str) -> Iterator[str]:
    """The words without markup; also those after a label or a topic, as in `Q: Why?`."""
    for text in (line, line.partition(":")[2]):
        if found := re.findall(r"\w+", text.casefold()):
            yield " ".join(found)
