"""Two moderators, and their usual steps in one call, for tests about something else."""

from __future__ import annotations

from bot.curating.curating import Curating
from bot.store.revisions import Revision

MIA, TOM, SERVER = 1, 2, 7
WHO = {"author": MIA, "author_name": "Mia"}


async def edit(curator: Curating, item_id: str, **fields: str) -> Revision:
    draft = await curator.drafts.begin("edit", MIA, SERVER, item_id=item_id)
    await curator.drafts.save(draft.id, fields)
    return await curator.publish(draft.id, author=MIA, author_name="Mia")


async def remove(curator: Curating, item_id: str) -> Revision:
    draft = await curator.drafts.begin("remove", MIA, SERVER, item_id=item_id)
    return await curator.publish(draft.id, author=MIA, author_name="Mia")


async def move(curator: Curating, item_id: str, file: str) -> Revision:
    draft = await curator.drafts.begin("move", MIA, SERVER, item_id=item_id, other=file)
    return await curator.publish(draft.id, author=MIA, author_name="Mia")


async def undo(curator: Curating, revision: Revision, *, together: bool = False) -> Revision:
    draft = await curator.drafts.undo(revision.id, MIA, SERVER, together=together)
    return await curator.publish(draft.id, author=MIA, author_name="Mia")
