"""The items of a list, and the question with which one begins."""

from __future__ import annotations

import re

from bot.lessons.intake.markdown.block_rules import MARKER
from bot.lessons.intake.markdown.bold_questions import BOLD_FIRST
from bot.lessons.intake.markdown_lines import Lines
from bot.lessons.intake.question_text import asks, without_number

_HEADING_IN_ITEM = re.compile(r"#{1,6}[ \t]+(?P<text>\S.*)")
_MOST_WRAPPED, _LONGEST = 5, 250  # lines and characters of the question in an item of a list


def items_of(lines: Lines) -> list[Lines]:
    """The items of a list, without their markers and indentation."""
    items: list[Lines] = []
    base = width = 0
    is_known = False
    for line, number in zip(lines.texts, lines.numbers, strict=True):
        found = MARKER.match(line)
        text = line.expandtabs(4) if line[:1] in " \t" else line
        indent = len(text) - len(text.lstrip(" "))
        if found and (not items or indent <= base + 1):
            base = base if items else indent
            items.append(Lines([line[found.end() :]], [number]))
            is_known = False
            continue
        if not is_known and text.strip():
            width, is_known = indent, True
        items[-1].add(text[min(indent, width) :] if text.strip() else "", number)
    return items


def split_item(item: Lines) -> tuple[str, Lines] | None:
    """The question with which a list item begins, and the lines of its answer; None if it is not a question."""
    first, rest = item.texts[0].strip(), item.part(1, len(item.texts))
    if len(first) > 3000:
        return None
    if heading := _heading_of(item):
        return (heading, rest) if asks(heading) else None
    bold = BOLD_FIRST.fullmatch(first)
    if bold and asks(bold["bold"], by_words=False):
        return bold["bold"], Lines([bold["rest"], *rest.texts], [item.numbers[0], *rest.numbers])
    if asks(first, by_words=False):
        return first, rest
    wrapped, below = _first_paragraph(item)
    if wrapped and asks(wrapped, by_words=False) and any(text.strip() for text in below.texts):
        return wrapped, below
    begin = re.match(
        r"(?P<asked>[^?]{2,220}\?[*_]{0,3})(?:\s*<br\s*/?>\s*|\s+[\u2013\u2014-]?\s*)(?P<rest>.+)", first
    )
    if begin and asks(begin["asked"]):
        return begin["asked"], Lines([begin["rest"], *rest.texts], [item.numbers[0], *rest.numbers])
    return None


def stated_item(item: Lines) -> tuple[str, Lines] | None:
    """The problem with which an item of a list of questions begins, and the lines of its answer."""
    heading = _heading_of(item)
    first, rest = (heading, item.part(1, len(item.texts))) if heading else _first_paragraph(item)
    return (first, rest) if first and any(text.strip() for text in rest.texts) else None


def _heading_of(item: Lines) -> str:
    """The text of the heading with which an item begins: `3. ### What is clay`; empty if it begins with none."""
    found = _HEADING_IN_ITEM.fullmatch(item.texts[0].strip())
    return without_number(found["text"]) if found else ""


def _first_paragraph(item: Lines) -> tuple[str, Lines]:
    """The first paragraph of an item in one line, and the lines below it; an empty text if it is long."""
    texts = item.texts
    end = next((n for n, text in enumerate(texts) if n and (not text.strip() or MARKER.match(text))), len(texts))
    first = " ".join(text.strip() for text in texts[:end]).strip() if end < _MOST_WRAPPED else ""
    return (first if len(first) <= _LONGEST else ""), item.part(end, len(texts))
