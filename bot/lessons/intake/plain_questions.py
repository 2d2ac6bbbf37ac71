"""Finds the questions of a text without markup, such as one copied from a document or a chat.

There, a question is a line of its own that ends in a question mark, and its answer stands below it.
"""

from __future__ import annotations

import re
from textwrap import dedent

from bot.lessons.intake.markdown_lines import END, QUESTION, Lines, fences
from bot.lessons.intake.question_text import asks, plain_question, without_number

# Lines of other parts: items of lists, quotes, tables and headings, and code.
_OTHER = re.compile(r"\s|[-+*][ \t]|[>|#\x02-\x04]|\d{1,9}[.)][ \t]|`{3}|~{3}")
_RULE = re.compile(r"\s*(?:[-=_*~][ \t]*){3,}")
_SENTENCE_BEFORE = re.compile(r"[.!?:;]\s")
_LONGEST_TITLE = 80
_FEWEST = 2
# A text with fewer questions than one in this many paragraphs is prose that asks something here and there.
_MOST_PARAGRAPHS = 8


def with_plain_questions(lines: Lines) -> Lines | None:
    """The lines with their questions marked as such; None if the text is not made of questions with answers."""
    texts = lines.texts
    inside, __ = fences(texts)
    asked = [n for n, text in enumerate(texts) if not inside[n] and _begins(texts, n) and _is_asked(text)]
    paragraphs = sum(1 for n, text in enumerate(texts) if text.strip() and _begins(texts, n))
    if len(asked) < _FEWEST or len(asked) * _MOST_PARAGRAPHS < paragraphs:
        return None
    out = _head(lines.part(0, asked[0]))
    for begin, after in zip(asked, [*asked[1:], len(texts)], strict=True):
        out.add_apart(QUESTION + without_number(texts[begin]).strip(), lines.numbers[begin])
        end = next((n for n in range(begin + 1, after) if not inside[n] and _is_heading(texts, n)), after)
        for text, number in zip(
            _without_indent(texts[begin + 1 : end]), lines.numbers[begin + 1 : end], strict=True
        ):
            out.add(text, number)
        out.add_apart(END, lines.numbers[end - 1])
        rest = lines.part(end, after)
        out.texts += rest.texts
        out.numbers += rest.numbers
    return out


def _begins(texts: list[str], n: int) -> bool:
    """Whether a paragraph begins in this line."""
    return n == 0 or not texts[n - 1].strip() or _RULE.fullmatch(texts[n - 1]) is not None


def _is_asked(text: str) -> bool:
    if _OTHER.match(text) or not asks(text, by_words=False):
        return False
    return not _SENTENCE_BEFORE.search(without_number(plain_question(text)[0]))


def _is_heading(texts: list[str], n: int) -> bool:
    return texts[n].startswith("#") or (
        bool(texts[n].strip()) and _begins(texts, n) and n + 1 < len(texts) and bool(_RULE.fullmatch(texts[n + 1]))
    )


def _head(lines: Lines) -> Lines:
    """What stands above the first question. A short first line is the title."""
    first = next((n for n, text in enumerate(lines.texts) if text.strip()), None)
    if first is None or any(text.startswith("#") for text in lines.texts):
        return lines
    title = lines.texts[first].strip()
    is_alone = first + 1 >= len(lines.texts) or not lines.texts[first + 1].strip()
    if is_alone and len(title) <= _LONGEST_TITLE and not _OTHER.match(title) and title[-1] not in ".:!,;":
        lines.texts[first] = f"# {title}"
    return lines


def _without_indent(texts: list[str]) -> list[str]:
    """The lines of an answer. If all are indented, as below a question in a text file, that is no code."""
    if not all(text[:1].isspace() for text in texts if text.strip()):
        return texts
    return dedent("\n".join(text.expandtabs(4) for text in texts)).split("\n") if texts else texts
