"""Measures three processes under load, and while one thing after the other fails.

python -m tests.benchmarks.load [--rate 200] [--seconds 20] [--servers 10000] [--processes 3]
python -m tests.benchmarks.load --minutes 10
python -m tests.benchmarks.load --storm

Members ask, vote, wish, walk and publish at a local Discord of eight shards; the processes share one PostgreSQL.
`rate` events are offered a second, whether or not they are answered, and a third of them while something fails.
With `--minutes`, a tenth is offered for so long, and nothing fails: does a process need more and more of anything?
With `--storm`, it measures how long a bot takes whose servers are all announced at once, beside the least bot.
Exit code 1: something that was promised is lost, or something was answered twice.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import signal
import statistics
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select, text

from bot.store.database_url import database_at
from bot.store.tables import shards
from tests.benchmarks.table import table
from tests.store.conftest import Server, programs
from tests.support.command import Command
from tests.support.crowd import FIRST_MEMBER, KNOWN, Crowd, broken, remind
from tests.support.fleet import Fleet
from tests.support.running import Running, starting
from tests.support.sharded_discord import ShardedDiscord, server_id, sharded_discord
from tests.support.waiting import until

SHARDS = 8
REMINDERS = 200
DROPPED = "an interaction waited too long and was not begun"
LATER = 5  # how much later than the crowd a bot gets a processor, in Unix's steps of niceness
ENOUGH = 4.0  # seconds after which nothing more is answered
BARE = """
import sys, discord, discord.http, discord.gateway, yarl
discord.http.Route.BASE = sys.argv.pop(1)
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(
    discord.http.Route.BASE
).with_scheme("ws").with_path("/gateway")
intents = discord.Intents.none()
intents.guilds = intents.guild_messages = True
class Bare(discord.Client):
    async def on_ready(self):
        print("ready", file=sys.stderr, flush=True)
Bare(intents=intents).run("token", log_handler=None)
"""


@dataclass
class Run:
    """What runs, and the rows of the table so far."""

    crowd: Crowd
    fleet: Fleet
    server: Server
    rows: list[list[str]] = field(default_factory=list)

    @property
    def discord(self) -> ShardedDiscord:
        return self.crowd.discord

    async def phase(self, name: str, rate: float, work: Callable[[], Awaitable[object]]) -> None:
        """Offer events while this work is done, and note what became of them."""
        # The real Discord has machines of its own: here, it comes first.
        for each in self.fleet.running:
            os.setpriority(os.PRIO_PROCESS, each.process.pid, LATER)
        discord, is_on = self.discord, True
        first, refused = len(discord.asked_at), discord.refused.copy()
        dropped, begun = self.fleet.log.count(DROPPED), time.monotonic()
        asking = asyncio.create_task(self.crowd.ask(rate, lambda: is_on))
        await work()
        is_on, took = False, time.monotonic() - begun
        await asking
        await asyncio.sleep(ENOUGH)
        ids = list(discord.asked_at)[first:]
        waits = sorted(discord.waited[each] for each in ids if each in discord.waited and each in discord.said)
        cuts = statistics.quantiles(waits, n=100) if len(waits) > 1 else [0.0] * 99
        answered = sum(each in discord.waited for each in ids)
        memory = max((_memory(each.process.pid) for each in self.fleet.running), default=0)
        self.rows.append(
            [
                name,
                f"{took:.0f}",
                f"{len(ids) / took:,.0f}",
                f"{answered:,}",
                f"{len(ids) - answered:,}",
                f"{self.fleet.log.count(DROPPED) - dropped:,}",
                *(f"{discord.refused[why] - refused[why]:,}" for why in ("too late", "answered already")),
                *(f"{1000 * each:,.0f}" for each in (cuts[49], cuts[98], waits[-1] if waits else 0.0)),
                f"{memory:.0f}",
            ]
        )
        _say(" · ".join(self.rows[-1]))


HEAD = [
    "",
    "s",
    "offered/s",
    "answered",
    "not",
    "of these dropped",
    "refused as late",
    "as answered",
    "p50 ms",
    "p99 ms",
    "max ms",
    "MiB",
]


@contextlib.asynccontextmanager
async def postgresql() -> AsyncIterator[Server]:
    found = programs()
    assert found, "PostgreSQL is not installed"
    server = Server(found)
    try:
        server.start()
        yield server
    finally:
        server.stop()


async def measure(rate: float, seconds: float, servers: int, processes: int, minutes: float) -> list[str]:
    """Print what happens, and return what went wrong."""
    async with (
        postgresql() as server,
        sharded_discord(
            recommended=SHARDS,
            servers_are_of=SHARDS,
            servers_each=servers // SHARDS,
            keeps_sessions=True,
            sends_again=50,
        ) as discord,
    ):
        with TemporaryDirectory() as folder:
            async with starting(Path(folder)) as start:
                url = server.new_database()
                run = Run(Crowd(discord), Fleet(discord, start, url), server)
                for _ in range(processes):
                    await run.fleet.grow()
                await run.fleet.is_whole()
                for each in run.fleet.running:
                    await each.says("connected as Lessonbot")
                if minutes:
                    await soak(run, rate / 10, minutes)
                else:
                    await faults(run, rate, seconds)
                await run.crowd.is_done()
                codes = await run.fleet.stop()
                wrong = [each async for each in broken(run.crowd.promised, discord, url)]
                if any(codes):
                    wrong.append(f"exit codes {codes}")
                if "Traceback" in run.fleet.log:
                    wrong.append("a traceback in the log:\n" + run.fleet.log.partition("Traceback")[2][:3000])
                print(f"\nPromised: {run.crowd.promised}. Refused: {dict(discord.refused)}")
                return wrong


async def faults(run: Run, rate: float, seconds: float) -> None:
    """One thing after the other fails."""
    fleet, discord, server = run.fleet, run.discord, run.server

    async def killed() -> None:
        await fleet.kill(1)
        await fleet.is_whole()
        await fleet.grow()
        await fleet.is_whole()

    async def stopped() -> None:
        hanging = fleet.running[1]
        all_twice = SHARDS + await _shards_of(hanging, fleet.url)  # its connections stay open
        hanging.process.send_signal(signal.SIGSTOP)
        await until(lambda: len(discord.shards()) == all_twice, seconds=120)
        hanging.process.send_signal(signal.SIGCONT)
        await fleet.is_whole()

    async def restarted() -> None:
        await asyncio.to_thread(server.halt)
        await asyncio.sleep(3)
        await asyncio.to_thread(server.launch)
        await asyncio.sleep(5)

    async def read_only() -> None:
        name = fleet.url.split("@/")[1].split("?")[0]
        cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        await server.say(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        await server.say(cut)
        await asyncio.sleep(10)
        await server.say(f"ALTER DATABASE {name} RESET default_transaction_read_only")
        await asyncio.sleep(5)

    async def closed(code: int) -> None:
        await discord.close(code)
        await fleet.is_whole()
        await asyncio.sleep(3)

    async def ended() -> None:
        discord.keeps_sessions = False
        await closed(4009)
        discord.keeps_sessions = True

    async def outgrown() -> None:
        discord.keeps_sessions, discord.refuses = False, 2
        await closed(4009)
        discord.keeps_sessions = True

    run.crowd.promised.reminders = REMINDERS
    await remind(fleet.url, REMINDERS, within=120)
    await run.phase("nothing fails", rate, lambda: asyncio.sleep(seconds))
    for name, fault in (
        ("one is killed, and another one starts", killed),
        ("one is stopped (SIGSTOP), and goes on", stopped),
        ("the database restarts", restarted),
        ("the database is read-only for 10 s", read_only),
        ("closed with 4000, and resumed with events that came before", lambda: closed(4000)),
        ("closed with 4009", ended),
        ("two connections are refused with 4011", outgrown),
    ):
        await run.phase(name, rate / 3, fault)
    await until(lambda: discord.direct_messages("reminder-") >= REMINDERS, seconds=180)
    await fleet.is_whole()
    print(table(HEAD, run.rows))


async def _shards_of(process: Running, url: str) -> int:
    """How many shards it runs."""
    database = database_at(url)
    name = shards.c.process.startswith(f"lessonbot {process.process.pid} ")
    async with database.reading.connect() as connection:
        number = int(await connection.scalar(select(func.count()).select_from(shards).where(name)) or 0)
    await database.close()
    return number


async def soak(run: Run, rate: float, minutes: float) -> None:
    """Nothing fails: print each minute what the processes need."""
    rows: list[list[str]] = []
    is_on = True
    asking = asyncio.create_task(run.crowd.ask(rate, lambda: is_on))
    for minute in range(int(minutes) + 1):
        pids = [each.process.pid for each in run.fleet.running]
        connections = await _connections(run.fleet.url)
        waits = sorted(list(run.discord.waited.values())[-int(60 * rate) :])
        rows.append(
            [
                str(minute),
                f"{len(run.discord.asked_at):,}",
                " / ".join(f"{_memory(each):.0f}" for each in pids),
                " / ".join(str(len(os.listdir(f"/proc/{each}/fd"))) for each in pids),
                str(connections),
                f"{1000 * waits[int(0.99 * len(waits))]:.0f}" if waits else "",
            ]
        )
        _say(" · ".join(rows[-1]))
        await asyncio.sleep(60 if minute < int(minutes) else 0)
    is_on = False
    await asking
    await asyncio.sleep(ENOUGH)
    print(table(["minute", "events", "MiB", "open files", "connections to PostgreSQL", "p99 ms"], rows))


async def storm(servers: int) -> None:
    """How long a bot takes until it is ready whose servers are all announced at once, beside the least bot."""
    rows = []
    for name in ("bare", "ours"):
        with TemporaryDirectory() as folder:
            async with (
                sharded_discord(recommended=1, servers_are_of=1, servers_each=servers) as discord,
                starting(Path(folder)) as start,
            ):
                if name == "ours":
                    bot = await start(discord.base, LESSONS_SERVERS=server_id(0, 1))
                else:
                    with TemporaryDirectory() as other:
                        bot = await _bare(discord.base, Path(other))
                await discord.is_reached()
                begun, used = time.perf_counter(), _used(bot.process.pid)
                await bot.says("connected as Lessonbot|ready", seconds=300)
                took = time.perf_counter() - begun
                used = _used(bot.process.pid) - used
                row = [name, f"{took:.2f}", f"{used:.2f}", f"{_memory(bot.process.pid):.0f}", ""]
                if name == "ours":
                    id_ = await discord.ask(0, KNOWN[0], str(FIRST_MEMBER))
                    await until(partial(discord.waited.__contains__, id_), bot)
                    row[-1] = f"{1000 * discord.waited[id_]:.0f}"
                rows.append(row)
                await bot.stop(signal.SIGTERM)
    print(table(["", "s until ready", "s of processor", "MiB", "ms to an answer then"], rows))


async def _bare(base: str, folder: Path) -> Running:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", BARE, base), stderr=asyncio.subprocess.PIPE
    )
    return Running(process, Command(folder))


async def _connections(url: str) -> int:
    """How many the server has to this database, without the one that asks."""
    database = database_at(url)
    counted = text("SELECT count(*) - 1 FROM pg_stat_activity WHERE datname = current_database()")
    async with database.reading.connect() as connection:
        number = int(await connection.scalar(counted) or 0)
    await database.close()
    return number


def _memory(pid: int) -> float:
    """MiB of memory in use."""
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * 4096 / 2**20


def _used(pid: int) -> float:
    """Processor seconds of a process and all its threads."""
    numbers = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--servers", type=int, default=10_000)
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--minutes", type=float, default=0)
    parser.add_argument("--storm", action="store_true")
    chosen = parser.parse_args()
    if chosen.storm:
        await storm(chosen.servers)
        return
    wrong = await measure(chosen.rate, chosen.seconds, chosen.servers, chosen.processes, chosen.minutes)
    print("\n".join(wrong) or "Nothing was lost, and nothing was answered twice.")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    asyncio.run(main())
