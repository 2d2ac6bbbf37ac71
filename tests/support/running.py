"""A `lessonbot run` as a real process, and the fixture that starts it."""

from __future__ import annotations

import asyncio
import contextlib
import re
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.support.command import Command
from tests.support.forked import ForkedProcess, can_fork
from tests.support.local_discord import START, TOKEN
from tests.support.waiting import until


class Running:
    """A running `lessonbot run` and its log so far."""

    def __init__(
        self, process: asyncio.subprocess.Process | ForkedProcess, command: Command, data: str = "data"
    ) -> None:
        self.process = process
        self.heartbeat = command.folder / data / "heartbeat"
        self.lesson = command.lesson
        self.log = ""
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        while self.process.stderr and (line := await self.process.stderr.readline()):
            self.log += line.decode()

    async def says(self, pattern: str, after: int = 0, seconds: float = 60) -> str:
        """Wait until the log contains this, after so many characters."""
        for _ in range(int(seconds / 0.025)):
            if found := re.search(pattern, self.log[after:]):
                return found.group()
            if self._reading.done():
                break
            await asyncio.sleep(0.025)
        raise AssertionError(f"{pattern!r} is not in the log:\n{self.log}")

    async def is_there(self, wanted: bool = True) -> None:
        """Wait until the file is there by which `lessonbot health` knows that the bot is connected, or is not."""
        await until(lambda: self.heartbeat.exists() is wanted, self)

    async def is_alive(self) -> None:
        """Wait for the next heartbeat."""
        self.heartbeat.unlink(missing_ok=True)
        await self.is_there()

    async def stop(self, *signals: signal.Signals) -> tuple[int, float]:
        began = time.monotonic()
        for sign in signals:
            self.process.send_signal(sign)
        code = await asyncio.wait_for(self.process.wait(), 60)
        await self._reading
        return code, time.monotonic() - began


Start = Callable[..., Awaitable[Running]]


@asynccontextmanager
async def starting(folder: Path, *, forks: bool = False) -> AsyncIterator[Start]:
    """A function that starts `lessonbot run` in this folder, which gets a lesson. All are killed at the end.

    With `forks`, they are forks of a process that has imported the bot, where that does the same.
    """
    command = Command(folder)
    running: list[Running] = []

    async def go(
        base: str, max_wait: float = 0.2, stderr: int = asyncio.subprocess.PIPE, **settings: str
    ) -> Running:
        environment = command.environment(DISCORD_TOKEN=TOKEN, **settings)
        words = base, str(max_wait), "run"
        process: asyncio.subprocess.Process | ForkedProcess
        # In PostgreSQL, a process has the name that it made up when the bot was imported: no two may share it.
        may_fork = forks and stderr == asyncio.subprocess.PIPE and "DATABASE_URL" not in settings
        if may_fork and can_fork(environment):
            process = await ForkedProcess.start(START, words, folder, environment)
        else:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", START, *words), cwd=folder, env=environment, stderr=stderr
            )
        running.append(Running(process, command, settings.get("DATA_DIR", "data")))
        return running[-1]

    try:
        yield go
    finally:
        for each in running:
            with contextlib.suppress(ProcessLookupError):
                each.process.kill()
            await each.process.wait()


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    async with starting(tmp_path, forks=True) as go:
        yield go
