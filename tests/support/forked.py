"""Runs `lessonbot` in forks of a process that has imported it: real processes, without the second of imports."""

from __future__ import annotations

import multiprocessing
import os
import runpy
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

SECONDS = 30


def can_fork(environment: Mapping[str, str]) -> bool:
    """Whether a fork would do the same: some settings are read before Python imports anything."""
    has_forks = "forkserver" in multiprocessing.get_all_start_methods()  # Windows has none
    usual = {"LANG": "C.UTF-8"}
    of_python = [name for name in environment if name.startswith(("PYTHON", "LANG", "LC_"))]
    return has_forks and {name: environment[name] for name in of_python} == usual


def run_forked(
    words: Sequence[str], folder: Path, environment: Mapping[str, str], typed: bytes
) -> tuple[int, str, str]:
    """Run `lessonbot` with these words; returns its exit code, and what it wrote to stdout and stderr."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.support.imported"])
    with tempfile.TemporaryDirectory() as place:
        streams = [Path(place, name) for name in ("stdin", "stdout", "stderr")]
        streams[0].write_bytes(typed)
        process = context.Process(target=_run, args=(list(words), folder, dict(environment), streams))
        process.start()
        process.join(SECONDS)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise TimeoutError(f"lessonbot {' '.join(words)} took longer than {SECONDS} seconds")
        code = process.exitcode
        process.close()
        out, err = (each.read_bytes().decode() for each in streams[1:])
    return code, out, err


def _run(words: list[str], folder: Path, environment: dict[str, str], streams: list[Path]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    flags = (os.O_RDONLY, os.O_WRONLY | os.O_CREAT, os.O_WRONLY | os.O_CREAT)
    for number, (file, flag) in enumerate(zip(streams, flags, strict=True)):
        os.dup2(os.open(file, flag), number)
    # As Python opens them at its start, until the end of the process.
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False, buffering=1)  # noqa: SIM115
    sys.argv = ["bot", *words]
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
