"""Rows as a Markdown table: read on the terminal, pasted into the README."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Columns as wide as their widest cell."""
    lines = [list(head), *map(list, rows)]
    wide = [max(len(line[n]) for line in lines) for n in range(len(head))]
    drawn = ["| " + " | ".join(cell.ljust(w) for cell, w in zip(line, wide, strict=True)) + " |" for line in lines]
    return "\n".join([drawn[0], "|" + "|".join("-" * (w + 2) for w in wide) + "|", *drawn[1:]])
