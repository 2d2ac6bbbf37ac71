"""A second bot on the same data folder or database stops, as both would answer, and names the first one."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot import file_lock
from bot.errors import UserError
from bot.file_lock import hold_file
from tests.support.disks import fill, small_disk

HOLD = """
import asyncio, sys
from pathlib import Path
from bot.file_lock import hold_file
async def hold():
    async with hold_file(Path(sys.argv[1]), "DATA_DIR data"):
        print("held", flush=True)
        await asyncio.sleep(60)
asyncio.run(hold())
"""


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_lock, "PATIENCE", 0.3)


async def take(file: Path) -> None:
    async with hold_file(file, "DATA_DIR data"):
        pass


def other(file: Path) -> subprocess.Popen[str]:
    """Another process that holds the lock."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(file)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


async def test_a_full_disk_keeps_no_bot_from_its_lock(tmp_path):
    """What says that the disk is full comes later, and in words."""
    with small_disk(tmp_path / "disk") as disk:
        fill(disk)
        async with hold_file(disk / "lock", "DATA_DIR data"):
            assert file_lock.is_held(disk / "lock")


async def test_the_second_says_which_process_is_the_first(tmp_path):
    """The error names the process and its machine, as a folder can be on a network."""
    with other(tmp_path / "lock") as first:
        try:
            with pytest.raises(UserError) as caught:
                await take(tmp_path / "lock")
        finally:
            first.kill()
    assert str(caught.value) == (
        f"DATA_DIR data is used by another Lessonbot, process {first.pid} on {socket.gethostname()}; "
        "stop that one first"
    )


async def test_a_killed_process_holds_nothing(tmp_path):
    """A killed process no longer holds the lock, whatever it left in the file."""
    with other(tmp_path / "lock") as first:
        first.kill()
    await take(tmp_path / "lock")


async def test_the_next_one_waits_for_one_that_is_stopping(tmp_path, monkeypatch):
    """A restarted bot waits until the old one has stopped."""
    monkeypatch.setattr(file_lock, "PATIENCE", 10)
    async with hold_file(tmp_path / "lock", "DATA_DIR data"):
        waiting = asyncio.create_task(take(tmp_path / "lock"))
        done, _ = await asyncio.wait([waiting], timeout=0.3)
        assert not done
        assert (tmp_path / "lock").read_text() == f"process {os.getpid()} on {socket.gethostname()}"
    await waiting


async def test_a_folder_in_its_place_is_named(tmp_path):
    """A folder in place of the lock file is a one-line error."""
    with pytest.raises(UserError, match="DATA_DIR data cannot be written: Is a directory: "):
        await take(tmp_path)
