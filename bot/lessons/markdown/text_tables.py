"""Tables as text: a code block if it is narrow, else a list."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

# A phone shows about this many characters of code in a line.
_TABLE_WIDTH = 56
# What Markdown marks in a cell: code, a sign that is meant as it is, and words in italics.
_MARKED = re.compile(
    r"`(?P<code>[^`]*)`|\\(?P<sign>[!-/:-@\[-`{-~])"
    r"|(?<![\w*])\*(?P<stars>(?!\s)[^*]{1,200}(?<!\s))\*(?![\w*])"
    r"|(?<![\w_])_(?P<bars>(?!\s)[^_]{1,200}(?<!\s))_(?![\w_])"
)
_BETWEEN = " \u00b7 "


def table(rows: list[list[str]]) -> list[str]:
    """The lines of a table: a code block if it is narrow, else a list. The first row holds the headings."""
    count = max(map(len, rows))
    rows = [row + [""] * (count - len(row)) for row in rows]
    plain = [[_without_markup(cell) for cell in row] for row in rows]
    widths = [max(_width(row[k]) for row in plain) for k in range(count)]
    if (
        not any(map(_is_marked, (cell for row in rows for cell in row)))
        and sum(widths) + 2 * (count - 1) <= _TABLE_WIDTH
        and not any("```" in cell for row in plain for cell in row)
    ):
        lines = [
            "  ".join(
                cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
            ).rstrip()
            for row in plain
        ]
        return ["```", lines[0], "  ".join("-" * width for width in widths), *lines[1:], "```"]
    heads = rows[0]
    out = []
    if len(rows) == 1:
        return ["- " + _BETWEEN.join(filter(None, heads))]
    for row in rows[1:]:
        parts = [
            f"{head}: {cell}" if k and head else cell or head
            for k, (head, cell) in enumerate(zip(heads, row, strict=True))
            if cell
        ]
        out.append("- " + _BETWEEN.join(parts))
    if heads[0]:
        joined = _BETWEEN.join(filter(None, heads))
        out.insert(0, joined if "**" in joined else f"**{joined}**")
    return out


def _without_markup(cell: str) -> str:
    """A cell for a code block, which shows Markdown as it is typed."""
    return _MARKED.sub(lambda found: found[found.lastgroup or 0], cell) if cell.count("`") % 2 == 0 else cell


def _width(cell: str) -> int:
    """How many columns a cell takes: East Asian signs and emoji take two."""
    return len(cell) + sum(east_asian_width(sign) in "WF" for sign in cell)


def _is_marked(cell: str) -> bool:
    return "](" in cell or "**" in cell or "~~" in cell or "://" in cell


def cells_of(row: str) -> list[str]:
    """The cells of a line of a Markdown table."""
    inside = row.strip().removeprefix("|")
    if inside.endswith("|") and not inside.endswith("\\|"):
        inside = inside[:-1]
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inside)]
