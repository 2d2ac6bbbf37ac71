"""A local Discord with shards, for bots that run as real processes."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiohttp import WSMsgType, web

from tests.support.local_discord import ME, MEMBER, Discord, message, said

EVERYTHING = str((1 << 53) - 1)
LIMITS = {"total": 1000, "remaining": 1000, "reset_after": 14400000, "max_concurrency": 16}
FIRST_SERVER = 1142345678901230000 >> 22
IN_TIME = 3.0  # seconds for which an interaction can be answered
KEPT = 100  # events of a session that can be sent again
PRIVATE_CARD = 1 << 6 | 1 << 15  # the flags of a message
JOINED = "2026-01-01T00:00:00+00:00"
LISTS = ("emojis", "stickers", "features", "threads", "presences", "voice_states", "stage_instances")


def server_id(shard: int, count: int, number: int = 0) -> str:
    """The ID of a server of this shard, of so many."""
    return str((FIRST_SERVER // count * count + number * count + shard) << 22)


def guild(shard: int, count: int = 2, number: int = 0) -> dict[str, Any]:
    """A server of this shard, of so many, with one channel."""
    id_ = server_id(shard, count, number)
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
    me = {"user": ME, "roles": [], "joined_at": JOINED, "flags": 0, "deaf": False, "mute": False}
    return {
        **{each: [] for each in LISTS},
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
class Session:
    """A connection of a bot, which it may resume."""

    id: str
    shard: int
    count: int
    socket: web.WebSocketResponse
    last: int = 0
    events: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=KEPT))
    _waiting: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    _writing: asyncio.Task[None] | None = None

    def begin(self, socket: web.WebSocketResponse) -> None:
        """Send over this socket from now on. A bot that was stopped keeps nobody waiting."""
        self.end()
        self.socket, self._waiting = socket, asyncio.Queue()
        self._writing = asyncio.create_task(_write(socket, self._waiting))

    def end(self) -> None:
        """Send nothing more."""
        if self._writing:
            self._writing.cancel()

    def send(self, kind: str, data: str) -> None:
        """Send an event, now or when the session is resumed."""
        self.last += 1
        event = f'{{"op":0,"s":{self.last},"t":"{kind}","d":{data}}}'
        self.events.append((self.last, event))
        if not self.socket.closed:
            self._waiting.put_nowait(event)

    async def sent(self) -> None:
        """Wait until all events so far were sent."""
        await self._waiting.join()

    def resume(self, socket: web.WebSocketResponse, after: int) -> None:
        """Send what came after this event, on another socket."""
        self.begin(socket)
        for number, event in list(self.events):
            if number > after:
                self._waiting.put_nowait(event)
        self.send("RESUMED", "{}")


async def _write(socket: web.WebSocketResponse, waiting: asyncio.Queue[str]) -> None:
    with suppress(ConnectionError):  # the bot was killed just now
        while not socket.closed:
            await socket.send_str(await waiting.get())
            waiting.task_done()


@dataclass
class ShardedDiscord(Discord):
    """A Discord that sends each event to all connections of its shard, as the real one does."""

    recommended: int = 2
    limits: dict[str, int] = field(default_factory=lambda: dict(LIMITS))
    servers_are_of: int = 2  # shards, over which the servers are spread
    servers_each: int = 1
    keeps_sessions: bool = False
    refuses: int = 0  # of the next connections, which would need more shards
    loses: int = 0  # of the next answers, which it takes: the bot hears only that it failed
    sends_again: int = 0  # events that a bot has had already, when it resumes
    connections: list[tuple[int, int, web.WebSocketResponse]] = field(default_factory=list)
    sessions: dict[str, Session] = field(default_factory=dict)
    resumed: int = 0
    sent: int = 0
    # Of interactions and of mentions, by their ids: when they were sent, how often they were answered, and how.
    asked_at: dict[str, float] = field(default_factory=dict)
    waited: dict[str, float] = field(default_factory=dict)
    answered: Counter[str] = field(default_factory=Counter)
    said: dict[str, dict[str, Any]] = field(default_factory=dict)
    followed: defaultdict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    refused: Counter[str] = field(default_factory=Counter)  # answers, by why
    direct: defaultdict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    async def rest(self, request: web.Request) -> web.Response:
        path = request.path
        if path.endswith("/gateway/bot"):
            url = f"ws://127.0.0.1:{self.port}/gateway"
            return said({"url": url, "shards": self.recommended, "session_start_limit": self.limits})
        if path.endswith("/users/@me/channels"):
            member = str((await request.json())["recipient_id"])
            return said({"id": str(int(member) + 1), "type": 1, "recipients": [{**MEMBER, "id": member}]})
        if request.method == "GET" and path.endswith("/messages"):
            return said(self.direct[path.split("/")[-2]])
        if request.method == "DELETE" and "/messages/" in path:
            _, channel, _, id_ = path.rsplit("/", 3)
            self.direct[channel] = [each for each in self.direct[channel] if each["id"] != id_]
            return web.Response(status=204)
        if path.endswith("/callback") and not (self.pages or self.statuses):
            return await self._called_back(request)
        if "/webhooks/" in path and not (self.pages or self.statuses):
            id_ = path.split("/webhooks/")[1].split("/")[1].removeprefix("token-")
            if request.method != "GET":  # of the first answer
                self.said.setdefault(id_, {})["data"] = data = await sent(request)
                if request.method == "POST":
                    self.followed[id_].append(data)
            return said({**message({}), "author": ME})
        if request.method == "POST" and path.endswith("/messages") and not (self.pages or self.statuses):
            posted = await request.json()
            self._note(str((posted.get("message_reference") or {}).get("message_id")))
            if "nonce" in posted:  # the bot looks for these
                now = datetime.now(UTC).isoformat()
                sent_now = {**message({}), "author": ME, "timestamp": now, "id": self.new_id()}
                self.direct[path.split("/")[-2]].append({**sent_now, **posted})
        return await super().rest(request)

    async def _called_back(self, request: web.Request) -> web.Response:
        id_, answer = request.path.split("/")[-3], await sent(request)
        if self.answered[id_]:
            self.refused["answered already"] += 1
            return said({"message": "Interaction has already been acknowledged.", "code": 40060}, 400)
        if time.monotonic() - self.asked_at.get(id_, 0.0) > IN_TIME:
            self.refused["too late"] += 1
            return said({"message": "Unknown interaction", "code": 10062}, 404)
        self._note(id_)
        self.said[id_] = answer
        if self.loses:
            self.loses -= 1
            return said({"message": "Bad Gateway", "code": 0}, 502)
        shown = {**message({}), "author": ME} if answer["type"] in {4, 7} else None
        about = {"id": id_, "type": 2, **({"response_message_id": shown["id"]} if shown else {})}
        return said({"interaction": about, "resource": {"type": answer["type"], "message": shown}})

    def _note(self, id_: str) -> None:
        self.answered[id_] += 1
        if id_ in self.asked_at:
            self.waited.setdefault(id_, time.monotonic() - self.asked_at[id_])

    async def talk(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(timeout=0.1)
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 41250}})
        async for received in socket:
            if received.type != WSMsgType.TEXT:
                continue
            told = json.loads(received.data)
            if told["op"] == 6:
                await self._resume(socket, told["d"])
            elif told["op"] != 2:
                await socket.send_json({"op": 11})
            elif (count := told["d"].get("shard", [0, 1])[1]) < self.recommended or self.refuses:
                self.refuses = max(0, self.refuses - 1)
                await socket.close(code=4011)
                break
            else:
                await self._begin(socket, request, told["d"].get("shard", [0, 1])[0], count)
        return socket

    async def _begin(self, socket: web.WebSocketResponse, request: web.Request, shard: int, count: int) -> None:
        session = Session(f"s{len(self.sessions)}", shard, count, socket)
        session.begin(socket)
        self.sessions[session.id] = session
        ready: dict[str, Any] = {"v": 10, "user": ME, "session_id": session.id, "shard": [shard, count]}
        ready |= {"resume_gateway_url": str(request.url), "application": {"id": ME["id"], "flags": 0}}
        servers = [server_id(shard, self.servers_are_of, n) for n in range(self.servers_each)]
        ready["guilds"] = [{"id": each, "unavailable": True} for each in servers]
        session.send("READY", json.dumps(ready))
        server = json.dumps(guild(shard, self.servers_are_of))
        for each in servers:
            # Their channels have the ids that come after theirs.
            this = server.replace(str(int(servers[0]) + 1), str(int(each) + 1)).replace(servers[0], each)
            session.send("GUILD_CREATE", this)
        self.connections.append((shard, count, socket))
        self.introduced.set()
        if self.closes_with:
            await session.sent()
            await socket.close(code=self.closes_with)

    async def _resume(self, socket: web.WebSocketResponse, told: dict[str, Any]) -> None:
        session = self.sessions.get(told["session_id"]) if self.keeps_sessions else None
        if session is None:
            await socket.send_json({"op": 9, "d": False})
            return
        self.connections.append((session.shard, session.count, socket))
        session.resume(socket, told["seq"] - self.sends_again)
        self.resumed += 1

    def shards(self) -> list[tuple[int, int]]:
        """The shards with a connection, and of how many, once for each connection."""
        return sorted((shard, count) for shard, count, socket in self.connections if not socket.closed)

    async def close(self, code: int) -> None:
        """End all connections with this code."""
        for _, _, socket in self.connections:
            if not socket.closed:
                await socket.close(code=code)
        self.connections.clear()

    def tell_shard(self, shard: int, kind: str, data: str) -> None:
        """Send an event to all sessions of a shard that are connected, or may be resumed."""
        for each in list(self.sessions.values()):
            if each.shard == shard and (self.keeps_sessions or not each.socket.closed):
                each.send(kind, data)

    def new_id(self) -> str:
        """An id of this moment, by which a bot knows how long an event took to it."""
        self.sent += 1
        return str(int(1000 * (time.time() - 1_420_070_400)) << 22 | self.sent % (1 << 22))

    async def mention(self, shard: int, content: str = "what is a venv", member: str = "") -> str:
        """A member mentions the bot in a server of this shard. Returns the ID of the message."""
        id_, server = self.new_id(), server_id(shard, self.servers_are_of)
        asked = message({"content": f"<@{ME['id']}> {content}", "id": id_})
        if member:
            asked["author"] = {**MEMBER, "id": member}
        asked |= {"guild_id": server, "channel_id": str(int(server) + 1), "mentions": [ME]}
        asked |= {"member": {"roles": [], "joined_at": JOINED, "flags": 0}}
        self.asked_at[id_] = time.monotonic()
        self.tell_shard(shard, "MESSAGE_CREATE", json.dumps(asked))
        return id_

    def delete(self, shard: int, id_: str) -> None:
        """A member deletes their message in a server of this shard."""
        server = server_id(shard, self.servers_are_of)
        gone = {"id": id_, "channel_id": str(int(server) + 1), "guild_id": server}
        self.tell_shard(shard, "MESSAGE_DELETE", json.dumps(gone))

    def answered_in(self, shard: int) -> list[str]:
        """The ids of the messages that the bot's answers in the channel of a server reply to."""
        channel = str(int(server_id(shard, self.servers_are_of)) + 1)
        return [str(each["message_reference"]["message_id"]) for each in self.direct[channel]]

    async def ask(self, shard: int, question: str, member: str) -> str:
        """A member uses `/ask`. Returns the ID of the interaction."""
        option = {"name": "question", "type": 3, "value": question}
        return await self.interact(shard, member, 2, {"id": "1", "name": "ask", "type": 1, "options": [option]})

    async def press(self, shard: int, custom_id: str, member: str) -> str:
        """A member presses a button. Returns the ID of the interaction."""
        return await self.interact(shard, member, 3, {"custom_id": custom_id, "component_type": 2})

    async def interact(self, shard: int, member: str, kind: int, data: dict[str, Any]) -> str:
        """An interaction of any kind."""
        id_, server = self.new_id(), server_id(shard, self.servers_are_of)
        channel = str(int(server) + 1)
        user = {**MEMBER, "id": member, "global_name": "Mia"}
        who = {
            "user": user,
            "roles": [],
            "joined_at": JOINED,
            "permissions": EVERYTHING,
            "flags": 0,
            "deaf": False,
        }
        event: dict[str, Any] = {
            "id": id_,
            "token": f"token-{id_}",
            "application_id": ME["id"],
            "type": kind,
            "data": data,
            "guild_id": server,
            "guild": {"id": server, "locale": "en-US", "features": []},
            "channel_id": channel,
            "channel": {"id": channel, "type": 0, "name": "help", "permissions": EVERYTHING},
            "member": who,
            "version": 1,
            "app_permissions": EVERYTHING,
            "locale": "en-US",
            "guild_locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": {"0": server},
            "context": 0,
            "attachment_size_limit": 10485760,
        }
        if kind == 3:
            pressed = {"type": 1, "components": [{"type": 2, "style": 2, "label": "Press", **data}]}
            shown = {"components": [pressed], "flags": PRIVATE_CARD}
            event["message"] = {**message({}), "author": ME, "channel_id": channel, **shown}
        self.asked_at[id_] = time.monotonic()
        self.tell_shard(shard, "INTERACTION_CREATE", json.dumps(event))
        return id_

    def direct_messages(self, nonce: str) -> int:
        """How many direct messages came whose nonce begins so."""
        return sum(str(each["nonce"]).startswith(nonce) for of in self.direct.values() for each in of)

    def answers_to(self, id_: str) -> int:
        """How many messages of the bot refer to this."""
        return sum(id_ in each for each in self.answers)


async def sent(request: web.Request) -> dict[str, Any]:
    """What a bot sent; with a file, it is the first part of a form."""
    if request.content_type == "multipart/form-data":
        return dict(json.loads(str((await request.post())["payload_json"])))
    return dict(await request.json())


@asynccontextmanager
async def sharded_discord(**more: Any) -> AsyncIterator[ShardedDiscord]:
    """A running one, with these fields."""
    here = ShardedDiscord(**more)
    app = web.Application()
    app.router.add_get("/gateway", here.talk)
    app.router.add_route("*", "/api/{rest:.*}", here.rest)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    here.port = runner.addresses[0][1]
    try:
        yield here
    finally:
        here.over.set()
        for each in here.sessions.values():
            each.end()
        await runner.cleanup()
