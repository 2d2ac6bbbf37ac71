"""What every reader gives, whatever the format: Source -> Section -> Pair, each with its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Unplaced:
    """Something in the source that the author has to look at; `line` is counted from 1.

    `file` says where it is if the source is in several files.
    """

    line: int
    text: str
    why: str
    file: str = ""


@dataclass(frozen=True)
class Block:
    """Lines that belong together, from `line` (counted from 1) to before `end`.

    `source` is what stands there, `text` the same without its label. In a picture `text` is the path,
    and `title` the caption. `origin` says what makes a question one: a label, a heading, bold words …
    """

    kind: str
    line: int
    end: int
    source: str
    text: str = ""
    title: str = ""
    number: str = ""
    level: int = 0
    alt: str = ""
    origin: str = ""
    # What the block is if it asks something, and is not a part of an answer.
    inner: tuple[Block, ...] = ()


@dataclass
class Part:
    """A label and all that stands under it; `loose` is what stands under none."""

    kind: str
    pieces: list[Block]
    origin: str = ""

    @property
    def title(self) -> str:
        return next((piece.title for piece in self.pieces if piece.title and piece.kind != "picture"), "")

    @property
    def number(self) -> str:
        return next((piece.number for piece in self.pieces if piece.number), "")


@dataclass
class Pair:
    """A question, other ways to ask it, and its answer in Markdown. `tag` is a name that the source gave it."""

    question: Block
    answer: list[Block]
    phrasings: list[Block] = field(default_factory=list)
    tag: str = ""


@dataclass
class Story:
    """A scenario: the story, then its solutions and what happens behind the scenes."""

    story: Part
    others: list[Part]


@dataclass
class Section:
    """A heading of the source and the pairs and scenarios below it; without a heading, what stands before one."""

    heading: Block | None = None
    items: list[Pair | Story] = field(default_factory=list)


@dataclass
class Source:
    """What a reader found. `seen` says what the source looks like, for a refusal.

    `addresses` and `footnotes` are what the texts refer to by a name. `is_single` says that the source is one
    question and its answer.
    """

    title: Block
    course: Block
    sections: list[Section] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    seen: str = ""
    addresses: dict[str, Unplaced] = field(default_factory=dict)
    footnotes: dict[str, Unplaced] = field(default_factory=dict)
    is_single: bool = False

    @property
    def items(self) -> list[Pair | Story]:
        return [item for section in self.sections for item in section.items]


def text_block(text: str, line: int, end: int = 0, kind: str = "text") -> Block:
    """A text that a data file holds."""
    return Block(kind, line, end or line + 1, text, text)


NO_TITLE = Block("title", 1, 2, "")


@dataclass(frozen=True)
class Hints:
    """What a reader knows beside the text: the file's name without its ending, and what the importer was told.

    `columns` are those of a sheet without a header; with `is_single`, a page without a question is one. `beside`
    are the texts of files that are read together with this one, by their names.
    """

    name: str = ""
    columns: tuple[str, ...] = ()
    is_single: bool = False
    beside: Mapping[str, str] = field(default_factory=dict)
