"""Merges two changes of one text if they change different lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class _Change:
    """New lines in place of those from `begin` up to `end`; if the two are equal, lines are only added."""

    begin: int
    end: int
    lines: tuple[str, ...]

    def overlaps(self, other: _Change) -> bool:
        return self.begin < other.end and other.begin < self.end


def merge_texts(base: str, first: str, second: str) -> str | None:
    """The text `base` with the changes that made `first` and `second` of it; None if they change the same lines.

    Lines that both add at the same place are kept, one after the other.
    """
    lines = base.splitlines(keepends=True)
    ours, others = list(_changes(lines, first)), list(_changes(lines, second))
    if any(one != other and one.overlaps(other) for one in ours for other in others):
        return None
    # A change that both made is made once. Sorting keeps the order of lines that are added at the same place.
    both = sorted(dict.fromkeys([*ours, *others]), key=lambda change: (change.begin, change.end))
    merged: list[str] = []
    at = 0
    for change in both:
        merged += [*lines[at : change.begin], *change.lines]
        at = change.end
    return "".join([*merged, *lines[at:]])


def _changes(base: Sequence[str], text: str) -> Iterator[_Change]:
    lines = text.splitlines(keepends=True)
    for tag, begin, end, from_, to in SequenceMatcher(None, base, lines, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _Change(begin, end, tuple(lines[from_:to]))
