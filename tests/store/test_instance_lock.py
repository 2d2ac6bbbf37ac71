"""Only one bot at a time works on a database of either kind."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re

import pytest
from sqlalchemy import text

from bot import file_lock
from bot.errors import UserError
from bot.store import instance_lock as module
from bot.store import postgresql_engine
from bot.store.database_url import database_at
from bot.store.instance_lock import RestoringError, hold_database, restoring, until_restored
from bot.store.postgresql_engine import NAME
from bot.store.store import Store
from tests.support.waiting import until

OTHER = "lessonbot 7 on web-2 a1b2c3"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_lock, "PATIENCE", 0.3)
    monkeypatch.setattr(module, "LOOK_EVERY", 0.05)
    monkeypatch.setattr(module, "NOTICED", 0.2)


async def take(url: str) -> None:
    async with hold_database(url):
        pass


async def test_the_second_bot_is_refused_with_the_first_ones_name(url):
    """The message says which bot to stop; then the second one can start."""
    async with hold_database(url):
        with pytest.raises(
            UserError, match=rf"is used by another .*{os.getpid()} on .*; stop that one first$"
        ) as caught:
            await take(url)
        assert "\n" not in str(caught.value)
    await take(url)


async def test_a_link_to_the_database_leads_to_the_same_lock(tmp_path):
    """Two bots do not use one database by two names, and a restore by one name stops the bot by the other."""
    (tmp_path / "big").mkdir()
    (tmp_path / "link.sqlite3").symlink_to("big/real.sqlite3")
    real, link = f"sqlite:///{tmp_path}/big/real.sqlite3", f"sqlite:///{tmp_path}/link.sqlite3"
    async with hold_database(real):
        with pytest.raises(UserError, match="stop that one first"):
            await take(link)
    (bot,) = await bots_of(link)
    async with restoring(real):
        await until(lambda: bot.has_let_go)
    assert await asyncio.wait_for(bot.running, 60) == "goes on"


async def test_whoever_only_looks_is_not_kept_out(url):
    """Backups, checks and tests may open the database while a bot runs."""
    async with hold_database(url):
        await (await Store.open(url)).close()


async def test_a_restart_waits_for_the_one_that_is_stopping(url, monkeypatch):
    """The old bot needs a moment to log out of Discord."""
    monkeypatch.setattr(file_lock, "PATIENCE", 10)
    async with hold_database(url):
        waiting = asyncio.create_task(take(url))
        done, _ = await asyncio.wait([waiting], timeout=0.3)
        assert not done
    await waiting


async def test_databases_in_memory_are_as_many_as_there_are_bots():
    """Each bot has its own database in memory."""
    async with hold_database("sqlite:///:memory:"):
        await take("sqlite:///:memory:")


async def test_work_ends_as_it_would_alone(url):
    """The lock passes on the result, the error, or the cancellation."""

    async def fail() -> None:
        raise UserError("no token")

    async with hold_database(url) as lock:
        await lock.run(asyncio.sleep(0))
        with pytest.raises(UserError, match="no token"):
            await lock.run(fail())
        working = asyncio.create_task(lock.run(asyncio.sleep(60)))
        await asyncio.sleep(0.1)
        working.cancel()
        with pytest.raises(asyncio.CancelledError):
            await working


class Bot:
    """Uses the database until a backup is restored into it, and goes on after that."""

    def __init__(self, url: str) -> None:
        self.begun = asyncio.Event()
        self.has_let_go = False
        self.running = asyncio.create_task(self._run(url))

    async def _run(self, url: str) -> str:
        with contextlib.suppress(RestoringError):
            async with hold_database(url, shared=True) as lock:
                self.begun.set()
                await lock.run(asyncio.sleep(3600))
        self.has_let_go = True
        await until_restored(url)
        return "goes on"


async def bots_of(url: str) -> list[Bot]:
    """As many as can use the database at once."""
    bots = [Bot(url) for _ in range(1 if url.startswith("sqlite") else 2)]
    for each in bots:
        await asyncio.wait_for(each.begun.wait(), 60)
    return bots


async def test_bots_let_go_of_a_database_while_a_backup_is_restored(url, monkeypatch):
    """They stop in time for the restore, wait until it ends, however it ends, and go on."""
    bots = await bots_of(url)
    async with restoring(url):
        monkeypatch.setattr(file_lock, "PATIENCE", 60)
        async with hold_database(url):
            assert all(each.has_let_go for each in bots)
        monkeypatch.setattr(file_lock, "PATIENCE", 0.3)
        with pytest.raises(UserError, match="stop that one first"):
            async with restoring(url):
                pass
        assert not any(each.running.done() for each in bots)
    assert {await asyncio.wait_for(each.running, 60) for each in bots} == {"goes on"}


async def test_a_bot_that_lost_its_lock_sees_a_restore_all_the_same(server, monkeypatch):
    """The connections were cut just before, as by a restart of the database."""
    monkeypatch.setattr(module, "NOTICED", 2.0)
    url = server.new_database()
    bots = await bots_of(url)
    await cut(url)
    async with restoring(url):
        await until(lambda: all(each.has_let_go for each in bots))
    for each in bots:
        await asyncio.wait_for(each.running, 60)


async def cut(url: str, name: str = NAME) -> None:
    """As if the server had been restarted: it ends the sessions that hold the lock."""
    server = database_at(url)
    async with server.writing.begin() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_stat_activity USING (pid) "
                "WHERE locktype = 'advisory' AND application_name = :name AND pid <> pg_backend_pid()"
            ),
            {"name": name},
        )
    await server.close()


async def test_a_lock_that_was_lost_is_taken_again(server, caplog):
    """If the database restarts, the bot goes on, and the log says that two bots could have run meanwhile."""
    caplog.set_level("INFO")
    url = server.new_database()
    async with hold_database(url) as lock:
        working = asyncio.create_task(lock.run(asyncio.sleep(60)))
        await cut(url)
        await until(lambda: "other bots are locked out of the database again" in caplog.text)
        assert re.search("lost the lock that keeps other bots out of the database: .*\n.*again", caplog.text)
        with pytest.raises(UserError):
            await take(url)
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)


async def test_a_lock_is_lost_once_however_long_the_database_is_away(server, caplog):
    """An hour without a database does not fill the log."""
    async with hold_database(server.new_database()) as lock:
        working = asyncio.create_task(lock.run(asyncio.sleep(60)))
        await asyncio.sleep(0.1)
        await asyncio.to_thread(server.halt)
        try:
            await until(lambda: "lost the lock" in caplog.text)
            await asyncio.sleep(20 * module.LOOK_EVERY)
        finally:
            await asyncio.to_thread(server.launch)
        assert caplog.text.count("lost the lock") == 1
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)


async def test_a_bot_whose_database_was_taken_over_stops(server, monkeypatch):
    """It names the bot that has the database now, so that no question is answered twice."""
    url = server.new_database()
    async with hold_database(url) as lock:
        working = asyncio.create_task(lock.run(asyncio.sleep(60)))
        await asyncio.sleep(0.1)
        monkeypatch.setattr(module, "LOOK_EVERY", 1.0)
        await asyncio.sleep(0.1)
        await cut(url)
        monkeypatch.setattr(postgresql_engine, "NAME", OTHER)
        async with hold_database(url):
            with pytest.raises(UserError, match=f"^another {OTHER} has taken over the database "):
                await asyncio.wait_for(working, 60)
