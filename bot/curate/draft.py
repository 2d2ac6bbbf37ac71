"""A change that a moderator has begun: what was there, what is wanted, and what is wrong with that."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.curate.parts import FieldProblem, Texts, kind_of, part_in, read_part
from bot.lessons.checks import wrong_with_picture
from bot.lessons.lesson import Scenario
from bot.lessons.library import Lessons
from bot.store.drafts import DraftKind, KeptDraft

__all__ = ["Draft", "FieldProblem", "draft_of", "packed"]


@dataclass(frozen=True)
class Draft:
    """A change of one entry or scenario, not published yet.

    `fields` are the texts that are wanted, as they were typed, and `begun` those that were there: none
    where the draft removes the part, or adds it. `problems` say why it could not be published as it is.
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

    @property
    def adds(self) -> bool:
        return not self.begun

    @property
    def removes(self) -> bool:
        return bool(self.begun) and not self.fields


def draft_of(kept: KeptDraft, lessons: Lessons, folder: Path) -> Draft:
    """The draft, judged by the lessons as they are."""
    draft = Draft(
        id=kept.id,
        moderator=kept.moderator,
        server=kept.server,
        kind=kept.kind,
        file=kept.file,
        part=kept.part,
        fields=json.loads(kept.fields),
        begun=json.loads(kept.begun),
        reason=kept.reason,
        undoes=kept.undoes,
        updated_at=kept.updated_at,
    )
    if draft.removes or (draft.kind == "undo" and not draft.fields):
        return draft
    return replace(draft, problems=tuple(_problems(draft, lessons, folder)))


def packed(texts: Texts) -> str:
    """Texts as they are kept. ASCII only: PostgreSQL takes no NUL, and no driver half a character."""
    return json.dumps(dict(texts))


def _problems(draft: Draft, lessons: Lessons, folder: Path) -> Iterator[FieldProblem]:
    """What is wrong with its texts, as far as it can be said without writing them."""
    now = part_in(lessons, draft.part)
    found, problems = read_part(draft.part or "new", now, draft.fields)
    yield from problems
    for field, text in draft.fields.items():
        if kind_of(field) == "related":
            for id_ in text.split():
                if field == "related" and id_ == draft.part:
                    yield FieldProblem(field, f"'{id_}' is the entry itself")
                elif id_ not in lessons.entries:
                    yield FieldProblem(field, f"no entry has the id '{id_}'")
    field = "picture" if isinstance(now, Scenario) else "image"
    picture = draft.fields.get(field)
    if found and picture and (what := wrong_with_picture(folder, picture)):
        yield FieldProblem(field, what)
