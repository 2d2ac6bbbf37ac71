"""Measures what an event costs: `lessonbot run` beside the least discord.py bot, at a fake Discord.

python -m tests.benchmarks.cost [--events 6000] [--private 20000] [--kept 100000] [--beside FOLDER]

FOLDER is a checkout of another version, to compare with it in the same run.
Each bot is a process of its own. Its processor time is that of all its threads, as Linux counts it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import shutil
import statistics
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from aiohttp import WSMsgType, web

from bot.lessons.library import Library
from tests.benchmarks.table import table

HERE = Path(__file__).parents[2]
KNOWLEDGE = HERE / "knowledge"
TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789ab"
ME = {"id": "123456789012345678", "username": "Lessonbot", "discriminator": "0", "avatar": None, "bot": True}
SERVER, CHANNEL = "1142345678901230001", "1142345678901230002"
IN_FLIGHT = 4  # events that wait for an answer at once
WARM_UP = 200
STARTS = 3
TURNS = 12  # in which the events of a kind are handled; the quickest counts, as other programs only slow it down

CONNECTED_HERE = """
import sys, discord.http, discord.gateway, yarl
discord.http.Route.BASE = sys.argv.pop(1)
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(
    discord.http.Route.BASE
).with_scheme("ws").with_path("/gateway")
"""
OURS = f"{CONNECTED_HERE}\nimport bot.cli\nsys.argv[1:] = ['run']\nbot.cli.main()"
LOOK = """
import asyncio, sys
from pathlib import Path
from tests.benchmarks import misses
print(asyncio.run(misses.measure(int(sys.argv[1]), 8, Path(sys.argv[2])))[3])
"""
BARE = f"""{CONNECTED_HERE}
import os, discord
from discord import app_commands
names = [f"How does the thing with the number {{n}} work?" for n in range(44)]
intents = discord.Intents.none()
intents.guilds = intents.guild_messages = True
class Bare(discord.Client):
    async def setup_hook(self):
        await tree.sync()
    async def on_message(self, message):
        if self.user in message.mentions:
            await message.reply(message.content, mention_author=False)
bot = Bare(intents=intents)
tree = app_commands.CommandTree(bot)
@tree.command(description="Ask.")
async def ask(interaction: discord.Interaction, question: str):
    answer = discord.Embed(title=question, description="An answer. " * 30)
    await interaction.response.send_message(embed=answer, ephemeral=True)
@ask.autocomplete("question")
async def complete(interaction: discord.Interaction, typed: str):
    return [app_commands.Choice(name=name, value=name) for name in names][:25]
bot.run(os.environ["DISCORD_TOKEN"], log_handler=None)
"""


@dataclass
class FakeDiscord:
    """One server with one channel. Knows which events were answered, and when the bot came."""

    port: int = 0
    last: int = 0
    waiting: dict[str, asyncio.Future[None]] = field(default_factory=dict)
    socket: web.WebSocketResponse | None = None
    connected: asyncio.Event = field(default_factory=asyncio.Event)
    commands: list[dict[str, Any]] = field(default_factory=list)

    def id(self) -> str:
        """An id as Discord makes them: of this moment, and each a new one."""
        self.last = max(self.last + 1, int(1000 * (time.time() - 1_420_070_400)) << 22)
        return str(self.last)

    @contextlib.asynccontextmanager
    async def served(self) -> AsyncIterator[str]:
        """The base address of its REST API."""
        app = web.Application(client_max_size=2**24)
        app.router.add_get("/gateway", self._gateway)
        app.router.add_route("*", "/api/{rest:.*}", self._rest)
        runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.port = runner.addresses[0][1]
        yield f"http://127.0.0.1:{self.port}/api/v10"
        await runner.cleanup()

    async def ask(self, question: str) -> None:
        await self._interaction(2, {"name": "question", "type": 3, "value": question})

    async def type(self, begin: str) -> None:
        await self._interaction(4, {"name": "question", "type": 3, "value": begin, "focused": True})

    async def mention(self, text: str) -> None:
        me = {**ME, "member": {"roles": [], "flags": 0, "joined_at": "2026-01-01T00:00:00+00:00"}}
        async with self._answering() as id_:
            await self._say(f"<@{ME['id']}> {text}", id=id_, mentions=[me])

    async def talk(self, text: str) -> None:
        """A message that is not for the bot."""
        await self._say(text)

    async def _say(self, text: str, **more: Any) -> None:
        message = _message(self.id(), text, self._member()["user"]) | more
        about = {"guild_id": SERVER, "member": {"roles": [], "flags": 0, "joined_at": "2026-01-01T00:00:00+00:00"}}
        await self._tell("MESSAGE_CREATE", {**message, **about})

    async def _interaction(self, kind: int, option: dict[str, Any]) -> None:
        event: dict[str, Any] = {
            "application_id": ME["id"],
            "type": kind,
            "data": {"id": "1", "name": "ask", "type": 1, "options": [option]},
            "guild_id": SERVER,
            "guild": {"id": SERVER, "locale": "en-US", "features": []},
            "channel_id": CHANNEL,
            "channel": {"id": CHANNEL, "type": 0, "name": "help", "permissions": "2147483647"},
            "member": self._member(),
            "version": 1,
            "app_permissions": "2147483647",
            "locale": "en-US",
            "guild_locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": {"0": SERVER},
            "context": 0,
            "attachment_size_limit": 10485760,
        }
        async with self._answering() as id_:
            await self._tell("INTERACTION_CREATE", {**event, "id": id_, "token": f"token-{id_}"})

    def _member(self) -> dict[str, Any]:
        """Another member each time, as no member may ask that often."""
        user = {"id": self.id(), "username": "mia", "discriminator": "0", "avatar": None, "global_name": "Mia"}
        at = "2026-01-01T00:00:00+00:00"
        return {"user": user, "roles": [], "joined_at": at, "permissions": "2147483647", "flags": 0, "deaf": False}

    @contextlib.asynccontextmanager
    async def _answering(self) -> AsyncIterator[str]:
        """The id of an event that is sent in this block; waits for the answer to it."""
        id_ = self.id()
        self.waiting[id_] = asyncio.get_running_loop().create_future()
        yield id_
        await asyncio.wait_for(self.waiting[id_], 30)
        del self.waiting[id_]

    async def _tell(self, kind: str, data: dict[str, Any]) -> None:
        assert self.socket
        await self.socket.send_str(json.dumps({"op": 0, "s": 3, "t": kind, "d": data}))

    async def _rest(self, request: web.Request) -> web.Response:
        path = request.path
        if path.endswith("/callback"):
            sent, id_ = await _sent(request), path.split("/")[-3]
            answer = _message(self.id(), "", ME) | sent.get("data", {}) if sent["type"] == 4 else None
            about = {"id": id_, "type": 2, **({"response_message_id": answer["id"]} if answer else {})}
            said = _said({"interaction": about, "resource": {"type": sent["type"], "message": answer}})
            self._done(id_)
            return said
        if request.method == "POST" and path.endswith("/messages"):
            sent = await _sent(request)
            self._done(str(sent.get("message_reference", {}).get("message_id", "")))
            return _said(_message(self.id(), "", ME) | sent)
        if path.endswith("/applications/@me"):
            about = {"id": ME["id"], "name": "Lessonbot", "icon": None, "description": "", "bot_public": False}
            return _said({**about, "bot_require_code_grant": False, "verify_key": "", "flags": 0, "owner": ME})
        if path.endswith("/commands"):
            if request.method == "PUT":
                given = {"application_id": ME["id"], "version": "1", "description": ""}
                self.commands = [{**given, **each, "id": str(n)} for n, each in enumerate(await request.json(), 1)]
            return _said(self.commands)
        return _said([] if path.endswith("/guilds") else ME)

    def _done(self, id_: str) -> None:
        if waiting := self.waiting.get(id_):
            waiting.set_result(None)

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 41250}})
        async for message in socket:
            if message.type != WSMsgType.TEXT:
                continue
            if json.loads(message.data)["op"] != 2:
                await socket.send_json({"op": 11})
                continue
            ready = {"v": 10, "user": ME, "guilds": [{"id": SERVER, "unavailable": True}], "session_id": "s"}
            ready |= {"resume_gateway_url": str(request.url), "application": {"id": ME["id"], "flags": 0}}
            self.socket = socket
            await self._tell("READY", ready)
            await self._tell("GUILD_CREATE", _server())
            self.connected.set()
        return socket


def _server() -> dict[str, Any]:
    everyone = {"id": SERVER, "name": "@everyone", "permissions": "2147483647", "position": 0, "color": 0}
    everyone |= {
        "colors": {"primary_color": 0},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
    at = "2026-01-01T00:00:00+00:00"
    me = {"user": ME, "roles": [], "joined_at": at, "deaf": False, "mute": False, "flags": 0}
    channel = {"id": CHANNEL, "type": 0, "name": "help", "position": 0, "permission_overwrites": [], "nsfw": False}
    lists = ("emojis", "stickers", "features", "threads", "presences", "voice_states", "stage_instances")
    return {
        "id": SERVER,
        "name": "Learners",
        "owner_id": "1142345678901230003",
        "roles": [everyone],
        "members": [me],
        "member_count": 500,
        "channels": [channel],
        "joined_at": at,
        "large": True,
        "unavailable": False,
        "preferred_locale": "en-US",
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "system_channel_flags": 0,
        "afk_timeout": 300,
        **{each: [] for each in (*lists, "guild_scheduled_events", "soundboard_sounds")},
    }


def _message(id_: str, text: str, author: Any) -> dict[str, Any]:
    lists = ("embeds", "attachments", "mentions", "mention_roles", "components")
    more = {
        "timestamp": "2026-11-22T21:30:15+00:00",
        "edited_timestamp": None,
        "tts": False,
        "type": 0,
        "flags": 0,
    }
    about = {"id": id_, "channel_id": CHANNEL, "author": author, "content": text, "pinned": False}
    return {**about, **more, "mention_everyone": False, **{each: [] for each in lists}}


async def _sent(request: web.Request) -> dict[str, Any]:
    """What a bot sent; with a picture, it is the first part of a form. Files are not sent back."""
    if request.content_type != "multipart/form-data":
        sent = await request.json()
    else:
        sent = json.loads(str((await request.post())["payload_json"]))
    for each in (sent, sent.get("data") or {}):
        each.pop("attachments", None)
    return dict(sent)


def _said(data: object) -> web.Response:
    return web.Response(body=json.dumps(data).encode(), headers={"Content-Type": "application/json"})


@dataclass(frozen=True)
class Cost:
    """What one bot took: microseconds an event, MiB, seconds."""

    ask: float
    mention: float
    typed: float
    other: float
    at_rest: float
    more: float
    connected: float
    answered: float
    used: float


class Bot(NamedTuple):
    """The code of a bot, the folder where it runs, and the checkout that it is of, if not this one."""

    script: str
    folder: Path
    checkout: Path | None = None


class Running(NamedTuple):
    """A bot, and the seconds until it was connected and had answered; `used` are those of the processor."""

    fake: FakeDiscord
    pid: int
    connected_in: float
    answered_in: float
    used: float


@contextlib.asynccontextmanager
async def running(bot: Bot) -> AsyncIterator[Running]:
    """A bot that has answered its first question."""
    code = {"PYTHONPATH": str(bot.checkout)} if bot.checkout else {}
    # An installed bot has bytecode. The first start, which is not counted, writes it.
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    home = {"HOME": str(bot.folder), "DISCORD_TOKEN": TOKEN, "UNDERSTANDING": "table"}
    fake = FakeDiscord()
    async with fake.served() as base:
        begin = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", bot.script, base),
            cwd=bot.folder,
            env={**around, **home, **code},
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            await asyncio.wait_for(fake.connected.wait(), 60)
            connected = time.perf_counter() - begin
            await fake.ask("What is a virtual environment?")
            answered = time.perf_counter() - begin
            yield Running(fake, process.pid, connected, answered, _used(process.pid))
        finally:
            process.terminate()
            await process.wait()


async def measure(bots: Sequence[Bot], events: int, private: int) -> list[Cost]:
    """Start each bot some times, then let all of them handle the same events in turns.

    Another program's load on the machine falls on all of them alike. The first start, which makes the database, is
    not counted.
    """
    starts: list[list[tuple[float, ...]]] = [[] for _ in bots]
    for n in range(STARTS + 1):
        for bot, mine in zip(bots, starts, strict=True):
            async with running(bot) as it:
                if n:
                    mine.append((it.connected_in, it.answered_in, it.used))
    async with contextlib.AsyncExitStack() as stack:
        all_ = [await stack.enter_async_context(running(bot)) for bot in bots]
        figures = await _events(all_, events, private)
    return [
        Cost(*each, *(statistics.median(times) for times in zip(*mine, strict=True)))
        for each, mine in zip(figures, starts, strict=True)
    ]


async def _events(bots: Sequence[Running], events: int, private: int) -> list[list[float]]:
    """For each bot: what each kind of event takes, and the memory before and after many answers."""
    await asyncio.sleep(3)  # until they are ready, with all that they do behind the start
    questions = _questions()
    begins = [each[: 1 + n % 12] for n, each in enumerate(questions)]
    kinds: tuple[tuple[Callable[[FakeDiscord, str], Awaitable[None]], list[str], int], ...] = (
        (FakeDiscord.ask, questions, 1),
        (FakeDiscord.mention, questions, 1),
        (FakeDiscord.type, begins, 1),
        (FakeDiscord.talk, questions, 4),
    )
    figures: list[list[float]] = [[] for _ in bots]
    at_rest = [_resident(bot.pid) for bot in bots]
    for what, texts, more in kinds:
        times: list[list[float]] = [[] for _ in bots]
        for turn in range(TURNS + 1):
            for bot, mine in zip(bots, times, strict=True):
                spent = await _handled(bot, what, texts, more * events // TURNS if turn else WARM_UP)
                if turn:
                    mine.append(spent)
        for mine, each in zip(figures, times, strict=True):
            mine.append(min(each))
    for bot, mine, memory in zip(bots, figures, at_rest, strict=True):
        before = _resident(bot.pid)
        await _many(partial(FakeDiscord.ask, bot.fake), questions, private)
        await asyncio.sleep(1.5)
        mine += [memory, _resident(bot.pid) - before]
    return figures


async def _handled(
    bot: Running, what: Callable[[FakeDiscord, str], Awaitable[None]], texts: Sequence[str], events: int
) -> float:
    """The processor time of one event in microseconds, with what is done behind the answers."""
    before = _used(bot.pid)
    await _many(partial(what, bot.fake), texts, events)
    await bot.fake.mention(texts[0])  # all events before it were handled
    await asyncio.sleep(1.5)
    return (_used(bot.pid) - before) * 1e6 / events


async def _many(what: Callable[[str], Awaitable[None]], texts: Sequence[str], times: int) -> None:
    left = iter(range(times))

    async def some() -> None:
        for n in left:
            await what(texts[n % len(texts)])

    await asyncio.gather(*(some() for _ in range(IN_FLIGHT)))


def _questions() -> list[str]:
    """All that these lessons are asked: every question, its other phrasings, and some that no lesson answers."""
    entries = Library.open(KNOWLEDGE).lessons.entries.values()
    known = [text for each in entries for text in (each.question, *each.phrasings)]
    return [*known, *(f"where can I buy {n} kilos of sweet potatoes" for n in range(len(known) // 8))]


def _used(pid: int) -> float:
    """Processor seconds of a process and all its threads.

    Read from Linux's clock of that process (see `clock_getcpuclockid`): `/proc` counts in steps of 10 ms, a third
    of what a thousand messages take that are not for the bot.
    """
    return time.clock_gettime(~pid << 3 | 2)


def _resident(pid: int) -> float:
    """MiB of memory in use."""
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * 4096 / 2**20


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=6000)
    parser.add_argument("--private", type=int, default=20_000)
    parser.add_argument("--kept", type=int, default=100_000)
    parser.add_argument("--beside", type=lambda path: Path(path).resolve())
    chosen = parser.parse_args()
    how_many = chosen.events, chosen.private
    kinds = [(BARE, None), (OURS, None), *([(OURS, chosen.beside)] if chosen.beside else [])]
    with contextlib.ExitStack() as folders:
        bots = []
        for script, checkout in kinds:
            home = Path(folders.enter_context(TemporaryDirectory()))
            shutil.copytree(KNOWLEDGE, home / "knowledge")
            bots.append(Bot(script, home, checkout))
        costs = await measure(bots, *how_many)
    rows = [_row(name, [getattr(each, of) for each in costs], scale) for name, of, scale in ROWS]
    if chosen.kept:
        looks = [await _look_at_misses(chosen.kept, checkout or HERE) for _, checkout in kinds[1:]]
        cells = [cell for look in looks for cell in (look, "")]
        rows.append([f"`/lessons misses` of {chosen.kept:,} kept questions, ms", "", *cells])
    head = ["", "bare", "ours", "ratio", *(("beside", "ratio") if chosen.beside else ())]
    print(table(head, rows))


async def _look_at_misses(kept: int, checkout: Path) -> str:
    """Processor milliseconds of one look at the list of misses, with the code of a checkout."""
    with TemporaryDirectory() as folder:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", LOOK, str(kept), folder),
            cwd=checkout,
            env=os.environ | {"PYTHONPATH": str(checkout)},
            stdout=asyncio.subprocess.PIPE,
        )
        said, _ = await process.communicate()
    return said.decode().strip()


ROWS = (
    ("`/ask`, µs", "ask", 1),
    ("mention, µs", "mention", 1),
    ("autocomplete, µs", "typed", 1),
    ("a message not for it, µs", "other", 1),
    ("memory at rest, MiB", "at_rest", 1),
    ("more memory after private answers, MiB", "more", 1),
    ("start until it is connected, ms", "connected", 1000),
    ("start until its first answer, ms", "answered", 1000),
    ("the same in time of the processor, ms", "used", 1000),
)


def _row(name: str, figures: Sequence[float], scale: float) -> list[str]:
    bare, *others = figures
    row = [name, f"{bare * scale:,.0f}"]
    for each in others:
        row += [f"{each * scale:,.0f}", f"{each / bare:.2f}" if bare >= 1 or scale > 1 else ""]
    return row


if __name__ == "__main__":
    asyncio.run(main())
