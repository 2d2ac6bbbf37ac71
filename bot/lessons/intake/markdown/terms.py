"""Definition lists whose terms are questions: a question on a line, and `:   Its answer` below it."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.lessons.intake.labels import label_style
from bot.lessons.intake.markdown.blocks import read_blocks
from bot.lessons.intake.markdown_lines import END, QUESTION, Lines, dedented, fences, indent_of
from bot.lessons.intake.question_text import asks

_MEANING = re.compile(r" {0,3}:[ \t]+(?=\S)")
# Lines of other parts: items of lists, quotes, tables, headings, code.
_NO_TERM = re.compile(r"\s|[#>|:\x02-\x04]|[-+*][ \t]|\d{1,9}[.)][ \t]|`{3}|~{3}")
_UNDERLINE = re.compile(r"(?:=+|-+)\s*")
_FEWEST_WORDS = 3  # of a term that states a problem; fewer are the term of a glossary
_CODE_INDENT = 4


def with_asked_terms(lines: Lines) -> Lines:
    """The lines with such terms as questions, where most terms are; those of a glossary stay as they are.

    An answer ends at the next question or heading.
    """
    texts = lines.texts
    inside, __ = fences(texts)
    terms = [n for n in range(len(texts)) if not inside[n] and _is_term(texts, n)]
    asked = {n for n in terms if asks(texts[n], by_words=False)}
    if not asked or len(asked) * 2 < len(terms):
        return lines
    order = [n for n in terms if n in asked or len(texts[n].split()) >= _FEWEST_WORDS]
    ends = {n for n in range(len(texts)) if not inside[n] and _is_heading(texts, n)} | _other_questions(texts)
    out = lines.part(0, order[0])
    for begin, after in pairwise([*order, len(texts)]):
        end = next((n for n in range(begin + 1, after) if n in ends), after)
        out.add_apart(QUESTION + texts[begin].strip(), lines.numbers[begin])
        _add_answer(out, lines.part(begin + 1, end), inside[begin + 1 : end])
        out.add_apart(END, lines.numbers[end - 1])
        out.extend(lines.part(end, after))
    return out


def _is_term(texts: list[str], n: int) -> bool:
    """Whether this line is a paragraph with a meaning below, with or without an empty line between them."""
    if not texts[n].strip() or _NO_TERM.match(texts[n]):
        return False
    below = n + 1 if n + 1 < len(texts) and texts[n + 1].strip() else n + 2
    above = texts[n - 1] if n else ""
    begins = not above.strip() or above.startswith("#") or _MEANING.match(above) is not None
    return begins and below < len(texts) and _MEANING.match(texts[below]) is not None


def _is_heading(texts: list[str], n: int) -> bool:
    is_underlined = n + 1 < len(texts) and bool(_UNDERLINE.fullmatch(texts[n + 1]))
    return texts[n].startswith("#") or (is_underlined and bool(texts[n].strip()) and not texts[n - 1].strip())


def _other_questions(texts: list[str]) -> set[int]:
    """The lines at the left where questions with labels or in bold letters, and lists of questions, begin."""
    blocks = read_blocks(Lines(texts, list(range(len(texts)))), label_style(texts))
    asked = (block for block in blocks if block.inner or (block.kind == "question" and block.origin == "label"))
    return {block.line for block in asked if not texts[block.line][:1].isspace()}


def _add_answer(out: Lines, lines: Lines, inside: list[bool]) -> None:
    """Add these lines without the `:` in front of meanings, and what is indented below it moved to the left."""
    n = 0
    while n < len(lines.texts):
        mark = None if inside[n] else _MEANING.match(lines.texts[n])
        end = _end_of_meaning(lines.texts, n) if mark else n + 1
        if mark:
            out.add("", lines.numbers[n])
        out.add(lines.texts[n][mark.end() if mark else 0 :], lines.numbers[n])
        below = lines.part(n + 1, end)
        shift = min(filter(None, map(indent_of, below.texts)), default=0)
        for text, number in zip(below.texts, below.numbers, strict=True):
            out.add(dedented(text, min(shift, _CODE_INDENT)), number)
        n = end


def _end_of_meaning(texts: list[str], n: int) -> int:
    """The line behind the meaning that begins on line `n`: its further paragraphs are indented."""
    end = n + 1
    for k in range(n + 1, len(texts)):
        if not texts[k].strip():
            continue
        goes_on = texts[k][:1].isspace() or bool(texts[k - 1].strip())
        if not goes_on or _MEANING.match(texts[k]):
            break
        end = k + 1
    return end
