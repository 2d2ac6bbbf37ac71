"""A local Discord with shards, for bots that run as real processes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.support.local_discord import ME, MEMBER, Discord, message, said
from tests.support.running import Running

EVERYTHING = str((1 << 53) - 1)
LIMITS = {"total": 1000, "remaining": 1000, "reset_after": 14400000, "max_concurrency": 16}


def guild(shard: int) -> dict[str, Any]:
    """A server of this shard, of two, with one channel."""
    id_ = str((1142345678901230000 >> 23 << 23) + (shard << 22))
    channel = {"id": f"{int(id_) + 1}", "type": 0, "name": "help", "position": 0, "permission_overwrites": []}
    everyone = {
        "id": id_,
        "name": "@everyone",
        "permissions": EVERYTHING,
        "position": 0,
        "color": 0,
        "hoist": False,
    }
    everyone |= {"managed": False, "mentionable": False, "flags": 0}
    lists: dict[str, Any] = {
        each: []
        for each in ("emojis", "stickers", "features", "threads", "presences", "voice_states", "stage_instances")
    }
    me = {
        "user": ME,
        "roles": [],
        "joined_at": "2026-01-01T00:00:00+00:00",
        "flags": 0,
        "deaf": False,
        "mute": False,
    }
    return {
        **lists,
        **{
            "id": id_,
            "name": f"Server {shard}",
            "owner_id": MEMBER["id"],
            "member_count": 2,
            "unavailable": False,
        },
        **{
            "channels": [channel],
            "roles": [everyone],
            "members": [me],
            "preferred_locale": "en-US",
            "nsfw_level": 0,
        },
        **{"verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0},
        **{
            "mfa_level": 0,
            "premium_tier": 0,
            "system_channel_flags": 0,
            "afk_timeout": 60,
            "guild_scheduled_events": [],
        },
    }


@dataclass
class ShardedDiscord(Discord):
    """A Discord that sends each event to all connections of its shard, as the real one does."""

    recommended: int = 2
    limits: dict[str, int] = field(default_factory=lambda: dict(LIMITS))
    connections: list[tuple[int, int, web.WebSocketResponse]] = field(default_factory=list)
    sent: int = 0

    async def rest(self, request: web.Request) -> web.Response:
        if request.path.endswith("/gateway/bot"):
            url = f"ws://127.0.0.1:{self.port}/gateway"
            return said({"url": url, "shards": self.recommended, "session_start_limit": self.limits})
        if request.path.endswith("/users/@me/channels"):
            return said({"id": "1142345678901230000", "type": 1, "recipients": [MEMBER]})
        if request.method == "GET" and request.path.endswith("/messages"):
            return said([])
        return await super().rest(request)

    async def talk(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(timeout=0.1)
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 41250}})
        async for received in socket:
            if received.type != WSMsgType.TEXT:
                continue
            told = json.loads(received.data)
            if told["op"] == 6:  # it keeps no sessions
                await socket.send_json({"op": 9, "d": False})
                continue
            if told["op"] != 2:
                await socket.send_json({"op": 11})
                continue
            shard, count = told["d"].get("shard", [0, 1])
            if count < self.recommended:
                await socket.close(code=4011)
                break
            ready: dict[str, Any] = {"v": 10, "user": ME, "session_id": "s", "shard": [shard, count]}
            ready |= {"resume_gateway_url": str(request.url), "application": {"id": ME["id"], "flags": 0}}
            server = guild(shard)
            ready["guilds"] = [{"id": server["id"], "unavailable": True}]
            await socket.send_json({"op": 0, "s": 1, "t": "READY", "d": ready})
            await socket.send_json({"op": 0, "s": 2, "t": "GUILD_CREATE", "d": server})
            self.connections.append((shard, count, socket))
            self.introduced.set()
        return socket

    def shards(self) -> list[tuple[int, int]]:
        """The shards with a connection, and of how many, once for each connection."""
        return sorted((shard, count) for shard, count, socket in self.connections if not socket.closed)

    async def mention(self, shard: int) -> str:
        """A member mentions the bot in a server of this shard. Returns the ID of the message."""
        self.sent += 1
        id_ = f"{1142345678901231111 + self.sent}"
        server = guild(shard)
        asked = message({"content": f"<@{ME['id']}> what is a venv", "id": id_})
        asked |= {"guild_id": server["id"], "channel_id": server["channels"][0]["id"], "mentions": [ME]}
        asked |= {"member": {"roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "flags": 0}}
        for of, _, socket in self.connections:
            if of == shard and not socket.closed:
                await socket.send_json({"op": 0, "s": 3 + self.sent, "t": "MESSAGE_CREATE", "d": asked})
        return id_

    def answers_to(self, id_: str) -> int:
        """How many messages of the bot refer to this."""
        return sum(id_ in each for each in self.answers)


@asynccontextmanager
async def sharded_discord() -> AsyncIterator[ShardedDiscord]:
    """A running one."""
    here = ShardedDiscord()
    app = web.Application()
    app.router.add_get("/gateway", here.talk)
    app.router.add_route("*", "/api/{rest:.*}", here.rest)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    here.port = runner.addresses[0][1]
    yield here
    here.over.set()
    await runner.cleanup()


async def until(is_so: Callable[[], bool], *logs: Running) -> None:
    """Wait for this; fail with the logs if it never comes."""
    for _ in range(2400):
        if is_so():
            return
        await asyncio.sleep(0.025)
    raise AssertionError("\n\n".join(each.log for each in logs))
