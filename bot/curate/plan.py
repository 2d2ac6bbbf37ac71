"""What a draft would write: which files, in which order, and the library as it would be then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.curate.diff import changed_parts, head_of, lesson_in
from bot.curate.parts import FieldProblem, Part, home_of, part_in
from bot.errors import EditError, LessonError
from bot.lessons.document import Document, read_document
from bot.lessons.edits import add_entry, change_entry, remove_entry
from bot.lessons.lesson import Scenario
from bot.lessons.library import Lessons
from bot.lessons.loading import in_order, new_problems
from bot.lessons.scenario_edits import change_scenario
from bot.store.revisions import Revision


@dataclass(frozen=True)
class Plan:
    """Files to be written in this order, each with what it was read from; nothing if there are problems."""

    files: Mapping[str, tuple[Document, str]]
    after: Lessons
    problems: tuple[FieldProblem, ...] = ()


@dataclass
class Desk:
    """The files of a library, to be changed one edit after the other, and none of it written."""

    lessons: Lessons
    documents: dict[str, Document] = field(init=False)

    def __post_init__(self) -> None:
        self.documents = {each.file: each for each in self.lessons.documents}

    def put(self, file: str, part: Part) -> None:
        """Add the entry to this file, or change what has its id, wherever that is. Raises `EditError`."""
        if isinstance(part, Scenario):
            home = home_of(self.documents.values(), part.id)
            if home is None:
                raise EditError(f"the scenario '{part.id}' is gone; only an editor can put it back")
            self._edit(home, lambda document: change_scenario(document, part))
        elif home := home_of(self.documents.values(), part.id):
            self._edit(home, lambda document: change_entry(document, part))
        elif file in self.documents:
            self._edit(file, lambda document: add_entry(document, part))
        else:
            raise EditError(f"the lesson file {file} is gone")

    def remove(self, id_: str) -> None:
        """Take an entry out, and before that every link to it. Raises `EditError`."""
        home = home_of(self.documents.values(), id_)
        if home is None:
            return
        if id_ not in {each.id for each in self.documents[home].lesson.entries}:
            raise EditError(f"the scenario '{id_}' can only be removed with an editor")
        for part in list(self._linking(id_)):
            self.put(home, part)
        self._edit(home, lambda document: remove_entry(document, id_))

    def restore(self, revision: Revision) -> bool:
        """Undo a revision byte for byte, if its file was not changed since; False if it was."""
        document = self.documents.get(revision.file)
        if document is None or revision.before is None or document.text != revision.after:
            return False
        self._edit(revision.file, lambda _: revision.before or "")
        return True

    def plan(self, folder: Path, own: str) -> Plan:
        """What there is to write. The draft's own file comes last: no file ever links to what is not there."""
        before = {each.file: each for each in self.lessons.documents}
        changed = [file for file, each in self.documents.items() if each.text != before[file].text]
        files = {file: (before[file], self.documents[file].text) for file in sorted(changed, key=own.__eq__)}
        found = new_problems(before, self.documents, folder)
        problems = [FieldProblem("", str(each)) for each in found]
        if not files and not problems:
            problems = [FieldProblem("", "nothing would change")]
        return Plan(files, Lessons(in_order(self.documents)), tuple(problems))

    def _edit(self, file: str, edit: Callable[[Document], str]) -> None:
        document = self.documents[file]
        text = edit(document)
        if text != document.text:
            try:
                self.documents[file] = read_document(file, text.encode(errors="surrogatepass"))
            except LessonError as error:
                raise EditError(f"this would break {file}: {error.problems[0].what}") from error

    def _linking(self, id_: str) -> Iterator[Part]:
        """Whatever is related to this entry, without that link."""
        for document in list(self.documents.values()):
            for entry in document.lesson.entries:
                if id_ in entry.related and entry.id != id_:
                    yield entry.model_copy(update={"related": _without(entry.related, id_)})
            for scenario in document.lesson.scenarios:
                solutions = tuple(
                    each.model_copy(update={"related": _without(each.related, id_)}) for each in scenario.solutions
                )
                changed = {"related": _without(scenario.related, id_), "solutions": solutions}
                if (unlinked := scenario.model_copy(update=changed)) != scenario:
                    yield unlinked


def undo_others(desk: Desk, revision: Revision) -> list[FieldProblem]:
    """Undo what a revision changed besides its own part: the links to an entry that it removed.

    What was changed again since stays; where the revision is of no part in particular, that is a problem.
    """
    was, became = lesson_in(revision.file, revision.before), lesson_in(revision.file, revision.after)
    if was is None or became is None:
        return [FieldProblem("", "this made or deleted a whole file: that is done in the folder")]
    problems = []
    if not revision.part and head_of(was) != head_of(became):
        what = "it changed the lesson's title, course or aliases, too; undo what is newer in this file first"
        problems.append(FieldProblem("", what))
    for id_, (old, new) in changed_parts(was, became).items():
        if id_ == revision.part:
            continue
        try:
            if part_in(Lessons(tuple(desk.documents.values())), id_) != new:
                what = f"'{id_}' was changed again since; undo that first, or edit it"
                problems += [] if revision.part else [FieldProblem("", what)]
            elif old is None:
                desk.remove(id_)
            else:
                desk.put(revision.file, old)
        except EditError as error:
            problems.append(FieldProblem("", str(error)))
    return problems


def _without(ids: tuple[str, ...], id_: str) -> tuple[str, ...]:
    return tuple(each for each in ids if each != id_)
