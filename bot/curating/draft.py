"""A change that a moderator has begun: what was there, what is wanted, and what is wrong with that."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.curating.items import ENTRY_FIELDS, FieldProblem, Texts, kind_of, read_item
from bot.language.words import _
from bot.lessons.lesson import Scenario
from bot.lessons.library import Lessons
from bot.lessons.validation import wrong_with_picture
from bot.store.drafts import DraftKind, KeptDraft

__all__ = ["Draft", "DraftKind", "FieldProblem", "as_upload", "draft_of", "packed", "untouched", "upload_in"]

# Among the kept fields, and none of them: the picture that was uploaded for this draft, and goes with it.
_UPLOAD = "+upload"


@dataclass(frozen=True)
class Draft:
    """A change of one entry or scenario, not published yet.

    `fields` are the texts that are wanted, as they were typed, and `begun` those that were there: none
    where the draft removes the part, or adds it. `problems` say why it could not be published as it is.
    `upload` is the picture's file if it was made for this draft; `untouched` is what nobody typed into.
    """

    id: int
    moderator: int
    server: int
    kind: DraftKind
    file: str
    part: str
    fields: Mapping[str, str]
    begun: Mapping[str, str]
    reason: str
    undoes: int | None
    updated_at: datetime
    problems: tuple[FieldProblem, ...] = ()
    upload: str = ""
    untouched: bool = False

    @property
    def of_files(self) -> bool:
        """Whether it undoes the change of whole files: it has no texts of its own, and no file if of several."""
        return self.kind == "undo" and not self.part

    @property
    def removes(self) -> bool:
        return bool(self.begun) and not self.fields


def draft_of(kept: KeptDraft, lessons: Lessons, folder: Path) -> Draft:
    """The draft, judged by the lessons as they are."""
    fields = json.loads(kept.fields)
    upload = fields.pop(_UPLOAD, "")
    draft = Draft(
        id=kept.id,
        moderator=kept.moderator,
        server=kept.server,
        kind=kept.kind,
        file=kept.file,
        part=kept.part,
        fields=fields,
        begun={} if kept.kind == "add" else json.loads(kept.begun),
        reason=kept.reason,
        undoes=kept.undoes,
        updated_at=kept.updated_at,
        upload=upload,
        untouched=untouched(kept),
    )
    if draft.removes or (draft.kind == "undo" and not draft.fields):
        return draft
    return replace(draft, problems=tuple(_problems(draft, lessons, folder)))


def untouched(kept: KeptDraft) -> bool:
    """Whether it is as its form was opened; a new entry's form may have opened with a member's question."""
    opened = json.loads(kept.begun)
    if kept.kind == "add":
        opened = {**dict.fromkeys(ENTRY_FIELDS, ""), **opened}
    return bool(json.loads(kept.fields) == opened and not kept.reason)


def packed(texts: Texts, upload: str = "") -> str:
    """Texts as they are kept, and the uploaded picture as long as they show it.

    ASCII only: PostgreSQL takes no NUL, and no driver half a character.
    """
    return json.dumps({**texts, _UPLOAD: upload} if upload and texts.get("image") == upload else dict(texts))


def upload_in(kept: KeptDraft) -> str:
    """The picture that was made for it, or ''."""
    return str(json.loads(kept.fields).get(_UPLOAD, ""))


def as_upload(file: str) -> str:
    """How a draft that this picture was made for is kept: a part of its JSON."""
    return json.dumps({_UPLOAD: file})[1:-1]


def _problems(draft: Draft, lessons: Lessons, folder: Path) -> Iterator[FieldProblem]:
    """What is wrong with its texts, as far as it can be said without writing them."""
    now = lessons.items.get(draft.part)
    found, problems = read_item(draft.part or "new", now, draft.fields)
    yield from problems
    for field, text in draft.fields.items():
        if kind_of(field) == "related":
            for id_ in text.split():
                if field == "related" and id_ == draft.part:
                    yield FieldProblem(
                        field, _("'{id}' is this entry; an entry cannot be related to itself", id=id_)
                    )
                elif id_ not in lessons.entries:
                    yield FieldProblem(field, _("no entry has the ID '{id}'", id=id_))
    field = "picture" if isinstance(now, Scenario) else "image"
    picture = draft.fields.get(field)
    if found and picture and (what := wrong_with_picture(folder, picture)):
        yield FieldProblem(field, what)
