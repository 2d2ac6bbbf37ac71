"""Blocks -> parts: a label and all that stands under it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.lessons.notes.blocks import LABELS, LESSON_LEVEL, TITLE_LENGTH, Block, Unplaced

_LEADS_IN = re.compile(r"\b(scenario|situation|story)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A label and all that stands under it; `loose` is what stands under none."""

    kind: str
    pieces: list[Block]

    @property
    def title(self) -> str:
        return next((piece.title for piece in self.pieces if piece.title and piece.kind != "picture"), "")

    @property
    def number(self) -> str:
        return next((piece.number for piece in self.pieces if piece.number), "")


class Outline:
    """Gathers blocks under their labels; a rule or a heading ends what the label before it began."""

    def __init__(self) -> None:
        self.parts = [Part("loose", [])]
        self.unplaced: list[Unplaced] = []
        self._is_over = True
        self._is_in_scenario = False
        self._heading: Block | None = None

    def read(self, blocks: list[Block]) -> None:
        for block, following in pairwise([*blocks, Block("end", 0, 0, "")]):
            if block.kind == "aside":
                self.unplaced.append(Unplaced(block.line, block.source, block.text))
            elif block.kind == "rule":
                self._is_over = True
            elif block.kind == "title":
                self._begin("loose", [])
            elif block.kind == "heading":
                self._add_heading(block, following)
            elif block.kind == "solution" and not self._is_in_scenario:
                self._add(Block("prose", block.line, block.end, block.source, block.source))
            elif block.kind in LABELS:
                self._add_label(block)
            else:
                self._add(block)

    def _begin(self, kind: str, pieces: list[Block]) -> None:
        self.parts.append(Part(kind, pieces))
        self._is_over = kind == "loose"

    def _add(self, block: Block) -> None:
        # A picture below a rule still belongs to the text above it.
        if self._is_over and block.kind != "picture" and self.parts[-1].kind != "loose":
            self._begin("loose", [])
        self.parts[-1].pieces.append(block)

    def _add_label(self, block: Block) -> None:
        opening: list[Block] = []
        if block.kind == "scenario":
            opening = self._lead_in()
        if block.kind in ("scenario", "question"):
            self._is_in_scenario = block.kind == "scenario"
        self._begin(block.kind, [*opening, block])

    def _lead_in(self) -> list[Block]:
        if self._heading:
            heading, self._heading = self._heading, None
            return [heading]
        last = self.parts[-1]
        is_prose = bool(last.pieces) and last.pieces[-1].kind == "prose"
        is_wanted_there = last.kind != "loose" and (
            len(last.pieces) == 1 or not _LEADS_IN.search(last.pieces[-1].text)
        )
        return [last.pieces.pop()] if is_prose and not is_wanted_there else []

    def _add_heading(self, block: Block, following: Block) -> None:
        has_text = following.kind in ("prose", "text", "picture")
        is_in_text = block.level > LESSON_LEVEL and has_text and not self._is_over
        if following.kind == "scenario" and not following.title and block.text:
            is_title = len(block.text) <= TITLE_LENGTH and not block.text.endswith((".", ":", "!"))
            title, text = (block.text, "") if is_title else ("", block.text)
            self._heading = replace(block, kind="prose", title=title, text=text)
        elif is_in_text:
            # Of Discord's three levels of headings, the larger two are for the card itself.
            self._add(replace(block, kind="text", text=f"### {block.text}"))
        else:
            if block.text:
                why = "an extra heading: a lesson has only one title"
                self.unplaced.append(Unplaced(block.line, block.source, why))
            self._begin("loose", [])
