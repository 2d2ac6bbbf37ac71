"""The title and the course of a source that was imported before, where they changed there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.curating.clash import Side, merge
from bot.curating.lesson_texts import lesson_texts
from bot.lessons.document import Document
from bot.lessons.intake.faq_titles import folder_in_front, with_folder
from bot.lessons.lesson import Lesson, items_of

FIELDS = ("lesson", "course")


@dataclass(frozen=True)
class SourceTitle:
    """The title and the course of one lesson: in its last import, in its source now, and in its file."""

    file: str
    begun: Mapping[str, str]
    mine: Mapping[str, str]
    here: Lesson

    @property
    def both(self) -> Iterator[tuple[str, str, str]]:
        """Each field that was changed here and in the source, with its two texts."""
        theirs = lesson_texts(self.here)
        for field in FIELDS:
            was, mine, their = self.begun.get(field, ""), self.mine[field], theirs[field]
            if mine and their and len({was, mine, their}) == 3:
                yield field, their, mine

    def merged(self, takes_source: Iterable[str] = ()) -> Lesson:
        """The lesson with what changed in the source; what changed here, too, stays unless it is named."""
        theirs = {field: text for field, text in lesson_texts(self.here).items() if field in FIELDS}
        take: dict[str, Side] = {
            field: "mine" if field in takes_source or not theirs[field] else "theirs" for field in FIELDS
        }
        found = merge(self.begun, self.mine, theirs, take)
        return self.here.model_copy(update={"lesson": found["lesson"], "course": found["course"] or None})


def source_titles(
    now: Sequence[Lesson], then: Sequence[Lesson], documents: Sequence[Document]
) -> Iterator[SourceTitle]:
    """Those of the lessons `now`, each with what it was `then` and the file that has most of its entries."""
    for lesson in now:
        ids = set(items_of(lesson))
        base = max(then, key=lambda each: len(ids & items_of(each).keys()), default=None)
        place = max(documents, key=lambda each: len(ids & items_of(each.lesson).keys()), default=None)
        if place is None or not ids & items_of(place.lesson).keys():
            continue
        source = lesson
        if base and (folder := folder_in_front(base, place.lesson.lesson)):  # the import put it there
            base, source = with_folder(base, folder), with_folder(lesson, folder)
        begun, mine = ({f: lesson_texts(each)[f] for f in FIELDS} if each else {} for each in (base, source))
        yield SourceTitle(place.file, begun, mine, place.lesson)
        documents = [each for each in documents if each is not place]
