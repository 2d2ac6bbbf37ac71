"""`lessonbot doctor`, against a Discord on this machine that is well, unwell, or not there."""

from __future__ import annotations

import asyncio
import errno
import os
import re
import sqlite3
import sys
from contextlib import closing
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import discord.http
import pytest
from pydantic import SecretStr

from bot.app import App
from bot.discord_ui.kit.channel_permissions import PERMISSIONS
from bot.doctor import at_discord, folders, installed
from bot.doctor.database import database
from bot.doctor.examining import examine
from bot.lessons import watching
from bot.lessons.library import Library
from bot.search.meaning import minilm, multilingual
from bot.settings import Settings
from bot.store.store import Store
from tests.support.bots import bot_of
from tests.support.command import Command
from tests.support.disks import fill, small_disk
from tests.support.forked import run_forked
from tests.support.local_discord import ME, NOWHERE, START, TOKEN, Discord, server
from tests.support.rights import without_rights

__all__ = ["server"]


INVITATION = (
    f"https://discord.com/oauth2/authorize?client_id={ME['id']}&scope=bot+applications.commands"
    f"&permissions={PERMISSIONS.value}"
)


@pytest.fixture
def settings(lessons: Path, tmp_path: Path) -> Settings:
    return Settings(discord_token=SecretStr(TOKEN), lessons_dir=lessons, data_dir=tmp_path / "data")


async def report(settings: Settings, **changes: Any) -> dict[str, str]:
    """The lines, by what they are about."""
    changed, env_file = settings.model_copy(update=changes), settings.data_dir.parent / ".env"
    found = [str(each) async for each in examine(changed, env_file)]
    return {line[9:].partition(":")[0]: line for line in found}


async def test_all_is_well(settings, server: Discord, monkeypatch, memory, tmp_path):
    """Whoever set everything up reads nothing but OK; nothing is created or changed, here or at Discord."""
    monkeypatch.setattr(discord.http.Route, "BASE", server.base)
    server.servers = [{"name": "Python", "permissions": str(PERMISSIONS.value)}]
    before = sorted(tmp_path.rglob("*"))
    found = await report(settings)
    assert found.pop("commands") == (
        "ADVICE   commands: these differ from those registered with Discord: Answer this, Save as entry, "
        "Suggest for the lessons, This solved it, ask, browse, lessons, walkthrough. To fix it: start the bot, "
        "which registers them"
    )
    assert {line[:9] for line in found.values()} == {"OK       "}, found
    assert found["database"].endswith("there is none yet; the first start of the bot creates it")
    assert found["token"] == "OK       token: Discord knows this bot as Lessonbot"
    assert server.commands == []
    assert sorted(tmp_path.rglob("*")) == before

    bot = bot_of(Library.open(settings.lessons_dir), memory, tmp_path)
    await bot.login(TOKEN)  # as at a start
    await bot.close()
    await (await Store.open(settings.database)).close()
    server.flags = 1 << 19
    found = await report(settings, message_content="on")
    assert {line[:9] for line in found.values()} == {"OK       "}, found
    assert found["intents"].endswith("Message Content Intent is on")
    assert [each in found["extras"] for each in ("semantic", "languages")] == [
        minilm.is_installed(),
        multilingual.is_installed(),
    ]
    assert re.search(r"of this version \(revision \d+\)$", found["database"])


async def test_german_lessons_are_better_understood_with_the_extra(settings, monkeypatch):
    """Whoever has lessons in German or Spanish reads what helps there; nobody else does."""
    monkeypatch.setattr(multilingual, "is_installed", lambda: False)
    german = Path(__file__).parents[1] / "support" / "tongues" / "de"
    (line,) = [each async for each in folders.folders(settings.model_copy(update={"lessons_dir": german}))][1:2]
    assert (line.what, line.matters) == ("understanding", False)
    assert "in German" in line.said
    assert "[languages]" in line.fix
    for changes in ({}, {"lessons_dir": german, "understanding": "words"}):
        found = folders.folders(settings.model_copy(update=changes))
        assert "understanding" not in [each.what async for each in found]
    monkeypatch.setattr(multilingual, "is_installed", lambda: True)
    found = folders.folders(settings.model_copy(update={"lessons_dir": german}))
    assert "understanding" not in [each.what async for each in found]


async def test_each_problem_is_said_with_its_fix(settings, server: Discord, monkeypatch):
    """All problems are listed at once, each with its fix."""
    monkeypatch.setattr(discord.http.Route, "BASE", server.base)
    monkeypatch.setattr(folders, "unwritable", lambda folder: "Read-only file system")
    monkeypatch.setattr(at_discord, "CLOCK", timedelta(days=-1))
    monkeypatch.setattr(minilm, "is_installed", lambda: False)
    server.servers = [{"name": "Python\n", "permissions": "1024"}]
    (settings.lessons_dir / "broken.yaml").write_text("lesson: [")
    await (await Store.open(settings.database)).close()
    with closing(sqlite3.connect(settings.data_dir / "lessonbot.sqlite3")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    found = await report(settings, message_content="on", lessons_git="commit", understanding="model")
    for what, said in {
        "extras": "ADVICE .*UNDERSTANDING is model, but .* To fix it: .* -m pip install .*.semantic.'",
        "lessons": r"ADVICE .* \d+ entries, \d+ scenarios; 1 error, .* To fix it: run .*lessonbot check",
        "publishing": "PROBLEM .*cannot be written .Read-only file system., so moderators cannot publish edits",
        "data folder": "PROBLEM .*DATA_DIR .* cannot be written .* To fix it: make it writable",
        "Git": "PROBLEM .*the lessons folder is not in a Git repository. To fix it: run git init in it, or ",
        "database": "PROBLEM .*made by a newer Lessonbot .revision 9999.; .* To fix it: put right what this line ",
        "clock": "PROBLEM .*0 minutes .* To fix it: let the system set it",
        "intents": "PROBLEM .*MESSAGE_CONTENT=on needs the Message Content Intent, which is off. To fix it: turn",
        "servers": (
            r"ADVICE .*in Python\\n, it lacks: .*Send Messages \(to answer\).*\(.*thank.*optional\)"
            rf".*{re.escape(INVITATION)}, or change"
        ),
    }.items():
        assert re.match(said, found[what]), found[what]

    for lesson in set(settings.lessons_dir.glob("*.yaml")) - {settings.lessons_dir / "broken.yaml"}:
        lesson.unlink()
    server.servers = []
    found = await report(settings)
    assert re.match("PROBLEM .*broken.yaml:1: .* To fix it: run .*lessonbot check, which names", found["lessons"])
    assert found["servers"].endswith(f"the bot is in no server. To fix it: invite it with {INVITATION}")

    server.statuses = [401, 401]
    assert "Discord refused DISCORD_TOKEN. To fix it: copy it again" in (await report(settings))["token"]


async def test_it_works_without_a_token_a_network_or_lessons(settings, server, monkeypatch, tmp_path):
    """What can be checked is checked; one line says what could not be."""
    monkeypatch.setattr(discord.http.Route, "BASE", server.base)
    found = await report(settings, discord_token=SecretStr(""), lessons_dir=tmp_path / "nowhere")
    assert found["token"].startswith(
        "PROBLEM  token: DISCORD_TOKEN is not set. To fix it: get a token at https://discord.com/developers/"
    )
    assert re.match(
        r"PROBLEM  lessons: LESSONS_DIR: the folder .*/nowhere does not .*To fix it: correct LESSONS_DIR, or",
        found["lessons"],
    )
    assert found["clock"] == "OK       clock: correct"
    found = await report(settings, discord_token=SecretStr("abc"))
    assert "cannot be a bot's token: a token has three parts" in found["token"]
    assert server.authorizations.count("") == len(server.authorizations), "neither was sent"

    monkeypatch.setattr(discord.http.Route, "BASE", NOWHERE)
    found = await report(settings)
    assert found["Discord"].startswith("PROBLEM  Discord: cannot be reached (")
    assert "clock" not in found


async def test_what_the_start_would_refuse_is_a_problem(settings, monkeypatch, tmp_path):
    """A doctor that says OK before a start that fails would be worse than none. One cause is one line."""
    gone = settings.model_copy(update={"lessons_dir": tmp_path / "nowhere"})
    found = [str(each) async for each in folders.folders(gone)]
    assert len([each for each in found if "nowhere" in each]) == 1, "not that it cannot be written, too"

    (tmp_path / "other").mkdir()
    elsewhere = settings.model_copy(update={"database_url": SecretStr(f"sqlite:///{tmp_path}/other/bot.sqlite3")})
    await (await Store.open(elsewhere.database)).close()
    with monkeypatch.context() as patch:
        can = os.access
        patch.setattr(os, "access", lambda path, mode: "bot.sqlite3" not in str(path) and can(path, mode))
        problem = str(await database(elsewhere))
    assert re.match(r"PROBLEM .*bot.sqlite3 cannot be written. To fix it: make it writable", problem)
    with monkeypatch.context() as patch:
        patch.setattr(folders, "unwritable", lambda folder: "Read-only file system")
        problem = str(await database(elsewhere))
        assert re.match(r"PROBLEM .*folder .*other cannot be written \(Read-only file system\)", problem)
        assert not (await database(settings)).fix, "the line about DATA_DIR says it"

    exists = Path.exists

    def refuse(path: Path) -> bool:
        if path.name in {"bot.sqlite3", settings.data_dir.name}:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return exists(path)

    monkeypatch.setattr(Path, "exists", refuse)
    problem = str(await database(elsewhere))
    assert re.match(r"PROBLEM .*bot.sqlite3 cannot be read: Permission denied. To fix it", problem)
    found = [str(each) async for each in folders.folders(elsewhere)]
    assert any(re.match(r"PROBLEM .*DATA_DIR .* cannot be written \(Permission denied\)", each) for each in found)


async def test_a_full_disk_is_a_problem(settings, tmp_path):
    """An empty file can still be created there."""
    with small_disk(tmp_path / "disk") as disk:
        fill(disk)
        full = settings.model_copy(update={"data_dir": disk})
        found = [str(each) async for each in folders.folders(full)]
    assert any(
        re.match(r"PROBLEM .*DATA_DIR .* cannot be written \(No space left on device\)", each) for each in found
    )


async def test_a_folder_above_that_is_closed_ends_nothing(settings, tmp_path):
    """It is one problem of the lessons, and the lines after it follow."""
    (tmp_path / "closed" / "lessons").mkdir(parents=True)
    (tmp_path / "closed").chmod(0)
    inside = settings.model_copy(update={"lessons_dir": tmp_path / "closed" / "lessons"})
    with without_rights():
        lessons, *others = [str(each) async for each in folders.folders(inside)]
    assert re.match(r"PROBLEM .*lessons: LESSONS_DIR .* cannot be read: Permission denied", lessons)
    assert any(each.startswith("OK       data folder") for each in others)
    assert "closed" not in "".join(others)


async def test_a_missing_driver_is_one_problem(settings, server, monkeypatch, tmp_path):
    """Nothing is said of a database that cannot be looked at before the driver is installed."""
    monkeypatch.setattr(discord.http.Route, "BASE", server.base)
    monkeypatch.setattr(installed, "find_spec", lambda name: None if name == "asyncpg" else find_spec(name))
    url = SecretStr("postgresql://bot@localhost/bot")
    changed = settings.model_copy(update={"database_url": url})
    found = [str(each) async for each in examine(changed, tmp_path / ".env")]
    (problem,) = (each for each in found if each.startswith("PROBLEM"))
    assert re.match(r"PROBLEM  extras: DATABASE_URL names PostgreSQL, but .*pip install .*postgres\]'", problem)


async def test_lessons_from_a_database_without_any_are_a_problem(settings):
    """`LESSONS_FROM=database` needs a process that has published its folder."""
    copy = settings.model_copy(update={"lessons_from": "database"})
    for _ in ("no table", "no lesson"):
        assert str(await database(copy)) == (
            "PROBLEM  database: the database has no lessons yet. To fix it: first start the bot with "
            "LESSONS_FROM=folder on the machine that has them"
        )
        await (await Store.open(settings.database)).close()
    async with App.open(settings) as app:
        await app.curating.reconcile()
    assert not (await database(copy)).fix


async def test_a_setting_that_is_set_twice_is_named(settings, server: Discord, monkeypatch, tmp_path):
    """Whoever wrote the token above the empty line of the template reads why it is not used."""
    monkeypatch.setattr(discord.http.Route, "BASE", server.base)
    (tmp_path / ".env").write_text(
        f"DISCORD_TOKEN={TOKEN}\n# LOG_LEVEL=info\nLOG_LEVEL=debug\nOTHER=1\nOTHER=2\n\nDISCORD_TOKEN=\n"
    )
    found = await report(settings)
    assert found["settings"] == (
        "ADVICE   settings: .env sets DISCORD_TOKEN on lines 1, 7; only the last of them counts. "
        "To fix it: delete the other lines"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there are no forks on Windows")
async def test_the_exit_code_is_for_scripts(server, tmp_path):
    """1 if something keeps the bot from running, else 0; it never shows the token."""
    server.servers = [{"name": "Python", "permissions": str(PERMISSIONS.value)}]
    command = Command(tmp_path)
    for token, code, last in ((TOKEN, 0, ""), (TOKEN[:-40], 1, "error: 1 problem\n")):
        environment = command.environment(DISCORD_TOKEN=token)
        words = server.base, "1", "doctor"
        # In a thread, as `server` answers meanwhile.
        found, out, err = await asyncio.to_thread(run_forked, words, command.folder, environment, b"", START)
        assert (found, err) == (code, last), out
        assert token not in out


async def test_a_folder_that_tells_nothing_is_named(lessons, monkeypatch):
    """In a network folder, the bot looks at the files itself, unless it must not."""
    monkeypatch.setattr(watching, "EVENT_SECONDS", 0)
    found = await folders._events(lessons, "auto")
    assert re.search(r"the system does not report saved files in .*; the bot checks them every", str(found))
    assert not found.fix
    assert "To fix it: set WATCH=auto" in str(await folders._events(lessons, "events"))
    assert "the bot looks for them every" in str(await folders._events(lessons, "poll"))
    assert list(lessons.glob(".*")) == []
