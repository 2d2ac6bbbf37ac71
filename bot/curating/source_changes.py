"""Compares a source that is imported again with the lessons that come from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.curating.clash import Side, clash_of, merge
from bot.curating.diff import head_in_words, name_of, title_of, words_between
from bot.curating.items import read_item, texts_of
from bot.curating.repeated_sources import RepeatedSource
from bot.curating.scenario_shapes import Shaped, shaped
from bot.language.words import _
from bot.lessons.lesson import Item, Scenario
from bot.lessons.library import Lessons

Choice = Literal["here", "source"]
# By id and field, or file and field of its title: which of two texts is kept.
Choices = Mapping[tuple[str, str], Choice]


@dataclass(frozen=True)
class BothChanged:
    """A text that was changed here and in the source since the last import; `name` is the field in words.

    `id` is the file where that is the title or the course of a lesson.
    """

    id: str
    field: str
    title: str
    name: str
    here: str
    source: str


@dataclass(frozen=True)
class SourceChanges:
    """What an import changes in the lessons that come from one source.

    `changed` are titles with what changes in them. `gone` are items that are no longer in the source and are
    removed; such items that were edited here are in `kept` and stay. So do the `scenarios`: only a person can
    remove them. `removed` are items that were removed here; they stay removed although the source changed them.
    `by_hand` are titles with the reason why a person has to make their change in the lesson file. `unused` are
    titles that stay as they are, with the reason: the question is still in the source, but could not be used.
    """

    source: RepeatedSource
    new: tuple[Item, ...]
    changed: tuple[tuple[str, tuple[str, ...]], ...]
    gone: tuple[Item, ...]
    kept: tuple[Item, ...]
    scenarios: tuple[Item, ...]
    removed: tuple[Item, ...]
    both: tuple[BothChanged, ...]
    by_hand: tuple[tuple[str, str], ...]
    unused: tuple[tuple[str, str], ...]

    @property
    def not_made(self) -> Iterator[str]:
        """What the source changed and the lessons do not follow, a line each."""
        for each in self.kept:
            yield _("gone from the source, but edited here; it stays: {title}", title=title_of(each))
        for each in self.scenarios:
            yield _(
                "gone from the source, but it stays: a scenario can be removed only in the lesson file: {title}",
                title=title_of(each),
            )
        for each in self.removed:
            yield _("changed in the source, but removed here; it stays removed: {title}", title=title_of(each))
        for title, why in self.by_hand:
            yield _(
                "changed in the source, but can be changed only in the lesson file: {title}: {why}",
                title=title,
                why=why,
            )
        for title, why in self.unused:
            yield _("not taken from the source, but kept as it was: {title}: {why}", title=title, why=why)


def source_changes(source: RepeatedSource, lessons: Lessons, questions: Mapping[str, str]) -> SourceChanges:
    """What this source changes in the lessons. `questions` are those of the entries, by their ids."""
    new: list[Item] = []
    removed: list[Item] = []
    changed: list[tuple[str, tuple[str, ...]]] = []
    both: list[BothChanged] = []
    by_hand: list[tuple[str, str]] = []
    for id_, item in source.now.items():
        here = lessons.items.get(id_)
        if here is not None:
            found = shaped(source.base.get(id_), item, here)
            both += _both(found, questions)
            merged, problems = _merged(found, {})
            by_hand += [(title_of(here), why) for why in (*found.left, *problems)]
            if merged is not None and merged != here:
                changed.append((title_of(here), words_between(here, merged, questions)))
        elif id_ not in source.base:
            new.append(item)
        elif texts_of(item) != source.begun(id_):
            removed.append(item)
    for head in source.titles:
        title = head.here.lesson
        both += [BothChanged(head.file, each, title, name_of(each, {}), *texts) for each, *texts in head.both]
        if words := tuple(head_in_words(head.here, head.merged())):
            changed.append((title, words))
    left = [lessons.items[id_] for id_ in source.base if id_ not in source.now and id_ in lessons.items]
    edited = [each for each in left if texts_of(each) != source.begun(each.id)]
    as_it_was = [each for each in left if texts_of(each) == source.begun(each.id)]
    return SourceChanges(
        source,
        new=tuple(new),
        changed=tuple(changed),
        gone=tuple(each for each in as_it_was if not isinstance(each, Scenario)),
        kept=tuple(edited),
        scenarios=tuple(each for each in as_it_was if isinstance(each, Scenario)),
        removed=tuple(removed),
        both=tuple(both),
        by_hand=tuple(by_hand),
        unused=tuple(
            (title_of(lessons.items[id_]), why) for id_, why in source.unused.items() if id_ in lessons.items
        ),
    )


def merged_items(source: RepeatedSource, lessons: Lessons, choices: Choices) -> Iterator[Item]:
    """The items of the lessons that the source changes, as they become."""
    for id_, item in source.now.items():
        if here := lessons.items.get(id_):
            merged, __ = _merged(shaped(source.base.get(id_), item, here), choices)
            if merged is not None and merged != here:
                yield merged


def _both(found: Shaped, questions: Mapping[str, str]) -> list[BothChanged]:
    here = found.here
    clash = clash_of(here.id, found.begun, found.mine, here, questions)
    if clash is None:
        return []
    titles = {each.id: each.title for each in here.solutions} if isinstance(here, Scenario) else {}
    return [
        BothChanged(here.id, field, title_of(here), name_of(field, titles), theirs, mine)
        for field, (mine, theirs) in clash.both.items()
        if mine and theirs
    ]


def _merged(found: Shaped, choices: Choices) -> tuple[Item | None, tuple[str, ...]]:
    """The item with what changed in the source; None with the reasons where only an editor can do that."""
    here, mine, theirs = found.here, found.mine, texts_of(found.here)
    take: dict[str, Side] = {
        # A text that one side has not is no other text: the one that is there is taken.
        field: "theirs" if theirs.get(field) and choices.get((here.id, field)) != "source" else "mine"
        for field in {**mine, **theirs}
    }
    merged = merge(found.begun, mine, theirs, take)
    if merged == theirs:
        return here, ()
    item, problems = read_item(here.id, here, merged)
    if item is None or problems:
        return None, tuple(map(str, problems))
    return item, ()
