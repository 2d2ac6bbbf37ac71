"""The data that every reader returns, whatever the format: Source -> Section -> Pair, with line numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Unplaced:
    """A text of the source that could not be used, and `why`. `line` is counted from 1, or 0 if not known.

    `file` says where it is if the source is in several files.
    """

    line: int
    text: str
    why: str
    file: str = ""


@dataclass(frozen=True)
class Block:
    """Lines that belong together, from `line` (counted from 1) up to but without `end`.

    `source` are the lines as they are, `text` the same without the label. In a picture, `text` is the path and
    `title` the caption. `origin` says how a question was recognized: by a label, a heading, bold words …
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
    # The blocks that replace this one if it is read as questions, and not as a part of an answer.
    inner: tuple[Block, ...] = ()

    @property
    def inner_origin(self) -> str:
        """How the questions in `inner` were recognized; empty if there are none."""
        return next((each.origin for each in self.inner if each.kind == "question"), "")


@dataclass
class Part:
    """A label and all blocks below it. The kind `loose` is for blocks without a label."""

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
    """A question, its phrasings, and its answer in Markdown. `tag` is its name in the source, if it has one.

    `keywords` become phrasings, too, but only those that no other pair has.
    """

    question: Block
    answer: list[Block]
    phrasings: list[Block] = field(default_factory=list)
    tag: str = ""
    keywords: list[Block] = field(default_factory=list)


@dataclass
class Story:
    """A scenario: the story, then the other parts: its solutions, quizzes and what happens behind the scenes."""

    story: Part
    others: list[Part]


@dataclass
class Section:
    """A heading with the pairs and scenarios below it. The first section has no heading."""

    heading: Block | None = None
    items: list[Pair | Story] = field(default_factory=list)


@dataclass
class Source:
    """The content of a source. `seen` describes it for the error if it has no questions.

    `addresses` and `footnotes` are those that the texts refer to by a name, and `block_ids` the lines of blocks to
    which links lead by an id. `is_single`: the source is one
    question with its answer. Without `has_lines`, its lines are not those of the file.
    """

    title: Block
    course: Block
    sections: list[Section] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    seen: str = ""
    addresses: dict[str, Unplaced] = field(default_factory=dict)
    footnotes: dict[str, Unplaced] = field(default_factory=dict)
    block_ids: dict[str, int] = field(default_factory=dict)
    is_single: bool = False
    has_lines: bool = True

    @property
    def items(self) -> list[Pair | Story]:
        return [item for section in self.sections for item in section.items]


def text_block(text: str, line: int, end: int = 0) -> Block:
    """A block with a text of a data file. `end` is by default the next line."""
    return Block("text", line, end or line + 1, text, text)


NO_TITLE = Block("title", 1, 2, "")


@dataclass(frozen=True)
class Hints:
    """What a reader knows beside the text: the `name` of the file without its extension, and options.

    `columns` name the columns of a sheet without a header. With `is_single`, a page without questions is read as
    one question. `beside` are the texts of files that are read together with this one, by their names.
    `properties` are the columns of the table that has a row for this page. `folder` is the name of the folder.
    """

    name: str = ""
    columns: tuple[str, ...] = ()
    is_single: bool = False
    beside: Mapping[str, str] = field(default_factory=dict)
    properties: tuple[str, ...] = ()
    folder: str = ""
