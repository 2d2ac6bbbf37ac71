"""Formats rows as a Markdown table, for the terminal and the README."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The table, with each column as wide as its widest cell."""
    lines = [list(head), *map(list, rows)]
    wide = [max(len(line[n]) for line in lines) for n in range(len(head))]
    drawn = ["| " + " | ".join(cell.ljust(w) for cell, w in zip(line, wide, strict=True)) + " |" for line in lines]
    return "\n".join([drawn[0], "|" + "|".join("-" * (w + 2) for w in wide) + "|", *drawn[1:]])
