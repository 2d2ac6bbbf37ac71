"""Several processes of one bot on one PostgreSQL, at a local Discord with shards."""

from __future__ import annotations

import asyncio
import signal
from dataclasses import dataclass, field

from tests.support.running import Running, Start
from tests.support.sharded_discord import ShardedDiscord, server_id
from tests.support.waiting import until


@dataclass
class Fleet:
    """The processes that run. Each has a data folder of its own; the first one has the lessons in its folder."""

    discord: ShardedDiscord
    start: Start
    url: str
    settings: dict[str, str] = field(default_factory=dict)
    running: list[Running] = field(default_factory=list)
    ended: list[Running] = field(default_factory=list)
    begun: int = 0

    async def grow(self) -> None:
        """Start another process."""
        self.begun += 1
        source = {} if self.begun == 1 else {"LESSONS_FROM": "database"}
        home = server_id(0, self.discord.servers_are_of)
        about = {"DATABASE_URL": self.url, "DATA_DIR": f"data-{self.begun}", "SHARDS": "auto"}
        self.running.append(
            await self.start(self.discord.base, **about, LESSONS_SERVERS=home, **source, **self.settings)
        )
        if self.begun == 1:
            await self.running[0].says("this process runs shards?")

    async def kill(self, which: int) -> None:
        """End a process at once, without a word."""
        gone = self.running.pop(which)
        gone.process.send_signal(signal.SIGKILL)
        await gone.process.wait()
        self.ended.append(gone)

    async def is_whole(self) -> None:
        """Wait until each process runs shards, and each shard is run by one."""
        for each in self.running:
            await each.says("this process runs shards?")
        every = [(shard, self.discord.recommended) for shard in range(self.discord.recommended)]
        await until(lambda: self.discord.shards() == every, *self.running, seconds=120)

    async def stop(self) -> list[int]:
        """End all, and return their exit codes."""
        return list(await asyncio.gather(*(self._stop(each) for each in self.running)))

    async def _stop(self, each: Running) -> int:
        return (await each.stop(signal.SIGTERM))[0]

    @property
    def log(self) -> str:
        return "".join(each.log for each in (*self.ended, *self.running))
