"""An unpublished change: the texts before it, the texts that a moderator typed, and their problems."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.curating.file_contents import lesson_in_file
from bot.curating.items import ENTRY_FIELDS, FieldProblem, Texts, kind_of, read_item
from bot.curating.lesson_texts import LESSON_FIELDS, read_lesson
from bot.language.words import _
from bot.lessons.lesson import Entry, Scenario, normalized
from bot.lessons.library import Lessons
from bot.lessons.validation import wrong_with_picture
from bot.store.drafts import DraftKind, StoredDraft

__all__ = ["Draft", "DraftKind", "as_upload", "draft_of", "is_untouched", "packed", "upload_in"]

# Stored with the fields, but not a field: the picture that was uploaded for this draft and is deleted with it.
_UPLOAD = "+upload"
# Likewise: the draft's `other`.
_OTHER = "+other"
# Likewise the pictures of the message that an entry is made from: where Discord keeps them, for a day.
_PICTURES = "+pictures"


@dataclass(frozen=True)
class Draft:
    """A change of one entry or scenario, not published yet.

    `item_id` is the id of its item. `fields` are the new texts as they were typed, empty if the draft
    removes it; `begun` are the texts before, empty if the draft adds it. `problems` keep it from being published.
    `upload` is the picture's file if it was uploaded for this draft. `other` is what `moves_to`, `absorbed` and
    `asked` read, by its kind. `pictures` are those of the message that it comes from. A draft of a lesson has no
    part. `untouched`: nobody typed anything yet.
    """

    id: int
    moderator: int
    server: int
    kind: DraftKind
    file: str
    item_id: str
    fields: Mapping[str, str]
    begun: Mapping[str, str]
    reason: str
    undoes: int | None
    updated_at: datetime
    problems: tuple[FieldProblem, ...] = ()
    upload: str = ""
    other: str = ""
    pictures: tuple[str, ...] = ()
    untouched: bool = False

    @property
    def of_files(self) -> bool:
        """Whether it undoes changes of whole files. Such a draft has no texts; of several files it names none."""
        return self.kind == "undo" and not self.item_id

    @property
    def of_lesson(self) -> bool:
        """Whether it changes a lesson's title, course and aliases, and no item."""
        return self.kind in ("new", "lesson")

    @property
    def adds_again(self) -> bool:
        """Whether it adds what was removed, with all that its texts do not hold: `undoes` is the removal."""
        return self.undoes is not None and self.kind != "undo"

    @property
    def picture_field(self) -> str:
        """The field that names its picture."""
        return "picture" if self.kind == "scenario" else "image"

    @property
    def moves_to(self) -> str:
        """The file that its entry is moved into."""
        return self.other if self.kind == "move" else ""

    @property
    def absorbed(self) -> tuple[str, str]:
        """The id of the entry that is merged into this one, and its state when the draft was begun."""
        id_, __, state = self.other.partition(" ")
        return id_, state

    @property
    def asked(self) -> str:
        """The question that it comes from, which has to find it; '' if it comes from none."""
        return self.other if self.kind in ("add", "edit") else ""

    @property
    def removes(self) -> bool:
        return bool(self.begun) and not self.fields


def draft_of(kept: StoredDraft, lessons: Lessons, folder: Path, today: date) -> Draft:
    """The draft, checked against the current lessons."""
    fields = json.loads(kept.fields)
    upload, other = fields.pop(_UPLOAD, ""), fields.pop(_OTHER, "")
    pictures = tuple(fields.pop(_PICTURES, ()))
    draft = Draft(
        id=kept.id,
        moderator=kept.moderator,
        server=kept.server,
        kind=kept.kind,
        file=kept.file,
        item_id=kept.item_id,
        fields=fields,
        begun={} if kept.kind in ("add", "new") else json.loads(kept.begun),
        reason=kept.reason,
        undoes=kept.undoes,
        updated_at=kept.updated_at,
        upload=upload,
        other=other,
        pictures=pictures,
        untouched=kept.untouched,
    )
    if draft.of_lesson:
        problems = read_lesson(draft.file, lesson_in_file(lessons, draft.file), draft.fields)[1]
        return replace(draft, problems=tuple(problems))
    if draft.removes or draft.kind == "move" or (draft.kind == "undo" and not draft.fields):
        return draft
    if draft.kind == "scenario" and draft.item_id not in lessons.items:
        return draft  # removed: its texts alone make no scenario to check
    return replace(draft, problems=tuple(_problems(draft, lessons, folder, today)))


def is_untouched(kept: StoredDraft) -> bool:
    """Whether nothing was typed since its form opened. The form may already contain a member's question."""
    opened = json.loads(kept.begun)
    if kept.kind in ("add", "new"):
        opened = {**dict.fromkeys(ENTRY_FIELDS if kept.kind == "add" else LESSON_FIELDS, ""), **opened}
    if kept.kind in ("move", "merge"):  # complete without typing
        return False
    fields = {field: text for field, text in json.loads(kept.fields).items() if not field.startswith("+")}
    return bool(fields == opened and not kept.reason)


def is_asked_as(asked: str, texts: Texts) -> bool:
    """Whether this is the question of these texts, or one of the phrasings."""
    own = (texts.get("question", ""), *texts.get("phrasings", "").split("\n"))
    return normalized(asked) in set(map(normalized, own))


def packed(texts: Texts, upload: str = "", other: str = "", pictures: Sequence[str] = ()) -> str:
    """The texts as they are stored; the uploaded picture as long as they show it, `other` and `pictures`.

    ASCII only: PostgreSQL refuses NUL, and all drivers refuse half a surrogate pair.
    """
    shown = {_UPLOAD: upload} if upload and upload in {texts.get("image"), texts.get("picture")} else {}
    more = {_OTHER: other, _PICTURES: list(pictures)}
    return json.dumps({**texts, **shown, **{name: value for name, value in more.items() if value}})


def state_of(entry: Entry) -> str:
    """A short digest of an entry."""
    return hashlib.sha256(repr(entry).encode(errors="surrogatepass")).hexdigest()[:12]


def upload_in(kept: StoredDraft) -> str:
    """The picture that was uploaded for it, or ''."""
    return str(json.loads(kept.fields).get(_UPLOAD, ""))


def as_upload(file: str) -> str:
    """What the stored JSON of a draft contains if this picture was uploaded for it."""
    return json.dumps({_UPLOAD: file})[1:-1]


def _problems(draft: Draft, lessons: Lessons, folder: Path, today: date) -> Iterator[FieldProblem]:
    """The problems that can be found without a trial edit of the file."""
    now = lessons.items.get(draft.item_id)
    found, problems = read_item(draft.item_id or "new", now, draft.fields)
    yield from problems
    if draft.kind == "add" and draft.file not in lessons.by_file:
        gone = _("its lesson no longer exists; press “Edit: Question and answer” to choose another one")
        yield FieldProblem("", gone)
    # An undo brings back what was there, and its date can't be edited.
    is_changed = draft.kind != "undo" and draft.fields.get("reviewed") != draft.begun.get("reviewed")
    # In some time zones, it is tomorrow already.
    tomorrow = today + timedelta(days=1)
    if is_changed and isinstance(found, Entry) and found.reviewed and found.reviewed > tomorrow:
        yield FieldProblem("reviewed", _("is in the future"))
    for field, text in draft.fields.items():
        if kind_of(field) == "related":
            for id_ in text.split():
                if field == "related" and id_ == draft.item_id:
                    yield FieldProblem(
                        field, _("'{id}' is this entry; an entry cannot be related to itself", id=id_)
                    )
                elif id_ not in lessons.entries and not draft.adds_again:  # it may come back, too
                    yield FieldProblem(field, _("no entry has the ID '{id}'", id=id_))
    field = "picture" if isinstance(now, Scenario) else "image"
    picture = draft.fields.get(field)
    if found and picture and (what := wrong_with_picture(folder, picture)):
        yield FieldProblem(field, what)
