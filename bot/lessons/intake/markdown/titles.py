"""Picks the titles of a lesson and of its course from the headings of its page."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from bot.lessons.intake.markdown.heading_questions import is_asked, is_label
from bot.lessons.intake.material import NO_TITLE, Block
from bot.lessons.intake.question_text import is_contents, is_faq, plain_question

LESSON_LEVEL = 2
_COURSE_LEVEL = 1
# Files that are called like their place in a project, and not like what they tell.
_NO_NAMES = frozenset({"readme", "index"})


def pick_titles(blocks: list[Block], title: Block | None, file: str) -> tuple[Block, Block]:
    """The titles of the lesson and of its course. Headings with these titles become blocks of the kind "title".

    `file` is the name of the page's file, which is its title where no heading is.
    """
    headings = [
        (n, block) for n, block in enumerate(blocks) if block.kind == "heading" and plain_question(block.text)[0]
    ]
    own = [(n, block) for n, block in headings if not is_contents(plain_question(block.text)[0])]
    first_label = next((n for n, block in enumerate(blocks) if is_label(block)), len(blocks))
    picked = own[:1]
    if picked and (title is None or title.text == picked[0][1].text):
        picked += _only_lesson_below(own, picked[0][1], first_label)
    if picked and is_asked(picked[0][1]) and picked[0][1].level > _COURSE_LEVEL:
        picked = []
    is_named = file.lower() not in _NO_NAMES
    if len(picked) == 1 and (
        _is_one_of_several(own, picked[0][1]) or (is_named and _is_first_section(blocks, own))
    ):
        picked = []
    found = picked[-1][1] if picked else NO_TITLE
    course = picked[0][1] if len(picked) > 1 and (title is None or title.text == found.text) else NO_TITLE
    chosen = title or found
    for n, block in headings:
        if block.text in (chosen.text, course.text) and not is_asked(block):
            blocks[n] = replace(block, kind="title")
    return chosen, course


def _only_lesson_below(own: list[tuple[int, Block]], first: Block, first_label: int) -> list[tuple[int, Block]]:
    lessons = [(n, block) for n, block in own if block.level == LESSON_LEVEL and not is_asked(block)]
    is_meant = len(lessons) == 1 and lessons[0][0] < first_label and not is_faq(first.text)
    return lessons if first.level == _COURSE_LEVEL and not is_asked(first) and is_meant else []


def _is_one_of_several(own: list[tuple[int, Block]], first: Block) -> bool:
    """Whether a heading is a section among others, and not a title above them."""
    return first.level > _COURSE_LEVEL and any(
        block.level <= first.level and block is not first and not is_asked(block) for __, block in own
    )


def _is_first_section(blocks: list[Block], own: list[tuple[int, Block]]) -> bool:
    """Whether the first heading is a section: questions stand below it, and below others of its level."""
    ends = [n for n, block in own if block.level <= own[0][1].level]
    sections = [
        blocks[n].text
        for n, end in pairwise([*ends, len(blocks)])
        if not is_asked(blocks[n]) and any(_may_ask(block) for block in blocks[n + 1 : end])
    ]
    # Beside sections of questions, a title says that the page is a FAQ; above a FAQ, what the FAQ is on.
    if len(sections) < 2 or is_faq(sections[0]) != any(map(is_faq, sections[1:])):
        return False
    return sections[0] == own[0][1].text


def _may_ask(block: Block) -> bool:
    return is_label(block) or (block.kind == "heading" and is_asked(block))
