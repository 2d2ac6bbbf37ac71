"""Several processes of one bot on one PostgreSQL: each shard is run by one of them, or by the next if it ends."""

from __future__ import annotations

import asyncio
import time

import pytest
from sqlalchemy import select, text

from bot.errors import StoreError
from bot.shards import LeaseLostError, Shards
from bot.store import leases, postgresql_engine
from bot.store.database_url import database_at
from bot.store.leases import Leases, leases_for
from bot.store.servers import Choices
from bot.store.store import Store
from bot.store.tables import processes
from tests.store.conftest import Server
from tests.support.moments import MIA, NOW, TOM
from tests.support.waiting import until

BOT = 123456789012345678


@pytest.fixture
async def shared(server: Server) -> str:
    """The URL of a database with all tables."""
    url = server.new_database()
    await (await Store.open(url)).close()
    return url


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "BEAT", 0.05)


class Process:
    """The leases of a process until it is stopped or killed."""

    def __init__(self, url: str, name: str, wants: Shards, bot: int = BOT, recommended: int = 4) -> None:
        self.name = name
        self.leases = Leases(url, wants)
        self._taking_part = self.leases.taking_part(bot, recommended)

    async def start(self, monkeypatch: pytest.MonkeyPatch) -> Process:
        with monkeypatch.context() as patch:
            patch.setattr(postgresql_engine, "NAME", self.name)
            await self._taking_part.__aenter__()
        return self

    async def stop(self) -> None:
        await self._taking_part.__aexit__(None, None, None)


@pytest.fixture
async def start(shared, monkeypatch):
    started: list[Process] = []

    async def go(name: str, wants: Shards, **more: int) -> Process:
        started.append(await Process(shared, name, wants, **more).start(monkeypatch))
        return started[-1]

    yield go
    for each in started:
        await each.stop()


def test_sqlite_has_no_leases():
    """Nothing of this concerns whoever runs one process on SQLite."""
    assert leases_for("sqlite:///data/lessonbot.sqlite3", Shards(1)) is None
    assert leases_for("postgresql://bot@db/bot", Shards(1)) is not None


async def test_one_process_runs_a_shard_and_the_next_takes_over_at_once_when_it_stops(start):
    """A deploy starts the new process before it stops the old one."""
    first = await start("first", Shards(1))
    assert (await first.leases.look()).mine == {0}
    assert first.leases.holds(0)
    second = await start("second", Shards(1))
    waiting = await second.leases.look()
    assert (waiting.mine, waiting.others) == (frozenset(), {0: "first"})
    assert not second.leases.holds(0)
    await first.leases.renew(more=True)
    await first.stop()
    assert not first.leases.holds(0)
    assert (await second.leases.look()).mine == {0}


async def test_a_process_that_hangs_stops_answering_before_another_takes_over(start, monkeypatch):
    """Two processes never answer one message: a process knows by its own clock when its lease ends."""
    monkeypatch.setattr(leases, "VALID", 1.0)
    hanging, waiting = await start("hanging", Shards(1)), await start("waiting", Shards(1))
    await hanging.leases.look()

    async def look() -> tuple[bool, bool]:
        has_it = bool((await waiting.leases.look()).mine)
        return has_it, hanging.leases.holds(0)

    seen = set()

    async def taken_over() -> bool:
        seen.add(now := await look())
        return now[0]

    await until(taken_over)
    assert (True, True) not in seen
    with pytest.raises(LeaseLostError):
        await hanging.leases.renew(more=True)
    assert not hanging.leases.holds(0)
    assert (await hanging.leases.look()).mine == frozenset(), "it waits now"


async def test_a_process_that_cannot_reach_the_database_stops_answering(start, server, monkeypatch):
    """It does not know whether another process runs its shard."""
    monkeypatch.setattr(leases, "VALID", 2.0)
    process = await start("alone", Shards(1))
    await process.leases.look()
    gone = database_at(server.url("gone"))
    with monkeypatch.context() as patch:
        patch.setattr(process.leases, "_database", gone)
        with pytest.raises(LeaseLostError, match='database "gone" does not exist'):
            await process.leases.renew(more=True)
    assert not process.leases.holds(0)
    await gone.close()


async def test_what_a_process_ran_until_the_database_failed_it_runs_again(start, shared, server, monkeypatch):
    """After a fail-over, nobody has to connect again, unless another process was faster."""
    monkeypatch.setattr(leases, "VALID", 600.0)
    first, second = await start("first", Shards(None)), await start("second", Shards(None))
    await first.leases.look()
    await first.leases.give((2, 3))
    assert (await second.leases.look()).mine == {2, 3}
    gone = database_at(server.url("gone"))
    for each in (first, second):
        each.leases._until = leases._now() + 0.2
        with monkeypatch.context() as patch:
            patch.setattr(each.leases, "_database", gone)
            with pytest.raises(LeaseLostError) as lost:
                await each.leases.renew(more=True)
            assert lost.value.is_away
    opened = database_at(shared)
    async with opened.writing.begin() as connection:  # the leases have ended meanwhile
        await connection.execute(processes.update().values(until=NOW))
    await opened.close()
    assert (await second.leases.take_back([2, 3])).mine == {2, 3}
    assert (await first.leases.take_back([0, 1])).mine == {0, 1}
    await second.stop()
    third = await start("third", Shards(None))
    assert (await third.leases.look()).mine == {2, 3}
    assert (await first.leases.take_back([0, 1, 2])).mine == {0, 1}
    await gone.close()


async def test_a_process_that_was_stopped_meanwhile_does_not_go_on(start, monkeypatch):
    """What it receives next may be old, and answered by another one that has ended since."""
    process = await start("stopped", Shards(1))
    await process.leases.look()
    clock = leases._now
    times = iter([0.0, 0.0, 100.0])
    monkeypatch.setattr(leases, "_now", lambda: clock() + next(times, 100.0))
    with pytest.raises(LeaseLostError, match="it was stopped"):
        await process.leases.take_back([0])
    assert not process.leases.holds(0)


async def test_shards_are_shared_and_those_of_a_dead_process_are_taken(start, shared):
    """With `auto`, each process runs its fair share, also after others came and went."""
    first = await start("first", Shards(None))
    assert (await first.leases.look()).mine == {0, 1, 2, 3}
    # It would recommend more by now, but all processes count alike.
    second = await start("second", Shards(None), recommended=8)
    assert (await second.leases.look()).count == 4
    surplus = (await first.leases.renew(more=True)).surplus
    assert surplus == (2, 3)
    first.leases.stop_answering(surplus)
    assert not first.leases.holds(2)
    assert first.leases.holds(0)
    await first.leases.give(surplus)
    assert (await second.leases.look()).mine == {2, 3}
    assert (await first.leases.renew(more=True)).mine == {0, 1}
    opened = database_at(shared)
    async with opened.writing.begin() as connection:  # as if the first one had not renewed its leases for long
        await connection.execute(processes.update().where(processes.c.name == "first").values(until=NOW))
    await opened.close()
    assert (await second.leases.renew(more=True)).mine == {0, 1, 2, 3}
    assert (await first.leases.renew(more=True)).mine == frozenset()
    assert not first.leases.holds(0)


async def test_processes_that_divide_the_bot_otherwise_wait(start):
    """Otherwise, a server would be answered by two shards."""
    first = await start("first", Shards(2, 0, 0))
    assert (await first.leases.look()).mine == {0}
    other = await start("other", Shards(3))
    assert (await other.leases.look()).mine == frozenset()
    second = await start("second", Shards(2, 1, 1))
    assert (await second.leases.look()).mine == {1}


async def test_another_bot_is_kept_out(start):
    """Its members would get what was promised to those of the first."""
    await (await start("first", Shards(1))).leases.look()
    other = await start("other", Shards(1), bot=BOT + 1)
    with pytest.raises(
        StoreError, match=f"used by another bot, with the ID {BOT}; give each bot its own database"
    ):
        await other.leases.look()


async def test_processes_connect_one_after_the_other_in_each_bucket(start, monkeypatch):
    """Discord accepts so many new connections within five seconds, whichever process makes them."""
    monkeypatch.setattr(leases, "IDENTIFY", 0.5)
    first, second = await start("first", Shards(None)), await start("second", Shards(None))
    begun = time.monotonic()
    await first.leases.turn_to_identify(0)
    await second.leases.turn_to_identify(1)
    assert len(first.leases._identifying) == len(second.leases._identifying) == 1, "another bucket need not wait"
    await second.leases.turn_to_identify(0)
    assert time.monotonic() - begun >= 0.5


async def test_a_process_that_is_stopped_in_the_middle_keeps_nobody_waiting(start, shared, monkeypatch):
    """PostgreSQL ends a transaction that its process left open."""
    process = await start("next", Shards(1))
    stopped = database_at(shared)
    postgresql_engine.end_idle_transactions(stopped.writing.engine, 0.3)
    connection = await stopped.writing.engine.connect()
    await connection.execute(text(f"SELECT pg_advisory_xact_lock({leases._TURN})"))
    assert (await process.leases.look()).mine == {0}
    await connection.invalidate()
    await connection.close()
    await stopped.close()


async def open_as(name: str, url: str, monkeypatch: pytest.MonkeyPatch) -> Store:
    with monkeypatch.context() as patch:
        patch.setattr(postgresql_engine, "NAME", name)
        return await Store.open(url)


async def test_what_a_dead_process_was_sending_is_sent_by_one_other(start, shared, monkeypatch):
    """Reminders and notifications are sent once, whoever dies."""
    dead = await start("dead", Shards(1))
    for each in ("here", "there"):
        await (await start(each, Shards(1))).leases.look()
    await dead.leases.look()
    first, here, there = [await open_as(each, shared, monkeypatch) for each in ("dead", "here", "there")]
    await first.reminders.remember(MIA, "two-versions", {1: NOW})
    question = await first.questions.log(1, "bread", NOW, "unknown")
    await first.subscriptions.subscribe(question, TOM)
    await first.questions.resolve([question], "answered", "1/why")
    (reminder,) = await first.reminders.due(NOW)
    claimed = [await each.reminders.claim(reminder.id) for each in (first, here, there)]
    claimed += [await each.subscriptions.claim(question, TOM) for each in (first, here, there)]
    assert claimed == [True, False, False] * 2

    assert [await each.reminders.unfinished() for each in (here, there)] == [[], []], "it is being sent"
    assert [await each.subscriptions.unfinished() for each in (here, there)] == [[], []]
    await dead.stop()
    taken = await asyncio.gather(*(each.reminders.unfinished() for each in (here, there)))
    taken_over = await asyncio.gather(*(each.subscriptions.unfinished() for each in (here, there)))
    assert sorted(map(len, taken)) == sorted(map(len, taken_over)) == [0, 1]

    # The dead one comes to life again, and finishes: that changes nothing.
    await first.reminders.release(reminder.id)
    await first.subscriptions.release(question, TOM)
    assert [await each.reminders.due(NOW) for each in (here, there)] == [[], []]
    assert await here.subscriptions.due() == []
    for store in (first, here, there):
        await store.close()


async def test_settings_that_one_process_changes_are_known_in_all(shared):
    """A moderator's choice holds in every shard."""
    here, there = await Store.open(shared), await Store.open(shared)
    await there.servers.load()
    assert not await there.servers.refresh()
    await here.servers.set(1, Choices(moderator_role=7))
    assert await there.servers.refresh()
    assert there.servers.of(1).moderator_role == 7
    await here.servers.set_homes([5])
    assert await there.servers.refresh()
    assert there.servers.homes == {5}
    assert not await there.servers.refresh()
    await here.close()
    await there.close()


async def test_only_one_process_publishes_at_a_time(shared):
    """Two publishes at once could mix files of the one with the history of the other."""
    here, there = await Store.open(shared), await Store.open(shared)

    async def publish(store: Store) -> None:
        async with store.publishing_alone():
            pass

    async with here.publishing_alone():
        other = asyncio.create_task(publish(there))
        await asyncio.wait({other}, timeout=0.2)
        assert not other.done()
    await other
    await here.close()
    await there.close()


async def test_an_end_leaves_no_process_behind(start, shared):
    """The next one need not wait."""
    process = await start("first", Shards(1))
    await process.leases.look()
    await process.stop()
    opened = database_at(shared)
    async with opened.reading.connect() as connection:
        assert (await connection.execute(select(processes))).all() == []
    await opened.close()
