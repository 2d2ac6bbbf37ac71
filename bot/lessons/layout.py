"""How a lesson file is laid out: where each part begins and ends, as it was typed.

PyYAML's nodes forget what an edit needs: an alias is the very node that it refers to, and a block
reaches as far as the next token, over the comments in between. Its events and tokens still know.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

# All that YAML 1.1, and so libyaml, takes for the end of a line.
_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")


@dataclass(frozen=True)
class Part:
    """A piece of the text: `begin` is its first character, `end` the one behind its last."""

    begin: int
    end: int
    column: int


@dataclass(frozen=True)
class Scalar(Part):
    """A text; its style is the character that it begins with, '' for plain and '*' for an alias."""

    value: str
    style: str


@dataclass(frozen=True)
class Items(Part):
    """A list; `dashes` are where the dashes of its items stand, none between brackets."""

    items: tuple[Part, ...]
    dashes: tuple[int, ...]
    is_flow: bool


@dataclass(frozen=True)
class Fields(Part):
    """A mapping, its keys with their values."""

    pairs: tuple[tuple[Part, Part], ...]
    is_flow: bool

    def position(self, key: str) -> int | None:
        names = (name.value if isinstance(name, Scalar) else None for name, _ in self.pairs)
        return next((n for n, name in enumerate(names) if name == key), None)

    def value(self, key: str) -> Part | None:
        n = self.position(key)
        return None if n is None else self.pairs[n][1]


def lay_out(text: str) -> Part:
    """The root of a text that was read as a lesson before."""
    tokens = yaml.scan(text, Loader=yaml.CSafeLoader)
    dashes = [token.start_mark.index for token in tokens if isinstance(token, yaml.BlockEntryToken)]
    events = yaml.parse(text, Loader=yaml.CSafeLoader)
    inside = (each for each in events if isinstance(each, yaml.NodeEvent | yaml.CollectionEndEvent))
    return _Layout(text, dashes, inside).part(next(inside))


class _Layout:
    def __init__(self, text: str, dashes: list[int], events: Iterator[yaml.Event]) -> None:
        self._text = text
        self._dashes = dashes
        self._events = events

    def part(self, event: yaml.Event) -> Part:
        assert event.start_mark, "an event that was parsed has a place"
        assert event.end_mark
        begin, end, column = event.start_mark.index, event.end_mark.index, event.start_mark.column
        if isinstance(event, yaml.AliasEvent):
            return Scalar(begin, end, column, "", "*")
        if isinstance(event, yaml.ScalarEvent):
            style = event.style or ""
            if style in ("|", ">"):  # marked to reach over the empty lines below it
                end = begin + len(self._text[begin:end].rstrip(" \t\r\n\x85\u2028\u2029"))
            return Scalar(begin, end, column, event.value, style)
        parts: list[Part] = []
        while not isinstance(inner := next(self._events), yaml.CollectionEndEvent):
            parts.append(self.part(inner))
        assert isinstance(event, yaml.CollectionStartEvent), "no other event begins a part"
        assert inner.end_mark, "an event that was parsed has a place"
        is_flow = bool(event.flow_style)
        end = inner.end_mark.index if is_flow or not parts else parts[-1].end
        if isinstance(event, yaml.SequenceStartEvent):
            dashes = () if is_flow else tuple(self._dashes[bisect_left(self._dashes, x.begin) - 1] for x in parts)
            return Items(begin, end, column, tuple(parts), dashes, is_flow)
        pairs = tuple(zip(parts[::2], parts[1::2], strict=True))
        return Fields(begin, end, column, pairs, is_flow)


def line_begin(text: str, index: int) -> int:
    """Where the line of this character begins."""
    if text[index - 1 : index + 1] == "\r\n":  # one line break, not two
        index -= 1
    return max(text.rfind(each, 0, index) for each in "\r\n\x85\u2028\u2029") + 1


def line_stop(text: str, index: int) -> int:
    """Where the line of this character ends, before its line break."""
    found = _BREAK.search(text, index)
    return found.start() if found else len(text)


def line_end(text: str, index: int) -> int:
    """Where the line of this character ends, behind its line break."""
    found = _BREAK.search(text, index)
    return found.end() if found else len(text)


def first_break(text: str) -> str:
    """How the lines of this text end."""
    found = _BREAK.search(text)
    return found.group() if found and found.group() in ("\r\n", "\r") else "\n"


def ends_with_break(text: str) -> bool:
    """Whether the last line is a whole one."""
    return text.endswith(("\r", "\n"))
