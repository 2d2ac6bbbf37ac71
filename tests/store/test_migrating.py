"""Databases of all versions are migrated, of both kinds."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

import bot.store
from bot.errors import StoreError
from bot.store.database_url import database_at
from bot.store.migrating import MIGRATIONS, newest_revision
from bot.store.store import Store
from bot.store.tables import metadata
from tests.support.moments import NOW, TOM

VERSIONS = Path(bot.store.__path__[0]) / "migrations" / "versions"
START = "import asyncio, sys; from bot.store.store import Store; asyncio.run(Store.open(sys.argv[1]))"


async def execute(url: str, statement: str) -> None:
    opened = database_at(url)
    async with opened.writing.begin() as connection:
        await connection.execute(text(statement))
    await opened.close()


async def upgrade(url: str, version: str) -> None:
    """As a Lessonbot of that time would have."""
    opened = database_at(url)
    async with opened.writing.begin() as connection:
        await connection.run_sync(_upgrade, version)
    await opened.close()


def _upgrade(connection: Connection, version: str) -> None:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS))
    command.upgrade(config, version)


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


def test_the_newest_migration_is_known_without_alembic():
    """A start that migrates nothing does not import Alembic, which takes longer than all else of the store."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == newest_revision()
    code = "import sys, bot.store.store; sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


async def test_a_second_start_changes_nothing(url):
    """All data stays."""
    first = await Store.open(url)
    await first.reminders.remember(TOM, "two-versions", {1: NOW})
    await first.close()
    second = await Store.open(url)
    assert await second.reminders.pending(TOM, "two-versions") == 1
    await second.close()


async def test_several_may_open_an_empty_database_at_once(url):
    """All of them see the complete tables."""
    stores = await asyncio.gather(*(Store.open(url) for _ in range(5)))
    for store in stores:
        assert await store.walks.of(TOM) == []
        await store.close()


def test_several_processes_may_start_on_an_empty_database_at_once(url):
    """For example, the old container and the new one; none of them fails."""
    starting = [
        subprocess.Popen([sys.executable, "-c", START, url], stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    ended = [process.communicate(timeout=60)[1] for process in starting]
    assert [process.returncode for process in starting] == [0, 0, 0], ended


async def test_a_draft_begun_before_several_could_be_still_answers_its_question(url):
    """A draft from before the upgrade still resolves its miss."""
    await upgrade(url, "0004")
    for id_, settled_by in enumerate(["draft/12", "draft/12", ""], 1):
        await execute(
            url,
            "INSERT INTO questions (id, server, text, context, asked_at, reply, entry, outcome, taken, found, "
            f"passed, settled, settled_by) VALUES ({id_}, 1, 'q', '', '2026-11-22 00:00:00+00:00', 'unknown', '', "
            f"'', '', '', false, '', '{settled_by}')",
        )
    store = await Store.open(url)
    async with store._database.reading.connect() as connection:
        kept = list(await connection.execute(text("SELECT question, draft FROM draft_questions ORDER BY 1")))
        settled = (await connection.execute(text("SELECT settled_by FROM questions"))).scalars().all()
    assert kept == [(1, 12), (2, 12)]
    assert settled == ["", "", ""]
    await store.close()


async def test_who_asked_for_a_reminder_before_there_were_languages_gets_it_in_english(url):
    """Until then, all reminders were in English."""
    await upgrade(url, "0005")
    await execute(
        url,
        "INSERT INTO reminders (learner, scenario, days, due, state) "
        "VALUES (1, 'two-versions', 2, '2026-11-22 00:00:00+00:00', 'waiting')",
    )
    store = await Store.open(url)
    (reminder,) = await store.reminders.due(NOW.replace(year=2027))
    assert reminder.language == "en"
    await store.close()


async def test_a_draft_from_before_is_untouched_where_nothing_was_typed(url):
    """It is deleted after a day, and nobody works on it after an hour, as before the upgrade."""
    await upgrade(url, "0015")
    opened, typed, asked = '{"answer": "a", "alt": ""}', '{"answer": "b"}', '{"question": "q", "answer": ""}'
    drafts = [
        ("edit", '{"answer": "a", "alt": "", "+other": "q"}', opened, ""),
        ("edit", typed, opened, ""),
        ("edit", opened, opened, "why"),
        ("add", asked, '{"question": "q"}', ""),
        ("remove", "{}", opened, ""),
        ("merge", opened, opened, ""),
    ]
    for id_, each in enumerate(drafts, 1):
        texts = ", ".join(f"'{text}'" for text in each).replace(":", "\\:")
        await execute(
            url,
            "INSERT INTO drafts (id, kind, fields, begun, reason, moderator, server, file, part, base, "
            f"updated_at) VALUES ({id_}, {texts}, 1, 2, 'a.yaml', '', '', '2026-11-22 00:00:00+00:00')",
        )
    store = await Store.open(url)
    read = [await store.drafts.find(id_) for id_ in range(1, len(drafts) + 1)]
    assert [each.untouched for each in read if each] == [True, False, False, True, False, False]
    await store.close()


async def test_a_newer_database_is_left_alone(url):
    """An older Lessonbot refuses it with a message, and changes nothing."""
    await (await Store.open(url)).close()
    await execute(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError) as caught:
        await Store.open(url)
    assert str(caught.value).endswith(": it was made by a newer Lessonbot (revision 9999); update this one")
    newest = max(path.name[:4] for path in VERSIONS.glob("0*.py"))
    await execute(url, f"UPDATE alembic_version SET version_num = '{newest}'")
    await (await Store.open(url)).close()


async def test_a_database_that_holds_other_tables_is_left_alone(url):
    """A migration that fails changes nothing."""
    await execute(url, "CREATE TABLE reminders (note TEXT)")
    with pytest.raises(StoreError, match="already exists"):
        await Store.open(url)
    await execute(url, "DROP TABLE reminders")
    await (await Store.open(url)).close()
