"""The bot with several connections (shards), or with processes that share them and stand in for each other."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Collection, Coroutine, Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
from discord.gateway import DiscordWebSocket

from bot.app import BEAT, App, LeaseLostError, Leases, Round, Shards, shard_of
from bot.discord_ui.client import LessonBot, Parser
from bot.discord_ui.kit.plain_button import Json

if TYPE_CHECKING:
    from discord.types.gateway import SessionStartLimit

log = logging.getLogger(__name__)

CLOSING = 2.0  # seconds until a shard is given up whose connection does not close
CANCEL_AGAIN = 0.5  # seconds
CONNECTIONS_AGAIN = 60.0  # the most seconds until Discord is asked again whether it allows new connections
LESSONS_AGAIN = 60.0  # seconds until lessons are tried again that could not be written
# What the bot answers, follows, or remembers. With an event about lists, all are of one server.
_ANSWERED = (
    "INTERACTION_CREATE",
    "MESSAGE_CREATE",
    "MESSAGE_UPDATE",
    "MESSAGE_DELETE",
    "MESSAGE_DELETE_BULK",
    "THREAD_CREATE",
)


class NoConnectionsLeftError(Exception):
    """Discord allows fewer connections than are needed, for so many `seconds`."""

    def __init__(self, left: int, needed: int, seconds: float) -> None:
        how_many = f"only {left} of {needed}" if left else "no more"
        super().__init__(f"Discord allows {how_many} new connections for now")
        self.seconds = seconds


class ShardedLessonBot(LessonBot, discord.AutoShardedClient):
    """The bot with the shards of `SHARDS`; with PostgreSQL, with those whose lease this process has.

    discord.py connects the shards one by one. Without a lease, it connects those of `SHARDS`, and nothing is
    different from a single connection.
    """

    def __init__(
        self, app: App, data: Path, wants: Shards, *, reads_messages: bool = False, homes: Collection[int] = ()
    ) -> None:
        self._wants = wants
        self._is_waiting = self._is_cut_off = False
        self._running: frozenset[int] = frozenset()
        self._delayed: frozenset[int] = frozenset()  # those that Discord allows no new connection for
        self._run_since: dict[int, datetime] = {}
        self._max_concurrency = 1
        super().__init__(app, data, reads_messages=reads_messages, homes=homes)

    @property
    def sees_all_servers(self) -> bool:
        return len(self._running) == self.shard_count

    def answers_since(self, server: int) -> datetime:
        shard = shard_of(server, self.shard_count or 1)
        return self._run_since.get(shard, super().answers_since(server))

    @property
    def shards_here(self) -> int:
        return max(1, len(self._running))

    @property
    def counts_anew(self) -> bool:
        return self._wants.count is None

    @property
    def has_connected(self) -> bool:
        return bool(self.shards)

    def is_well(self) -> bool:
        """Whether all shards are connected, or other processes run them."""
        if self.is_closed():
            return False
        # Where Discord allows no connection yet, a new start would only need more of them.
        return self._is_waiting or (self.is_ready() and self._running - self._delayed <= self._connected())

    def _connected(self) -> set[int]:
        """The shards that have a connection now."""
        return {id_ for id_, shard in self.shards.items() if not shard.is_closed()}

    async def connect(self, *, reconnect: bool = True) -> None:
        """Connect the shards, or wait until another process stops running them.

        Raises `LeaseLostError` if the process could not renew its leases: it answers nothing more then.
        """
        recommended, _, limits = await self.http.get_bot_gateway()
        leases, me = self.app.leases, self.application_id
        assert me, "Discord said it at the login"
        if leases is None:
            self.shard_count = self._wants.count or recommended
            self._run(self._wants.of(self.shard_count))
            self._check(limits, len(self._running))
            await super().connect(reconnect=reconnect)
            return
        async with leases.taking_part(me, recommended):
            first = await self._first_leases(leases)
            self.shard_count = first.count
            self._run(first.mine)
            try:
                # Asked again, as this process may have waited for hours, and others have connected.
                _, _, limits = await self.http.get_bot_gateway()
                self._check(limits, len(self._running))
                await _until_one_ends(
                    super().connect(reconnect=reconnect), self._keep_leases(leases), self._follow_others()
                )
            finally:
                # No other process takes over before this one has stopped sending.
                for name in list(self.cogs):
                    await self.remove_cog(name)

    def _check(self, limits: SessionStartLimit, needed: int) -> None:
        """Discord resets the token of a bot that makes more connections than are left."""
        left = limits["remaining"]
        if left < needed:
            raise NoConnectionsLeftError(left, needed, limits["reset_after"] / 1000)
        self._max_concurrency = limits["max_concurrency"]

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait until Discord accepts a connection: it counts those of all processes."""
        if self.app.leases:
            try:
                await self.app.leases.turn_to_identify((shard_id or 0) % self._max_concurrency)
            except LeaseLostError as error:
                log.warning("cannot see whether other processes connect just now: %s", error)
            else:
                return
        await super().before_identify_hook(shard_id, initial=initial)

    # `Any`: discord.py's own signature.
    def _get_state(self, **options: Any) -> Any:
        state = super()._get_state(**options)
        for event in _ANSWERED:
            state.parsers[event] = self._while_leased(state.parsers[event], event)
        return state

    def _while_leased(self, parse: Parser, event: str) -> Parser:
        """Drop events that another process may answer. They may wait here while the process is stopped.

        While the database fails, nobody knows who runs a shard. Discord itself accepts only one answer to a
        command or a press, so these are still answered.
        """
        is_answered_once = event == "INTERACTION_CREATE"

        def parse_if_leased(data: Json) -> None:
            shard = shard_of(int(data.get("guild_id") or 0), self.shard_count or 1)
            leases = self.app.leases
            if leases is None or leases.holds(shard) or (is_answered_once and self._is_cut_off):
                parse(data)

        return parse_if_leased

    async def _first_leases(self, leases: Leases) -> Round:
        """Wait until this process has a shard."""
        said = ""
        self._is_waiting = True
        try:
            while True:
                try:
                    found = await leases.look()
                    if found.mine:
                        break
                    why = self._why_waiting(found)
                except LeaseLostError as error:
                    why = f"cannot see which shards are free: {error}"
                if why != said:
                    log.info("%s", why)
                    said = why
                await asyncio.sleep(BEAT)
        finally:
            self._is_waiting = False
        _say(found.mine, found.count)
        return found

    def _why_waiting(self, found: Round) -> str:
        if self._wants.count not in (None, found.count):
            return (
                f"other processes divide the bot into {found.count} shards, and SHARDS is {self._wants} here; "
                "waiting until they stop"
            )
        wanted = self._wants.of(found.count)
        owners = sorted({found.others[each] for each in wanted if each in found.others})
        runs = "another process runs" if len(owners) == 1 else "other processes run"
        return f"{runs} {_named(wanted)} ({', '.join(owners)}); waiting to take over"

    async def _keep_leases(self, leases: Leases) -> None:
        """Renew the leases, take shards of processes that ended, and give up what is more than a fair share."""
        launching: asyncio.Task[None] | None = None
        try:
            while True:
                await asyncio.sleep(BEAT)
                is_settled = self.is_well() and (launching is None or launching.done())
                await self._leave(self._connected() - self._running)
                try:
                    now = await leases.renew(more=is_settled)
                except LeaseLostError as error:
                    if not error.is_away:
                        raise
                    now = await self._take_back(leases, error)
                if gone := self._running - now.mine:
                    raise LeaseLostError(f"another process took over {_named(gone)}")
                if new := sorted(now.mine - self._running):
                    self._run(now.mine)
                    _say(now.mine, now.count)
                    launching = asyncio.create_task(self._launch(new))
                elif is_settled and now.surplus:
                    await self._give_up(leases, now.surplus)
        finally:
            if launching:
                launching.cancel()

    async def _take_back(self, leases: Leases, why: LeaseLostError) -> Round:
        """Stay connected until the database answers again, and run those shards on that nobody else runs."""
        log.warning(
            "the database fails (%s): commands and buttons are still answered; messages are not, as another "
            "process may answer them",
            why,
        )
        self._is_cut_off = True
        try:
            now = await leases.take_back(sorted(self._running))
        finally:
            self._is_cut_off = False
        if self._running <= now.mine:
            log.info("the database answers again, and messages are answered, too")
        return now

    async def _launch(self, new: Collection[int]) -> None:
        """Connect shards that were taken over, once Discord allows so many new connections."""
        said = ""
        while why := await self._why_not(len(new)):
            if str(why) != said:
                log.warning("%s: %s will be connected later", why, _named(new))
                said = str(why)
            self._delayed = frozenset(new)
            await asyncio.sleep(min(max(why.seconds, BEAT), CONNECTIONS_AGAIN))
        self._delayed = frozenset()
        for shard in new:
            await self.launch_shard(DiscordWebSocket.DEFAULT_GATEWAY, shard)

    async def _why_not(self, needed: int) -> NoConnectionsLeftError | None:
        try:
            self._check((await self.http.get_bot_gateway())[2], needed)
        except NoConnectionsLeftError as error:
            return error
        except (OSError, aiohttp.ClientError, discord.GatewayNotFound) as error:
            # Where Discord cannot be reached, discord.py tries to connect again and again.
            log.info("cannot ask Discord how many connections are left: %s", error)
        return None

    async def _give_up(self, leases: Leases, given: tuple[int, ...]) -> None:
        """Give shards to a process that has fewer."""
        self._run(self._running.difference(given))
        leases.stop_answering(given)
        await self._leave(given)
        for server in list(self.guilds):
            if server.shard_id in given:
                # The process that runs its shard knows it now.
                self._connection._remove_guild(server)
        await leases.give(given)
        log.info("gave up %s, as another process takes its share", _named(given))

    async def _leave(self, gone: Collection[int]) -> None:
        """Close the connections of shards that are no longer run here.

        Just after they were given up, discord.py may still connect those again that had lost their connection.
        """
        closing = [asyncio.create_task(each.disconnect()) for id_, each in self.shards.items() if id_ in gone]
        if closing:
            await asyncio.wait(closing, timeout=CLOSING)

    async def _follow_others(self) -> None:
        """What was changed in another process, settings or lessons, holds here within a second or two."""
        is_failing, lessons_at = False, 0.0
        while True:
            try:
                if await self.app.servers.refresh():
                    self.settings_changed()
                if time.monotonic() >= lessons_at and await self.app.is_behind():
                    await self.lessons_read()
                    # What cannot be written here is tried again later: the log has said why.
                    lessons_at = time.monotonic() + LESSONS_AGAIN if await self.app.is_behind() else 0.0
                    if not lessons_at:
                        count = len(self.app.library.lessons.entries)
                        log.info("lessons that another process published are served: %d entries", count)
            except Exception as error:  # the database may be back at the next try
                if not is_failing:
                    log.warning("changes of other processes are not seen for now: %s", error)
                is_failing = True
            else:
                is_failing = False
            await asyncio.sleep(BEAT)

    def _run(self, shards: Iterable[int]) -> None:
        self._running = frozenset(shards)
        now = discord.utils.utcnow()
        self._run_since = {each: self._run_since.get(each, now) for each in self._running}
        # discord.py is ready once all of them are.
        self.shard_ids = self._connection.shard_ids = sorted(self._running)


def _named(shards: Collection[int]) -> str:
    return f"shard{'s' if len(shards) > 1 else ''} {', '.join(map(str, sorted(shards)))}"


def _say(mine: Collection[int], count: int) -> None:
    log.info("this process runs %s of %d", _named(mine), count)


async def _until_one_ends(*works: Coroutine[object, object, None]) -> None:
    """Run these until one ends, and raise its error."""
    tasks = [asyncio.create_task(each) for each in works]
    try:
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await end_all(tasks)
    for each in ended:
        each.result()


async def end_all(tasks: Collection[asyncio.Task[str | None] | asyncio.Task[bool]]) -> None:
    """Cancel these, and wait until they ended.

    discord.py ignores that it is cancelled while it connects a shard again. It would wait for ever then.
    """
    while left := [each for each in tasks if not each.done()]:
        for each in left:
            each.cancel()
        await asyncio.wait(left, timeout=CANCEL_AGAIN)
    await asyncio.gather(*tasks, return_exceptions=True)
