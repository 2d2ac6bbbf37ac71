"""Decides which headings of a page are questions: those that ask something, and others that state a problem."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise

from bot.lessons.intake.labels import LABELS
from bot.lessons.intake.markdown.bold_questions import stated_in_bold
from bot.lessons.intake.material import Block
from bot.lessons.intake.question_text import (
    has_problems,
    is_contents,
    is_faq,
    is_frame,
    is_question,
    plain_question,
    without_number,
)

_FEWEST_WORDS = 3  # of a heading that states a problem


def mark_questions(blocks: list[Block], title: Block, name: str) -> None:
    """Turn headings into questions: those that are questions, and the others on a page of questions.

    A title that is a question without an answer stays a title where other headings are below it.
    """
    headings = [n for n, block in enumerate(blocks) if block.kind == "heading"]
    is_said = {n: _has_text(blocks, n) for n in headings}
    asking = {n for n in headings if is_asked(blocks[n]) and is_said[n]}
    # Two questions right after each other have the same answer.
    for n, below in pairwise(headings):
        if is_asked(blocks[n]) and below == n + 1 and below in asking and blocks[n].level == blocks[below].level:
            asking.add(n)
    page_is_faq = is_faq(title.text) or is_faq(name)
    asking |= _stated(blocks, headings, is_said, asking, page_is_faq)
    if page_is_faq and not asking and not any(map(is_label, blocks)):
        asking |= _only_stated(blocks, headings)
    if page_is_faq:
        _mark_bold(blocks)
    for n in asking:
        text = without_number(blocks[n].text)
        blocks[n] = replace(blocks[n], kind="question", text=text, origin="heading")
    for n, below in pairwise(headings if title.text else ()):
        if n not in asking and blocks[n].text == title.text and blocks[below].level > blocks[n].level:
            blocks[n] = replace(blocks[n], kind="title")


def _mark_bold(blocks: list[Block]) -> None:
    """Turn lines in bold letters that state a problem into questions, where most such lines are questions."""
    asked = sum(1 for block in blocks if len(block.inner) == 1 and block.inner_origin == "bold")
    stated = {n: found for n, block in enumerate(blocks) if (found := stated_in_bold(block))}
    if asked > 1 and asked >= len(stated):
        for n, found in stated.items():
            blocks[n] = found


def _has_text(blocks: list[Block], n: int) -> bool:
    """Whether the text right below this heading is an answer, and not another question."""
    level = blocks[n].level
    for k in range(n + 1, len(blocks)):
        below = blocks[k]
        if below.kind in ("rule", "aside"):
            continue
        if below.kind != "heading":
            is_question_list = below.inner_origin in ("list", "number")
            is_text = below.kind in ("prose", "text", "picture", "answer")
            return is_text and not is_question_list and (not below.inner or below.kind == "text")
        # A lower heading that is not a question can begin the answer, and a still lower one below that, too.
        if below.level <= level or is_asked(below):
            return False
        level = below.level
    return False


def _stated(
    blocks: list[Block], headings: list[int], is_said: dict[int, bool], asking: set[int], page_is_faq: bool
) -> set[int]:
    """Headings below a heading such as "FAQ" that state a problem, beside others that are questions."""
    found: set[int] = set()
    parents = _parents(blocks, headings)
    siblings: dict[tuple[int, int], list[int]] = {}
    for n in headings:
        siblings.setdefault((parents[n][-1] if parents[n] else -1, blocks[n].level), []).append(n)
    has_children = {above for n in asking for above in parents[n]}
    levels = {blocks[n].level for n in asking}
    for (parent, level), group in siblings.items():
        is_below_faq = page_is_faq or (parent >= 0 and is_faq(plain_question(blocks[parent].text)[0]))
        first = next((k for k, n in enumerate(group) if n in asking), None)
        if parent in asking:
            # Below a question, headings are parts of its answer, up to the first that is a question, too.
            beside = group[first:] if first is not None else []
        else:
            is_one = first is not None or (page_is_faq and level in levels)
            above = plain_question(blocks[parent].text)[0] if parent >= 0 else ""
            beside = group if is_one or (has_problems(above) and _are_stated(blocks, group)) else []
        if is_below_faq:
            found |= {n for n in beside if is_said[n] and n not in has_children and not _is_about_page(blocks[n])}
    return found - asking


def _only_stated(blocks: list[Block], headings: list[int]) -> set[int]:
    """The headings of a page whose problems are all stated: "Device not detected". Empty if it is another page."""
    below: dict[int, list[int]] = {}
    parents = _parents(blocks, headings)
    for n in headings:
        below.setdefault(parents[n][-1] if parents[n] else -1, []).append(n)
    found: set[int] = set()
    waiting = [-1]
    while waiting:
        group = below.get(waiting.pop(), [])
        answered = {n for n in group if n + 1 < len(blocks) and blocks[n + 1].kind in ("prose", "text", "picture")}
        # Where a heading has no text before its first lower heading, those beside it are sections, too.
        are_sections = any(n in below and n not in answered for n in group)
        waiting += [n for n in group if n in below] if are_sections else []
        found |= {n for n in answered if not (are_sections and n in below)}
    found = {n for n in found if not _is_about_page(blocks[n])}
    return found if _are_stated(blocks, found) else set()


def _are_stated(blocks: list[Block], headings: Collection[int]) -> bool:
    """Whether headings state problems. Those of topics are short: "Installation", "Usage"."""
    stated = sum(len(blocks[n].text.split()) >= _FEWEST_WORDS for n in headings)
    return len(headings) > 1 and stated * 2 >= len(headings)


def _parents(blocks: list[Block], headings: list[int]) -> dict[int, list[int]]:
    """For each heading, the higher ones that it is below, the nearest last."""
    found: dict[int, list[int]] = {}
    above: list[int] = []
    for n in headings:
        while above and blocks[above[-1]].level >= blocks[n].level:
            above.pop()
        found[n] = list(above)
        above.append(n)
    return found


def _is_about_page(heading: Block) -> bool:
    """Whether a heading is about its page, such as "Contents" or "See also"."""
    text = plain_question(heading.text)[0]
    return is_contents(text) or is_frame(text)


def is_label(block: Block) -> bool:
    """Whether a block is a label, or may be questions: lines in bold letters, or a list."""
    return block.kind in LABELS or bool(block.inner)


def is_asked(block: Block) -> bool:
    """Whether a heading is a question itself, and not only the name of a page of questions."""
    text = plain_question(block.text)[0]
    return is_question(text) and not (is_faq(text) and len(text.split()) < 5)
