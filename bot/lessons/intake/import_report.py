"""Describes in lines of text what an import made, and what it could not use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from bot.language.numbers import amount
from bot.language.words import _n
from bot.lessons.file_names import is_picture
from bot.lessons.intake.importing import Imported, Made
from bot.lessons.intake.material import Unplaced
from bot.lessons.intake.refused_files import names_of, not_read_lines, refusal_lines

_FIRST_WORDS = 40
_SHOWN = 3


def summary(made: Iterable[Made], pictures: int) -> str:
    """The numbers of what was made: `12 entries, 3 phrasings, 1 picture`."""
    lessons = [each.lesson for each in made]
    entries = sum(len(each.entries) for each in lessons)
    phrasings = sum(len(entry.phrasings) for each in lessons for entry in each.entries)
    scenarios = sum(len(each.scenarios) for each in lessons)
    counts = (
        _n("{many} entry", "{many} entries", entries, many=amount(entries)) if entries else "",
        _n("{many} phrasing", "{many} phrasings", phrasings, many=amount(phrasings)) if phrasings else "",
        _n("{many} scenario", "{many} scenarios", scenarios, many=amount(scenarios)) if scenarios else "",
        _n("{many} picture", "{many} pictures", pictures, many=amount(pictures)) if pictures else "",
    )
    return ", ".join(filter(None, counts))


def warnings(imported: Imported, missing: Sequence[str] = ()) -> Iterator[str]:
    """A line for each kind of text that could not be used, with its lines and beginnings.

    `missing` are files that are no longer in an imported folder.
    """
    yield from refusal_lines(imported.refused)
    for lost in imported.lost:
        for group in by_reason(lost.unplaced):
            yield f"{lost.file}:{group_line(group)}"
    pictures = [each for each in imported.not_read if is_picture(each.name)]
    yield from not_read_lines([each for each in imported.not_read if each not in pictures])
    yield from unshown_pictures(pictures)
    if missing:
        count = len(missing)
        yield _n(
            "{many} file that was imported earlier is not in this import; its lesson stays: {files}",
            "{many} files that were imported earlier are not in this import; their lessons stay: {files}",
            count,
            many=amount(count),
            files=names_of([Path(each) for each in missing]),
        )


def unshown_pictures(pictures: Sequence[Path]) -> Iterator[str]:
    """A line for pictures beside the lessons or notes that none of them shows, if there are any."""
    if pictures:
        count = len(pictures)
        yield _n(
            "{many} picture is left out, as no lesson shows it: {files}",
            "{many} pictures are left out, as no lesson shows them: {files}",
            count,
            many=amount(count),
            files=names_of(pictures),
        )


def by_reason(unplaced: Iterable[Unplaced]) -> list[list[Unplaced]]:
    """Groups of unplaced texts with the same reason, in the order of their first lines."""
    ordered = sorted(unplaced, key=lambda each: each.why)
    found = [list(group) for __, group in groupby(ordered, key=lambda each: each.why)]
    return sorted((sorted(group, key=lambda each: each.line) for group in found), key=lambda group: group[0].line)


def group_line(group: list[Unplaced]) -> str:
    """The line for a group: `5-60: 47 times: outside of every question: 'Welcome', 'This page', …`."""
    first, last = group[0].line, group[-1].line
    where = f"{first}:" if first == last else f"{first}-{last}:"
    count = len(group)
    times = _n("{many} time", "{many} times", count, many=amount(count)) + ": " if count > 1 else ""
    shown = ", ".join(f"'{_begin(each.text)}'" for each in group[:_SHOWN])
    more = ", \u2026" if len(group) > _SHOWN else ""
    return f"{where if last else ''} {times}{group[0].why}: {shown}{more}"


def _begin(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _FIRST_WORDS else f"{words[: _FIRST_WORDS - 1]}\u2026"
