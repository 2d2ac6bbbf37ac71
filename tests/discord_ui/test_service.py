"""`lessonbot run` as a real process, with a local Discord that works, fails, or does not exist."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import signal
from collections.abc import AsyncIterator

import discord
import discord.http
import pytest
from sqlalchemy import select

from bot.backup.command import restore_from
from bot.backup.saving import save
from bot.discord_ui import service
from bot.discord_ui.service import AT_ONCE, Stop
from bot.errors import DiscordRefusedError
from bot.lessons.library import Library
from bot.search.meaning.minilm import SHA256
from bot.settings import Settings
from bot.store.instance_lock import restoring
from bot.store.store import Store
from bot.store.tables import clock
from tests.support.bots import bot_of
from tests.support.command import LESSON
from tests.support.git import knowledge, repository
from tests.support.local_discord import MEMBER, NOWHERE, TOKEN, message, server
from tests.support.running import start
from tests.support.waiting import until

__all__ = ["knowledge", "repository", "server", "start"]


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT], ids=lambda sign: sign.name)
async def test_without_a_network_it_waits_and_ends_when_it_is_told_to(start, tmp_path, sign):
    """Each attempt is one log line. `docker stop` and Ctrl+C stop the bot within 5 seconds, with exit code 0."""
    heartbeat = tmp_path / "data" / "heartbeat"
    heartbeat.parent.mkdir()
    heartbeat.touch()
    bot = await start(NOWHERE, max_wait=60)
    await bot.says(r"cannot reach Discord \(Cannot connect .*\); trying again in (1 second|[2-9] seconds)\n")
    assert not heartbeat.exists(), "one of an earlier life would pass for ours"
    code, seconds = await bot.stop(sign)
    assert code == 0
    assert seconds < 5
    assert "Traceback" not in bot.log
    assert bot.log.splitlines()[-1].endswith("service: stopped")
    assert all("INFO" in line or "WARNING" in line for line in bot.log.splitlines())
    assert not bot.heartbeat.exists()


async def test_a_second_signal_does_not_wait_for_what_hangs_at_the_end():
    """Whoever presses Ctrl+C again while a database that hangs is being closed gets the terminal back."""

    async def run() -> None:
        stop.listen()
        try:
            with contextlib.suppress(asyncio.CancelledError):
                await stop.ends(asyncio.sleep(60))
        finally:
            await asyncio.sleep(AT_ONCE)
            signal.raise_signal(signal.SIGTERM)
            await asyncio.sleep(60)

    stop = Stop()
    running = asyncio.create_task(run())
    await asyncio.sleep(0)
    signal.raise_signal(signal.SIGINT)
    await asyncio.wait({running}, timeout=10)
    assert running.cancelled()


async def test_a_signal_that_comes_twice_at_once_counts_once():
    """`timeout` sends it to the bot, and to all processes of its group: what the bot saves at the end is saved."""
    is_saved = asyncio.Event()

    async def run() -> None:
        stop.listen()
        with contextlib.suppress(asyncio.CancelledError):
            await stop.ends(asyncio.sleep(60))
        signal.raise_signal(signal.SIGTERM)
        await asyncio.sleep(0.1)
        is_saved.set()

    stop = Stop()
    running = asyncio.create_task(run())
    await asyncio.sleep(0)
    signal.raise_signal(signal.SIGTERM)
    await asyncio.wait({running}, timeout=10)
    assert is_saved.is_set()


async def test_it_is_connected_says_so_and_says_goodbye(start, server):
    """The heartbeat file exists while the bot is connected. The bot closes the connection when it stops."""
    bot = await start(server.base)
    await bot.says("connected as Lessonbot to 0 servers")
    await bot.is_there()
    assert server.authorizations[0] == f"Bot {TOKEN}"
    code, seconds = await bot.stop(signal.SIGTERM)
    assert code == 0
    assert seconds < 5
    assert not bot.heartbeat.exists()
    assert server.goodbyes == [1000]
    assert "Traceback" not in bot.log
    assert "voice" not in bot.log


async def test_a_second_bot_on_the_same_data_stops_and_says_which_runs(start, server, tmp_path):
    """A second bot on the same data stops and names the first one, which goes on with its heartbeat."""
    first = await start(server.base)
    await first.says("connected as Lessonbot to 0 servers")
    await first.is_there()
    folder_alone = {"DATABASE_URL": "sqlite:///data/other.sqlite3"}
    database_alone = {"DATA_DIR": "other", "DATABASE_URL": "sqlite:///data/lessonbot.sqlite3"}
    for settings in (folder_alone, database_alone):
        second = await start(server.base, **settings)
        assert await asyncio.wait_for(second.process.wait(), 60) == 1
        line = (
            rf"error: .* is used by another Lessonbot, process {first.process.pid} on .*; stop that one first\n$"
        )
        await second.says(line)
        assert "Traceback" not in second.log
    assert first.heartbeat.exists()
    assert len(server.sockets) == 1
    assert (await first.stop(signal.SIGTERM))[0] == 0


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL], ids=lambda sign: sign.name)
async def test_a_bot_can_be_restarted_at_once(start, server, sign):
    """A restarted bot waits until the old one has stopped. A killed one does not block it."""
    first = await start(server.base)
    await first.says("connected as Lessonbot to 0 servers")
    first.process.send_signal(sign)
    second = await start(server.base)
    await second.says("connected as Lessonbot to 0 servers")
    assert (await second.stop(signal.SIGTERM))[0] == 0


async def test_a_backup_of_the_data_folder_holds_no_key(start, server, tmp_path):
    """The data folder has no key with which a backup would show who voted; an earlier version's is deleted.

    So is what the earlier version stored of the errors in lesson files that it reported.
    """
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "told.json").write_text("[]", encoding="utf-8")
    (tmp_path / "data" / "votes.key").write_bytes(b"k" * 32)
    bot = await start(server.base)
    await bot.says("deleted votes.key")
    await bot.says("connected as Lessonbot to 0 servers")
    left = {each.name for each in (tmp_path / "data").iterdir()}
    left -= {"heartbeat", f"meaning-{SHA256[:8]}.vectors"}
    ends = ("", "-wal", "-shm", ".lock", ".restore")
    assert left == {"lessonbot.lock", *(f"lessonbot.sqlite3{end}" for end in ends)}
    assert (await bot.stop(signal.SIGTERM))[0] == 0


async def test_a_backup_is_restored_while_it_runs(start, server, tmp_path):
    """The bot lets go of the database and the lessons for a moment, and goes on with what was restored."""
    bot = await start(server.base)
    await bot.says("connected as Lessonbot to 0 servers")
    settings = Settings(lessons_dir=bot.lesson.parent, data_dir=tmp_path / "data")
    backup = tmp_path / "backup.zip"
    await save(settings, backup)
    bot.lesson.write_text(LESSON.replace("entries:", "entries:\n  - {id: new, question: New?, answer: Yes.}"))
    await bot.says("lessons reloaded: 4 entries")
    await server.tell("MESSAGE_CREATE", message({"content": "new?"}))
    await until(lambda: len(server.answers) == 1, bot)

    said: list[str] = []
    await restore_from(settings, backup, said.append, yes=True)
    assert "a running bot goes on with them" in said[-1]
    await bot.says("letting go of the database, as a backup is being restored")
    begun = bot.log.index("letting go of the database")
    await bot.says("connected as Lessonbot to 0 servers", after=begun)
    await bot.is_there()
    await server.tell("MESSAGE_CREATE", message({"content": "what is a venv", "id": "1142345678901238888"}))
    await until(lambda: len(server.answers) == 2, bot)
    assert "environment" in server.answers[1]
    async with restoring(settings.database):
        await bot.says("waiting until a backup is restored", after=bot.log.rindex("connected as Lessonbot"))
        assert (await bot.stop(signal.SIGTERM))[0] == 0, "it can be stopped meanwhile"
    assert "Traceback" not in bot.log
    assert bot.lesson.read_text() == LESSON
    store = await Store.open(settings.database)
    asked = await store.questions.recent_texts()
    await store.close()
    assert asked == ["what is a venv"], "what was asked before is in the backup of what was replaced"


async def test_a_bot_that_starts_while_a_backup_is_restored_waits(start, server, tmp_path):
    (tmp_path / "data").mkdir()
    async with restoring(f"sqlite:///{tmp_path}/data/lessonbot.sqlite3"):
        bot = await start(server.base)
        await bot.says("waiting until a backup is restored")
    await bot.says("connected as Lessonbot to 0 servers")
    assert (await bot.stop(signal.SIGTERM))[0] == 0


@pytest.mark.parametrize("level", ["debug", "info"])
async def test_no_log_holds_what_a_member_asks(start, server, level):
    """The log contains no questions of members, not even at `debug`, so that operators can share it."""
    bot = await start(server.base, LOG_LEVEL=level)
    await bot.says("connected as Lessonbot to 0 servers")
    for n, question in enumerate(("what is a venv", "why does my boss Bartholomew shout")):
        await server.tell("MESSAGE_CREATE", message({"content": question, "id": f"{1142345678901231111 + n}"}))
    await until(lambda: len(server.answers) == 2, bot)
    assert "environment" in server.answers[0]
    await asyncio.sleep(0.2)  # until the second one is stored
    assert (await bot.stop(signal.SIGTERM))[0] == 0
    assert ("Dispatching event message" in bot.log) == (level == "debug")
    for word in ("Bartholomew", "what is a venv", MEMBER["id"]):
        assert word not in bot.log


async def test_edited_lessons_are_served_and_a_broken_one_is_told_with_its_place(start, server):
    """Edited lessons are served. The log shows the place of each error, for the author."""
    bot = await start(server.base)
    await server.is_reached()
    bot.lesson.write_text(LESSON.replace("entries:", "entries:\n  - {id: new, question: New?, answer: Yes.}"))
    await bot.says("lessons reloaded: 4 entries")
    bot.lesson.write_text("lesson: L\nentris: []\n")
    await bot.says(r"ERROR .*venv.yaml:2: entris: is not a known key; did you mean 'entries'\?")
    await bot.says("members get answers from the last working version")
    assert (await bot.stop(signal.SIGTERM))[0] == 0
    assert "watchfiles" not in bot.log, "not each file that changed"


async def test_a_file_that_broke_while_the_bot_was_off_does_not_keep_it_off(start, server):
    """A bot whose lessons broke while it was off starts, logs the line, and serves the lesson once it is fixed."""
    bot = await start(server.base)
    await server.is_reached()
    assert (await bot.stop(signal.SIGTERM))[0] == 0

    bot.lesson.write_text("lesson: L\nentris: []\n")
    (bot.lesson.parent / "new.yaml").write_text("lesson: [")
    server.introduced.clear()
    again = await start(server.base)
    await server.is_reached()
    await again.says(r"ERROR .*new.yaml:1: ")
    await again.says(r"ERROR .*venv.yaml:2: entris: is not a known key; did you mean 'entries'\?")
    await again.says("members get answers from the last working version")
    again.lesson.write_text(LESSON.replace("entries:", "entries:\n  - {id: new, question: New?, answer: Yes.}"))
    await again.says("lessons reloaded: 4 entries")
    assert (await again.stop(signal.SIGTERM))[0] == 0
    assert again.log.count("did you mean 'entries'?") == 1
    assert "Traceback" not in again.log


async def test_a_file_that_is_broken_at_the_first_start_does_not_keep_it_off(start, server, tmp_path):
    """At the very first start, a file with errors is logged, and the others are served."""
    (tmp_path / "knowledge" / "new.yaml").write_text("lesson: [")
    bot = await start(server.base)
    await server.is_reached()
    await bot.says(r"ERROR .*new.yaml:1: ")
    await bot.says("parts without one are left out")
    (bot.lesson.parent / "new.yaml").write_text(
        "lesson: New\nentries:\n  - {id: new, question: New?, answer: Yes.}"
    )
    await bot.says("lessons reloaded: 4 entries")
    assert (await bot.stop(signal.SIGTERM))[0] == 0


async def test_a_lost_connection_ends_the_heartbeat_without_a_traceback(start, server):
    """When the connection is lost, the heartbeat stops, so that Docker notices."""
    bot = await start(server.base)
    # At the start, the file exists for a moment, to check that it can be written.
    await bot.says("connected as Lessonbot to 0 servers")
    await bot.is_there()
    server.has_gateway = False
    for socket in server.sockets:
        await socket.close(code=1001)
    await bot.says("discord.client: Attempting a reconnect in|no connection to Discord|cannot reach Discord")
    bot.heartbeat.unlink()
    await asyncio.sleep(0.5)
    assert not bot.heartbeat.exists()
    assert (await bot.stop(signal.SIGTERM))[0] == 0
    assert "Traceback" not in bot.log


async def test_a_gateway_that_is_not_there_is_tried_again(start, server):
    """The bot tries again if the gateway cannot be reached, where discord.py raises an AttributeError."""
    server.has_gateway = False
    bot = await start(server.base)
    await bot.says("the gateway cannot be reached|Attempting a reconnect")
    await bot.says(r"no connection to Discord \(the gateway cannot be reached\); trying again")
    server.has_gateway = True
    await server.is_reached()
    assert (await bot.stop(signal.SIGTERM))[0] == 0
    assert "Traceback" not in bot.log


async def test_a_discord_that_is_unwell_is_tried_again(start, server):
    """After an outage of Discord, the bot connects again by itself."""
    server.statuses = [503, 429, 503]
    bot = await start(server.base)
    await server.is_reached()
    assert bot.log.count("no connection to Discord") == 3
    assert (await bot.stop(signal.SIGTERM))[0] == 0


async def test_a_refused_token_is_one_line_and_exit_1(start, server):
    """A refused token is a one-line error with exit code 1; trying again could lead to a ban."""
    server.statuses = [401]
    bot = await start(server.base)
    assert await asyncio.wait_for(bot.process.wait(), 60) == 1
    await bot.says("error: Discord refused DISCORD_TOKEN; copy it again from the application's page, under Bot")
    assert "Traceback" not in bot.log
    assert TOKEN not in bot.log
    assert len(server.authorizations) == 1


async def test_a_token_that_is_reset_while_the_bot_runs_ends_it(start, server):
    """If the token is reset while the bot runs, it stops with exit code 1 and a line that says what to do."""
    bot = await start(server.base)
    await server.is_reached()
    server.statuses = [401]
    for socket in server.sockets:
        await socket.close(code=4004)
    assert await asyncio.wait_for(bot.process.wait(), 60) == 1
    await bot.says("error: Discord refused DISCORD_TOKEN")
    assert not bot.heartbeat.exists()


FINAL = {
    4004: "error: Discord refused DISCORD_TOKEN; copy it again",
    4011: "error: Discord wants this bot divided into more shards, as it is in many servers: set SHARDS=auto",
    4013: "error: Discord no longer understands this version of Lessonbot; update it",
    4014: "error: MESSAGE_CONTENT=on needs the Message Content Intent: turn it on",
}


@pytest.mark.parametrize("code", FINAL)
async def test_what_discord_refuses_for_good_is_one_line_and_exit_1(start, server, code):
    """If Discord refuses the bot for good, even right after READY, it stops with a one-line error."""
    server.closes_with = code
    bot = await start(server.base)
    assert await asyncio.wait_for(bot.process.wait(), 60) == 1
    await bot.says(FINAL[code])
    assert bot.log.count("error: ") == 1
    assert "Traceback" not in bot.log
    assert len(server.goodbyes) == 1
    assert not bot.heartbeat.exists()


async def test_a_connection_that_ends_again_and_again_is_said_and_waited_for(start, server):
    """If the connection is lost again and again, the log says so and the bot waits: Discord limits connections."""
    server.closes_with = 4000
    bot = await start(server.base, max_wait=60)
    await bot.says(
        r"no connection to Discord \(Discord ended the connection 5 times within 10 minutes, at last with 4000; "
        r"if that goes on, look at https://discordstatus.com\); trying again in \d+ seconds"
    )
    ended = len(server.goodbyes)
    await asyncio.sleep(0.5)
    assert len(server.goodbyes) == ended, "it waits"
    assert "Traceback" not in bot.log
    code, seconds = await bot.stop(signal.SIGTERM)
    assert code == 0
    assert seconds < 5


async def test_after_such_a_time_it_is_connected_again(start, server):
    """After the wait, the bot connects again by itself."""
    server.closes_with = 4000
    bot = await start(server.base)
    await bot.says("Discord ended the connection 5 times")
    server.closes_with = 0
    await bot.is_there()
    assert (await bot.stop(signal.SIGTERM))[0] == 0


HTML = "<!doctype html>\n<html><head><title>Access denied | Cloudflare</title></head>\n<body>{}</body>"
BAN = HTML.format("Error 1015: You are being rate limited")


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ((429, BAN), "blocks this machine's address after too many requests"),
        ((403, BAN), "blocks this machine's address after too many requests"),
        ((429, "error code: 1015"), "blocks this machine's address after too many requests"),
        ((403, HTML.format("no")), "403 Forbidden, with a page instead of an answer: Cloudflare, a proxy or"),
        ((503, HTML.format("no")), "503 Service Unavailable, with a page instead of an answer"),
    ],
)
async def test_a_page_instead_of_an_answer_is_one_line_and_tried_again(start, server, page, said):
    """If Cloudflare answers with a page, the bot waits and tries again; stopping would only cause restarts."""
    server.pages = [page, page]
    bot = await start(server.base)
    await bot.says(re.escape(said))
    await server.is_reached()
    await bot.says("connected as Lessonbot")
    lines = [line for line in bot.log.splitlines() if "no connection to Discord" in line]
    assert len(lines) == 2
    assert all("trying again in" in line for line in lines)
    assert "<" not in bot.log
    assert "Traceback" not in bot.log
    assert (await bot.stop(signal.SIGTERM))[0] == 0


async def test_a_public_bot_without_a_home_is_warned_of(start, server):
    """The log warns of a public bot without a home, as anybody could become its moderator."""
    warning = (
        "anyone can add this bot to a server, and if it is the bot's only one, lessons can be edited from there"
    )
    bot = await start(server.base)
    await bot.says(warning)
    await bot.stop(signal.SIGTERM)
    for public, servers in ((True, "123"), (False, "")):
        server.introduced.clear()
        server.is_public = public
        other = await start(server.base, LESSONS_SERVERS=servers)
        await other.says("connected as Lessonbot")
        assert warning not in other.log
        await other.stop(signal.SIGTERM)


async def test_it_ends_while_discord_does_not_answer(start, server):
    """The bot stops in time even if a request hangs."""
    server.statuses = [0]
    bot = await start(server.base)
    await bot.says("logging in")
    await asyncio.sleep(0.3)
    code, seconds = await bot.stop(signal.SIGTERM)
    assert code == 0
    assert seconds < 5


@pytest.mark.parametrize("signals", [[signal.SIGTERM], [signal.SIGINT] * 2], ids=["once", "twice"])
async def test_a_goodbye_that_nobody_returns_holds_nobody_up(start, server, signals):
    """The bot stops in time if Discord does not answer the close; pressing Ctrl+C twice causes no traceback."""
    server.answers_goodbye = False
    bot = await start(server.base)
    await server.is_reached()
    await asyncio.sleep(0.3)
    code, seconds = await bot.stop(*signals)
    assert code == 0
    assert seconds < 5
    assert "Traceback" not in bot.log


async def test_no_log_holds_a_token_even_at_debug(start, server):
    """The log contains no token even at debug level, as people paste it when they ask for help."""
    bot = await start(server.base, LOG_LEVEL="debug")
    await server.is_reached()
    await bot.says("Dispatching event ready")
    await bot.stop(signal.SIGTERM)
    assert TOKEN not in bot.log
    assert TOKEN[-20:] not in bot.log


class LibraryThatCannotWatch(Library):
    """A library on a system that has no file watches left."""

    def watch(self) -> AsyncIterator[bool]:
        raise RuntimeError("no watches left")


async def test_a_watch_that_fails_does_not_end_the_bot(tmp_path, memory, monkeypatch, caplog):
    """If watching the lessons fails, members still get answers, and the bot logs it and tries again."""
    (tmp_path / "venv.yaml").write_text(LESSON, encoding="utf-8")
    monkeypatch.setattr(discord.http.Route, "BASE", NOWHERE)
    monkeypatch.setattr(service, "MAX_WAIT", 0.1)
    library = LibraryThatCannotWatch.open(tmp_path)
    heartbeat = tmp_path / "data" / "heartbeat"

    def times_said(what: str) -> int:
        return sum(what in record.getMessage() for record in caplog.records)

    with caplog.at_level(logging.INFO):
        serving = asyncio.create_task(
            service.serve(
                lambda: bot_of(library, memory, tmp_path / "data"),
                TOKEN,
                library,
                heartbeat,
            )
        )
        lines = ("the lessons folder is not being watched", "cannot reach Discord")
        await until(lambda: all(times_said(each) >= 2 for each in lines))
        assert not serving.done()
        serving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await serving


async def test_a_bot_that_runs_notes_so_again_and_again(tmp_path, memory, monkeypatch):
    """The bot leaves signs of life, so that the next start recognizes a wrong clock and deletes nothing."""
    (tmp_path / "venv.yaml").write_text(LESSON, encoding="utf-8")
    monkeypatch.setattr(discord.http.Route, "BASE", NOWHERE)
    monkeypatch.setattr(service, "LOOK_AT_CLOCK", 0.01)
    library = Library.open(tmp_path)
    seen: set[object] = set()
    serving = asyncio.create_task(
        service.serve(
            lambda: bot_of(library, memory, tmp_path / "data"), TOKEN, library, tmp_path / "data" / "heartbeat"
        )
    )

    async def were_two() -> bool:
        async with memory._database.reading.connect() as connection:
            seen.add(await connection.scalar(select(clock.c.seen_at)))
        return len(seen - {None}) >= 2

    await until(were_two)
    assert not serving.done()
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)


def test_a_lessons_folder_that_cannot_be_written_is_said_at_the_start(tmp_path, caplog):
    """The log says it at the start, and not only when a moderator has filled in a form."""
    service.warn_of_read_only(tmp_path)
    assert not caplog.messages
    service.warn_of_read_only(tmp_path / "gone")
    (said,) = caplog.messages
    assert re.match(r"LESSONS_DIR .*gone cannot be written \(.+\): moderators cannot publish edits", said)
    assert list(tmp_path.iterdir()) == []


def test_lessons_that_cannot_be_committed_are_said_at_the_start(tmp_path, knowledge, caplog):
    """With LESSONS_GIT=commit, and not only when a moderator has published something."""
    service.warn_of_git(knowledge)
    assert not caplog.messages
    (tmp_path / "elsewhere").mkdir()
    service.warn_of_git(tmp_path / "elsewhere")
    assert caplog.messages == [
        "LESSONS_GIT=commit cannot commit (the lessons folder is not in a Git repository): "
        "edits are published without a commit"
    ]


async def test_an_end_leaves_nothing_behind(tmp_path, memory, monkeypatch, server):
    """When the bot is refused, it stops watching the lessons and deletes the old heartbeat."""
    (tmp_path / "venv.yaml").write_text(LESSON, encoding="utf-8")
    monkeypatch.setattr(discord.http.Route, "BASE", server.base)
    server.statuses = [401]
    library = Library.open(tmp_path)
    heartbeat = tmp_path / "data" / "heartbeat"
    heartbeat.parent.mkdir()
    heartbeat.touch()
    before = asyncio.all_tasks()
    with pytest.raises(DiscordRefusedError):
        await service.serve(
            lambda: bot_of(library, memory, tmp_path / "data"),
            TOKEN,
            library,
            heartbeat,
        )
    left = {task for task in asyncio.all_tasks() - before if "service" in repr(task) or "bot/" in repr(task)}
    assert not left
    assert not heartbeat.exists()
