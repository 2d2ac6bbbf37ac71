"""Finds the questions of a text without markup, such as one copied from a document or a chat.

There, a question is a line of its own that ends in a question mark, and its answer stands below it. The next
question can stand right below that answer.
"""

from __future__ import annotations

import re
from itertools import pairwise
from textwrap import dedent

from bot.language.words import _n
from bot.lessons.intake.markdown_lines import END, QUESTION, Lines, fences
from bot.lessons.intake.question_text import asks, is_question, plain_question, without_number

# Lines of other parts: items of lists, quotes, tables and headings, and code.
_OTHER = re.compile(r"\s|[-+*][ \t]|[>|#\x02-\x04]|\d{1,9}[.)][ \t]|`{3}|~{3}")
_RULE = re.compile(r"\s*(?:[-=_*~][ \t]*){3,}")
_SENTENCE_BEFORE = re.compile(r"[.!?:;]\s")
_NUMBERED = re.compile(r"\d{1,3}(?:\.\d{1,3}){1,3}\.?[ \t]+\S|\d{1,3}[.)]\t")
_LONGEST_TITLE = 80
_NOT_WRAPPED = 40  # characters of a line, such as a heading; a line of a wrapped text is longer
_ENDS_SENTENCE = frozenset(".!?:;…")
_CLOSING = "\"')]\u201d\u201c\u00bb\u00ab*_`"  # what can follow the end of a sentence
_FEWEST_WORDS = 3  # of a question right below an answer; shorter ones lead on to its next sentence: "Not working?"
_MOST_WRAPPED, _LONGEST = 5, 250  # lines and characters of a question
_FEWEST = 2
# A text with fewer questions than one in this many paragraphs is prose that asks something here and there.
_MOST_PARAGRAPHS = 8


def with_plain_questions(lines: Lines) -> Lines | None:
    """The lines with their questions marked as such; None if the text is not made of questions with answers."""
    texts = lines.texts
    inside, __ = fences(texts)
    begins, asked, paragraphs = _counted(texts, inside)
    if len(asked) < _FEWEST or len(asked) * _MOST_PARAGRAPHS < paragraphs:
        return None
    asked |= _stated(texts, begins, asked)
    order = sorted(asked)
    out = _head(lines.part(0, order[0]))
    for begin, after in zip(order, [*order[1:], len(texts)], strict=True):
        words = " ".join(text.strip() for text in texts[begin : asked[begin]])
        out.add_apart(QUESTION + without_number(words).strip(), lines.numbers[begin])
        below = asked[begin]
        end = next((n for n in range(below, after) if not inside[n] and _is_heading(texts, n)), after)
        if end == after and after in asked and _is_above_question(texts, below, after - 1):
            end -= 1
        for text, number in zip(_without_indent(texts[below:end]), lines.numbers[below:end], strict=True):
            out.add(text, number)
        out.add_apart(END, lines.numbers[end - 1])
        rest = lines.part(end, after)
        out.extend(rest)
    return out


def seen_in_text(lines: Lines) -> str:
    """How many lines of a text are questions, for the error if they are too few; empty if there are none."""
    __, asked, ___ = _counted(lines.texts, fences(lines.texts)[0])
    return _n("{count} line that ends in '?'", "{count} lines that end in '?'", len(asked)) if asked else ""


def _counted(texts: list[str], inside: list[bool]) -> tuple[list[int], dict[int, int], int]:
    """The lines where paragraphs begin, those with a question and where it ends, and the number of paragraphs."""
    begins = [n for n, text in enumerate(texts) if text.strip() and not inside[n] and _begins(texts, n)]
    asked = {n: end for n in begins if (end := _end_of_question(texts, n))}
    for n in begins:
        asked |= _asked_within(texts, inside, n, asked)
    # Indented paragraphs belong to the answer above them.
    return begins, asked, sum(1 for n in begins if not texts[n][:1].isspace())


def _end_of_question(texts: list[str], n: int) -> int:
    """The line after the question that begins in line `n`; 0 if none begins there."""
    if _OTHER.match(texts[n]) or _is_numbered(texts, n + 1):
        return 0  # a line of a list of contents has the next one right below it
    if _is_asked(texts[n]):
        return n + 1
    # A question over several lines has an empty line below it.
    end = next((k for k in range(n + 1, min(n + _MOST_WRAPPED, len(texts))) if not texts[k].strip()), 0)
    words = " ".join(text.strip() for text in texts[n:end])
    return end if end and _NUMBERED.match(words) and len(words) <= _LONGEST and _is_asked(words) else 0


def _asked_within(texts: list[str], inside: list[bool], begin: int, asked: dict[int, int]) -> dict[int, int]:
    """The questions right below the answers in a paragraph that begins with a question, or with its heading."""
    ends = (n for n in range(begin + 1, len(texts)) if inside[n] or _begins(texts, n) or not texts[n].strip())
    end = next(ends, len(texts))
    is_below_title = begin + 1 < end and _is_title(texts[begin], _NOT_WRAPPED) and _is_next(texts[begin + 1])
    if asked.get(begin) != begin + 1 and not is_below_title:
        return {}
    # Below the last ones there is no answer.
    last = next((n for n in reversed(range(begin, end)) if not _is_asked(texts[n])), begin)
    after = range(begin + 1, last)
    return {n: n + 1 for n in after if _is_next(texts[n]) and (n == begin + 1 or _is_whole(texts[n - 1]))}


def _is_whole(text: str) -> bool:
    """Whether a line ends where its sentence ends, or is too short to be wrapped."""
    said = text.strip()
    return len(said) <= _NOT_WRAPPED or said.rstrip(_CLOSING)[-1:] in _ENDS_SENTENCE


def _is_next(text: str) -> bool:
    """Whether a line right below an answer is the next question, and not a part of a wrapped sentence."""
    words = without_number(plain_question(text)[0]).strip()
    begins = words[:1] == "\u00bf" or (words[:1].isalpha() and not words[:1].islower())
    is_said = len(words.split()) >= _FEWEST_WORDS or is_question(words.rstrip(" ?"))
    return begins and is_said and _is_asked(text)


def _stated(texts: list[str], begins: list[int], asked: dict[int, int]) -> dict[int, int]:
    """Numbered lines that state a problem, where most numbered lines are questions, and where they end."""
    numbered = [n for n in begins if _is_numbered(texts, n) and not _is_numbered(texts, n + 1)]
    if sum(1 for n in asked if _is_numbered(texts, n)) * 2 < len(numbered):
        return {}
    following = dict(pairwise([*begins, len(texts)]))
    return {
        n: n + 1
        for n in numbered
        if n not in asked
        and n + 2 < len(texts)
        and not texts[n + 1].strip()
        and texts[n + 2][:1].isspace()
        and following[n] not in numbered
    }


def _is_numbered(texts: list[str], n: int) -> bool:
    return n < len(texts) and _NUMBERED.match(texts[n]) is not None


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


def _is_above_question(texts: list[str], below: int, n: int) -> bool:
    """Whether the line above a question is its title, and the answer that begins in line `below` ends above it."""
    is_answered = any(text.strip() for text in texts[below:n])
    return is_answered and _begins(texts, n) and _is_title(texts[n], _NOT_WRAPPED)


def _is_title(text: str, longest: int) -> bool:
    title = text.strip()
    return 0 < len(title) <= longest and not _OTHER.match(text) and title[-1] not in ".:!,;"


def _head(lines: Lines) -> Lines:
    """What stands above the first question. A short first line is the title."""
    first = next((n for n, text in enumerate(lines.texts) if text.strip()), None)
    if first is None or any(text.startswith("#") for text in lines.texts):
        return lines
    is_alone = first + 1 >= len(lines.texts) or not lines.texts[first + 1].strip()
    if is_alone and _is_title(lines.texts[first].strip(), _LONGEST_TITLE):
        lines.texts[first] = f"# {lines.texts[first].strip()}"
    return lines


def _without_indent(texts: list[str]) -> list[str]:
    """The lines of an answer. If all are indented, as below a question in a text file, that is no code."""
    if not all(text[:1].isspace() for text in texts if text.strip()):
        return texts
    return dedent("\n".join(text.expandtabs(4) for text in texts)).split("\n") if texts else texts
