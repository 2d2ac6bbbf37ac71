"""A store on each database, the same for every test: a new file, and a new database on a real server."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import pytest

from bot.store.store import Store

numbers = count()


class Server:
    """A PostgreSQL of our own in a temporary folder, reached through a socket in it."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        # Not in pytest's folder, which only its own user may enter.
        self.folder = Path(tempfile.mkdtemp(prefix="lessonbot-"))

    def run(self, program: str, *words: str) -> None:
        as_other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []  # it refuses to run as root
        subprocess.run(
            [*as_other, str(self.programs / program), *words],
            cwd=self.folder,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # a server inherits it: a pipe would never end
            timeout=60,
        )

    def start(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        data = str(self.folder / "data")
        self.run("initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
        self.launch()

    def launch(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c fsync=off"
        self.control("-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def halt(self) -> None:
        """Stop it until `launch`, with what is in it."""
        self.control("-w", "-m", "fast", "stop")

    def control(self, *words: str) -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), *words)

    def stop(self) -> None:
        if (self.folder / "data" / "postmaster.pid").exists():
            self.control("-m", "immediate", "stop")
        shutil.rmtree(self.folder)

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def new_database(self) -> str:
        name = f"test{next(numbers)}"
        self.run("psql", "-h", str(self.folder), "-U", "postgres", "-qc", f"CREATE DATABASE {name}")
        return self.url(name)

    async def say(self, statement: str) -> None:
        """Run a statement as the administrator of the server."""
        words = ("-h", str(self.folder), "-U", "postgres", "-qc", statement)
        await asyncio.to_thread(self.run, "psql", *words)


def programs() -> Path | None:
    """The folder of initdb, pg_ctl and psql; Debian keeps it off the PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb") or (debian and debian[-1] / "initdb")
    return Path(found).resolve().parent if found and os.name == "posix" else None


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Started once for all tests; skipped where it cannot be, unless REQUIRE_POSTGRES is set."""
    folder = programs()
    if not folder or not find_spec("asyncpg"):
        missing = "asyncpg" if folder else "PostgreSQL"
        (pytest.fail if os.environ.get("REQUIRE_POSTGRES") else pytest.skip)(f"no {missing} on this machine")
    assert folder
    running = Server(folder)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'memory.sqlite3'}"
    server: Server = request.getfixturevalue("server")
    return server.new_database()


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    """An open store."""
    opened = await Store.open(url)
    yield opened
    await opened.close()
