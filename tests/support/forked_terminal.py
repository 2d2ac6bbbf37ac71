"""`lessonbot` at a terminal (a pty), in a fork of a process that has imported it."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pexpect.fdpexpect import fdspawn  # type: ignore[import-untyped]

from tests.support.forked import SECONDS, can_fork, forked, run_bot
from tests.support.waiting import until_it_reads


class ForkedTerminal(fdspawn):  # type: ignore[misc]
    """As `pexpect.spawn`, for those of its methods that tests use."""

    def __init__(
        self, words: Sequence[str], folder: Path, environment: Mapping[str, str], size: tuple[int, int]
    ) -> None:
        assert can_fork(environment)
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
        self._process: Any = forked(_run_bot_at_a_terminal, ["bot", *words], folder, environment, [theirs] * 3)
        os.close(theirs)
        super().__init__(ours, encoding="utf-8", timeout=10)
        self.exitstatus: int | None = None

    def until_it_reads(self) -> None:
        """Wait until `lessonbot` waits for keys, after its prompt."""
        until_it_reads(self._process.pid)

    def close(self, force: bool = False) -> None:
        """Close the terminal, and wait for the end of the process."""
        if force and self.exitstatus is None:
            self._process.kill()
        if self.child_fd != -1:
            super().close()
        self._process.join(SECONDS)
        self.exitstatus = self._process.exitcode


def _run_bot_at_a_terminal(words: list[str]) -> None:
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # Ctrl+C, which a terminal turns into a signal, reaches this process
    run_bot(words)
