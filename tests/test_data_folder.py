"""Only the bot's own user can read its data, even if an earlier version left it readable for others."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import private
from bot.data_folder import hold_data_folder
from bot.discord_ui.heartbeat import leave
from bot.store.store import Store
from tests.support.moments import MIA, NOW

# What the code writes to DATA_DIR, such as `data_dir / "heartbeat"`, and what else is or was written there.
SOURCES = (each.read_text(encoding="utf-8") for each in (Path(__file__).parents[1] / "bot").rglob("*.py"))
NAMED = {name for text in SOURCES for name in re.findall(r'\b(?:data|data_dir) / "([^"]+)"', text)}
BESIDE = {f"{each}.new" for each in NAMED if each.endswith(".json")}
OTHERS = {
    "calibration.json",
    "commands.sha256",
    "votes.key",
    "meaning-01234567.vectors",
    "lessonbot.before-restore-1.zip",
    "told.json.new",
}

pytestmark = pytest.mark.skipif(os.name != "posix", reason="other systems know no modes")


def modes(folder: Path) -> dict[str, str]:
    """The modes of a folder and of everything in it."""
    return {each.name: f"{each.stat().st_mode & 0o777:o}" for each in (folder, *folder.iterdir())}


async def test_what_is_made_is_closed(tmp_path):
    """The folder, the lock, the heartbeat, and the database with SQLite's other files are created private."""
    folder = tmp_path / "data"
    async with hold_data_folder(folder):
        leave(folder / "heartbeat")
        private.write_private(folder / "hints.json", b"[]")
        store = await Store.open(f"sqlite:///{folder / 'lessonbot.sqlite3'}")
        await store.reminders.remember(MIA, "two-versions", {2: NOW})
        assert modes(folder) == {
            "data": "700",
            "lessonbot.lock": "600",
            "heartbeat": "600",
            "hints.json": "600",
            "lessonbot.sqlite3": "600",
            "lessonbot.sqlite3-wal": "600",
            "lessonbot.sqlite3-shm": "600",
        }
        await store.close()


async def test_what_an_earlier_version_left_open_is_closed(tmp_path):
    """The first start of this version makes them private, including a -wal file that a kill left behind."""
    folder = tmp_path / "data"
    folder.mkdir(0o755)
    database = folder / "lessonbot.sqlite3"
    with closing(sqlite3.connect(database)) as earlier:
        earlier.execute("PRAGMA journal_mode = WAL")
        earlier.execute("CREATE TABLE notes (text)")
        for name in NAMED | BESIDE | OTHERS:
            (folder / name).touch()
        for each in folder.iterdir():
            each.chmod(0o644)
        assert {"hints.json", "told.json.new", "lessonbot.sqlite3-wal", "heartbeat"} <= {*modes(folder)}
        async with hold_data_folder(folder):
            assert set(modes(folder).values()) == {"700", "600"}


async def test_a_folder_with_other_files_stays_as_it_is(tmp_path):
    """DATA_DIR can be a home folder: only the bot's own files become private."""
    (tmp_path / "letter.txt").touch(0o644)
    (tmp_path / "told.json").touch(0o644)
    tmp_path.chmod(0o755)
    async with hold_data_folder(tmp_path):
        assert modes(tmp_path) == {
            tmp_path.name: "755",
            "letter.txt": "644",
            "told.json": "600",
            "lessonbot.lock": "600",
        }


async def test_a_link_in_it_is_not_followed(tmp_path):
    """The target of a link keeps its mode, as it belongs to somebody else."""
    other = tmp_path / "other"
    other.touch(0o644)
    other.chmod(0o644)
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "told.json").symlink_to(other)
    async with hold_data_folder(folder):
        assert other.stat().st_mode & 0o777 == 0o644


async def test_a_database_elsewhere_is_closed_and_its_folder_is_not(tmp_path):
    """A database file becomes private, but not its existing folder; a folder that is made for it does."""
    tmp_path.chmod(0o755)
    for file in (tmp_path / "memory.sqlite3", tmp_path / "new" / "memory.sqlite3"):
        await (await Store.open(f"sqlite:///{file}")).close()
        assert file.stat().st_mode & 0o777 == 0o600
    assert tmp_path.stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
