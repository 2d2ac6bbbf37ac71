"""Runs `lessonbot` in forks of a process that has imported it: real processes, without the seconds of imports."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import runpy
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.context import ForkServerContext
from multiprocessing.reduction import DupFd
from pathlib import Path
from typing import Any

SECONDS = 30


def can_fork(environment: Mapping[str, str]) -> bool:
    """Whether a fork would do the same: some settings are read before Python imports anything."""
    has_forks = "forkserver" in multiprocessing.get_all_start_methods()  # Windows has none
    usual = {"LANG": "C.UTF-8"}
    of_python = [name for name in environment if name.startswith(("PYTHON", "LANG", "LC_"))]
    return has_forks and {name: environment[name] for name in of_python} == usual


def run_forked(
    words: Sequence[str], folder: Path, environment: Mapping[str, str], typed: bytes, script: str = ""
) -> tuple[int, str, str]:
    """Run `lessonbot` or a script with these words; returns its exit code, and what it wrote to both streams."""
    with tempfile.TemporaryDirectory() as place:
        streams = [Path(place, name) for name in ("stdin", "stdout", "stderr")]
        streams[0].write_bytes(typed)
        flags = os.O_RDONLY, os.O_WRONLY | os.O_CREAT, os.O_WRONLY | os.O_CREAT
        opened = [os.open(each, flag) for each, flag in zip(streams, flags, strict=True)]
        run, argv = (_run_script, [script, *words]) if script else (run_bot, ["bot", *words])
        process = forked(run, argv, folder, environment, opened)
        for each in opened:
            os.close(each)
        process.join(SECONDS)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise TimeoutError(f"lessonbot {' '.join(words)} took longer than {SECONDS} seconds")
        code = process.exitcode
        process.close()
        out, err = (each.read_bytes().decode() for each in streams[1:])
    return code, out, err


class ForkedProcess:
    """A fork that runs a script, with those methods of `asyncio.subprocess.Process` that tests use."""

    def __init__(self, process: Any, stderr: asyncio.StreamReader) -> None:
        self._process, self.stderr = process, stderr
        self.pid: int = process.pid

    @classmethod
    async def start(
        cls, script: str, words: Sequence[str], folder: Path, environment: Mapping[str, str]
    ) -> ForkedProcess:
        """Run a script with these words."""
        read, write = os.pipe()
        nothing = os.open(os.devnull, os.O_RDWR)
        process = forked(_run_script, [script, *words], folder, environment, [nothing, nothing, write])
        os.close(nothing)
        os.close(write)
        reader = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(reader)
        await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, os.fdopen(read, "rb", buffering=0))
        return cls(process, reader)

    def send_signal(self, number: signal.Signals) -> None:
        if self._process.exitcode is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self._process.kill()

    async def wait(self) -> int:
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._process.sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        self._process.join()
        code: int = self._process.exitcode
        return code


# `Any`: a `ForkServerProcess`, which Windows does not have.
def forked(
    run: Callable[[list[str]], None],
    words: list[str],
    folder: Path,
    environment: Mapping[str, str],
    streams: Sequence[int],
) -> Any:
    context: ForkServerContext = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.support.imported"])
    process = context.Process(target=_begin, args=(run, words, folder, dict(environment), _Streams(streams)))
    process.start()
    return process


class _Streams:
    """File descriptors that reach the fork, as stdin, stdout and stderr."""

    def __init__(self, descriptors: Sequence[int]) -> None:
        self.descriptors = descriptors

    def __reduce__(self) -> Any:
        return _detached, tuple(map(DupFd, self.descriptors))


def _detached(*descriptors: Any) -> list[int]:
    return [each.detach() for each in descriptors]


def _begin(
    run: Callable[[list[str]], None],
    words: list[str],
    folder: Path,
    environment: dict[str, str],
    streams: list[int],
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    for number, each in enumerate(streams):
        os.dup2(each, number)
    # As Python opens them at its start, until the end of the process.
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False, buffering=1)  # noqa: SIM115
    run(words)


def run_bot(words: list[str]) -> None:
    sys.argv = words
    runpy.run_module("bot", run_name="__main__", alter_sys=True)


def _run_script(words: list[str]) -> None:
    script, *rest = words
    sys.argv = ["-c", *rest]
    exec(compile(script, "<script>", "exec"), {"__name__": "__main__"})
