"""What a change of lesson files changes: in words, and as lines of YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff
from itertools import islice

from bot.curate.parts import LONG, Part, kind_of, parts_of, texts_of
from bot.errors import LessonError
from bot.lessons.document import read_document
from bot.lessons.lesson import Entry, Lesson, Scenario
from bot.lessons.library import Lessons

SHORT = 80  # characters of a text that is only mentioned
NAMED = 5  # phrasings, parts or changes that are named one by one

_NAMES = {
    "image": "the picture",
    "alt": "the picture in words",
    "caption": "the picture's caption",
    "behind_the_scenes": "behind the scenes",
    "right_when": "when it is right",
    "reviewed": "the day of review",
}


@dataclass(frozen=True)
class Difference:
    """Files before and after a change, by name; None is a file that is not there."""

    files: Mapping[str, tuple[str | None, str | None]]
    words: tuple[str, ...]

    def yaml(self, limit: int = 1500) -> str:
        """The lines that differ, two around them, in at most so many characters; it says what is left out."""
        lines = [line for file, texts in self.files.items() for line in self._lines(file, *texts)]
        if len("\n".join(lines)) <= limit:
            return "\n".join(lines)
        for shown in range(len(lines) - 1, -1, -1):
            left = len(lines) - shown
            note = f"… {left} more line{'s' * (left > 1)}"
            if len(text := "\n".join([*lines[:shown], note])) <= limit:
                return text
        return "…"[:limit]

    def _lines(self, file: str, before: str | None, after: str | None) -> list[str]:
        diff = unified_diff((before or "").splitlines(), (after or "").splitlines(), n=2, lineterm="")
        lines = list(islice(diff, 2, None))  # without the names that unified_diff puts above
        return [f"{file}:", *lines] if lines and len(self.files) > 1 else lines


def difference(files: Mapping[str, tuple[str | None, str | None]], *known: Lessons) -> Difference:
    """What differs in these files; of a text that stands in `known`, the lesson need not be read again."""
    changed = {file: texts for file, texts in files.items() if texts[0] != texts[1]}
    read: dict[tuple[str, str | None], Lesson] = {
        (each.file, each.text): each.lesson for lessons in known for each in lessons.documents
    }
    return Difference(changed, tuple(_in_words(changed, read)))


def lesson_in(file: str, text: str | None) -> Lesson | None:
    """The lesson that a kept text holds; None if there is none, or none that this version can read."""
    try:
        return read_document(file, text.encode(errors="replace")).lesson if text is not None else None
    except LessonError:
        return None


def changed_parts(before: Lesson | None, after: Lesson | None) -> dict[str, tuple[Part | None, Part | None]]:
    """Every entry and scenario that is not the same in both, as it was and as it is."""
    old, new = parts_of(before), parts_of(after)
    return {id_: (old.get(id_), new.get(id_)) for id_ in {**old, **new} if old.get(id_) != new.get(id_)}


def head_of(lesson: Lesson | None) -> Lesson | None:
    """All that is in no part of the lesson: its title, its course, its aliases."""
    return lesson and lesson.model_copy(update={"entries": (), "scenarios": ()})


def words_between(before: Part | None, after: Part | None) -> tuple[str, ...]:
    """What differs between two states of one entry or scenario, a field a line."""
    if before is None or after is None:
        one = before or after
        if one is None:
            return ()
        kind = "entry" if isinstance(one, Entry) else "scenario"
        return (f"{'removed' if after is None else 'new'} {kind}: {title_of(one)}",)
    old, new = texts_of(before), texts_of(after)
    fields = [field for field in {**old, **new} if old.get(field, "") != new.get(field, "")]
    words = [
        _field(_name(field, after), kind_of(field), old.get(field, ""), new.get(field, "")) for field in fields
    ]
    return tuple(words) or (("its layout",) if before != after else ())


def title_of(part: Part) -> str:
    """What it is called: its question, or its title."""
    return _short(part.title if isinstance(part, Scenario) else part.question)


def _in_words(
    files: Mapping[str, tuple[str | None, str | None]], read: Mapping[tuple[str, str | None], Lesson]
) -> Iterator[str]:
    for file, (old, new) in files.items():
        if old is None or new is None:
            yield f"{'new' if old is None else 'deleted'} file: {file}"
        before, after = (read.get((file, text)) or lesson_in(file, text) for text in (old, new))
        unread = (old is not None and before is None) or (new is not None and after is None)
        if unread:
            yield f"{file} holds what this version cannot read"
            continue
        parts = changed_parts(before, after)
        said = [*_head(before, after)]
        alone = len(parts) == 1 and len(files) == 1 and not said
        for was, now in parts.values():
            said += [f"{_whose(was, now, alone=alone)}{line}" for line in words_between(was, now)]
        yield from said or [f"{file}: only its layout or comments"]


def _whose(was: Part | None, now: Part | None, *, alone: bool) -> str:
    return f"{title_of(now)}: " if was and now and not alone else ""


def _head(before: Lesson | None, after: Lesson | None) -> Iterator[str]:
    if before and after:
        for name, field in (("the lesson's title", "lesson"), ("the course", "course")):
            old, new = getattr(before, field) or "", getattr(after, field) or ""
            if old != new:
                yield _field(name, "title", old, new)
        if before.aliases != after.aliases:
            yield "words that mean the same"
        for kind in ("entries", "scenarios"):
            old_ids = [each.id for each in getattr(before, kind)]
            new_ids = [each.id for each in getattr(after, kind)]
            both = set(old_ids) & set(new_ids)
            if [i for i in old_ids if i in both] != [i for i in new_ids if i in both]:
                yield f"the order of the {kind}"


def _field(name: str, kind: str, old: str, new: str) -> str:
    if kind == "phrasings":
        return _phrasings(old.split("\n") if old else [], new.split("\n") if new else [])
    if kind == "related":
        return _related(name, old.split(), new.split())
    if not old:
        return (
            f"{name}: {_lines(len(new.splitlines()))} added" if kind in LONG else f"{name}: added “{_short(new)}”"
        )
    if not new:
        return f"{name}: taken out"
    if kind in LONG:
        return f"{name}: {_counted(old.split(chr(10)), new.split(chr(10)))}"
    return f"{name}: “{_short(old)}” → “{_short(new)}”"


def _phrasings(old: Sequence[str], new: Sequence[str]) -> str:
    said = []
    for what, ones, others in (("added", new, old), ("removed", old, new)):
        if differing := [each for each in ones if each not in others]:
            many = f"{len(differing)} phrasing{'s' * (len(differing) > 1)} {what}"
            said.append(f"{many}: {_some(differing)}")
    return "; ".join(said) or "the phrasings: in another order"


def _related(name: str, old: Sequence[str], new: Sequence[str]) -> str:
    signs = [f"+ {each}" for each in new if each not in old] + [f"− {each}" for each in old if each not in new]
    return f"{name}: {' '.join(signs) or 'in another order'}"


def _counted(old: Sequence[str], new: Sequence[str]) -> str:
    changed = added = removed = 0
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            both = min(b - a, d - c)
            changed, removed, added = changed + both, removed + (b - a - both), added + (d - c - both)
    counts = ((changed, "changed"), (added, "added"), (removed, "removed"))
    (number, done), *others = [(number, done) for number, done in counts if number]
    return ", ".join([f"{_lines(number)} {done}", *(f"{number} {done}" for number, done in others)])


def _lines(number: int) -> str:
    return f"{number} line{'s' * (number != 1)}"


def _name(field: str, part: Part) -> str:
    kind = kind_of(field)
    name = "related" if kind == "related" else _NAMES.get(kind, f"the {kind}")
    match field.split("."):
        case ["solutions", id_, _] if isinstance(part, Scenario):
            title = next((each.title for each in part.solutions if each.id == id_), id_)
            return f"{_short(title)}: {name}"
        case ["check", "question"]:
            return "the check's question"
        case ["check", "options", n, _]:
            return f"option {int(n) + 1} of the check: {name}"
    return name


def _some(texts: Sequence[str]) -> str:
    more = f", … {len(texts) - NAMED} more" if len(texts) > NAMED else ""
    return ", ".join(map(_short, texts[:NAMED])) + more


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[: SHORT - 1].rstrip()}…"
