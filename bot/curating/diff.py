"""What a change of lesson files changes: in words, and as lines of YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff
from itertools import accumulate, islice

from bot.curating.items import LONG, Texts, kind_of, texts_of
from bot.errors import LessonError
from bot.language.characters import visible
from bot.language.words import N_, _, _n
from bot.lessons.document import read_document
from bot.lessons.lesson import Entry, Item, Lesson, Scenario, changed_items, items_of
from bot.lessons.library import Lessons
from bot.lessons.misleading import misleading

SHORT = 80  # characters of a text that is only named
NAMED = 5  # phrasings, items or changes that are named one by one

_WARNING = "⚠ "
_NAMES = {
    "question": N_("the question"),
    "phrasings": N_("the phrasings"),
    "not": N_("the questions that must not find it"),
    "answer": N_("the answer"),
    "related": N_("related entries"),
    "image": N_("the picture"),
    "picture": N_("the picture"),
    "alt": N_("the alt text"),
    "caption": N_("the picture's caption"),
    "reviewed": N_("the review date"),
    "by": N_("who wrote the answer"),
    "title": N_("the title"),
    "story": N_("the story"),
    "behind_the_scenes": N_("behind the scenes"),
    "takeaway": N_("the takeaway"),
    "plan": N_("the plan"),
    "outcome": N_("the outcome"),
    "why": N_("the “why” text"),
    "verdict": N_("the verdict"),
    "cost": N_("the cost"),
    "right_when": N_("when it is the right choice"),
    "text": N_("the text"),
    "feedback": N_("the feedback"),
    "hint": N_("the hint"),
    "lesson": N_("the lesson's title"),
    "course": N_("the course"),
    "aliases": N_("the aliases"),
}

_WHOLE = frozenset({"entries", "scenarios", "solutions", "options"})


@dataclass(frozen=True)
class Difference:
    """Files before and after a change, by name; None stands for a file that is missing."""

    files: Mapping[str, tuple[str | None, str | None]]
    words: tuple[str, ...]

    def yaml(self, limit: int = 1500) -> str:
        """The lines that differ, with two lines of context, cut to `limit` characters; says what is left out."""
        whole = self.whole()
        if len(whole) <= limit:
            return whole
        lines = whole.split("\n")
        fits = 0
        for shown, end in enumerate(accumulate(len(line) + 1 for line in lines), 1):
            if end > limit:
                break
            fits = shown
        for shown in range(fits, -1, -1):
            left = len(lines) - shown
            note = _n("… {count} more line", "… {count} more lines", left)
            if len(text := "\n".join([*lines[:shown], note])) <= limit:
                return text
        return "…"[:limit]

    def whole(self) -> str:
        """All lines that differ, with two lines of context."""
        return "\n".join(line for file, texts in self.files.items() for line in self._lines(file, *texts))

    def _lines(self, file: str, before: str | None, after: str | None) -> list[str]:
        diff = unified_diff((before or "").splitlines(), (after or "").splitlines(), n=2, lineterm="")
        lines = [visible(line) for line in islice(diff, 2, None)]  # without the two header lines of unified_diff
        return [f"{file}:", *lines] if lines and len(self.files) > 1 else lines


def difference(files: Mapping[str, tuple[str | None, str | None]], *known: Lessons) -> Difference:
    """What differs in these files: (before, after) by name. Texts that are in `known` are not parsed again."""
    changed = {file: texts for file, texts in files.items() if texts[0] != texts[1]}
    documents = [each for lessons in known for each in lessons.documents]
    there: dict[tuple[str, str | None], Lesson] = {(each.file, each.text): each.lesson for each in documents}
    texts = [(file, text) for file, both in changed.items() for text in both]
    read = {each: there.get(each) or lesson_in(*each) for each in texts}
    # Also of entries that are no longer there.
    removed = {each.id: title_of(each) for lesson in read.values() if lesson for each in lesson.entries}
    questions = removed | {id_: question for lessons in known for id_, question in questions_in(lessons).items()}
    words = _in_words(changed, read, questions)
    # Warnings come first, as a long list is cut at its end.
    return Difference(changed, tuple(sorted(words, key=lambda line: _WARNING not in line)))


def questions_in(lessons: Lessons) -> dict[str, str]:
    """The questions of the entries, by their ids."""
    return {entry.id: title_of(entry) for entry in lessons.entries.values()}


def lesson_in(file: str, text: str | None) -> Lesson | None:
    """The lesson in a stored text; None if there is no text, or if this version cannot read it."""
    try:
        return read_document(file, text.encode(errors="replace")).lesson if text is not None else None
    except LessonError:
        return None


def item_at(file: str, text: str | None, id_: str) -> Item | None:
    """An entry or a scenario as it was in the text of a revision."""
    return items_of(lesson_in(file, text)).get(id_)


def head_of(lesson: Lesson | None) -> Lesson | None:
    """The lesson without its items: its title, its course, its aliases."""
    return lesson and lesson.model_copy(update={"entries": (), "scenarios": ()})


def words_between(
    before: Item | None, after: Item | None, questions: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """What differs between two states of one entry or scenario, a field a line.

    `questions` are the questions of the entries, by their ids, for the names of links.
    """
    if before is None or after is None:
        one = before or after
        if one is None:
            return ()
        title = title_of(one)
        if isinstance(one, Entry):
            said = _("new entry: {title}", title=title) if after else _("removed entry: {title}", title=title)
        else:
            said = (
                _("new scenario: {title}", title=title) if after else _("removed scenario: {title}", title=title)
            )
        return (said, *_remarks({}, texts_of(after)))
    old, new = texts_of(before), texts_of(after)
    fields = [field for field in {**old, **new} if old.get(field, "") != new.get(field, "")]
    scenarios = (each for each in (before, after) if isinstance(each, Scenario))
    titles = {solution.id: solution.title for each in scenarios for solution in each.solutions}
    words = [
        _field(name_of(field, titles), kind_of(field), old.get(field, ""), new.get(field, ""), questions or {})
        for field in fields
    ]
    return (*words, *_remarks(old, new, titles)) or ((_("the formatting"),) if before != after else ())


def _remarks(old: Texts, new: Texts, titles: Mapping[str, str] | None = None) -> Iterator[str]:
    """Warnings about what members would not see in the new texts."""
    for field, text in new.items():
        for what in misleading(text):
            if what not in misleading(old.get(field, "")):
                yield f"{_WARNING}{name_of(field, titles or {})}: {what}"


def title_of(item: Item) -> str:
    """An entry's question, or a scenario's title."""
    return _short(item.title if isinstance(item, Scenario) else item.question)


def _in_words(
    files: Mapping[str, tuple[str | None, str | None]],
    read: Mapping[tuple[str, str | None], Lesson | None],
    questions: Mapping[str, str],
) -> Iterator[str]:
    moved = _moved(files, read)
    for file, (old, new) in files.items():
        before, after = read[file, old], read[file, new]
        if old is None or new is None:
            lesson = before or after
            name = f"{_short(lesson.lesson)} ({file})" if lesson else file
            yield (
                _("new lesson: {lesson}", lesson=name)
                if old is None
                else _("deleted lesson: {lesson}", lesson=name)
            )
        unread = (old is not None and before is None) or (new is not None and after is None)
        if unread:
            yield _("{file} contains something that this version of the bot cannot read", file=file)
            continue
        items = changed_items(items_of(before), items_of(after))
        said = [*head_in_words(before, after)]
        alone = len(items) == 1 and len(files) == 1 and not said
        for id_, (was, now) in items.items():
            if id_ not in moved:
                said += [f"{_whose(was, now, alone=alone)}{line}" for line in words_between(was, now, questions)]
            elif now and after:
                said += _move_in_words(*moved[id_], now, after, questions)
        if not said and not items and old is not None and new is not None:
            said = [_("{file}: only formatting or comments", file=file)]
        yield from said


def _moved(
    files: Mapping[str, tuple[str | None, str | None]], read: Mapping[tuple[str, str | None], Lesson | None]
) -> dict[str, tuple[Item, Lesson]]:
    """The items that one file lost and another one got, by their ids: as they were, and in which lesson."""
    lost: dict[str, tuple[Item, Lesson]] = {}
    got: set[str] = set()
    for file, (old, new) in files.items():
        before, after = read[file, old], read[file, new]
        had, has = items_of(before), items_of(after)
        if before:
            lost |= {id_: (item, before) for id_, item in had.items() if id_ not in has}
        got |= has.keys() - had.keys()
    return {id_: each for id_, each in lost.items() if id_ in got}


def _move_in_words(
    was: Item, before: Lesson, now: Item, after: Lesson, questions: Mapping[str, str]
) -> Iterator[str]:
    title, old, new = title_of(now), _short(before.lesson), _short(after.lesson)
    yield _("{title}: moved from “{old}” to “{new}”", title=title, old=old, new=new)
    if was != now:
        yield from (f"{title}: {line}" for line in words_between(was, now, questions))


def _whose(was: Item | None, now: Item | None, *, alone: bool) -> str:
    return f"{title_of(now)}: " if was and now and not alone else ""


def head_in_words(before: Lesson | None, after: Lesson | None) -> Iterator[str]:
    """What differs between two states of a lesson, apart from its items."""
    if before and after:
        for name, field in ((_("the lesson's title"), "lesson"), (_("the course"), "course")):
            old, new = getattr(before, field) or "", getattr(after, field) or ""
            if old != new:
                yield _field(name, "title", old, new, {})
        if before.aliases != after.aliases:
            yield _("the aliases")
        orders = (("entries", _("the order of the entries")), ("scenarios", _("the order of the scenarios")))
        for kind, order in orders:
            old_ids = [each.id for each in getattr(before, kind)]
            new_ids = [each.id for each in getattr(after, kind)]
            both = set(old_ids) & set(new_ids)
            if [i for i in old_ids if i in both] != [i for i in new_ids if i in both]:
                yield order


def _field(name: str, kind: str, old: str, new: str, questions: Mapping[str, str]) -> str:
    if kind == "phrasings":
        return _phrasings(old.split("\n") if old else [], new.split("\n") if new else [])
    if kind == "not":
        return _related(name, old.split("\n") if old else [], new.split("\n") if new else [])
    if kind == "related":
        called = [[questions.get(id_, id_) for id_ in ids.split()] for ids in (old, new)]
        return _related(name, *called)
    if not old:
        if kind in LONG:
            return f"{name}: {_counted(added=len(new.splitlines()))}"
        return _("{field}: added “{text}”", field=name, text=_short(new))
    if not new:
        return _("{field}: removed", field=name)
    if kind in LONG:
        return f"{name}: {_counted(*_compared(old.split(chr(10)), new.split(chr(10))))}"
    return _("{field}: “{old}” → “{new}”", field=name, old=_short(old), new=_short(new))


def _phrasings(old: Sequence[str], new: Sequence[str]) -> str:
    said = []
    if new_ones := [each for each in new if each not in old]:
        added = _n("{count} phrasing added", "{count} phrasings added", len(new_ones))
        said.append(f"{added}: {_some(new_ones)}")
    if old_ones := [each for each in old if each not in new]:
        removed = _n("{count} phrasing removed", "{count} phrasings removed", len(old_ones))
        said.append(f"{removed}: {_some(old_ones)}")
    return "; ".join(said) or _("phrasings: reordered")


def _related(name: str, old: Sequence[str], new: Sequence[str]) -> str:
    signs = ["+ " + _("“{question}”", question=each) for each in new if each not in old]
    signs += ["− " + _("“{question}”", question=each) for each in old if each not in new]
    return f"{name}: {' '.join(signs)}" if signs else _("{field}: reordered", field=name)


def _compared(old: Sequence[str], new: Sequence[str]) -> tuple[int, int, int]:
    """How many lines were changed, added, and removed."""
    changed = added = removed = 0
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            both = min(b - a, d - c)
            changed, removed, added = changed + both, removed + (b - a - both), added + (d - c - both)
    return changed, added, removed


def _counted(changed: int = 0, added: int = 0, removed: int = 0) -> str:
    """The numbers of lines in words; only the first number is followed by "lines"."""
    said = [_n("{count} line changed", "{count} lines changed", changed)] if changed else []
    if added and said:
        said.append(_n("{count} added", "{count} added", added))
    elif added:
        said.append(_n("{count} line added", "{count} lines added", added))
    if removed and said:
        said.append(_n("{count} removed", "{count} removed", removed))
    elif removed:
        said.append(_n("{count} line removed", "{count} lines removed", removed))
    return ", ".join(said)


def name_of(field: str, titles: Mapping[str, str]) -> str:
    """The name of a field in a sentence; `titles` are the titles of the solutions, by their ids."""
    kind = kind_of(field)
    name = _(_NAMES[kind]) if kind in _NAMES else kind
    match field.split("."):
        case ["solutions", id_, _]:
            return f"{_short(titles.get(id_, id_))}: {name}"
        case ["check", "question"]:
            return _("the quiz question")
        case ["check", "options", n, _]:
            return _("quiz option {number}: {field}", number=int(n) + 1, field=name)
    return name


def name_at(where: str) -> str:
    """The name of the field at this place in a lesson file; '' for a whole entry or the like."""
    key = where.rpartition(".")[2].partition("[")[0]
    return "" if key in _WHOLE else _(_NAMES[key]) if key in _NAMES else key


def _some(texts: Sequence[str]) -> str:
    left = len(texts) - NAMED
    more = [_n("… {count} more", "… {count} more", left)] if left > 0 else []
    return ", ".join([*map(_short, texts[:NAMED]), *more])


def _short(text: str) -> str:
    line = visible(" ".join(text.split()))
    return line if len(line) <= SHORT else f"{line[: SHORT - 1].rstrip()}…"
