"""Arranges blocks in sections with pairs (a question with its answer) and scenarios."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.lessons.intake.labels import LABELS, TITLE_LENGTH
from bot.lessons.intake.markdown.pairing import Pairing
from bot.lessons.intake.markdown.titles import LESSON_LEVEL
from bot.lessons.intake.material import Block, Part, Section, Unplaced

_LEADS_IN = re.compile(r"\b(scenario|situation|story)\b", re.IGNORECASE)
_IN_SCENARIO = frozenset({"scenario", "solution", "behind", "quiz"})
# The parts in which bold words or list items that ask something count as questions. In other parts they belong to
# the text.
_OPEN_TO = {
    "bold": frozenset({"loose", "bold"}),
    "number": frozenset({"loose", "number"}),
    "list": frozenset({"loose"}),
}
_FOOTER = 3


class Outline:
    """Collects the blocks below each label, and pairs questions with answers."""

    def __init__(self, blocks: list[Block]) -> None:
        self.sections = [Section()]
        self.unplaced: list[Unplaced] = []
        self._parts: list[Part | Section] = [Part("loose", [])]
        self._is_over = True
        self._is_in_scenario = False
        self._story_heading: Block | None = None
        self._rule_before: Block | None = None
        self._blocks = list(reversed(blocks))

    def read(self) -> None:
        """Fill `sections` and `unplaced`."""
        while self._blocks:
            block = self._blocks.pop()
            following = self._blocks[-1] if self._blocks else Block("end", 0, 0, "")
            if block.inner and self._is_open_to(block, following):
                self._blocks += reversed(block.inner)
                continue
            self._read(block, following)
        Pairing(self.sections, self.unplaced, self._parts).run()

    def _is_open_to(self, block: Block, following: Block) -> bool:
        origin = block.inner_origin
        part = self._part
        here = part.origin if part.kind == "question" else part.kind
        if part.kind == "question" and self._is_over:
            here = "loose"
        is_alone = origin == "number" and len(block.inner) == 1
        if is_alone and following.kind not in ("prose", "text", "picture"):
            return False
        return here in _OPEN_TO[origin]

    @property
    def _part(self) -> Part:
        part = self._parts[-1]
        return part if isinstance(part, Part) else Part("loose", [])

    def _read(self, block: Block, following: Block) -> None:
        if block.kind == "aside":
            self.unplaced.append(Unplaced(block.line, block.source, block.text))
        elif block.kind == "rule":
            self._rule(block)
        elif block.kind == "end":
            self._is_over = True
        elif block.kind == "title":
            self._begin("loose", [])
        elif block.kind == "heading":
            self._add_heading(block, following)
        elif block.kind in ("solution", "quiz") and not self._is_in_scenario:
            if block.kind == "quiz" and block.source.startswith("#"):
                self._begin("loose", [])  # multiple choice with a heading is no part of the answer above it
            self._add(Block("prose", block.line, block.end, block.source, block.source))
        elif block.kind == "answer" and self._part.kind == "quiz":
            self._add(block)
        elif block.kind in LABELS:
            self._add_label(block)
        else:
            self._add(block)

    def _rule(self, block: Block) -> None:
        # A few blocks of text after the last rule of a page are a footer.
        rest = len(self._blocks)
        is_footer = (
            0 < rest <= _FOOTER
            and len(self._part.pieces) > (self._part.kind == "question")
            and all(
                each.kind in ("prose", "text", "picture", "aside", "rule") and not each.inner
                for each in self._blocks
            )
        )
        if is_footer or self._part.kind in _IN_SCENARIO:
            self._is_over = True
        else:
            self._rule_before = replace(block, kind="text", text="---", source="")

    def _begin(self, kind: str, pieces: list[Block], origin: str = "") -> None:
        self._rule_before = None
        self._parts.append(Part(kind, pieces, origin))
        self._is_over = kind == "loose"

    def _add(self, block: Block) -> None:
        # A picture below a rule still belongs to the text above it.
        if self._is_over and block.kind != "picture" and self._part.kind != "loose":
            self._begin("loose", [])
        if isinstance(self._parts[-1], Section):
            self._begin("loose", [])
        rule, self._rule_before = self._rule_before, None
        # A rule in front of an answer, or behind one, is no part of it.
        if rule and any(each.text for each in self._part.pieces[self._part.kind == "question" :]):
            self._part.pieces.append(rule)
        self._part.pieces.append(block)

    def _add_label(self, block: Block) -> None:
        opening: list[Block] = []
        if block.kind == "scenario":
            opening = self._lead_in()
        if block.kind in ("scenario", "question"):
            self._is_in_scenario = block.kind == "scenario"
        self._begin(block.kind, [*opening, block], block.origin)

    def _lead_in(self) -> list[Block]:
        if self._story_heading:
            heading, self._story_heading = self._story_heading, None
            return [heading]
        last = self._part
        is_prose = bool(last.pieces) and last.pieces[-1].kind == "prose"
        is_wanted_there = last.kind != "loose" and (
            len(last.pieces) == 1 or not _LEADS_IN.search(last.pieces[-1].text)
        )
        return [last.pieces.pop()] if is_prose and not is_wanted_there else []

    def _add_heading(self, block: Block, following: Block) -> None:
        if following.kind == "scenario" and not following.title and block.text:
            is_title = len(block.text) <= TITLE_LENGTH and not block.text.endswith((".", ":", "!"))
            title, text = (block.text, "") if is_title else ("", block.text)
            self._story_heading = replace(block, kind="prose", title=title, text=text)
        elif self._is_in_text(block, following):
            # Discord has three levels of headings. The card itself uses the larger two.
            self._add(replace(block, kind="text", text=f"### {block.text}"))
        elif block.text:
            self._parts.append(Section(block))
            self._is_over = True
            self._rule_before = None

    def _is_in_text(self, block: Block, following: Block) -> bool:
        part = self._part
        if self._is_over or part.kind == "loose" or not block.text:
            return False
        if following.kind in LABELS and following.kind != "answer":
            return False
        if part.kind == "question" and part.origin in ("heading", "toggle"):
            return part.origin == "toggle" or block.level > part.pieces[0].level
        if (
            following.inner_origin in _OPEN_TO
            and (part.origin if part.kind == "question" else "answer") == following.inner_origin
        ):
            return False
        has_text = following.kind in ("prose", "text", "picture", "rule")
        section = next((each for each in reversed(self._parts) if isinstance(each, Section)), None)
        floor = section.heading.level if section and section.heading else LESSON_LEVEL
        return block.level > max(floor, LESSON_LEVEL) and has_text
