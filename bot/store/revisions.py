"""The changes of the lesson files: when, by whom, and the whole file before and after.

A revision is `pending` before its file is written, and `published` after that. If one is still pending
when the bot starts, the bot was killed in between: the file tells whether it was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, false, func, or_, select

from bot.store.change_counter import ChangeCounter
from bot.store.credits import publish_credits
from bot.store.database import Database
from bot.store.draft_misses import resolve_misses
from bot.store.proposals import accept_proposals
from bot.store.tables import by_key, drafts, revisions

Kind = Literal[
    "add",
    "edit",
    "remove",
    "scenario",
    "new",
    "lesson",
    "move",
    "merge",
    "import",
    "undo",
    "outside",
    "baseline",
    "source",
]
State = Literal["pending", "published", "source"]

_WITH_LINKS = ("remove", "move", "merge")  # they also change other files, such as links to the entry

OUTSIDE = 0  # the author of changes that were made outside the bot


@dataclass(frozen=True)
class Revision:
    """One change of one lesson file; id 0 is a revision that was never stored.

    `item_id` is the id of the entry or the scenario that was changed, '' if it was more than one. `before`
    is None for a new file, `after` for a deleted one. A file's first revision is its `baseline`: the text that
    the bot first read in it, which is nobody's change.

    A `source` is no lesson, but what an import's source said: a file in `.imported/`. It belongs to the revisions
    of the same moment, and is taken back with them. Its `state` is its own, too: a process of an earlier version,
    which may share the database during an update, would take a published one for a lesson.
    """

    file: str
    kind: Kind
    before: str | None = field(repr=False)
    after: str | None = field(repr=False)
    at: datetime
    item_id: str = ""
    author: int = OUTSIDE
    author_name: str = ""
    reason: str = ""
    state: State = "published"
    undoes: int | None = None
    draft: int | None = None
    id: int = 0


class Revisions:
    """The history of all lesson files."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._changes = ChangeCounter(database.writing.engine, revisions)

    @property
    def changes(self) -> int:
        """A number that changes when any revision is added or changed."""
        return self._changes.count

    async def add(self, new: Sequence[Revision]) -> list[Revision]:
        """Add these, in this order, all or none; returns them with their ids."""
        kept = []
        async with self._database.writing.begin() as connection:
            for each in new:
                row = {key: value for key, value in asdict(each).items() if key != "id"}
                done = await connection.execute(revisions.insert().values(row))
                assert done.inserted_primary_key, "the table counts its rows"
                kept.append(replace(each, id=done.inserted_primary_key[0]))
        return kept

    async def commit(self, id: int) -> None:  # noqa: A002 -- it is called so everywhere else
        """Mark it published, delete its draft, resolve its misses and accept its proposals, in one transaction."""
        async with self._database.writing.begin() as connection:
            its_draft = select(revisions.c.draft).where(revisions.c.id == id).scalar_subquery()
            await connection.execute(drafts.delete().where(drafts.c.id == its_draft))
            await connection.execute(revisions.update().where(revisions.c.id == id).values(state="published"))
            await resolve_misses(connection, id)
            await accept_proposals(connection, id)
            await publish_credits(connection, id)

    async def roll_back(self, id: int) -> None:  # noqa: A002
        """Delete it if it is pending: its file was not written."""
        there = (revisions.c.id == id, revisions.c.state == "pending")
        await self._database.change(revisions.delete().where(*there))

    async def find(self, id: int) -> Revision | None:  # noqa: A002
        """The revision with this id, whatever its state."""
        found = await self._read(revisions.c.id == id)
        return found[0] if found else None

    async def pending(self) -> list[Revision]:
        """The revisions that were neither committed nor rolled back, the oldest first."""
        return (await self._read(revisions.c.state == "pending"))[::-1]

    async def of_draft(self, draft: int) -> Revision | None:
        """The published revision of a draft."""
        found = await self._read(revisions.c.draft == draft, revisions.c.state == "published", limit=1)
        return found[0] if found else None

    async def together(self, revision: Revision) -> list[Revision]:
        """This revision and those published together with it: by the same person, at the same moment."""
        columns = revisions.c
        same = (columns.at == revision.at, columns.author == revision.author, columns.state == "published")
        if revision.kind in ("import", "undo", "outside"):
            with_it = columns.kind == revision.kind
        else:  # these also edit other files, and those edits were no drafts
            links = (columns.kind == "edit") & columns.draft.is_(None)
            is_link = revision.kind == "edit" and revision.draft is None
            with_it = (columns.id == revision.id) | links | (columns.kind.in_(_WITH_LINKS) if is_link else false())
        return (await self._read(*same, with_it))[::-1]

    async def sources_of(self, revision: Revision) -> list[Revision]:
        """What changed in `.imported/` when this revision was published."""
        is_change = revisions.c.before.is_distinct_from(revisions.c.after)
        return await self._read(revisions.c.kind == "source", revisions.c.at == revision.at, is_change)

    async def latest(self) -> int:
        """The id of the latest revision that is not pending; 0 if there is none."""
        latest = select(func.max(revisions.c.id)).where(revisions.c.state != "pending")
        return await self._database.scalar(latest) or 0

    async def newest(self, until: int | None = None, *, sources: bool = False) -> dict[str, str | None]:
        """The latest recorded text of each file; None if it was deleted. With `until`, as of that revision.

        The files are lessons, or with `sources`, those of `.imported/`.
        """
        kind = revisions.c.kind
        which = [revisions.c.state != "pending", kind == "source" if sources else kind != "source"]
        if until is not None:
            which.append(revisions.c.id <= until)
        latest = select(func.max(revisions.c.id)).where(*which).group_by(revisions.c.file)
        texts = select(revisions.c.file, revisions.c.after).where(revisions.c.id.in_(latest))
        return dict(await self._database.rows(texts))

    async def published(
        self, limit: int = 10, before_id: int | None = None, files: Sequence[str] | None = None
    ) -> list[Revision]:
        """Published revisions of lessons, or of these files, the latest first, without baselines."""
        which = [revisions.c.state == "published", revisions.c.kind.not_in(("baseline", "source"))]
        if files is not None:
            which.append(revisions.c.file.in_(files))
        if before_id is not None:
            which.append(revisions.c.id < before_id)
        return await self._read(*which, limit=limit)

    async def origin(self, revision: Revision) -> tuple[Revision, bool]:
        """The change that an undo is about, and whether it undoes that; to undo an undo does the change again.

        Any other revision is its own origin.
        """
        is_undone = False
        while revision.undoes and (before := await self.find(revision.undoes)):
            revision, is_undone = before, not is_undone
        return revision, is_undone

    async def is_undone(self, id: int) -> bool:  # noqa: A002
        """Whether a published revision undoes this one, and is not undone itself."""
        undos = select(revisions.c.id).where(revisions.c.undoes == id, revisions.c.state == "published")
        for (each,) in await self._database.rows(undos):
            if not await self.is_undone(each):
                return True
        return False

    async def mention(self, words: str) -> bool:
        """Whether any text that an undo may restore contains these words."""
        holds = or_(*(each.contains(words, autoescape=True) for each in (revisions.c.before, revisions.c.after)))
        return await self._database.scalar(select(revisions.c.id).where(holds).limit(1)) is not None

    async def item_ids(self) -> set[str]:
        """The id of every entry and scenario that ever had a revision of its own."""
        return {*await self.newest_of_items()}

    async def newest_of_items(self) -> dict[str, int]:
        """The latest revision of each entry and scenario that ever had one of its own, by the id of the item."""
        own = select(revisions.c.item_id, func.max(revisions.c.id)).group_by(revisions.c.item_id)
        return dict(await self._database.rows(own.where(revisions.c.item_id != "")))

    async def _read(self, *which: ColumnElement[bool], limit: int | None = None) -> list[Revision]:
        latest = select(*by_key(revisions)).where(*which).order_by(revisions.c.id.desc()).limit(limit)
        return [Revision(**row) for row in await self._database.mappings(latest)]
