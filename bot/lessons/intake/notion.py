"""Finds the tables that Notion exports beside the folders of their pages, and what pages repeat of them."""

from __future__ import annotations

import csv
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path

from bot.language.words import _
from bot.lessons.ids import page_name
from bot.lessons.intake.data.keys import PHRASING_KEYS
from bot.lessons.intake.data.nodes import folded
from bot.lessons.intake.data.sheets import column_kinds
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
        kinds = column_kinds(_heads(texts[first]))
        if "answer" not in kinds:
            found[first] = _("the table of pages that were read, without a column for answers")
        else:
            pages = {page: text for page, text in texts.items() if page.parent == folder}
            cells = _cells_in(texts[first])
            if "question" in kinds and all(_is_in(cells, text) for text in pages.values()):
                found |= dict.fromkeys(pages, _("a part of the table in '{file}'", file=first.name))
            elif _names_in(texts[first]) <= set(map(_title_of, pages.values())):
                found[first] = _("the table of pages that were read: each row is a page")
        for other in others:
            found[other] = _("a part of the table in '{file}'", file=first.name)
    return found


def without_rows_of_pages(
    tables: Mapping[Path, list[Path]], texts: Mapping[Path, str], not_read: Container[Path]
) -> dict[Path, str]:
    """The tables without the rows whose pages are read, too. All other lines stay where they are."""
    titles: dict[Path, set[str]] = {}
    for page, text in texts.items():
        if page.parent in tables and page not in not_read:
            titles.setdefault(page.parent, set()).add(_title_of(text))
    return {
        first: _without_rows(texts[first], titles.get(folder, set())) for folder, (first, *__) in tables.items()
    }


def _without_rows(table: str, titles: set[str]) -> str:
    lines = table.split("\n")
    reader = csv.reader(f"{line}\n" for line in table.split("\n"))
    begin = 0
    try:
        for row in reader:
            if begin and row and row[0].strip() in titles:
                lines[begin : reader.line_num] = [""] * (reader.line_num - begin)
            begin = reader.line_num
    except csv.Error:  # the reader of sheets says what is wrong
        return table
    return "\n".join(lines)


def properties_of(tables: Mapping[Path, list[Path]], texts: Mapping[Path, str], folder: Path) -> tuple[str, ...]:
    """The names of the columns of the table that has a row for each page in this folder, if there is one."""
    return tuple(_heads(texts[tables[folder][0]])) if folder in tables else ()


def _heads(table: str) -> list[str]:
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


def without_properties(lines: Lines, properties: Sequence[str]) -> tuple[Lines, list[Unplaced]]:
    """The lines of a page without those below its title that repeat its row in the table; and these."""
    kinds = {folded(name): kind for name, kind in zip(properties, column_kinds(properties), strict=True)}
    is_named_by_title = next(iter(kinds.values()), "") == "question"
    asked = () if is_named_by_title else ("question",)
    own = {name for name, kind in kinds.items() if name not in PHRASING_KEYS and kind not in ("answer", *asked)}
    texts = list(lines.texts)
    unplaced: list[Unplaced] = []
    begin = next((n for n, text in enumerate(texts) if text.strip()), len(texts))
    n = begin + 1 if begin < len(texts) and texts[begin].startswith("# ") else len(texts)
    name = ""
    while n < len(texts) and (name or not texts[n].strip() or _PROPERTY.fullmatch(texts[n])):
        found = _PROPERTY.fullmatch(texts[n])
        if found and folded(found["name"]) in kinds:
            name = folded(found["name"])
            if is_named_by_title and kinds[name] == "answer":  # no label is needed below its question
                texts[n] = texts[n].partition(":")[2].strip()
            elif kinds[name] == "question":  # the title is a number, or a short name for it
                texts[begin] = ""
        elif name and not texts[n].strip():
            break
        if name in own:  # a text of several lines goes on
            why = _("a property of a page, which lessons do not have")
            unplaced.append(Unplaced(lines.numbers[n], texts[n], why))
            texts[n] = ""
        n += 1
    return Lines(texts, lines.numbers), unplaced
