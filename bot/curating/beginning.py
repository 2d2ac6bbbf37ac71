"""What the drafts of each kind begin with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.curating.draft import state_of
from bot.curating.errors import GoneError
from bot.curating.items import ENTRY_FIELDS, Texts, texts_of
from bot.curating.lesson_texts import LESSON_FIELDS, lesson_texts
from bot.lessons.lesson import Entry, Item
from bot.lessons.library import Lessons


@dataclass(frozen=True)
class Beginning:
    """The file and the item that a draft changes, the texts before it, and those that its form begins with.

    `absorbed` is the entry that is merged into the item, as `Draft.absorbed` reads it.
    """

    file: str
    item_id: str
    begun: Mapping[str, str]
    fields: Mapping[str, str]
    absorbed: str = ""


def new_entry(lessons: Lessons, file: str, item_id: str, typed: Texts) -> Beginning:
    """Begin an entry in this file; without one, it goes into the first lesson. Raises `GoneError`."""
    file = file or next((each.file for each in lessons.documents), "")
    if file not in lessons.by_file:
        raise GoneError(f"there is no lesson file {file}")
    return Beginning(file, item_id, typed, {**dict.fromkeys(ENTRY_FIELDS, ""), **typed})


def new_lesson(file: str, typed: Texts) -> Beginning:
    """Begin a lesson in a new file."""
    return Beginning(file, "", typed, {**dict.fromkeys(LESSON_FIELDS, ""), **typed})


def changed_lesson(lessons: Lessons, file: str, typed: Texts) -> Beginning:
    """Begin with the title, course and aliases of a lesson. Raises `GoneError`."""
    if file not in lessons.by_file:
        raise GoneError(f"there is no lesson file {file}")
    begun = lesson_texts(lessons.by_file[file].lesson)
    return Beginning(file, "", begun, {**begun, **typed})


def changed_entry(lessons: Lessons, id_: str, typed: Texts) -> Beginning:
    """Begin with the texts of an entry. Raises `GoneError`."""
    return _changed(lessons, id_, lessons.entries.get(id_), typed)


def changed_scenario(lessons: Lessons, id_: str, typed: Texts) -> Beginning:
    """Begin with the texts of a scenario. Raises `GoneError`."""
    return _changed(lessons, id_, lessons.scenarios.get(id_), typed)


def _changed(lessons: Lessons, id_: str, found: Item | None, typed: Texts) -> Beginning:
    if found is None:
        raise GoneError(f"'{id_}' is no longer in the lessons")
    begun = texts_of(found)
    return Beginning(lessons.file_of(id_) or "", id_, begun, {**begun, **typed})


def removed_entry(lessons: Lessons, id_: str) -> Beginning:
    """Begin without the texts of an entry. Raises `GoneError`."""
    return replace(changed_entry(lessons, id_, {}), fields={})


def merged_entry(lessons: Lessons, id_: str, absorbed_id: str) -> Beginning:
    """Begin with the texts of an entry and of another one, which is removed. Raises `GoneError`."""
    start = changed_entry(lessons, id_, {})
    absorbed = lessons.entries.get(absorbed_id)
    if absorbed is None:
        raise GoneError("one of the entries is no longer in the lessons")
    fields = {**start.begun, **merged_texts(lessons.entries[id_], absorbed)}
    return replace(start, fields=fields, absorbed=f"{absorbed_id} {state_of(absorbed)}")


def merged_texts(kept: Entry, gone: Entry) -> dict[str, str]:
    """The texts of an entry with those of another that is merged into it: its answer comes below."""
    asked = {each.casefold(): each for each in (*gone.phrasings[::-1], gone.question, *kept.phrasings[::-1])}
    asked.pop(kept.question.casefold(), None)
    phrasings = list(asked.values())[::-1]
    answers = dict.fromkeys((kept.answer, gone.answer))
    related = [each for each in dict.fromkeys((*kept.related, *gone.related)) if each not in (kept.id, gone.id)]
    # What one of them refused and the other is asked by finds the merged entry.
    own = {*asked, kept.question.casefold()}
    never = [each for each in dict.fromkeys((*kept.never, *gone.never)) if each.casefold() not in own]
    texts = {
        "phrasings": "\n".join(phrasings),
        "not": "\n".join(never),
        "answer": "\n\n".join(answers),
        "related": " ".join(related),
    }
    if gone.image and not kept.image:
        texts |= {"image": gone.image.file, "alt": gone.image.alt, "caption": gone.image.caption}
    return texts
