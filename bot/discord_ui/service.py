"""Keeps the bot connected to Discord and its lessons up to date, until it is stopped."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import logging
import signal
import sys
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import discord
from discord.backoff import ExponentialBackoff

from bot.app import LeaseLostError, Shards
from bot.counting import counts
from bot.discord_ui.client import LessonBot
from bot.discord_ui.heartbeat import HEARTBEAT_SECONDS, leave
from bot.discord_ui.kit.refusals import in_words, is_no_bug, is_page, log_failure
from bot.discord_ui.sharding import NoConnectionsLeftError, end_all
from bot.errors import DiscordRefusedError, Problem, StoreFailingError
from bot.language.numbers import count
from bot.lessons.library import Library
from bot.lessons.opening import unwritable

log = logging.getLogger(__name__)

STOP_SECONDS = 4.0  # `docker stop` allows 10; people who wait at a terminal expect less
# How long one thread may run before Python lets another one run. While a thread indexes edited lessons, each
# answer waits for its turn several times: tests/benchmarks/reload.py measures that.
TURN_SECONDS = 0.001
MAX_WAIT = 180.0  # seconds. Discord allows 1,000 connections a day; one every three minutes is half of that

MAX_BAN = 3600.0  # the most seconds that the bot waits if Discord or Cloudflare demands a wait
# discord.py connects again by itself, at once and without a log line. After so many losses within so many
# seconds, this file waits before it connects again.
LOSSES = 5
LOSSES_SECONDS = 600.0

_PASSING = (OSError, TimeoutError, aiohttp.ClientError, discord.GatewayNotFound)
_REFUSED = "Discord refused DISCORD_TOKEN; copy it again from the application's page, under Bot"
_SHARDS = "Discord wants this bot divided into more shards, as it is in many servers: set SHARDS=auto"
_OUTDATED = "Discord no longer understands this version of Lessonbot; update it"
# Close codes after which a new connection would be refused, too.
_FINAL = {4004: _REFUSED, 4010: _SHARDS, 4011: _SHARDS, 4012: _OUTDATED, 4013: _OUTDATED}
_AUTOCOMPLETE = "Ignoring exception in autocomplete"
_RECONNECTS = ("Attempting a reconnect", "Failed to connect for shard_id")
LOOK_AT_CLOCK = 3600.0  # seconds
_ENDS = (signal.SIGINT, signal.SIGTERM)
AT_ONCE = 1.0  # seconds; `timeout` and some other programs that start the bot send it each signal twice


class Stop:
    """SIGINT and SIGTERM, which tell the process to stop: the first one cancels what it does."""

    def __init__(self) -> None:
        self._told_at: float | None = None
        self._main: asyncio.Task[object] | None = None
        self._working: asyncio.Task[None] | None = None

    @property
    def is_told(self) -> bool:
        return self._told_at is not None

    def listen(self) -> None:
        """Handle these signals for the task that calls this, as long as its event loop runs."""
        self._main = asyncio.current_task()
        for sign in _ENDS:
            with contextlib.suppress(NotImplementedError):  # Windows: Ctrl+C raises KeyboardInterrupt
                asyncio.get_running_loop().add_signal_handler(sign, self._tell)

    async def ends(self, work: Coroutine[object, object, None]) -> None:
        """Do this; a signal cancels it alone, and a second signal also what it does to end."""
        self._working = asyncio.create_task(work)
        await self._working

    def _tell(self) -> None:
        now = asyncio.get_running_loop().time()
        if self._told_at is not None:
            if now - self._told_at < AT_ONCE:
                return
            log.warning("told to stop again: what is still to be done is left")
            # It would log each connection that is not closed in order, as an error with a traceback.
            logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)
        self._told_at = now
        if self._working and not self._working.done():
            self._working.cancel()
        elif self._main:
            self._main.cancel()


@dataclass
class Serving:
    """Holds the bot of the current connection: each new connection has a new one. `stop` ends it."""

    stop: Stop
    bot: LessonBot | None = None


async def serve(  # noqa: PLR0913 -- what it serves, and how it ends
    make_bot: Callable[[], LessonBot],
    token: str,
    library: Library,
    heartbeat: Path,
    *,
    metrics: tuple[str, int] | None = None,
    stop: Stop | None = None,
) -> None:
    """Run until a signal of `stop` ends it, and serve metrics at this address.

    Raises `DiscordRefusedError` if Discord does not accept the bot, `UserError` if metrics cannot be served.
    """
    let_answers_pass()
    now = Serving(stop or Stop())
    if metrics is None:
        await _serve(make_bot, token, library, heartbeat, now)
        return
    from bot.discord_ui.metrics import address, metrics_at  # noqa: PLC0415 -- few need its web server

    def is_ready() -> bool:
        return now.bot is not None and now.bot.is_well()

    async with metrics_at(*metrics, lambda: now.bot, is_ready) as port:
        log.info("metrics are at http://%s/metrics", address(metrics[0], port))
        await _serve(make_bot, token, library, heartbeat, now)


async def _serve(
    make_bot: Callable[[], LessonBot], token: str, library: Library, heartbeat: Path, now: Serving
) -> None:
    # Only the connection ends the service: if watching the lessons fails, the bot still answers.
    _log(library.problems)
    following = asyncio.create_task(_keep_following(library, now))
    watching = asyncio.create_task(_watch_the_clock(now))
    try:
        await now.stop.ends(_stay_connected(make_bot, token, heartbeat, now))
    except asyncio.CancelledError:
        log.info("stopped")
    finally:
        for task in (following, watching):
            task.cancel()
        await asyncio.gather(following, watching, return_exceptions=True)
        with contextlib.suppress(OSError):  # the disk may be read-only by now; the file soon counts as old
            heartbeat.unlink(missing_ok=True)


def warn_of_read_only(lessons: Path) -> None:
    """Say it at the start, and not when a moderator has filled in a form."""
    if why := unwritable(lessons):
        log.warning("LESSONS_DIR %s cannot be written (%s): moderators cannot publish edits", lessons, why)


def warn_of_git(lessons: Path) -> None:
    """Say it at the start, and not when a moderator has published something."""
    from bot.lessons.git import unready  # noqa: PLC0415 -- few use Git

    if why := unready(lessons):
        log.warning("LESSONS_GIT=commit cannot commit (%s): edits are published without a commit", why)


def warn_of_parts(wants: Shards, *, is_shared: bool) -> None:
    """Say that processes with a part of the shards each need a common database."""
    if not is_shared and wants.count and len(wants.of(wants.count)) < wants.count:
        log.warning(
            "SHARDS=%s runs a part of the bot, but SQLite is for one process: the others would have settings and "
            "questions of their own; set DATABASE_URL to a PostgreSQL database for all",
            wants,
        )


def let_answers_pass() -> None:
    """Keep answers from waiting for other threads or for garbage collection. Call it once lessons are indexed."""
    sys.setswitchinterval(TURN_SECONDS)
    # Collecting garbage among 10,000 entries would stop all answers for 80 ms. Frozen objects are not looked at.
    gc.collect()
    gc.freeze()
    # Only glibc keeps memory that was used for indexing, and has this function.
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


async def _stay_connected(make_bot: Callable[[], LessonBot], token: str, heartbeat: Path, now: Serving) -> None:
    for name in ("discord.client", "discord.shard", "discord.app_commands.tree"):
        logging.getLogger(name).addFilter(_in_one_line)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # this bot has no voice
    backoff = ExponentialBackoff[bool]()
    while True:
        what, times, at_least = "no connection to Discord", 1, 0.0
        bot = now.bot = make_bot()
        beating = asyncio.create_task(_beat(bot, heartbeat))
        try:
            await bot.login(token)
            lost, times = await _connect(bot)
        except discord.LoginFailure:
            raise DiscordRefusedError(_REFUSED) from None
        except discord.PrivilegedIntentsRequired:
            raise DiscordRefusedError(
                "MESSAGE_CONTENT=on needs the Message Content Intent: "
                "turn it on at the application's page, under Bot"
            ) from None
        except discord.ConnectionClosed as error:
            is_about_shards = _FINAL.get(error.code) is _SHARDS
            if error.code in _FINAL and not (is_about_shards and bot.counts_anew):
                raise DiscordRefusedError(_FINAL[error.code]) from None
            lost = "Discord wants more shards, and is asked how many" if is_about_shards else in_words(error)
        except NoConnectionsLeftError as error:
            lost, at_least = str(error), min(error.seconds, MAX_BAN)
        except LeaseLostError as error:
            what, lost = "this process stopped answering", str(error)
        except (StoreFailingError, *_PASSING) as error:
            is_stored = isinstance(error, StoreFailingError)
            what, lost = f"cannot {'use the database' if is_stored else 'reach Discord'}", in_words(error)
        except discord.HTTPException as error:
            if error.status < 500 and error.status != 429 and not is_page(error):
                raise DiscordRefusedError(f"Discord refused the bot: {in_words(error)}") from error
            lost, at_least = in_words(error), _asked_to_wait(error)
        finally:
            beating.cancel()
            with contextlib.suppress(*_PASSING):
                await asyncio.wait_for(bot.close(), STOP_SECONDS)
        # Discord counts each connection, so the wait is longer after several of them.
        wait = max(at_least, times * min(1 + backoff.delay(), MAX_WAIT))
        log.warning("%s (%s); trying again in %s", what, lost, count(round(wait), "second"))
        await asyncio.sleep(wait)


def _asked_to_wait(error: discord.HTTPException) -> float:
    """How many seconds Discord or Cloudflare demands to wait, at most `MAX_BAN`; 0 if it says nothing."""
    seconds = error.response.headers.get("Retry-After", "")
    return min(float(seconds), MAX_BAN) if seconds.isdecimal() else 0.0


async def _connect(bot: LessonBot) -> tuple[str, int]:
    """Stay connected until the connection ends or is lost too often.

    Returns why, and how many connections there were. Raises what discord.py raises for a failed connection.
    """
    losses: list[float] = []
    too_many = asyncio.Event()

    async def lose() -> None:
        now = time.monotonic()
        counts.disconnects += 1
        losses.append(now)
        if sum(now - each <= LOSSES_SECONDS for each in losses) >= LOSSES * bot.shards_here:
            too_many.set()

    async def count() -> None:
        counts.connections += 1

    bot.add_listener(lose, "on_disconnect")
    for event in ("on_connect", "on_resumed"):
        bot.add_listener(count, event)
    connected = asyncio.create_task(_stay(bot))
    noticing = asyncio.create_task(too_many.wait())
    try:
        await asyncio.wait({connected, noticing}, return_when=asyncio.FIRST_COMPLETED)
        if connected.done():
            return await connected, 1
    finally:
        await end_all((connected, noticing))
    minutes = LOSSES_SECONDS / 60
    why = f"Discord ended the connection {len(losses)} times within {minutes:.0f} minutes{_last_code(bot)}"
    return f"{why}; if that goes on, look at https://discordstatus.com", LOSSES


async def _stay(bot: LessonBot) -> str:
    try:
        await bot.connect()
    except (AttributeError, KeyError):
        # discord.py 2.7 raises these if the first connection fails, or if an event lacks a key.
        if bot.has_connected:
            log.exception("the connection broke")
        return "the connection broke" if bot.has_connected else "the gateway cannot be reached"
    return "the connection ended"


def _last_code(bot: LessonBot) -> str:
    code = bot.ws.socket.close_code if bot.ws else None
    return f", at last with {code}" if code else ""


def _in_one_line(record: logging.LogRecord) -> bool:
    """Put the error in discord.py's message in place of a traceback, unless it may be a bug."""
    error = record.exc_info[1] if record.exc_info else None
    is_about = str(record.msg).startswith
    if is_about(_RECONNECTS) or (error and is_about(_AUTOCOMPLETE) and is_no_bug(error)):
        # One argument may come without a tuple.
        args = record.args if isinstance(record.args, tuple) else (record.args,)
        record.msg, record.args = f"{record.msg} (%s)", (*args, in_words(error) if error else "")
        record.exc_info = None
    return True


async def _beat(bot: LessonBot, heartbeat: Path) -> None:
    """Update the heartbeat file as long as the bot is connected, or waits for another process to end."""
    is_left = True
    while True:
        is_connected = bot.is_well()
        if is_connected:
            was_left, is_left = is_left, True
            try:
                leave(heartbeat)
            except OSError as error:  # a full or read-only disk
                is_left = False
                if was_left:
                    why = error.strerror
                    log.warning("%s cannot be written (%s): the health check fails until it can", heartbeat, why)
        await asyncio.sleep(HEARTBEAT_SECONDS if is_connected else min(1, HEARTBEAT_SECONDS))


async def _watch_the_clock(now: Serving) -> None:
    """Leave a sign of life in the database every hour, by which the next start sees how long the bot was off."""
    while True:
        if now.bot:
            try:
                await now.bot.app.leave_sign_of_life()
            except Exception as error:  # the database may be available again the next time
                what = f"the database did not save a sign of life; trying again in {LOOK_AT_CLOCK:.0f} seconds"
                log_failure(log, what, error)
        await asyncio.sleep(LOOK_AT_CLOCK)


async def _keep_following(library: Library, now: Serving) -> None:
    """Watch the lessons again after watching failed: too few inotify watches, or a lost network folder."""
    while True:
        try:
            await _follow(library, now)
        except Exception as error:  # the bot goes on with the lessons that it has read
            what = f"the lessons folder is not being watched; trying again in {MAX_WAIT:.0f} seconds"
            log_failure(log, what, error)
            await asyncio.sleep(MAX_WAIT)


async def _follow(library: Library, now: Serving) -> None:
    """Watch the lessons: log reloads and new problems, and let the connected bot handle edits."""
    known = library.problems
    async for changed in library.watch():
        if changed:
            log.info("lessons reloaded: %d entries", len(library.lessons.entries))
        if library.problems != known:
            _log(library.problems)
        known = library.problems
        if now.bot and now.bot.is_ready():
            await now.bot.lessons_read()


def _log(problems: Sequence[Problem]) -> None:
    for problem in problems:
        log.error("%s", problem)
    if problems:
        log.error("members get answers from the last working version; parts without one are left out")
