"""The tables of every version, on both databases."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from bot.errors import StoreError
from bot.store.database import database_at
from bot.store.store import Store
from bot.store.tables import metadata
from tests.store.moments import NOW, TOM

START = "import asyncio, sys; from bot.store.store import Store; asyncio.run(Store.open(sys.argv[1]))"


async def execute(url: str, statement: str) -> None:
    opened = database_at(url)
    async with opened.writing.begin() as connection:
        await connection.execute(text(statement))
    await opened.close()


async def test_the_migrations_make_the_tables_that_the_code_uses(url):
    """An upgrade leaves no difference between an old database and a new one."""
    await (await Store.open(url)).close()
    opened = database_at(url)
    options = {"compare_type": True, "compare_server_default": True}
    async with opened.reading.connect() as connection:
        differing = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync, opts=options), metadata)
        )
    await opened.close()
    assert differing == []


async def test_a_second_start_changes_nothing(url):
    """What was there stays."""
    first = await Store.open(url)
    await first.reminders.remember(TOM, "two-versions", {1: NOW})
    await first.close()
    second = await Store.open(url)
    assert await second.reminders.pending(TOM, "two-versions") == 1
    await second.close()


async def test_several_may_open_an_empty_database_at_once(url):
    """Each finds it complete."""
    stores = await asyncio.gather(*(Store.open(url) for _ in range(5)))
    for store in stores:
        assert await store.walks.of(TOM) == []
        await store.close()


def test_several_processes_may_start_on_an_empty_database_at_once(url):
    """The old container and the new one, for example; none of them fails."""
    starting = [
        subprocess.Popen([sys.executable, "-c", START, url], stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    ended = [process.communicate(timeout=60)[1] for process in starting]
    assert [process.returncode for process in starting] == [0, 0, 0], ended


async def test_a_newer_database_is_left_alone(url):
    """Going back to an older Lessonbot says so, and spoils nothing."""
    await (await Store.open(url)).close()
    await execute(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError) as caught:
        await Store.open(url)
    assert str(caught.value).endswith(": it was made by a newer Lessonbot (revision 9999); update this one")
    await execute(url, "UPDATE alembic_version SET version_num = '0001'")
    await (await Store.open(url)).close()


async def test_a_database_that_holds_other_tables_is_left_alone(url):
    """A migration happens whole or not at all."""
    await execute(url, "CREATE TABLE reminders (note TEXT)")
    with pytest.raises(StoreError, match="already exists"):
        await Store.open(url)
    await execute(url, "DROP TABLE reminders")
    await (await Store.open(url)).close()
