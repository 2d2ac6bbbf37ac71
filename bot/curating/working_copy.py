"""A working copy of the lesson files: edits are tried here, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bot.curating.items import FieldProblem, NothingToPublish
from bot.errors import EditError, LessonError
from bot.language.words import _
from bot.lessons.document import Document, read_document
from bot.lessons.editing.edits import add_entry, add_items, change_entries, change_entry, remove_entry
from bot.lessons.editing.heads import change_head
from bot.lessons.editing.scenario_edits import change_scenario
from bot.lessons.editing.scenario_shape import reshape_scenario
from bot.lessons.lesson import Entry, Item, Lesson, Scenario, items_of
from bot.lessons.library import FileChanges, Lessons
from bot.lessons.loading import in_order, new_problems
from bot.lessons.yaml_text import to_yaml
from bot.store.revisions import Revision


@dataclass(frozen=True)
class ChangeSet:
    """Files to write in this order, unless there are `problems`."""

    files: FileChanges
    after: Lessons
    problems: tuple[FieldProblem, ...] = ()


@dataclass
class WorkingCopy:
    """The lesson files, edited in memory."""

    lessons: Lessons
    documents: dict[str, Document] = field(init=False)

    def __post_init__(self) -> None:
        self.documents = dict(self.lessons.by_file)

    @property
    def now(self) -> Lessons:
        """The lessons as they are with the edits so far."""
        return Lessons(tuple(self.documents.values()))

    def lesson(self, file: str) -> Lesson | None:
        """The lesson in this file, with the edits so far."""
        return self.documents[file].lesson if file in self.documents else None

    def put(self, file: str, item: Item) -> None:
        """Add the item to this file, or change the item with its id, whichever file has it. Raises `EditError`."""
        if isinstance(item, Scenario):
            own = self.now.file_of(item.id)
            if own is None:
                raise EditError(
                    _(
                        "the scenario “{title}” no longer exists; to restore it, add it to the lesson file "
                        "and upload the file with `/lessons import`",
                        title=item.title,
                    )
                )
            self._edit(own, lambda document: change_scenario(document, item))
        elif own := self.now.file_of(item.id):
            self._edit(own, lambda document: change_entry(document, item))
        elif file in self.documents:
            self._edit(file, lambda document: add_entry(document, item))
        else:
            raise EditError(_("the lesson file {file} no longer exists", file=file))

    def change(self, entries: Sequence[Entry]) -> None:
        """Change the entries with these ids, in whichever files they are. Raises `EditError`."""
        files: dict[str, list[Entry]] = {}
        for entry in entries:
            files.setdefault(self.now.file_of(entry.id) or "", []).append(entry)
        for file, changed in files.items():
            self._edit(file, partial(change_entries, entries=changed))

    def reshape(self, scenario: Scenario) -> None:
        """Change a scenario, and which solutions it has and whether it has a quiz. Raises `EditError`."""
        if own := self.now.file_of(scenario.id):
            self._edit(own, lambda document: reshape_scenario(document, scenario))
        self.put("", scenario)

    def add(self, file: str, items: Sequence[Item]) -> None:
        """Add entries and scenarios to this file. Raises `EditError`."""
        entries = [each for each in items if isinstance(each, Entry)]
        scenarios = [each for each in items if isinstance(each, Scenario)]
        if entries:
            self._edit(file, partial(add_items, key="entries", items=entries))
        if scenarios:
            self._edit(file, partial(add_items, key="scenarios", items=scenarios))

    def put_head(self, file: str, lesson: Lesson) -> None:
        """Change a lesson's title, course and aliases. Raises `EditError`."""
        if file not in self.documents:
            raise EditError(_("the lesson file {file} no longer exists", file=file))
        self._edit(file, lambda document: change_head(document, lesson))

    def create(self, file: str, lesson: Lesson) -> None:
        """Create a lesson file. Raises `EditError`."""
        if file in self.documents:
            raise EditError(_("{file} already exists", file=file))
        self._put(file, to_yaml(lesson))

    def move(self, id_: str, file: str) -> None:
        """Move an entry into another lesson file, as its last. Raises `EditError`."""
        own, item = self.now.file_of(id_), self.now.items.get(id_)
        if own is None or not isinstance(item, Entry):
            raise EditError(_("this has already been removed"))
        if file not in self.documents:
            raise EditError(_("the lesson file {file} no longer exists", file=file))
        self.take_out(own, id_)
        self._edit(file, lambda document: add_entry(document, item))

    def take_out(self, file: str, id_: str) -> None:
        """Take an entry out of this file that is to be in another one: links to it stay. Raises `EditError`."""
        _refuse_scenario(items_of(self.lesson(file)).get(id_))
        self._edit(file, lambda document: remove_entry(document, id_))

    def absorb(self, id_: str, into: str) -> None:
        """Remove an entry that the entry `into` replaces: links to it then lead to `into`. Raises `EditError`."""
        own = self.now.file_of(id_)
        if own is None:
            raise EditError(_("this has already been removed"))
        for item in list(self._linking(id_, into)):
            self.put(own, item)
        self._edit(own, lambda document: remove_entry(document, id_))

    def remove(self, id_: str) -> None:
        """Remove an entry and every link to it. Raises `EditError`."""
        own = self.now.file_of(id_)
        if own is None:
            return
        _refuse_scenario(self.now.items[id_])
        for item in list(self._linking(id_)):
            self.put(own, item)
        self._edit(own, lambda document: remove_entry(document, id_))

    def restore(self, revision: Revision, *, anyway: bool = False) -> bool:
        """Restore a file byte for byte as before a revision. False if it has newer changes, unless `anyway`."""
        document = self.documents.get(revision.file)
        now = document.text if document else None
        if now == revision.before:
            return True
        if now != revision.after and not anyway:
            return False
        if revision.before is None:
            self.documents.pop(revision.file, None)
        else:
            self._put(revision.file, revision.before)
        return True

    def change_set(self, folder: Path, own: str) -> ChangeSet:
        """The files that differ, the draft's `own` file last, so that no file ever links to a missing entry."""
        before = self.lessons.by_file
        had, has = ({file: each.text for file, each in some.items()} for some in (before, self.documents))
        changed = [file for file in {**had, **has} if had.get(file) != has.get(file)]
        files = {file: (before.get(file), has.get(file)) for file in sorted(changed, key=own.__eq__)}
        found = new_problems(before, self.documents, folder)
        problems = [FieldProblem("", str(each)) for each in found]
        if not self.documents:
            problems = [FieldProblem("", _("this would remove the last lesson"))]
        elif not files and not problems:
            problems = [NothingToPublish("", _("there is nothing to publish"))]
        return ChangeSet(files, Lessons(in_order(self.documents)), tuple(problems))

    def _edit(self, file: str, edit: Callable[[Document], str]) -> None:
        document = self.documents[file]
        text = edit(document)
        if text != document.text:
            self._put(file, text)

    def _put(self, file: str, text: str) -> None:
        try:
            self.documents[file] = read_document(file, text.encode(errors="surrogatepass"))
        except LessonError as error:
            why = error.problems[0].what
            raise EditError(
                _("with this change, {file} would have an error: {why}", file=file, why=why)
            ) from error

    def _linking(self, id_: str, instead: str = "") -> Iterator[Item]:
        """Every item with a link to this entry; the link is removed, or leads to `instead`."""
        for document in list(self.documents.values()):
            for entry in document.lesson.entries:
                if id_ in entry.related and entry.id != id_:
                    yield entry.model_copy(
                        update={"related": _without(entry.related, id_, instead if instead != entry.id else "")}
                    )
            for scenario in document.lesson.scenarios:
                solutions = tuple(
                    each.model_copy(update={"related": _without(each.related, id_, instead)})
                    for each in scenario.solutions
                )
                changed = {"related": _without(scenario.related, id_, instead), "solutions": solutions}
                if (unlinked := scenario.model_copy(update=changed)) != scenario:
                    yield unlinked


def _refuse_scenario(item: Item | None) -> None:
    if isinstance(item, Scenario):
        raise EditError(
            _(
                "the scenario “{title}” can be removed only in the lesson file: download it with "
                "`/lessons export`, edit it, and upload it with `/lessons import`",
                title=item.title,
            )
        )


def _without(ids: tuple[str, ...], id_: str, instead: str = "") -> tuple[str, ...]:
    changed = (instead if each == id_ else each for each in ids)
    return tuple(dict.fromkeys(each for each in changed if each)) if id_ in ids else ids
