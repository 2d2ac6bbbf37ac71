"""Finds the tables that Notion exports beside the folders of their pages, and what pages repeat of them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.language.words import _
from bot.lessons.ids import page_name
from bot.lessons.intake.data.keys import ANSWER_KEYS, PHRASING_KEYS, QUESTION_KEYS
from bot.lessons.intake.data.nodes import folded
from bot.lessons.intake.markdown_lines import Lines
from bot.lessons.intake.material import Unplaced

_ALL = "_all"
_PROPERTY = re.compile(r"(?P<name>[^:]{1,80}):(?:[ \t]+.*)?")


def tables_of_pages(files: Iterable[Path]) -> dict[Path, list[Path]]:
    """The tables for each folder of pages: `Questions ID.csv` for the folder `Questions ID`, or `Questions`.

    The table with all rows comes first. One without Notion's ID in its name is a sheet like others.
    """
    files = list(files)
    folders = {path.parent for path in files if path.suffix.lower() == ".md"}
    found: dict[Path, list[Path]] = {}
    for path in sorted(files, key=lambda each: not each.stem.endswith(_ALL)):
        stem = path.stem.removesuffix(_ALL)
        of = [path.parent / name for name in dict.fromkeys((stem, page_name(stem)))]
        folder = next((each for each in of if each in folders), None)
        if path.suffix.lower() == ".csv" and folder and page_name(stem) != stem:
            found.setdefault(folder, []).append(path)
    return found


def why_not_read(tables: Mapping[Path, list[Path]], texts: Mapping[Path, str]) -> dict[Path, str]:
    """Why these tables, or their pages, are not read: the others have all that they have."""
    found: dict[Path, str] = {}
    for folder, (first, *others) in tables.items():
        names = {folded(name) for name in properties_in(texts[first])}
        if not names & {*ANSWER_KEYS}:
            found[first] = _("the table of pages that were read, without a column for answers")
        else:
            pages = {page: text for page, text in texts.items() if page.parent == folder}
            cells = _cells_in(texts[first])
            if names & {*QUESTION_KEYS} and all(_is_in(cells, text) for text in pages.values()):
                found |= dict.fromkeys(pages, _("a part of the table in '{file}'", file=first.name))
            elif _names_in(texts[first]) <= set(map(_title_of, pages.values())):
                found[first] = _("the table of pages that were read: each row is a page")
        for other in others:
            found[other] = _("a part of the table in '{file}'", file=first.name)
    return found


def properties_in(table: str) -> list[str]:
    """The names of the columns of a table."""
    return [name.strip() for name in next(iter(_rows(table)), [])]


def _names_in(table: str) -> set[str]:
    """The names of the pages in a table: Notion puts them into the first column."""
    return {row[0].strip() for row in _rows(table)[1:] if row}


def _cells_in(table: str) -> set[str]:
    """The lines in the cells of a table."""
    return {line.strip() for row in _rows(table) for cell in row for line in cell.split("\n") if line.strip()}


def _is_in(cells: set[str], page: str) -> bool:
    """Whether a page says no more than its row: each line is one of a cell, or `Name: cell`."""
    lines = [line.strip() for line in page.strip().split("\n")]
    lines[0] = _title_of(page)
    return all(line in cells or line.partition(":")[2].strip() in cells for line in lines if line)


def _title_of(page: str) -> str:
    return page.lstrip().partition("\n")[0].removeprefix("# ").strip()


def _rows(table: str) -> list[list[str]]:
    try:
        return list(csv.reader(f"{line}\n" for line in table.split("\n")))
    except csv.Error:
        return []


def without_properties(lines: Lines, properties: Iterable[str]) -> tuple[Lines, list[Unplaced]]:
    """The lines of a page without those below its title that repeat its row in the table; and these."""
    names = {folded(name) for name in properties}
    own = names - {*ANSWER_KEYS, *PHRASING_KEYS}
    texts = list(lines.texts)
    unplaced: list[Unplaced] = []
    begin = next((n for n, text in enumerate(texts) if text.strip()), len(texts))
    n = begin + 1 if begin < len(texts) and texts[begin].startswith("# ") else len(texts)
    name = ""
    while n < len(texts) and (name or not texts[n].strip() or _PROPERTY.fullmatch(texts[n])):
        found = _PROPERTY.fullmatch(texts[n])
        if found and folded(found["name"]) in names:
            name = folded(found["name"])
        elif name and not texts[n].strip():
            break
        if name in own:  # a text of several lines goes on
            why = _("a property of a page, which lessons do not have")
            unplaced.append(Unplaced(lines.numbers[n], texts[n], why))
            texts[n] = ""
        n += 1
    return Lines(texts, lines.numbers), unplaced
