"""Imports a source again: what changed there since the last import goes into the lessons that were edited here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal, TypeVar

from bot.curating.clash import Side, clash_of, merge
from bot.curating.diff import head_in_words, name_of, questions_in, title_of, words_between
from bot.curating.items import Texts, read_item, texts_of
from bot.curating.scenario_shapes import Shaped, shaped
from bot.curating.source_titles import SourceTitle, source_titles
from bot.curating.working_copy import WorkingCopy
from bot.errors import NotesError
from bot.language.words import _
from bot.lessons.atomic_writing import create_file, replace_file
from bot.lessons.document import Document, read_document
from bot.lessons.files import read_file
from bot.lessons.ids import first_free
from bot.lessons.intake.faq_titles import told_apart
from bot.lessons.intake.importing import Made, Prepared, copy_pictures, made_or_gone, said_in_words
from bot.lessons.intake.last_import import SourceNames, free_source_name, last_imports, to_keep
from bot.lessons.intake.matching import match
from bot.lessons.intake.still_there import lines_of_answers, unused_lines, why_unused
from bot.lessons.lesson import Entry, Item, Lesson, Scenario, items_of
from bot.lessons.library import FileChanges, Lessons, Library
from bot.lessons.nodes import MAX_BYTES
from bot.lessons.yaml_text import to_yaml

_T = TypeVar("_T")
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

    source: str
    files: tuple[str, ...]
    new: tuple[Item, ...] = ()
    changed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    gone: tuple[Item, ...] = ()
    kept: tuple[Item, ...] = ()
    scenarios: tuple[Item, ...] = ()
    removed: tuple[Item, ...] = ()
    both: tuple[BothChanged, ...] = ()
    by_hand: tuple[tuple[str, str], ...] = ()
    unused: tuple[tuple[str, str], ...] = ()

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


@dataclass(frozen=True)
class _Earlier:
    """A source by its name: the documents that come from it, and the lessons of its last import by their files."""

    name: str
    documents: Sequence[Document]
    then: Mapping[Path, Lesson]


@dataclass(frozen=True)
class _Known:
    """A source that was imported before: its items now and at the last import, by the ids of that import.

    `unused` are those of the last import that are still there, but could not be used, with the reasons. They are
    among `now` as they were, so that nothing is removed, and a repaired source has no conflicts.
    """

    source: str
    lessons: tuple[Lesson, ...]
    now: Mapping[str, Item]
    base: Mapping[str, Item]
    unused: Mapping[str, str]
    files: tuple[str, ...]
    titles: tuple[SourceTitle, ...]


@dataclass(frozen=True)
class ImportAgain:
    """An import into a library that has some of its sources. `made` are the lessons from the other sources.

    `missing` are files that are no longer in a folder that is imported again. Their lessons stay.
    """

    sources: tuple[SourceChanges, ...]
    made: tuple[Made, ...]
    missing: tuple[str, ...]
    _known: tuple[_Known, ...]
    _lessons: Lessons
    _replaced: tuple[Path, ...]
    _folder: Path

    @property
    def both(self) -> list[BothChanged]:
        """All texts that were changed on both sides, for a person to choose from."""
        return [each for source in self.sources for each in source.both]

    def changes(self, choices: Choices | None = None) -> FileChanges:
        """The changes to publish. If both sides changed a text, the one here stays unless `choices` say otherwise.

        Raises `EditError` if a lesson file cannot be edited.
        """
        copy = WorkingCopy(self._lessons)
        for known, told in zip(self._known, self.sources, strict=True):
            _apply(copy, known, told, choices or {})
        before = {each.file: each for each in self._lessons.documents}
        changed = {
            file: (before[file], document.text)
            for file, document in copy.documents.items()
            if before[file].text != document.text
        }
        return {
            **changed,
            **{_name(each.file, self._folder): (None, each.text) for each in self.made if each.file},
        }

    def keep(self, folder: Path) -> None:
        """Save what the sources contain now, for the next import. Call it after publishing. Raises `OSError`."""
        lessons = [lesson for known in self._known for lesson in known.lessons]
        lessons += [each.lesson for each in self.made]
        texts = to_keep(folder, lessons, set(last_imports(folder)) - set(self._replaced))
        for file, text in texts.items():
            file.parent.mkdir(exist_ok=True)
            (replace_file if file.exists() else create_file)(file, text.encode())
        for file in self._replaced:
            if file not in texts:
                file.unlink(missing_ok=True)


def _name(file: Path, folder: Path) -> str:
    """The name of a file of the folder, as lessons have it."""
    return file.resolve().relative_to(folder.resolve()).as_posix()


def compare(prepared: Prepared, lessons: Lessons, folder: Path, coming: Iterable[str] = ()) -> ImportAgain:
    """What the import changes in these lessons of the folder; writes nothing.

    A new lesson gets a name that no other file has, nor one of those that are `coming` with it.
    Raises `NotesError` if a source would become a second lesson beside its first, `LessonError` if a lesson of its
    name has errors: that one may come from the same source.
    """
    groups: dict[str, list[Made]] = {}
    for each in prepared.imported.made:
        groups.setdefault(each.lesson.source or "", []).append(each)
    kept = last_imports(folder)
    names = _names_here(lessons, kept)
    same = _same_sources(groups, names, prepared.in_project)
    left = unused_lines(each for lost in prepared.imported.lost for each in lost.unplaced)
    documents = _by_source((each.lesson, each) for each in lessons.documents)
    imports = _by_source((each, (path, each)) for path, each in kept.items())
    known: list[_Known] = []
    new: list[Made] = []
    replaced: list[Path] = []
    taken = set(names)
    for source, made in groups.items():
        if source not in same:
            taken.add(name := free_source_name(source, taken))
            new += made if name == source else [_from(name, each) for each in made]
            continue
        name = same[source]
        earlier = _Earlier(name, documents.get(name, ()), dict(imports.get(name, ())))
        again = _find(earlier, made, lessons, left)
        if prepared.is_file and _name(prepared.target, folder) not in again.files:
            raise NotesError(f"{source} is in {folder / again.files[0]} already; leave out --to to update it")
        known.append(again)
        replaced += earlier.then
    questions = questions_in(lessons)
    told = tuple(_compared(each, lessons, questions) for each in known)
    if not prepared.is_file:
        new = list(_in_new_files(new, folder, {*coming, *(each.file for each in lessons.documents)}))
    beside = [each.lesson for source in same for each in groups[source]]
    new = _told_apart(new, [*beside, *(each.lesson for each in lessons.documents)])
    missing = tuple(prepared.folders.missing(names, same))
    return ImportAgain(told, tuple(new), missing, tuple(known), lessons, tuple(replaced), folder)


def publish_again(
    library: Library, prepared: Prepared, again: ImportAgain, choices: Choices | None = None
) -> tuple[Document, ...]:
    """Write the lessons and their pictures, all or nothing. Raises `EditError`, `LessonError` or `NotesError`."""
    with said_in_words(library.folder), made_or_gone() as made:
        copy_pictures(prepared.copies, made)
        done = library.publish_all(again.changes(choices))
    try:
        again.keep(library.folder)
    except OSError as error:
        what = f"the lessons are imported, but {error.filename} cannot be written: {error.strerror}"
        raise NotesError(what) from error
    return done


def _names_here(lessons: Lessons, kept: Mapping[Path, Lesson]) -> dict[str, list[Lesson]]:
    """The sources that the lessons come from, by name, each with its last import, or else its lessons here."""
    here = _by_source((each.lesson, each.lesson) for each in lessons.documents)
    then = _by_source((each, each) for each in kept.values())
    # The entries of a source may all have been moved to other lessons since, or its lesson was deleted.
    return {
        **here,
        **{name: each for name, each in then.items() if name in here or _items_in(each).keys() & lessons.items},
    }


def _by_source(pairs: Iterable[tuple[Lesson, _T]]) -> dict[str, list[_T]]:
    """What belongs to these lessons, by the names of their sources."""
    found: dict[str, list[_T]] = {}
    for lesson, each in pairs:
        if lesson.source:
            found.setdefault(lesson.source, []).append(each)
    return found


def _items_in(lessons: Iterable[Lesson]) -> dict[str, Item]:
    return {id_: item for each in lessons for id_, item in items_of(each).items()}


def _same_sources(
    groups: Mapping[str, Sequence[Made]], names: Mapping[str, Sequence[Lesson]], in_project: Container[str]
) -> dict[str, str]:
    """For each source of an import that the lessons have, its name there.

    It has such a name and most of the questions, or the same path in the project and one of them. Otherwise, it is
    another file: many projects have a FAQ.md, and some questions are in each. No two sources of an import get the
    same name.
    """
    fits: list[tuple[bool, bool, float, bool, str, str]] = []
    known = SourceNames(names)
    for source, made in groups.items():
        now = [each.lesson for each in made]
        for name in known.same_as(source):
            then = names[name]
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
                fits.append((is_in_its_place, in_same_folder, share, name == source, source, name))
    same: dict[str, str] = {}
    taken: set[str] = set()
    for *__, source, name in sorted(fits, reverse=True):
        if source not in same and name not in taken:
            same[source] = name
            taken.add(name)
    return same


def _from(source: str, made: Made) -> Made:
    lesson = made.lesson.model_copy(update={"source": source})
    return replace(made, lesson=lesson, text=to_yaml(lesson))


def _told_apart(new: Sequence[Made], others: Iterable[Lesson]) -> list[Made]:
    """The new lessons, with titles that tell them apart from each other and from those here."""
    shown = told_apart([each.lesson for each in new], others)
    pairs = zip(new, shown, strict=True)
    return [made if made.lesson is own else replace(made, text=to_yaml(own)) for made, own in pairs]


def _in_new_files(made: Sequence[Made], folder: Path, taken: Collection[str]) -> Iterator[Made]:
    """The lessons with names that no file in the folder has, nor one of those that are `taken`."""
    folders = {each.file.parent for each in made if each.file}
    used = {*taken, *(_name(file, folder) for each in folders for file in each.glob("*.yaml"))}
    for each in made:
        file = each.file
        if file:
            name = _name(file, folder)
            if name in used and name not in taken:
                _require_readable(name, folder)
            used.add(free := _free_name(name, used))
            file = file.with_name(PurePosixPath(free).name)
        yield replace(each, file=file)


def _require_readable(file: str, folder: Path) -> None:
    """Raise `LessonError` if this lesson file has errors: it may come from the source that is imported."""
    with suppress(OSError):  # no regular file
        read_document(file, read_file(folder, file, MAX_BYTES))


def _free_name(file: str, taken: Container[str]) -> str:
    stem = file.removesuffix(".yaml")
    return first_free(lambda number: f"{stem}-{number}.yaml" if number > 1 else file, taken)


def _find(earlier: _Earlier, made: Sequence[Made], lessons: Lessons, left: Mapping[str, str]) -> _Known:
    """What is known of this source, from which these lessons are made now.

    `left` are lines of the import that it could not use, with the reasons.
    """
    items = [*_items_in(each.lesson for each in made).values()]
    base = _items_in(earlier.then.values())
    # Entries may have been moved to other lessons since.
    moved = [file for id_ in base if (file := lessons.file_of(id_))]
    files = tuple(dict.fromkeys([*(each.file for each in earlier.documents), *moved]))
    # An entry that was added by hand may be in the source now: then both are the same entry.
    added = _items_in(each.lesson for each in earlier.documents)
    ids = match(items, {**added, **base})
    renamed = tuple(_renamed(each.lesson, ids, earlier.name) for each in made)
    now = _items_in(renamed)
    titles = tuple(source_titles(renamed, list(earlier.then.values()), earlier.documents))
    left = {**lines_of_answers(items), **left}
    unused = {id_: why for id_, item in base.items() if id_ not in now and (why := why_unused(item, left))}
    stay = [lesson for each in earlier.then.values() if items_of(lesson := _only(each, unused))]
    now |= {id_: base[id_] for id_ in unused}
    source = made[0].lesson.source or earlier.name
    return _Known(source, (*renamed, *stay), now, base, unused, files, titles)


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


def _compared(known: _Known, lessons: Lessons, questions: Mapping[str, str]) -> SourceChanges:
    new: list[Item] = []
    removed: list[Item] = []
    changed: list[tuple[str, tuple[str, ...]]] = []
    both: list[BothChanged] = []
    by_hand: list[tuple[str, str]] = []
    for id_, item in known.now.items():
        here = lessons.items.get(id_)
        if here is None and id_ not in known.base:
            new.append(item)
        elif here is None:
            removed += [item] if texts_of(item) != _begun(known, id_) else []
        else:
            found = shaped(known.base.get(id_), item, here)
            both += _both(item.id, found, questions)
            merged, problems = _merged(item.id, found, {})
            by_hand += [(title_of(here), why) for why in (*found.left, *problems)]
            if merged is not None and merged != here:
                changed.append((title_of(here), words_between(here, merged, questions)))
    for head in known.titles:
        title = head.here.lesson
        both += [BothChanged(head.file, each, title, name_of(each, {}), *texts) for each, *texts in head.both]
        if words := tuple(head_in_words(head.here, head.merged())):
            changed.append((title, words))
    left = [lessons.items[id_] for id_ in known.base if id_ not in known.now and id_ in lessons.items]
    kept = tuple(each for each in left if texts_of(each) != _begun(known, each.id))
    scenarios = tuple(each for each in left if isinstance(each, Scenario) and each not in kept)
    gone = tuple(each for each in left if each not in (*kept, *scenarios))
    told = (known.source, known.files, tuple(new), tuple(changed))
    unused = tuple(
        (title_of(lessons.items[id_]), why) for id_, why in known.unused.items() if id_ in lessons.items
    )
    return SourceChanges(*told, gone, kept, scenarios, tuple(removed), tuple(both), tuple(by_hand), unused)


def _both(id_: str, found: Shaped, questions: Mapping[str, str]) -> list[BothChanged]:
    here = found.here
    clash = clash_of(id_, found.begun, found.mine, here, questions)
    if clash is None:
        return []
    titles = {each.id: each.title for each in here.solutions} if isinstance(here, Scenario) else {}
    return [
        BothChanged(id_, field, title_of(here), name_of(field, titles), theirs, mine)
        for field, (mine, theirs) in clash.both.items()
        if mine and theirs
    ]


def _begun(known: _Known, id_: str) -> Texts:
    return texts_of(known.base.get(id_))


def _merged(id_: str, found: Shaped, choices: Choices) -> tuple[Item | None, tuple[str, ...]]:
    """The entry with what changed in the source; None with the reasons where only an editor can do that."""
    mine, theirs = found.mine, texts_of(found.here)
    take: dict[str, Side] = {
        # A text that one side has not is no other text: the one that is there is taken.
        field: "theirs" if theirs.get(field) and choices.get((id_, field)) != "source" else "mine"
        for field in {**mine, **theirs}
    }
    merged = merge(found.begun, mine, theirs, take)
    if merged == theirs:
        return found.here, ()
    item, problems = read_item(id_, found.here, merged)
    if item is None or problems:
        return None, tuple(map(str, problems))
    return item, ()


def _apply(copy: WorkingCopy, known: _Known, told: SourceChanges, choices: Choices) -> None:
    items = copy.lessons.items
    gone = {each.id for each in told.gone}
    there = (items.keys() | {each.id for each in told.new}) - gone
    changed: list[Item] = []
    for id_, item in known.now.items():
        if id_ not in items:
            continue
        merged = _merged(id_, shaped(known.base.get(id_), item, items[id_]), choices)[0]
        if merged is not None and merged != items[id_]:
            changed.append(_linked(merged, there))
    for file, new in _places(known, told.new, copy.lessons).items():
        copy.add(file, [_linked(each, there) for each in new])
    copy.change([each for each in changed if isinstance(each, Entry)])
    for each in changed:
        if isinstance(each, Scenario):
            copy.reshape(each)
    for id_ in gone:
        copy.remove(id_)
    for head in known.titles:
        wanted = head.merged(
            field for id_, field in choices if id_ == head.file and choices[id_, field] == "source"
        )
        if wanted != head.here:
            now = copy.documents[head.file].lesson
            copy.put_head(head.file, now.model_copy(update={"lesson": wanted.lesson, "course": wanted.course}))


def _linked(item: Item, there: set[str]) -> Item:
    return item.model_copy(update={"related": tuple(each for each in item.related if each in there)})


def _places(known: _Known, new: Sequence[Item], lessons: Lessons) -> dict[str, list[Item]]:
    """The new entries by file: each goes into the file that has most of its neighbors."""
    wanted = {each.id for each in new}
    places: dict[str, list[Item]] = {}
    for lesson in known.lessons:
        ids = items_of(lesson)
        files = Counter(file for id_ in ids if (file := lessons.file_of(id_)))
        file = files.most_common(1)[0][0] if files else known.files[0]
        if added := [item for id_, item in ids.items() if id_ in wanted]:
            places.setdefault(file, []).extend(added)
    return places
