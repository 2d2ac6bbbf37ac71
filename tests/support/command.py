"""Runs `lessonbot` as a process in its own folder, with only the settings of the test."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.forked import can_fork, run_forked
from tests.support.waiting import until_it_reads

START = [sys.executable, "-m", "bot"]

LESSON = """\
lesson: Virtual Environments
course: Advanced Python
aliases:
  virtual environment: [venv, virtual env]
entries:
  - id: what-is-it
    question: What is a virtual environment?
    phrasings: [what is a venv, venv meaning, explain virtual environments]
    answer: An *isolated* Python environment [dev] · é.
    related: [why]
  - id: why
    question: Why do we need virtual environments?
    phrasings: [y use venv, why do i need a venv, what problem does a venv solve]
    answer: |
      So that two projects can use two versions.
      ```bash
      python3 -m venv .venv
      ```
    related: [what-is-it]
  - id: remove
    question: How do I delete a virtual environment?
    phrasings: [remove the venv folder, delete my venv, get rid of a venv]
    answer: Delete its folder.
scenarios:
  - id: two-versions
    title: Two versions of Django
    story: Ishant needs two versions.
    solutions:
      - {id: again, title: Reinstall again and again, plan: He reinstalls., verdict: tedious}
      - {id: apart, title: Keep them apart, plan: He makes two environments., verdict: works}
    check:
      question: A third project comes. What now?
      options:
        - {text: A third environment, correct: true, feedback: Each project has its own.}
        - {text: The same environment, feedback: Then their versions meet.}
"""


@dataclass(frozen=True)
class Ended:
    """The exit code and the output of a command."""

    code: int
    out: str
    err: str


class Command:
    """Runs `lessonbot …` in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lessons = folder / "knowledge"
        self.lessons.mkdir()
        self.lesson = self.lessons / "venv.yaml"
        self.lesson.write_text(LESSON, encoding="utf-8")

    def environment(self, **settings: str) -> dict[str, str]:
        """The test's settings. By default without the model, whose start takes seconds."""
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        return {**kept, "HOME": str(self.folder), "LANG": "C.UTF-8", "UNDERSTANDING": "table", **settings}

    def __call__(self, *words: str, typed: str | bytes | None = None, **settings: str) -> Ended:
        sent = typed.encode() if isinstance(typed, str) else typed
        environment = self.environment(**settings)
        if can_fork(environment):
            return Ended(*run_forked(words, self.folder, environment, sent or b""))
        done = subprocess.run(
            [*START, *words],
            cwd=self.folder,
            env=environment,
            input=sent,
            stdin=subprocess.DEVNULL if sent is None else None,
            capture_output=True,
            timeout=30,
            check=False,
        )
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())

    def answers(self, *words: str, asked: str, typed: str | None, said: str) -> int:
        """Type this at a command's question in a terminal, or press Ctrl+C; its exit code, once it `said` so."""
        pexpect = pytest.importorskip("pexpect", reason="pexpect drives a pty, which Windows has not")
        child = pexpect.spawn(
            START[0],
            [*START[1:], *words],
            cwd=self.folder,
            env=self.environment(),
            encoding="utf-8",
            timeout=60,
        )
        child.expect_exact(asked)
        until_it_reads(child.pid)
        if typed is None:
            child.sendintr()
        else:
            child.send(typed)
        child.expect_exact(said)
        child.expect(pexpect.EOF)
        child.close()
        code: int = child.exitstatus
        return code

    @contextlib.contextmanager
    def started(self, *words: str, **settings: str) -> Iterator[subprocess.Popen[str]]:
        """A command that runs until the end of the block."""
        process = subprocess.Popen(
            [*START, *words],
            cwd=self.folder,
            env=self.environment(PYTHONUNBUFFERED="1", **settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield process
        finally:
            process.kill()
            process.communicate()

    def shell(self, line: str, **settings: str) -> Ended:
        """Run a line of shell in which `lessonbot` is this command."""
        script = f"set -o pipefail; lessonbot() {{ '{sys.executable}' -m bot \"$@\"; }}; {line}"
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self.folder,
            env=self.environment(**settings),
            capture_output=True,
            timeout=30,
            check=False,
        )
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())
