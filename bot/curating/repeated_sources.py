"""Recognizes the sources of an import that were imported before, and which of their questions are the same."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.curating.items import Texts, texts_of
from bot.curating.source_titles import SourceTitle, source_titles
from bot.lessons.document import Document
from bot.lessons.intake.importing import Made
from bot.lessons.intake.last_import import SourceNames
from bot.lessons.intake.matching import match
from bot.lessons.intake.still_there import lines_of_answers, why_unused
from bot.lessons.lesson import Item, Lesson, items_of
from bot.lessons.library import Lessons


@dataclass(frozen=True)
class EarlierSource:
    """What the lessons have of a source: their documents, and its lessons as last imported, by their files."""

    name: str
    documents: list[Document] = field(default_factory=list)
    then: dict[Path, Lesson] = field(default_factory=dict)

    @property
    def lessons(self) -> list[Lesson]:
        """Its lessons as last imported, or else as they are here."""
        return [*self.then.values()] or [each.lesson for each in self.documents]


@dataclass(frozen=True)
class RepeatedSource:
    """A source of this import, matched with what the lessons have of it.

    Its items now and at the last import have the ids of that import.

    `lessons` are to be kept for the next import, in place of the files of the `last_import`. `files` are those of
    the lessons that come from it. `unused` are items of the last import that are still there, but could not be
    used, with the reasons. They are among `now` as they were, so that nothing is removed, and a repaired source
    has no conflicts.
    """

    name: str
    last_import: tuple[Path, ...]
    lessons: tuple[Lesson, ...]
    now: Mapping[str, Item]
    base: Mapping[str, Item]
    unused: Mapping[str, str]
    files: tuple[str, ...]
    titles: tuple[SourceTitle, ...]

    def begun(self, id_: str) -> Texts:
        """The texts of an item at the last import; empty if it was not there."""
        return texts_of(self.base.get(id_))


def earlier_sources(lessons: Lessons, kept: Mapping[Path, Lesson]) -> dict[str, EarlierSource]:
    """The sources that these lessons come from, by name; `kept` are the last imports, by their files."""
    found: dict[str, EarlierSource] = {}
    for document in lessons.documents:
        if name := document.lesson.source:
            found.setdefault(name, EarlierSource(name)).documents.append(document)
    for path, lesson in kept.items():
        if name := lesson.source:
            found.setdefault(name, EarlierSource(name)).then[path] = lesson
    # The entries of a source may all have been moved to other lessons since, or its lesson was deleted.
    return {
        name: each
        for name, each in found.items()
        if each.documents or _items_in(each.lessons).keys() & lessons.items
    }


def same_sources(
    groups: Mapping[str, Sequence[Made]], earlier: Mapping[str, EarlierSource], in_project: Container[str]
) -> dict[str, str]:
    """For each source of an import that the lessons have, its name there.

    It has such a name and most of the questions, or the same path in the project and one of them. Otherwise, it is
    another file: many projects have a FAQ.md, and some questions are in each. No two sources of an import get the
    same name.
    """
    same: dict[str, str] = {}
    taken: set[str] = set()
    for *__, source, name in sorted(_fits(groups, earlier, in_project), reverse=True):
        if source not in same and name not in taken:
            same[source] = name
            taken.add(name)
    return same


def _fits(
    groups: Mapping[str, Sequence[Made]], earlier: Mapping[str, EarlierSource], in_project: Container[str]
) -> Iterator[tuple[bool, bool, float, bool, str, str]]:
    """Each source with each name that it can have; those that fit better are greater."""
    known = SourceNames(earlier)
    for source, made in groups.items():
        now = [each.lesson for each in made]
        for name in known.same_as(source):
            then = earlier[name].lessons
            items, before = _items_in(now), _items_in(then)
            count, in_same_folder = len(match([*items.values()], before)), name.count("/") == source.count("/")
            # A file may shrink to a few questions. A file from another folder never removes most of a lesson.
            most = min(len(items), len(before)) if in_same_folder else len(before)
            # If the folder and the title are the same, half of the questions are enough.
            has_title = in_same_folder and not {each.lesson for each in now}.isdisjoint(
                each.lesson for each in then
            )
            is_in_its_place = name == source and source in in_project
            if count and (is_in_its_place or 2 * count + has_title > most):
                share = count / max(len(items), len(before))
                yield is_in_its_place, in_same_folder, share, name == source, source, name


def repeated_source(
    earlier: EarlierSource, made: Sequence[Made], lessons: Lessons, left: Mapping[str, str]
) -> RepeatedSource:
    """The source that was imported before, with the lessons that are made of it now.

    `left` are lines of the import that it could not use, with the reasons.
    """
    items = [*_items_in(each.lesson for each in made).values()]
    base = _items_in(earlier.then.values())
    # Entries may have been moved to other lessons since.
    moved = [file for id_ in base if (file := lessons.file_of(id_))]
    # An entry that was added by hand may be in the source now: then both are the same entry.
    added = _items_in(each.lesson for each in earlier.documents)
    ids = match(items, {**added, **base})
    renamed = tuple(_renamed(each.lesson, ids, earlier.name) for each in made)
    now = _items_in(renamed)
    left = {**lines_of_answers(items), **left}
    unused = {id_: why for id_, item in base.items() if id_ not in now and (why := why_unused(item, left))}
    stay = [lesson for each in earlier.then.values() if items_of(lesson := _only(each, unused))]
    return RepeatedSource(
        name=made[0].lesson.source or earlier.name,
        last_import=tuple(earlier.then),
        lessons=(*renamed, *stay),
        now=now | {id_: base[id_] for id_ in unused},
        base=base,
        unused=unused,
        files=tuple(dict.fromkeys([*(each.file for each in earlier.documents), *moved])),
        titles=tuple(source_titles(renamed, [*earlier.then.values()], earlier.documents)),
    )


def _items_in(lessons: Iterable[Lesson]) -> dict[str, Item]:
    return {id_: item for each in lessons for id_, item in items_of(each).items()}


def _only(lesson: Lesson, ids: Container[str]) -> Lesson:
    """The lesson with only these of its entries and scenarios."""
    entries = tuple(each for each in lesson.entries if each.id in ids)
    scenarios = tuple(each for each in lesson.scenarios if each.id in ids)
    return lesson.model_copy(update={"entries": entries, "scenarios": scenarios})


def _renamed(lesson: Lesson, ids: Mapping[str, str], source: str) -> Lesson:
    """The lesson with the ids that its entries have had since the last import, and the name of its source."""

    def own(item: Item) -> dict[str, object]:
        return {"id": ids.get(item.id, item.id), "related": tuple(ids.get(each, each) for each in item.related)}

    entries = tuple(each.model_copy(update=own(each)) for each in lesson.entries)
    scenarios = tuple(each.model_copy(update=own(each)) for each in lesson.scenarios)
    return lesson.model_copy(update={"source": source, "entries": entries, "scenarios": scenarios})
