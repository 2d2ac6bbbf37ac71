"""What a plain start loads: one process on SQLite, whose database has the newest tables."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tests.support.shipped import KNOWLEDGE

# Each takes a megabyte of memory or more, and some hundredths of a second, and few starts need it.
NOT_NEEDED = (
    "PIL",
    "alembic",
    "anyascii",
    "anyio._backends",
    "asyncpg",
    "babel",
    "bot.curating.uploaded",
    "bot.lessons.advice",
    "bot.lessons.intake.importing",
    "docutils",
    "html.entities",
    "markdown_it",
    "numpy.ma",
    "prometheus_client",
    "rich",
    "sqlalchemy.orm",
    "turbohtml",
)
START = """
import asyncio, contextlib, sys
import bot.cli
from bot.app import App
from bot.discord_ui import client, service, sharding
from bot.language.words import _, in_locale
from bot.lessons.watching import saves
from bot.settings import current_settings

async def main():
    async with App.open(current_settings()) as app:
        app.tutor.answer("How do I delete a virtual environment?")
        with in_locale("de"):
            _("Save")
        async with contextlib.aclosing(saves(app.library.folder)) as turns:
            await anext(turns)

asyncio.run(main())
print(*sorted(sys.modules))
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.ext.asyncio.engine import AsyncEngine as Engine
assert Engine is AsyncEngine and AsyncSession
"""


def test_a_start_loads_nothing_that_few_bots_need(tmp_path, migrated_database):
    """The bot fits on a small machine. What it leaves out of a package can still be used by others."""
    shutil.copytree(KNOWLEDGE, tmp_path / "knowledge")
    (tmp_path / "data").mkdir(0o700)
    shutil.copy(migrated_database, tmp_path / "data")
    done = subprocess.run(
        [sys.executable, "-c", START],
        cwd=tmp_path,
        env={**os.environ, "UNDERSTANDING": "table"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert [each for each in NOT_NEEDED if each in done.stdout.split()] == []


def test_the_health_check_loads_little():
    """Docker asks every 30 seconds whether the bot is well, on the machine that should answer members."""
    code = "import sys, bot.cli, bot.discord_ui.heartbeat; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert not {"discord", "numpy", "sqlalchemy", "yaml"} & set(done.stdout.split())
