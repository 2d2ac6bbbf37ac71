"""A data folder that becomes read-only, or a full disk under the log: members still get their answers."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.running import start
from tests.support.sharded_discord import guild, sharded_discord
from tests.support.waiting import until

__all__ = ["start"]


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """While nothing can be made or deleted in a folder, not even by root."""

    def change(folder_is: str, mode: int) -> None:
        if os.geteuid() == 0:
            made = subprocess.run(["chattr", folder_is, str(folder)], capture_output=True, check=False)
            if made.returncode:
                pytest.skip("root can write everywhere here")
        else:
            folder.chmod(mode)

    change("+i", 0o500)
    try:
        yield
    finally:
        change("-i", 0o700)


@pytest.mark.skipif(os.name != "posix", reason="other systems know no modes")
async def test_a_data_folder_that_becomes_read_only_stops_nothing(start, tmp_path: Path):
    """The log says once what cannot be written, and the bot ends as it should."""
    data = tmp_path / "data"
    database = f"sqlite:///{tmp_path / 'lessonbot.sqlite3'}"
    async with sharded_discord(recommended=1) as discord:
        bot = await start(discord.base, DATABASE_URL=database, LESSONS_SERVERS=guild(0)["id"])
        await bot.says("connected as Lessonbot")
        await bot.is_there()
        bot.heartbeat.unlink()
        with read_only(data):
            await bot.says(r"heartbeat cannot be written \(.*\): the health check fails until it can")
            bot.lesson.write_text("lesson: L\nentris: []\n")
            await bot.says("entris: is not a known key")
            asked = await discord.mention(0)
            await until(lambda: discord.answered[asked] > 0, bot)
        await bot.is_there()
        with read_only(data):
            assert (await bot.stop(signal.SIGTERM))[0] == 0
        assert bot.log.count("the health check fails") == 1
        assert "Traceback" not in bot.log


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
async def test_a_full_disk_under_the_log_stops_nothing(start):
    """Nobody sees the log, and everything else works."""
    full = os.open("/dev/full", os.O_WRONLY)
    async with sharded_discord(recommended=1) as discord:
        bot = await start(discord.base, stderr=full)
        os.close(full)
        await until(lambda: bool(discord.shards()))
        asked = await discord.mention(0)
        await until(lambda: discord.answered[asked] > 0)
        bot.process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(bot.process.wait(), 60) == 0
