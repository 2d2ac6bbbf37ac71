"""Fixtures of all tests: a sealed environment, and a simulated Discord server with the real bot."""

from __future__ import annotations

import asyncio
import gc
import logging
import shutil
import signal
import socket
from collections.abc import AsyncIterator, Callable, Generator, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import count
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from hypothesis import settings
from simcord import Env
from simcord.backend.errors import BackendError
from simcord.http import router
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.dialogue import snapshot
from bot.dialogue.passages import Passage, languages_of, passages
from bot.discord_ui.client import LessonBot
from bot.discord_ui.kit import requests
from bot.language import catalogues
from bot.lessons import loading
from bot.lessons.document import read_document
from bot.lessons.library import Library
from bot.search.index import Index
from bot.search.meaning.nearness import VectorSource
from bot.search.meaning.table import TableSource
from bot.settings import Settings
from bot.store import erasing, sqlite_engines, write_behind
from bot.store.servers import Choices
from bot.store.store import Store
from bot.tutor import Tutor
from tests.support import pseudo as made_up
from tests.support.bots import bot_of
from tests.support.command import Command
from tests.support.payloads import needs_to_attach, refusals
from tests.support.shipped import KNOWLEDGE
from tests.support.spoken import speaking
from tests.support.world import World

MOST_SHARED = 50  # indexes, and documents
MOST_CHANGED = 6  # passages, counted before and after: so few hardly change the calibration of the shipped lessons

# Tests that kill processes, open a browser, start servers, load a model, measure growth or talk for long. A folder
# ends with a slash. `FAST` are some of each wing that do nothing of it.
SLOW = (
    "backup/",
    "curating/test_clash.py",
    "curating/test_curating.py",
    "curating/test_impact.py",
    "curating/test_kill.py",
    "curating/test_reconciling.py",
    "discord_ui/",
    "doctor/test_doctor.py",
    "evaluate/test_evaluating.py",
    "lessons/intake/test_any_file.py",
    "lessons/intake/test_density.py",
    "lessons/intake/test_long_restructured.py",
    "lessons/test_courses.py",
    "lessons/test_document.py",
    "lessons/test_files.py",
    "lessons/test_git.py",
    "lessons/test_git_programs.py",
    "lessons/test_publishing_one_file.py",
    "lessons/test_watching.py",
    "lessons/test_pictures.py",
    "search/test_every_form.py",
    "search/test_index.py",
    "search/test_languages.py",
    "search/test_model.py",
    "store/test_copying.py",
    "store/test_database.py",
    "store/test_erasing.py",
    "store/test_failing_over.py",
    "store/test_instance_lock.py",
    "store/test_killed.py",
    "store/test_leases.py",
    "store/test_migrating.py",
    "store/test_several_processes.py",
    "store/test_under_load.py",
    "terminal_ui/",
    "test_cli.py",
    "test_cli_check.py",
    "test_cli_import.py",
    "test_data_folder.py",
    "test_file_lock.py",
    "test_linear.py",
    "test_printing.py",
    "walking/",
)
FAST = (
    "discord_ui/kit/",
    "discord_ui/test_redaction.py",
    "discord_ui/test_registration.py",
    "discord_ui/test_token_shape.py",
    "discord_ui/walking/test_translated_walks.py",
)


# How long an example takes says more about the machine than about the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
# For `.ci/run`, which tries the same examples each time: more of them would find nothing later.
settings.register_profile("ci", settings.get_profile("ci"), max_examples=50)


def pytest_configure(config: pytest.Config) -> None:
    """Try a tenth of the examples of each property in the inner loop, and let the bots of tests stop at Ctrl+C."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # in the background of a shell, for all that it starts
        signal.signal(signal.SIGINT, signal.default_int_handler)
    settings.register_profile("inner loop", max_examples=settings().max_examples // 10)
    if config.option.markexpr == "not slow":
        settings.load_profile("inner loop")


@cache
def is_slow(file: Path) -> bool:
    """Whether the inner loop leaves out this file of tests."""
    here = Path(__file__).parent
    path = file.relative_to(here).as_posix() if file.is_relative_to(here) else ""
    return path.startswith(SLOW) and not path.startswith(FAST)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the slow files without reading them: some take seconds to find their tests."""
    is_file = collection_path.name.startswith("test_") and collection_path.suffix == ".py"
    return True if is_file and config.option.markexpr == "not slow" and is_slow(collection_path) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the slow tests, which `-m "not slow"` leaves out, and give the bot of every test more time.

    SimCord waits five seconds for a bot to finish its work, which is too short on a busy machine.
    """
    for item in items:
        item.add_marker(pytest.mark.simcord(settle_timeout=60))
        if is_slow(item.path) or "server" in getattr(item, "fixturenames", ()) or "postgresql" in item.name:
            item.add_marker(pytest.mark.slow)
    # On several cores, a long file that comes last would keep one core busy while the others are done.
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage among modules and tests, which stay.

    That took a third of the time until all tests were found, and a tenth of the time of the tests.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


_homes = count()


@pytest.fixture(autouse=True)
def sealed(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests from reading a real token or home folder, and from reaching other hosts."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    # `mktemp` would look through the folders of all tests before, to find a number that is free.
    home = tmp_path_factory.getbasetemp() / "homes" / str(next(_homes))
    home.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    requests._request.set(None)  # of a test before that handled an event outside of a task
    connect = socket.socket.connect

    def only_this_machine(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "a local socket"
        assert host in {"127.0.0.1", "::1", "localhost", "a local socket"}, f"a test reached for {host}"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_this_machine)


_indexes: dict[str, Index] = {}
_read_document = lru_cache(MOST_SHARED)(read_document)


@cache
def _shipped() -> tuple[frozenset[str], Index]:
    """The texts of the shipped lessons, and their index."""
    lessons = Library.open(KNOWLEDGE).lessons
    known = list(passages(lessons))
    sources, languages = (TableSource(),), languages_of(lessons)
    return _texts_of(known), Index(known, lessons.aliases, sources, never=lessons.never, languages=languages)


def _texts_of(entries: Iterable[Passage]) -> frozenset[str]:
    return frozenset(repr((each.id, each.question, each.phrasings, each.answer)) for each in entries)


@pytest.fixture(autouse=True)
def shared_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """Index equal lessons once for all tests of a process: an index never changes, and takes half a second.

    Four fifths of that is the calibration. Lessons that are nearly the shipped ones have theirs.
    """

    def index(entries: Iterable[Passage], aliases: Any, sources: Sequence[VectorSource], **rest: Any) -> Index:
        entries = list(entries)
        if [type(each) for each in sources] != [TableSource]:  # a model is not ready for all texts at once
            return Index(entries, aliases, sources, **rest)
        texts = _texts_of(entries)
        key = repr((sorted(texts), aliases, rest))
        if key not in _indexes:
            if len(_indexes) == MOST_SHARED:
                _indexes.clear()
            shipped, like = _shipped()
            if len(texts ^ shipped) <= MOST_CHANGED:
                rest["offsets"] = like.offsets
            _indexes[key] = Index(entries, aliases, sources, **rest)
        return _indexes[key]

    monkeypatch.setattr(snapshot, "Index", index)


@pytest.fixture(autouse=True)
def shared_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parse equal lesson files once for all tests of a process: a document never changes."""
    monkeypatch.setattr(loading, "read_document", _read_document)


@pytest.fixture(autouse=True)
def strict_discord(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Make the simulated Discord refuse what the real one would. A test with a refused request fails.

    Returns the list of refusals. A test that expects a refusal removes it from the list.
    """
    refused: list[str] = []
    dispatch = router.dispatch

    def strictly(backend: Any, method: str, path: str, **request: Any) -> Any:
        names = [each.filename for each in request.get("files") or ()]
        if why := refusals(method, path, request.get("json"), names):
            refused.append(f"{method} {path}: {'; '.join(why)}")
            raise BackendError(400, 50035, f"Invalid Form Body: {'; '.join(why)}")
        if names and (channel := needs_to_attach(path)):  # SimCord does not ask for this permission
            server = backend.get_channel(channel).guild_id
            backend.require_permissions(server, backend.bot_user.id, channel, "attach_files")
        return dispatch(backend, method, path, **request)

    monkeypatch.setattr(router, "dispatch", strictly)
    yield refused
    assert not refused, f"Discord would have refused: {refused}"


@pytest.fixture
def lessons(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A copy of the shipped lessons, or of the folder that a test names. Tests can edit it."""
    folder = tmp_path / "lessons"
    shutil.copytree(getattr(request, "param", KNOWLEDGE), folder)
    return folder


@pytest.fixture(scope="session")
def tutor() -> Tutor:
    """A tutor of the shipped lessons. Its tests do not look at which entries were answered most."""
    return Tutor(Library.open(KNOWLEDGE))


@pytest.fixture
def lessonbot(tmp_path: Path) -> Command:
    """`lessonbot` as a process, in a folder with a lesson."""
    return Command(tmp_path)


@pytest.fixture
def pseudo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The tag of a made-up language, in which every text of the bot is in ⟦brackets⟧."""
    folder = tmp_path / "languages"
    folder.mkdir()
    made_up.write(folder)
    monkeypatch.setattr(catalogues, "FOLDER", folder)
    caches = (catalogues.languages, catalogues.language_names, catalogues.catalogue)
    for each in caches:
        each.cache_clear()
    yield made_up.TAG
    for each in caches:
        each.cache_clear()


@pytest.fixture(scope="session")
def migrated_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all tables and no rows. Tests copy it: to migrate one takes a tenth of a second."""
    file = tmp_path_factory.mktemp("migrated") / "lessonbot.sqlite3"

    async def create() -> None:
        await (await Store.open(f"sqlite:///{file}")).close()

    asyncio.run(create())
    return file


@pytest.fixture(scope="session")
def statements() -> AsyncEngine:
    """An engine whose compiled statements the stores of all tests share.

    A store of its own compiles all its statements: a tenth of the time of a test.
    """
    engine = create_async_engine("sqlite+aiosqlite://", query_cache_size=5000)

    async def learn_version() -> None:
        async with engine.connect():
            await engine.dispose()

    asyncio.run(learn_version())
    return engine


@pytest.fixture
async def memory(
    tmp_path: Path, migrated_database: Path, statements: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Store]:
    """The store of a test's bot. It does not wait for the disk: no test that uses it survives a power cut.

    Nor does it wait long until it writes or erases what may wait: SimCord waits for that. SQLite works
    in the thread of the event loop, as changing threads takes longer than most statements: a test in which another
    program locks the database needs a store of its own, as the bot would stop here.
    """
    prepare = sqlite_engines._prepare

    def without_waiting(connection: DBAPIConnection, record: object) -> None:
        prepare(connection, record)
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.close()

    async def in_this_thread(_: aiosqlite.Connection, work: Callable[..., Any], *args: Any, **named: Any) -> Any:
        if getattr(work, "__name__", "") == "execute":
            await asyncio.sleep(0)  # other tasks get their turn meanwhile, as with a thread
        return work(*args, **named)

    opened = sqlite_engines._opened

    async def for_this_thread(*args: Any, **options: Any) -> aiosqlite.Connection:
        return await opened(*args, **{**options, "check_same_thread": False})

    def with_shared_statements(*args: Any, **options: Any) -> AsyncEngine:
        engine = create_async_engine(*args, **options)
        shared, own = statements.sync_engine, engine.sync_engine
        own.dialect, own._compiled_cache = shared.dialect, shared._compiled_cache
        return engine

    monkeypatch.setattr(sqlite_engines, "create_async_engine", with_shared_statements)
    monkeypatch.setattr(sqlite_engines, "_opened", for_this_thread)
    monkeypatch.setattr(sqlite_engines, "_prepare", without_waiting)
    monkeypatch.setattr(aiosqlite.Connection, "_execute", in_this_thread)
    monkeypatch.setattr(write_behind, "AFTER", 0.001)
    monkeypatch.setattr(erasing, "ERASING", 1)
    monkeypatch.setattr(erasing, "ERASE_AGAIN", 0.01)
    file = tmp_path / "lessonbot.sqlite3"
    shutil.copy(migrated_database, file)
    store = await Store.open(f"sqlite:///{file}")
    yield store
    await store.close()


@pytest.fixture
def new_bot(lessons: Path, memory: Store, tmp_path: Path, request: pytest.FixtureRequest) -> Any:
    """A function that makes the bot as the next start of the program would.

    With the mark `reads_messages`, the bot may read messages that do not mention it, as with MESSAGE_CONTENT=on.
    """
    reads_messages = request.node.get_closest_marker("reads_messages") is not None

    def make() -> LessonBot:
        library = Library.open(lessons)
        return bot_of(library, memory, tmp_path / "data", reads_messages=reads_messages)

    return make


@pytest.fixture
def simcord_bot(new_bot: Any) -> LessonBot:
    """The bot that SimCord's fixture `simcord_env` connects."""
    bot: LessonBot = new_bot()
    return bot


@pytest.fixture
def world(simcord_env: Env, caplog: pytest.LogCaptureFixture) -> Iterator[World]:
    """A server with a channel, a member and a moderator; the test fails if the bot logs an error."""
    world = World.made_in(simcord_env)
    with speaking(world.bot.app.servers) as world.spoken:
        yield world
    errors = [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
    assert not errors, f"the bot logged: {errors}"


@pytest.fixture
async def abroad(pseudo: str, world: World) -> World:
    """The same world with the made-up language as the server's language."""
    await world.bot.app.servers.set(world.server.id, Choices(language=pseudo))
    return world
