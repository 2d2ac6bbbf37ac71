"""A local Discord, to which `lessonbot run` connects as a real process."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import WSMsgType, web

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789ab"
ME = {"id": "123456789012345678", "username": "Lessonbot", "discriminator": "0", "avatar": None, "bot": True}
START = """
import sys, discord.http, discord.gateway, discord.state, yarl, bot.cli
from bot import file_lock
from bot.discord_ui import service
from bot.discord_ui.kit import rounds
made = discord.state.ConnectionState.__init__
def make_state(self, **options):
    made(self, guild_ready_timeout=0.1, **options)  # discord.py waits for two seconds for servers that may follow
discord.state.ConnectionState.__init__ = make_state
file_lock.PATIENCE = 2.0
rounds.SOON = 1.0
discord.http.Route.BASE = sys.argv.pop(1)
gateway = yarl.URL(discord.http.Route.BASE).with_scheme("ws").with_path("/gateway")
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway
service.HEARTBEAT_SECONDS = 0.1
service.MAX_WAIT = float(sys.argv.pop(1))
bot.cli.main()
"""


def said(data: object, status: int = 200) -> web.Response:
    # discord.py accepts exactly this content type for JSON.
    return web.Response(
        body=json.dumps(data).encode(), status=status, headers={"Content-Type": "application/json"}
    )


MEMBER = {"id": "1142345678901234567", "username": "mia", "discriminator": "0", "avatar": None}


def message(more: dict[str, Any]) -> dict[str, Any]:
    """The event for a direct message, as Discord sends it."""
    lists: dict[str, list[Any]] = {
        each: [] for each in ("embeds", "attachments", "mentions", "mention_roles", "components")
    }
    now = {"timestamp": "2026-11-22T21:30:15+00:00", "edited_timestamp": None}
    flags = {"tts": False, "mention_everyone": False, "pinned": False, "type": 0, "flags": 0}
    whole = {"id": "1142345678901239999", "channel_id": "1142345678901230000", "author": MEMBER, "content": ""}
    return {**lists, **now, **flags, **whole, **{name: more[name] for name in more if name in {"content", "id"}}}


@dataclass
class Discord:
    """The parts of Discord that a bot without servers uses."""

    port: int = 0
    statuses: list[int] = field(default_factory=list)  # of the next responses; 0 never responds
    pages: list[tuple[int, str]] = field(default_factory=list)  # instead of the next responses
    closes_with: int = 0  # close code right after READY
    is_public: bool = True
    flags: int = 0
    servers: list[dict[str, str]] = field(default_factory=list)
    commands: list[dict[str, Any]] = field(default_factory=list)
    has_gateway: bool = True
    answers_goodbye: bool = True
    authorizations: list[str] = field(default_factory=list)
    goodbyes: list[int | None] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    introduced: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v10"

    async def is_reached(self) -> None:
        """Wait until the bot has identified itself at the gateway."""
        await asyncio.wait_for(self.introduced.wait(), 60)

    async def rest(self, request: web.Request) -> web.Response:
        self.authorizations.append(request.headers.get("Authorization", ""))
        if self.pages:
            status, page = self.pages.pop(0)
            kind = "text/html" if page.startswith("<") else "text/plain"
            return web.Response(text=page, status=status, content_type=kind)
        if self.statuses:
            status = self.statuses.pop(0)
            if status == 0:
                await self.over.wait()
            return said({"message": "as told", "code": 0}, status)
        if request.path.endswith("/applications/@me"):
            about = {
                "id": ME["id"],
                "name": "Lessonbot",
                "icon": None,
                "description": "",
                "bot_public": self.is_public,
            }
            flags = {"bot_require_code_grant": False, "verify_key": "", "flags": self.flags}
            return said({**about, **flags, "owner": ME})
        if request.path.endswith("/guilds"):
            return said(self.servers)
        if request.method == "POST" and request.path.endswith("/messages"):
            self.answers.append(await request.text())
            return said({**message(await request.json()), "author": ME})
        if request.path.endswith("/commands"):
            if request.method == "PUT":
                given = {"id": "1", "application_id": ME["id"], "version": "1", "description": ""}
                self.commands = [{**given, **each} for each in await request.json()]
            return said(self.commands)
        return said(ME)

    async def tell(self, kind: str, data: dict[str, Any]) -> None:
        """Send an event to the bot."""
        await self.sockets[-1].send_json({"op": 0, "s": 2, "t": kind, "d": data})

    async def talk(self, request: web.Request) -> web.WebSocketResponse:
        if not self.has_gateway:
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse(autoclose=self.answers_goodbye)
        await socket.prepare(request)
        self.sockets.append(socket)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 41250}})
        async for message in socket:
            if message.type == WSMsgType.TEXT and json.loads(message.data)["op"] in {2, 6}:
                ready: dict[str, Any] = {"v": 10, "user": ME, "guilds": [], "session_id": "s", "shard": [0, 1]}
                self.introduced.set()
                ready |= {"resume_gateway_url": str(request.url), "application": {"id": ME["id"], "flags": 0}}
                await socket.send_json({"op": 0, "s": 1, "t": "READY", "d": ready})
                if self.closes_with:
                    await socket.close(code=self.closes_with)
                if not self.answers_goodbye:
                    await self.over.wait()
            elif message.type == WSMsgType.TEXT:
                await socket.send_json({"op": 11})
        self.goodbyes.append(socket.close_code)
        return socket


@pytest.fixture
async def server() -> AsyncIterator[Discord]:
    discord_ = Discord()
    app = web.Application()
    app.router.add_get("/gateway", discord_.talk)
    app.router.add_route("*", "/api/{rest:.*}", discord_.rest)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    discord_.port = runner.addresses[0][1]
    yield discord_
    discord_.over.set()
    await runner.cleanup()


NOWHERE = "http://127.0.0.1:1/api/v10"
