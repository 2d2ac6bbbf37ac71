"""The history of the lessons, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import StatementError

from bot.store.revisions import Revision
from tests.support.moments import MIA, NOW
from tests.support.rows import EDIT, TEXT

BASELINE = Revision("venv.yaml", "baseline", None, TEXT, NOW)


async def test_a_revision_is_kept_to_the_letter(store):
    """Texts, author, time and reason stay exact; it is in the history once it is published."""
    (kept,) = await store.revisions.add([EDIT])
    assert kept == replace(EDIT, id=kept.id)
    assert await store.revisions.find(kept.id) == kept
    assert await store.revisions.pending() == [kept]
    assert await store.revisions.published() == []
    assert await store.revisions.newest() == {}
    assert await store.revisions.of_draft(3) is None
    await store.revisions.commit(kept.id)
    done = replace(kept, state="published")
    assert await store.revisions.pending() == []
    assert await store.revisions.published() == [done]
    assert await store.revisions.of_draft(3) == done
    assert await store.revisions.newest() == {"venv.yaml": EDIT.after}
    await store.revisions.roll_back(kept.id)
    assert await store.revisions.find(kept.id) == done, "what is published is never dropped"


async def test_what_never_happened_leaves_nothing(store):
    """The revision is deleted, and its id is not used again."""
    (kept,) = await store.revisions.add([EDIT])
    await store.revisions.roll_back(kept.id)
    assert await store.revisions.find(kept.id) is None
    (other,) = await store.revisions.add([EDIT])
    assert other.id > kept.id


async def test_several_are_kept_or_none(store):
    """A removal that changes two files stores both revisions, or none."""
    with pytest.raises(StatementError, match="no time zone"):
        await store.revisions.add([EDIT, replace(EDIT, file="other.yaml", at=NOW.replace(tzinfo=None))])
    assert await store.revisions.pending() == []


async def test_the_history_is_read_in_pages(store):
    """The latest first, without baselines."""
    rows = [
        BASELINE,
        *(replace(EDIT, state="published", item_id=part, draft=None) for part in ("a", "b", "a", "")),
    ]
    kept = await store.revisions.add(rows)
    _, first, second, third, last = kept
    assert await store.revisions.published() == [last, third, second, first]
    assert await store.revisions.published(limit=2) == [last, third]
    assert await store.revisions.published(limit=2, before_id=third.id) == [second, first]
    assert await store.revisions.item_ids() == {"a", "b"}
    assert await store.revisions.newest_of_items() == {"a": third.id, "b": second.id}


async def test_what_was_done_in_one_go_is_found_together(store):
    """All files of an import, without revisions of other moderators or other times."""
    one = replace(EDIT, kind="import", state="published", draft=None)
    others = [
        replace(one, file="a.yaml"),
        replace(one, author=MIA - 1),
        replace(one, kind="edit", draft=4),
        replace(one, at=NOW + timedelta(microseconds=1)),
        replace(one, state="pending"),
    ]
    first, second, *_ = await store.revisions.add([one, *others])
    assert await store.revisions.together(first) == [first, second]
    assert await store.revisions.together(second) == [first, second]
    assert await store.revisions.published(limit=1, files=["a.yaml"]) == [second]


async def test_a_removal_is_found_together_with_the_links_it_took_out(store):
    """But not with other revisions of the same moderator."""
    links, removal, __ = await store.revisions.add(
        [
            replace(EDIT, file="a.yaml", state="published", draft=None),
            replace(EDIT, kind="remove", state="published"),
            replace(EDIT, file="b.yaml", state="published", draft=4),
        ]
    )
    assert await store.revisions.together(removal) == [links, removal]


async def test_each_file_has_a_newest_text(store):
    """It is None for a deleted file."""
    gone = Revision("old.yaml", "outside", TEXT, None, NOW)
    await store.revisions.add([BASELINE, replace(BASELINE, file="old.yaml"), gone])
    assert await store.revisions.newest() == {"venv.yaml": TEXT, "old.yaml": None}


async def test_fifty_at_once_have_fifty_ids(store):
    """No Undo button undoes somebody else's revision."""
    kept = await asyncio.gather(*(store.revisions.add([EDIT]) for _ in range(50)))
    assert len({each.id for (each,) in kept}) == 50
