"""Converts Markdown of any flavor to plain Markdown.

Toggles and cards (`<details>`, `<Accordion>`, `???`, flashcards) become a line that begins with `QUESTION`, and a
line `END`. Comments, footnotes and link definitions are taken out and stored separately.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.lessons.intake.markdown.boxes import with_admonitions, with_callouts, with_cards
from bot.lessons.intake.markdown.components import with_components
from bot.lessons.intake.markdown.hidden import (
    without_attributes,
    without_comments,
    without_definitions,
    without_links_to_top,
    without_percent_comments,
)
from bot.lessons.intake.markdown.html_marks import with_marks_for_tags
from bot.lessons.intake.markdown.shortcodes import with_shortcodes
from bot.lessons.intake.markdown.terms import with_asked_terms
from bot.lessons.intake.markdown.toggles import with_forum_marks, with_toggles
from bot.lessons.intake.markdown_lines import Lines
from bot.lessons.intake.material import Unplaced


@dataclass
class Plain:
    """Lines of plain Markdown, and the parts that were taken out of them."""

    lines: Lines
    unplaced: list[Unplaced]
    footnotes: dict[str, Unplaced]
    addresses: dict[str, Unplaced]


def plain_lines(lines: Lines) -> Plain:
    """These lines with the extensions of flavors converted to plain Markdown."""
    unplaced: list[Unplaced] = []
    lines = without_comments(lines, unplaced)
    lines = without_percent_comments(lines, unplaced)
    lines = without_attributes(lines, unplaced)
    lines = without_links_to_top(lines, unplaced)
    lines = with_shortcodes(with_forum_marks(lines, unplaced), unplaced)
    lines = with_toggles(with_components(lines, unplaced))
    lines = with_marks_for_tags(lines)
    lines = with_callouts(with_admonitions(lines))
    lines = with_asked_terms(with_cards(lines))
    footnotes: dict[str, Unplaced] = {}
    addresses: dict[str, Unplaced] = {}
    lines = without_definitions(lines, footnotes, addresses, unplaced)
    return Plain(lines, unplaced, footnotes, addresses)
