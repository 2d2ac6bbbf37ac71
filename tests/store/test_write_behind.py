"""Questions are saved behind the answer: many at once, soon, and before anything reads them."""

from __future__ import annotations

import asyncio
import gc
import logging

import pytest
from sqlalchemy import func, select

from bot.errors import StoreFailingError
from bot.store import reserved_ids, write_behind
from bot.store.store import Store
from bot.store.tables import questions
from tests.support.moments import NOW, TOM
from tests.support.stored import HERE
from tests.support.waiting import until


async def written(store: Store) -> int:
    """How many questions are in the database by now."""
    async with store._database.reading.engine.connect() as connection:
        return int(await connection.scalar(select(func.count()).select_from(questions)) or 0)


async def are_written(store: Store, number: int) -> None:
    """Wait until so many are in the database."""

    async def are() -> bool:
        return await written(store) == number

    await until(are)


async def log(store: Store, number: int) -> list[int]:
    return [await store.questions.log(HERE, f"question {n}", NOW, "unknown") for n in range(number)]


async def test_many_questions_cost_one_transaction(store):
    """Each transaction waits for the disk: a busy server would wait all the time."""
    await log(store, 1)
    await store.questions.settle()
    before = store.questions.changes
    ids = await log(store, 50)
    assert await written(store) == 1
    assert len(await store.questions.recent_texts()) == 51, "whoever reads sees all of them"
    assert store.questions.changes == before + 1
    assert len({*ids}) == 50


async def test_whoever_reads_does_not_wait_for_what_is_asked_meanwhile(store):
    """Else members who ask without a pause would hold up everybody who reads or writes anything else."""
    await log(store, 1)
    await store.questions.settle()
    before = store.questions.changes

    async def go_on_asking() -> None:
        while True:
            await log(store, 1)
            await asyncio.sleep(0.001)

    asking = asyncio.create_task(go_on_asking())
    await asyncio.sleep(0.01)
    assert await store.questions.recent_texts()
    assert await store.votes.cast(1, TOM, "venv/what", helped=True)
    transactions = store.questions.changes - before
    asking.cancel()
    assert transactions <= 5, "each of them writes what was asked before, and votes change the question"


async def test_they_are_soon_written_when_nobody_reads_them(store):
    """A kill loses only the questions of the last moment."""
    await log(store, 3)

    await are_written(store, 3)
    await log(store, 2)
    await are_written(store, 5)


async def test_they_are_written_when_the_bot_stops(url):
    """A restart loses nothing, and no id is given twice."""
    first = await Store.open(url)
    ids = await log(first, 3)
    await first.close()
    second = await Store.open(url)
    assert await written(second) == 3
    assert min(await log(second, 3)) > max(ids)
    await second.close()


async def test_what_refers_to_a_question_comes_after_it(store):
    """A vote, a wish and all else find the question that was asked a moment ago."""
    voted, wanted, passed = await log(store, 3)
    assert await store.votes.cast(voted, TOM, "a", helped=False)
    (late,) = await log(store, 1)
    assert await store.subscriptions.subscribe(late, TOM)
    assert await store.subscriptions.subscribe(wanted, TOM)
    assert await store.questions.pass_on(passed, "on Windows")


async def test_whoever_stops_waiting_does_not_stop_the_writing(store):
    """A member's request may be cancelled at any moment: each question is still saved, once."""
    await log(store, 20)
    for pauses in range(6):
        reading = asyncio.create_task(store.questions.recent_texts())
        for _ in range(pauses):
            await asyncio.sleep(0)
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        await log(store, 1)
    texts = await store.questions.recent_texts()
    assert len(texts) == 26
    assert await written(store) == 26


async def test_more_are_asked_than_ids_were_reserved(store, monkeypatch):
    """Many members who ask at once get different ids, in their order."""
    monkeypatch.setattr(reserved_ids, "AT_ONCE", 7)
    ids = await asyncio.gather(*(store.questions.log(HERE, f"q{n}", NOW, "unknown") for n in range(30)))
    assert sorted({*ids}) == sorted(ids)
    assert len(await store.questions.recent_texts()) == 30


async def test_a_database_that_fails_loses_nothing_that_was_promised(store, caplog, monkeypatch):
    """What is waiting is saved when the database is back; meanwhile the log has one line, without the question."""
    await log(store, 1)
    await store.questions.settle()
    engine = store._database.writing.engine
    async with engine.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE questions RENAME TO away")
    monkeypatch.setattr(write_behind, "AFTER", 0)
    with caplog.at_level(logging.WARNING):
        (waiting,) = await log(store, 1)
        await until(lambda: not store.questions.logs_at_once)  # nobody reads meanwhile
        gc.collect()  # asyncio would log an error that nobody saw
        for _ in range(3):
            await store.questions.settle()
    (line,) = caplog.messages
    assert line.startswith("questions could not be saved: ")
    assert "question 0" not in line
    assert not store.questions.logs_at_once
    async with engine.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE away RENAME TO questions")
    assert await store.questions.find(waiting)
    assert store.questions.logs_at_once


async def test_a_database_that_does_not_answer_does_not_fill_the_memory(store, monkeypatch):
    """Members get their answers, and only so many of their questions wait for it."""
    monkeypatch.setattr(write_behind, "MOST", 3)
    await store.questions.misses(NOW)
    await log(store, 3)
    assert not store.questions.logs_at_once
    with pytest.raises(StoreFailingError, match="the database does not answer"):
        await log(store, 1)
    await store.questions.settle()
    assert await written(store) == 3
    await log(store, 1)


async def test_whoever_writes_when_nothing_is_left_writes_nothing(store):
    """Not even a question without a text."""
    await log(store, 1)
    waiting = store.questions._later
    writing = waiting._begin()
    waiting._rows.clear()
    await writing
    assert await written(store) == 0
    assert not waiting.is_failing
