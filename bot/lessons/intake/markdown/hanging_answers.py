"""Answers whose lines are indented below their label, as text files have them: `A:  The first line`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.lessons.intake.labels import label
from bot.lessons.intake.markdown_lines import Lines, dedented, fences, indent_of

_FEWEST_SPACES = 4  # fewer in front of a paragraph make no code of it
# A comment, a prompt or columns: such a paragraph is code or a table, although it is indented like the text.
_IS_CODE = re.compile(r"[#$>]|\S.* {3}\S")
_ITEM = re.compile(r"[-+*\u2022]\s|\(?(?:\d{1,9}|[A-Za-z])[.)]\s")


def without_hanging_indent(lines: Lines, style: frozenset[str]) -> Lines:
    """The lines with such answers moved to the left: their second paragraphs are no code.

    The first paragraph of such an answer goes on with an indented line.
    """
    texts = list(lines.texts)
    inside, __ = fences(texts)
    n = 1
    while n < len(texts):
        width = indent_of(texts[n])
        if width < _FEWEST_SPACES or inside[n - 1] or not _begins_text(texts[n - 1], style):
            n += 1
            continue
        end = n
        while end < len(texts) and (indent_of(texts[end]) or not texts[end].strip()):
            end += 1
        is_code = False
        for begin, stop in _paragraphs(texts, n, end):
            deeper = indent_of(texts[begin]) - width
            if begin == n or any(inside[begin:stop]):
                is_code = False
            elif deeper <= 0 or not is_code:  # what is deeper below code belongs to it
                # What is far enough to the right is still code when it is moved.
                is_code = deeper < _FEWEST_SPACES and _is_code(texts, begin, stop, is_below=is_code)
            by = width - _FEWEST_SPACES if is_code else width
            texts[begin:stop] = [dedented(text, by) for text in texts[begin:stop]]
        n = end + 1
    return Lines(texts, lines.numbers)


def _begins_text(text: str, style: frozenset[str]) -> bool:
    """Whether this line begins a question or an answer. Behind a colon, what is indented can be code."""
    found = None if text[:1].isspace() or text.endswith(":") else label(text, style, is_heading=False)
    return found is not None and found["kind"] in ("question", "answer")


def _is_code(texts: list[str], begin: int, stop: int, *, is_below: bool) -> bool:
    """Whether a paragraph is code, as it looks like it, or as code is meant to stand there and it is no sentence.

    Code is meant below a colon, below other code (`is_below`), and where lines are indented below others.
    """
    said = [text.strip() for text in texts[begin:stop] if text.strip()]
    above = next((texts[k] for k in range(begin - 1, -1, -1) if texts[k].strip()), "")
    has_deeper = any(indent_of(text) > indent_of(texts[begin]) for text in texts[begin:stop] if text.strip())
    is_meant = (above.endswith(":") or is_below or has_deeper) and not _ITEM.match(said[0])
    is_sentence = said[-1].endswith((".", "!", "?", ":"))
    return any(map(_IS_CODE.match, said)) or (is_meant and not is_sentence)


def _paragraphs(texts: list[str], begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The paragraphs in these lines, each with the empty lines below it."""
    for n in range(begin + 1, end):
        if texts[n].strip() and not texts[n - 1].strip():
            yield begin, n
            begin = n
    yield begin, end
