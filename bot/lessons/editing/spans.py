"""The spans of a lesson file: where each scalar, sequence and mapping begins and ends in the text.

An edit needs exact positions, and PyYAML's nodes do not have them: an alias is the same node as its target, and a
block ends at the next token, behind any comments in between. Its events and tokens do have them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

# The line breaks of YAML 1.1, which libyaml reads.
_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")


@dataclass(frozen=True)
class Span:
    """A piece of the text: `begin` is the index of its first character, `end` the index after its last one."""

    begin: int
    end: int
    column: int


@dataclass(frozen=True)
class ScalarSpan(Span):
    """A scalar. `style` is the character that it begins with; '' is a plain one, '*' an alias."""

    value: str
    style: str


@dataclass(frozen=True)
class SequenceSpan(Span):
    """A sequence. `dashes` are the indexes of its dashes; a flow sequence, `[a, b]`, has none."""

    items: tuple[Span, ...]
    dashes: tuple[int, ...]
    is_flow: bool


@dataclass(frozen=True)
class MappingSpan(Span):
    """A mapping, with the spans of its keys and values."""

    pairs: tuple[tuple[Span, Span], ...]
    is_flow: bool

    def position(self, key: str) -> int | None:
        names = (name.value if isinstance(name, ScalarSpan) else None for name, _ in self.pairs)
        return next((n for n, name in enumerate(names) if name == key), None)

    def value(self, key: str) -> Span | None:
        n = self.position(key)
        return None if n is None else self.pairs[n][1]


def parse_spans(text: str) -> Span:
    """The span of the root. The text must have been read as a lesson before."""
    tokens = yaml.scan(text, Loader=yaml.CSafeLoader)
    dashes = [token.start_mark.index for token in tokens if isinstance(token, yaml.BlockEntryToken)]
    events = yaml.parse(text, Loader=yaml.CSafeLoader)
    inside = (each for each in events if isinstance(each, yaml.NodeEvent | yaml.CollectionEndEvent))
    return _SpanParser(text, dashes, inside).span(next(inside))


class _SpanParser:
    def __init__(self, text: str, dashes: list[int], events: Iterator[yaml.Event]) -> None:
        self._text = text
        self._dashes = dashes
        self._events = events

    def span(self, event: yaml.Event) -> Span:
        assert event.start_mark, "an event that was parsed has a place"
        assert event.end_mark
        begin, end, column = event.start_mark.index, event.end_mark.index, event.start_mark.column
        if isinstance(event, yaml.AliasEvent):
            return ScalarSpan(begin, end, column, "", "*")
        if isinstance(event, yaml.ScalarEvent):
            style = event.style or ""
            if style in ("|", ">"):  # its end mark is behind the empty lines below it
                end = begin + len(self._text[begin:end].rstrip(" \t\r\n\x85\u2028\u2029"))
            return ScalarSpan(begin, end, column, event.value, style)
        spans: list[Span] = []
        while not isinstance(inner := next(self._events), yaml.CollectionEndEvent):
            spans.append(self.span(inner))
        assert isinstance(event, yaml.CollectionStartEvent), "no other event begins a span with others in it"
        assert inner.end_mark, "an event that was parsed has a place"
        is_flow = bool(event.flow_style)
        end = inner.end_mark.index if is_flow or not spans else spans[-1].end
        if isinstance(event, yaml.SequenceStartEvent):
            dashes = () if is_flow else tuple(self._dashes[bisect_left(self._dashes, x.begin) - 1] for x in spans)
            return SequenceSpan(begin, end, column, tuple(spans), dashes, is_flow)
        pairs = tuple(zip(spans[::2], spans[1::2], strict=True))
        return MappingSpan(begin, end, column, pairs, is_flow)


def line_begin(text: str, index: int) -> int:
    """The index at which the line of this character begins."""
    if text[index - 1 : index + 1] == "\r\n":  # one line break, not two
        index -= 1
    return max(text.rfind(each, 0, index) for each in "\r\n\x85\u2028\u2029") + 1


def line_stop(text: str, index: int) -> int:
    """The index at which the line of this character ends, before its line break."""
    found = _BREAK.search(text, index)
    return found.start() if found else len(text)


def line_end(text: str, index: int) -> int:
    """The index after the line break of this character's line."""
    found = _BREAK.search(text, index)
    return found.end() if found else len(text)


def first_break(text: str) -> str:
    """The line break that this text uses."""
    found = _BREAK.search(text)
    return found.group() if found and found.group() in ("\r\n", "\r") else "\n"


def ends_with_break(text: str) -> bool:
    """Whether the last line ends with a line break."""
    return text.endswith(("\r", "\n"))
