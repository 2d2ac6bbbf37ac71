"""Imports a source again: what changed there since the last import goes into the lessons that were edited here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from bot.curating.diff import questions_in
from bot.curating.repeated_sources import RepeatedSource, earlier_sources, repeated_source, same_sources
from bot.curating.source_changes import BothChanged, Choices, SourceChanges, merged_items, source_changes
from bot.curating.working_copy import WorkingCopy
from bot.errors import NotesError
from bot.lessons.document import Document, read_document
from bot.lessons.files import read_file
from bot.lessons.ids import first_free
from bot.lessons.intake.faq_titles import told_apart
from bot.lessons.intake.importing import Made, Prepared, copy_pictures, made_or_gone, said_in_words
from bot.lessons.intake.kept_texts import put_kept
from bot.lessons.intake.last_import import free_source_name, last_imports, to_keep
from bot.lessons.intake.still_there import unused_lines
from bot.lessons.lesson import Entry, Item, Lesson, Scenario, items_of
from bot.lessons.library import FileChanges, Lessons, Library
from bot.lessons.nodes import MAX_BYTES
from bot.lessons.yaml_text import to_yaml


@dataclass(frozen=True)
class ImportAgain:
    """An import into a library that has some of its sources. `made` are the lessons from the other sources.

    `missing` are files that are no longer in a folder that is imported again. Their lessons stay.
    """

    sources: tuple[SourceChanges, ...]
    made: tuple[Made, ...]
    missing: tuple[str, ...]
    _lessons: Lessons
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
        for each in self.sources:
            _apply(copy, each, choices or {})
        before = self._lessons.by_file
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
        lessons = [lesson for each in self.sources for lesson in each.source.lessons]
        lessons += [each.lesson for each in self.made]
        replaced = [file for each in self.sources for file in each.source.last_import]
        texts = to_keep(folder, lessons, set(last_imports(folder)) - set(replaced))
        gone = dict.fromkeys(each for each in replaced if each not in texts)
        for file, text in {**texts, **gone}.items():
            put_kept(folder, file.relative_to(folder).as_posix(), text)


def compare(prepared: Prepared, lessons: Lessons, folder: Path, coming: Iterable[str] = ()) -> ImportAgain:
    """What the import changes in these lessons of the folder; writes nothing.

    A new lesson gets a name that no other file has, nor one of those that are `coming` with it.
    Raises `NotesError` if a source would become a second lesson beside its first, `LessonError` if a lesson of its
    name has errors: that one may come from the same source.
    """
    groups: dict[str, list[Made]] = {}
    for each in prepared.imported.made:
        groups.setdefault(each.lesson.source or "", []).append(each)
    earlier = earlier_sources(lessons, last_imports(folder))
    same = same_sources(groups, earlier, prepared.in_project)
    left = unused_lines(each for lost in prepared.imported.lost for each in lost.unplaced)
    again: list[RepeatedSource] = []
    new: list[Made] = []
    taken = set(earlier)
    for source, made in groups.items():
        if source not in same:
            taken.add(name := free_source_name(source, taken))
            new += made if name == source else [_from(name, each) for each in made]
            continue
        repeated = repeated_source(earlier[same[source]], made, lessons, left)
        if prepared.is_file and _name(prepared.target, folder) not in repeated.files:
            raise NotesError(f"{source} is in {folder / repeated.files[0]} already; leave out --to to update it")
        again.append(repeated)
    questions = questions_in(lessons)
    changes = tuple(source_changes(each, lessons, questions) for each in again)
    if not prepared.is_file:
        new = list(_in_new_files(new, folder, {*coming, *lessons.by_file}))
    beside = [each.lesson for source in same for each in groups[source]]
    new = _told_apart(new, [*beside, *(each.lesson for each in lessons.documents)])
    return ImportAgain(changes, tuple(new), tuple(prepared.folders.missing(earlier, same)), lessons, folder)


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


def _apply(copy: WorkingCopy, changes: SourceChanges, choices: Choices) -> None:
    """Make these changes of a source in the lessons."""
    source, lessons = changes.source, copy.lessons
    gone = {each.id for each in changes.gone}
    there = (lessons.items.keys() | {each.id for each in changes.new}) - gone
    changed = [_linked(each, there) for each in merged_items(source, lessons, choices)]
    for file, new in _places(changes, lessons).items():
        copy.add(file, [_linked(each, there) for each in new])
    copy.change([each for each in changed if isinstance(each, Entry)])
    for each in changed:
        if isinstance(each, Scenario):
            copy.reshape(each)
    for id_ in gone:
        copy.remove(id_)
    for head in source.titles:
        wanted = head.merged(
            field for id_, field in choices if id_ == head.file and choices[id_, field] == "source"
        )
        if wanted != head.here:
            now = copy.documents[head.file].lesson
            copy.put_head(head.file, now.model_copy(update={"lesson": wanted.lesson, "course": wanted.course}))


def _linked(item: Item, there: set[str]) -> Item:
    return item.model_copy(update={"related": tuple(each for each in item.related if each in there)})


def _places(changes: SourceChanges, lessons: Lessons) -> dict[str, list[Item]]:
    """The new entries by file: each goes into the file that has most of its neighbors."""
    wanted = {each.id for each in changes.new}
    places: dict[str, list[Item]] = {}
    for lesson in changes.source.lessons:
        ids = items_of(lesson)
        files = Counter(file for id_ in ids if (file := lessons.file_of(id_)))
        file = files.most_common(1)[0][0] if files else changes.source.files[0]
        if added := [item for id_, item in ids.items() if id_ in wanted]:
            places.setdefault(file, []).extend(added)
    return places


def _from(source: str, made: Made) -> Made:
    lesson = made.lesson.model_copy(update={"source": source})
    return replace(made, lesson=lesson, text=to_yaml(lesson))


def _name(file: Path, folder: Path) -> str:
    """The name of a file of the folder, as lessons have it."""
    return file.resolve().relative_to(folder.resolve()).as_posix()


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
