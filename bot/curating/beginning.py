"""What the drafts of each kind begin with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.curating.draft import state_of
from bot.curating.errors import GoneError
from bot.curating.items import ENTRY_FIELDS, Texts, texts_of
from bot.curating.lesson_texts import LESSON_FIELDS, lesson_texts
from bot.lessons.lesson import Entry, Item, normalized
from bot.lessons.library import Lessons


@dataclass(frozen=True)
class Beginning:
    """The file and the item that a draft changes, and the texts `fields` that its form begins with.

    `begun` are the texts as they were: by them it is seen whether somebody else changed them since. Of something
    new, they are those that were typed before: by them it is seen whether anything was typed since. `absorbed` is
    the entry that is merged into the item, as `Draft.absorbed` reads it.
    """

    file: str
    item_id: str
    begun: Mapping[str, str]
    fields: Mapping[str, str]
    absorbed: str = ""


def new_entry(lessons: Lessons, file: str, item_id: str, typed: Texts) -> Beginning:
    """For an entry in this file, or without one in the first lesson: what was typed. Raises `GoneError`."""
    file = file or next((each.file for each in lessons.documents), "")
    if file not in lessons.by_file:
        raise GoneError(f"there is no lesson file {file}")
    return Beginning(file, item_id, typed, {**dict.fromkeys(ENTRY_FIELDS, ""), **typed})


def new_lesson(file: str, typed: Texts) -> Beginning:
    """For a lesson in a new file: what was typed."""
    return Beginning(file, "", typed, {**dict.fromkeys(LESSON_FIELDS, ""), **typed})


def changed_lesson(lessons: Lessons, file: str, typed: Texts) -> Beginning:
    """For a change of a lesson: its title, course and aliases. Raises `GoneError`."""
    if file not in lessons.by_file:
        raise GoneError(f"there is no lesson file {file}")
    begun = lesson_texts(lessons.by_file[file].lesson)
    return Beginning(file, "", begun, {**begun, **typed})


def changed_entry(lessons: Lessons, id_: str, typed: Texts) -> Beginning:
    """For a change of an entry: its texts. Raises `GoneError`."""
    return _changed(lessons, id_, lessons.entries.get(id_), typed)


def changed_scenario(lessons: Lessons, id_: str, typed: Texts) -> Beginning:
    """For a change of a scenario: its texts. Raises `GoneError`."""
    return _changed(lessons, id_, lessons.scenarios.get(id_), typed)


def _changed(lessons: Lessons, id_: str, found: Item | None, typed: Texts) -> Beginning:
    if found is None:
        raise GoneError(f"'{id_}' is no longer in the lessons")
    begun = texts_of(found)
    return Beginning(lessons.file_of(id_) or "", id_, begun, {**begun, **typed})


def removed_entry(lessons: Lessons, id_: str) -> Beginning:
    """For the removal of an entry: no texts. Raises `GoneError`."""
    return replace(changed_entry(lessons, id_, {}), fields={})


def merged_entry(lessons: Lessons, id_: str, absorbed_id: str) -> Beginning:
    """For a merge: the texts of an entry with those of another one, which is removed. Raises `GoneError`."""
    start = changed_entry(lessons, id_, {})
    absorbed = lessons.entries.get(absorbed_id)
    if absorbed is None:
        raise GoneError("one of the entries is no longer in the lessons")
    fields = {**start.begun, **merged_texts(lessons.entries[id_], absorbed)}
    return replace(start, fields=fields, absorbed=f"{absorbed_id} {state_of(absorbed)}")


def merged_texts(kept: Entry, gone: Entry) -> dict[str, str]:
    """The texts of an entry with those of another that is merged into it: its answer comes below."""
    asked = {normalized(each): each for each in (*gone.phrasings[::-1], gone.question, *kept.phrasings[::-1])}
    asked.pop(normalized(kept.question), None)
    phrasings = list(asked.values())[::-1]
    answers = dict.fromkeys((kept.answer, gone.answer))
    related = [each for each in dict.fromkeys((*kept.related, *gone.related)) if each not in (kept.id, gone.id)]
    # What one of them refused and the other is asked by finds the merged entry.
    own = {*asked, normalized(kept.question)}
    never = [each for each in dict.fromkeys((*kept.never, *gone.never)) if normalized(each) not in own]
    texts = {
        "phrasings": "\n".join(phrasings),
        "not": "\n".join(never),
        "answer": "\n\n".join(answers),
        "related": " ".join(related),
    }
    if gone.image and not kept.image:
        texts |= {"image": gone.image.file, "alt": gone.image.alt, "caption": gone.image.caption}
    return texts
