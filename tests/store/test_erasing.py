"""Deleted data of members is no longer in any file of the database."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.store import erasing
from bot.store.shared import SharedWalk
from bot.store.store import Store
from bot.store.walks import Walk
from bot.time_left import end_in
from tests.support.moments import DAY, NOW, TOM
from tests.support.rows import DRAFT

ADA = 1142345678901234567
WORDS = "why does my boss read my messages"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "memory.sqlite3"


@pytest.fixture
async def store(file: Path) -> AsyncIterator[Store]:
    opened = await Store.open(f"sqlite:///{file}")
    yield opened
    await opened.close()


def written(file: Path) -> bytes:
    """Every byte of the database's files: it, its -wal and its -shm."""
    return b"".join(each.read_bytes() for each in sorted(file.parent.glob(f"{file.name}*")))


def holds(file: Path, member: int) -> bool:
    """Whether the member's id can be read in them, as SQLite keeps it or as text."""
    found = written(file)
    return member.to_bytes(8, "big") in found or str(member).encode() in found


async def wish(store: Store) -> int:
    id_ = await store.questions.log(1, WORDS, NOW, "unknown")
    await store.subscriptions.subscribe(id_, ADA)
    return id_


async def _forget(store: Store) -> None:
    await wish(store)
    await store.walks.save(Walk(ADA, "two-versions", "{}", "story", False, 0, NOW), [("picked", "again")])
    await store.reminders.remember(ADA, "two-versions", {2: NOW, 7: NOW})
    assert (await store.forget(ADA)).questions == 1


async def _forget_walks(store: Store) -> None:
    await store.walks.save(Walk(ADA, "two-versions", "{}", "story", False, 0, NOW))
    await store.shared.save(SharedWalk(1, 2, ADA, "two-versions", "{}", 0, NOW))
    await store.forget_walks(ADA)


async def _unwant(store: Store) -> None:
    assert await store.subscriptions.unsubscribe(await wish(store), ADA)


async def _told(store: Store) -> None:
    await store.subscriptions.delete([await wish(store)], ADA)


async def _stop(store: Store) -> None:
    await store.reminders.remember(ADA, "two-versions", {2: NOW})
    await store.reminders.stop(ADA, "two-versions")


async def _end(store: Store) -> None:
    await store.shared.save(SharedWalk(1, 2, ADA, "two-versions", "{}", 0, NOW))
    await store.shared.choose(1, ADA, "predict", "again", NOW)
    await store.shared.remove(1)


async def _left_behind(store: Store) -> None:
    await store.shared.save(SharedWalk(1, 2, ADA, "two-versions", "{}", 0, NOW))
    assert await store.shared.purge(NOW + DAY) == 1


async def _discard(store: Store) -> None:
    draft = await store.drafts.save(replace(DRAFT, moderator=ADA))
    assert draft
    await store.drafts.remove(draft.id)


async def _grow_old(store: Store) -> None:
    await wish(store)
    assert await store.questions.purge(NOW + DAY) == 1


DEEDS = [_forget, _forget_walks, _unwant, _told, _stop, _end, _left_behind, _discard, _grow_old]


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__.strip("_"))
async def test_whoever_was_forgotten_cannot_be_read_out_of_the_files(
    store: Store, file: Path, deed: Callable[[Store], Awaitable[None]]
):
    """Not even from the write-ahead log, in which SQLite keeps older copies of pages."""
    await deed(store)
    assert not holds(file, ADA)


async def test_a_question_that_grew_old_cannot_be_read_out_of_the_files(store: Store, file: Path):
    """No word of it is left."""
    await store.questions.pass_on(await wish(store), "it is about my boss")
    assert WORDS.encode() in written(file)
    await store.questions.purge(NOW + DAY)
    assert b"boss" not in written(file)


async def test_nothing_is_left_where_rows_were_moved(store: Store, file: Path):
    """SQLite moves rows when a page is full, and leaves copies behind."""
    dice = random.Random(0)
    members = [dice.randrange(2**58, 2**60) for _ in range(60)]
    for n in range(400):
        id_ = await store.questions.log(1, f"{WORDS} {n}.{'x' * dice.randrange(400)}", NOW + n * DAY, "unknown")
        for member in dice.sample(members, dice.randrange(5)):
            await store.subscriptions.subscribe(id_, member)
            walk = Walk(member, f"s{n}", "p" * dice.randrange(300), "story", False, 0, NOW)
            await store.walks.save(walk, [("picked", f"a{n}"), ("arrived", "b")])
    for member in members[:30]:
        await store.forget(member)
        assert not holds(file, member)
    assert holds(file, members[-1]), "the others stay"
    await store.questions.purge(NOW + 200 * DAY)
    left = written(file)
    assert [n for n in range(200) if f"{WORDS} {n}.".encode() in left] == []
    assert f"{WORDS} 200.".encode() in left


async def test_while_another_program_reads_it_waits_in_the_background(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """A backup delays no press; the log says that erasing has to wait, and when it is done."""
    monkeypatch.setattr(erasing, "ERASING", 50)
    monkeypatch.setattr(erasing, "ERASE_AGAIN", 0.05)
    caplog.set_level("INFO")
    id_ = await wish(store)
    with closing(sqlite3.connect(file, isolation_level=None)) as backup:
        backup.execute("BEGIN")
        backup.execute("SELECT * FROM wanted").fetchall()
        assert await store.subscriptions.unsubscribe(id_, ADA)
        assert holds(file, ADA)
        await store.subscriptions.subscribe(id_, TOM)
    assert store._database.eraser.later
    await store._database.eraser.later
    assert not holds(file, ADA)
    assert [each.getMessage() for each in caplog.records if each.name == erasing.__name__] == [
        "deleted data is still in the database files for now: another program is reading them",
        "deleted data is now gone from the database files",
    ]


async def test_whoever_must_be_answered_now_does_not_wait_for_it(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
):
    """Other presses write first; the deletion is confirmed, and its data erased from the files a moment later."""
    monkeypatch.setattr(erasing, "ERASE_AGAIN", 0.05)
    id_ = await wish(store)
    go_on = [asyncio.Event(), asyncio.Event()]

    async def write_until(event: asyncio.Event) -> None:
        async with store._database.writing.engine.begin():
            await event.wait()

    async def unsubscribe() -> bool:
        is_unlimited = iter([True])  # until the row is deleted
        end_in(0, lambda: next(is_unlimited, False))
        return await store.subscriptions.unsubscribe(id_, ADA)

    tasks = [asyncio.create_task(each) for each in (write_until(go_on[0]), unsubscribe(), write_until(go_on[1]))]
    await asyncio.sleep(0.05)
    go_on[0].set()
    assert await tasks[1]
    assert holds(file, ADA)
    go_on[1].set()
    assert store._database.eraser.later
    await store._database.eraser.later
    assert not holds(file, ADA)
    await asyncio.gather(*tasks)
