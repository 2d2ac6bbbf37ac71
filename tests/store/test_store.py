"""A store is opened by its URL, with one clear line if that fails; and it deletes members' data on request."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from bot.errors import StoreError
from bot.installation import pip_install
from bot.settings import load_settings
from bot.store.shared import NOBODY, SharedWalk
from bot.store.store import Forgotten, Store
from bot.store.tables import wanted
from bot.store.walks import Walk
from tests.support.disks import fill, small_disk
from tests.support.moments import DAY, MIA, NOW, TOM
from tests.support.rights import without_rights
from tests.support.stored import choice_of

FORMS = "write sqlite:///path/of/the/file or postgresql://user:password@host/name"
WITHOUT_DRIVER = """
import asyncio, sys
sys.modules["asyncpg"] = None  # as if it were not installed
from bot.store.store import Store
asyncio.run(Store.open("postgresql://mia:s3cret@127.0.0.1/lessonbot"))
"""


async def refused(url: str) -> str:
    with pytest.raises(StoreError) as caught:
        await Store.open(url)
    said = str(caught.value)
    assert "\n" not in said
    return said


async def test_a_fresh_clone_remembers_in_its_data_folder(tmp_path):
    """Without settings, and without making a folder first."""
    settings = load_settings({"DATA_DIR": str(tmp_path / "what? 100%" / "data")}, tmp_path / ".env")
    await (await Store.open(settings.database)).close()
    assert (settings.data_dir / "lessonbot.sqlite3").read_bytes().startswith(b"SQLite format 3")


def test_a_database_can_be_set_and_its_password_is_not_shown(tmp_path):
    """The settings can be logged without the password."""
    settings = load_settings({"DATABASE_URL": "postgresql://mia:s3cret@db/x"}, tmp_path / ".env")
    assert settings.database == "postgresql://mia:s3cret@db/x"
    assert "s3cret" not in repr(settings)


async def test_a_file_is_found_again_by_its_path(tmp_path, monkeypatch):
    """Both a relative and an absolute path work."""
    monkeypatch.chdir(tmp_path)
    await (await Store.open("sqlite:///here.sqlite3")).close()
    await (await Store.open(f"sqlite+aiosqlite:///{tmp_path}/there.sqlite3")).close()
    assert {"here.sqlite3", "there.sqlite3"} <= {path.name for path in tmp_path.iterdir()}


async def test_memory_alone_will_do(tmp_path, monkeypatch):
    """A database in memory leaves no file behind."""
    monkeypatch.chdir(tmp_path)
    store = await Store.open("sqlite:///:memory:")
    await store.reminders.remember(MIA, "two-versions", {1: NOW})
    assert await store.reminders.pending(MIA, "two-versions") == 1
    await store.close()
    assert list(tmp_path.iterdir()) == []


async def test_the_url_of_a_hoster_works_as_it_is(server):
    """With `postgres://` and `sslmode`."""
    url = server.new_database().replace("postgresql://", "postgres://") + "&sslmode=disable"
    await (await Store.open(url)).close()


@pytest.mark.parametrize(
    "url",
    ["data/x.sqlite3", "", "mysql://a:s3cret@b/c", "sqlite://x.sqlite3", "sqlite://", "sqlite:///", "postgres"],
)
async def test_a_url_of_something_else_is_told_the_right_forms(url):
    """The message gives examples of valid URLs. Without a file, all would be lost at the end of the bot."""
    assert await refused(url) == f"DATABASE_URL names no database that Lessonbot can use: {FORMS}"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://mia:s3cret/lessonbot", f"DATABASE_URL cannot be read: {FORMS}"),
        ("postgresql://mia:s3@ret@db/x", "DATABASE_URL holds more than one @: write those in the password as %40"),
        ("postgresql://mia:s3cret@db/x?sslmod=on", "DATABASE_URL has an option that is not known here: sslmod"),
        (
            "postgresql://mia:s3cret@127.0.0.1:1/x",
            "the database x at 127.0.0.1: no server answers there: Connect call failed ('127.0.0.1', 1)",
        ),
    ],
)
async def test_a_server_that_cannot_be_reached_is_named_without_the_password(url, expected):
    """Operators may paste the error into a chat."""
    assert await refused(url) == expected


async def test_what_the_server_says_is_passed_on_without_the_password(server):
    """Usually, a database or user does not exist."""
    assert await refused(f"postgresql://postgres:s3cret@/nowhere?host={server.folder}") == (
        f'the database nowhere at {server.folder}: database "nowhere" does not exist'
    )
    said = await refused(f"postgresql://mia:s3cret@/postgres?host={server.folder}")
    assert said == f'the database postgres at {server.folder}: role "mia" does not exist'
    said = await refused(f"postgresql://postgres:s3cret@/postgres?host={server.folder}&sslmode=on")
    assert said.startswith(f"the database postgres at {server.folder}: `sslmode` parameter must be one of")


def test_a_driver_that_is_missing_is_named_with_what_installs_it():
    """PostgreSQL needs another package; SQLite does not."""
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_DRIVER], capture_output=True, text=True, timeout=30, check=False
    )
    *_, last = done.stderr.splitlines()
    assert last == f"bot.errors.StoreError: PostgreSQL needs one more package: {pip_install('postgres')}"
    assert "s3cret" not in last


async def test_a_file_that_is_no_database_is_left_alone(tmp_path):
    """It may be somebody's file, so it is not changed."""
    file = tmp_path / "notes.txt"
    file.write_text("What is a venv?\n" * 100)
    assert await refused(f"sqlite:///{file}") == (
        f"the database {file}: it is no database of SQLite, or damaged; move the file away, or restore a backup"
    )
    assert file.read_text() == "What is a venv?\n" * 100


async def test_what_cannot_be_opened_says_why(tmp_path):
    """SQLite does not say it. Docker makes a folder if a mounted file does not exist."""
    assert await refused(f"sqlite:///{tmp_path}") == f"the database {tmp_path}: Is a directory"
    file = tmp_path / "x.sqlite3"
    file.touch(mode=0)
    with without_rights():
        assert await refused(f"sqlite:///{file}") == f"the database {file}: Permission denied"


async def test_a_file_in_the_place_of_the_folder_is_named(tmp_path):
    """The message says that the path is wrong."""
    (tmp_path / "file").write_text("")
    said = await refused(f"sqlite:///{tmp_path}/file/x.sqlite3")
    assert said == f"the database's folder {tmp_path}/file cannot be written: File exists"


async def test_a_full_disk_is_called_full(tmp_path):
    """SQLite reports an error of the disk, which would send its operator to buy a new one."""
    with small_disk(tmp_path / "disk") as disk:
        url = f"sqlite:///{disk}/memory.sqlite3"
        await (await Store.open(url)).close()
        fill(disk)
        assert (await refused(url)).endswith(": the database disk is full")


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder that even root cannot write")
@pytest.mark.parametrize("folder", ["/proc/self", "/proc/new"])
async def test_a_folder_that_cannot_be_written_is_named(folder):
    """At the start, before any data is lost."""
    said = await refused(f"sqlite:///{folder}/x.sqlite3")
    assert said.startswith(f"the database's folder {folder} cannot be written: ")


async def test_a_learner_is_forgotten_whole_and_alone(store):
    """All of their data is deleted, and none of others'; shared walks go on."""
    for learner in (MIA, TOM):
        for scenario in ("a", "b"):
            walk = Walk(learner, scenario, "{}", "story", finished=False, version=0, updated_at=NOW)
            await store.walks.save(walk, [("arrived", "story"), ("picked", "x"), ("chose", "y")])
        await store.reminders.remember(learner, "a", {1: NOW, 7: NOW + 7 * DAY})
        await store.shared.save(SharedWalk(learner, 42, learner, "a", "{}", version=0, updated_at=NOW))
    for message in (MIA, TOM):
        for learner in (MIA, TOM):
            await store.shared.choose(message, learner, "predict", "x", NOW)
    (sent, *_) = await store.reminders.due(NOW)
    await store.reminders.claim(sent.id)
    await store.reminders.sent(sent.id)

    assert await store.forget_walks(MIA) == Forgotten(walks=2, picks=4 + 2, reminders=2)
    assert await store.walks.of(MIA) == []
    assert [await choice_of(store, message, MIA, "predict") for message in (MIA, TOM)] == [None, None]
    assert (await store.shared.find(MIA)).starter == NOBODY

    assert len(await store.walks.of(TOM)) == 2
    assert await store.walks.tally("a") == {("arrived", "story"): 1, ("picked", "x"): 1, ("chose", "y"): 1}
    assert await store.shared.count(MIA, "predict") == {"x": 1}
    assert await store.shared.count(TOM, "predict") == {"x": 1}
    assert (await store.shared.find(TOM)).starter == TOM
    assert await store.reminders.pending(TOM, "a") == 2
    assert await store.forget_walks(MIA) == Forgotten(0, 0, 0)


async def test_a_move_of_the_channel_does_not_bring_its_starter_back(store):
    """A press of Next on the way does not restore a deleted starter."""
    walk = await store.shared.save(SharedWalk(1, 42, MIA, "a", "{}", version=0, updated_at=NOW))
    await store.forget_walks(MIA)
    await store.shared.save(replace(walk, progress="on"))
    moved = await store.shared.find(1)
    assert (moved.progress, moved.starter) == ("on", NOBODY)


async def test_why_nothing_can_be_written_is_said_in_words(store):
    """Operators and members read a sentence, not a traceback."""
    sqlite = store._database.writing.dialect.name == "sqlite"
    read_only = "PRAGMA query_only = ON" if sqlite else "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"
    async with store._database.writing.connect() as connection:
        await connection.exec_driver_sql(read_only)
        await connection.commit()
    with pytest.raises(StoreError, match="the database cannot be written to"):
        await store.reminders.remember(MIA, "two-versions", {1: NOW})
    assert await store.reminders.due(NOW + DAY) == []


async def test_an_error_quotes_no_row(store):
    """Errors are logged, and people who help the operator may read the log: a row could show who asked what."""
    lost = wanted.insert().values(question=99, learner=TOM, state="waiting")
    with pytest.raises(IntegrityError) as caught:
        async with store._database.writing.begin() as connection:
            await connection.execute(lost)
    assert str(TOM) not in str(caught.value)
