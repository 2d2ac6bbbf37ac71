"""Keeps the bot connected: through lost connections, edited lessons, and until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import time
from collections.abc import Callable
from pathlib import Path

import aiohttp
import discord
from discord.backoff import ExponentialBackoff

from bot.discord_ui.client import LessonBot
from bot.errors import DiscordRefusedError
from bot.lessons.library import Library

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 15
STALE_AFTER = 3 * HEARTBEAT_SECONDS
STOP_SECONDS = 4.0  # `docker stop` allows 10, an impatient operator fewer

_PASSING = (OSError, TimeoutError, aiohttp.ClientError, discord.GatewayNotFound, discord.ConnectionClosed)


async def serve(make_bot: Callable[[], LessonBot], token: str, library: Library, heartbeat: Path) -> None:
    """Run until SIGINT or SIGTERM. Raises `DiscordRefusedError` if Discord does not accept the bot."""
    loop = asyncio.get_running_loop()
    work = asyncio.gather(_stay_connected(make_bot, token, heartbeat), _follow(library))
    for sign in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl+C raises KeyboardInterrupt
            loop.add_signal_handler(sign, work.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await work
    heartbeat.unlink(missing_ok=True)
    log.info("stopped")


def is_alive(heartbeat: Path) -> bool:
    """Whether a bot was connected to Discord within the last `STALE_AFTER` seconds."""
    try:
        return time.time() - heartbeat.stat().st_mtime < STALE_AFTER
    except OSError:
        return False


async def _stay_connected(make_bot: Callable[[], LessonBot], token: str, heartbeat: Path) -> None:
    backoff = ExponentialBackoff[bool]()
    while True:
        bot = make_bot()
        beating = asyncio.create_task(_beat(bot, heartbeat))
        try:
            await bot.login(token)
            await bot.connect()
        except discord.LoginFailure:
            raise DiscordRefusedError(
                "Discord refused DISCORD_TOKEN; copy it again from the application's page, under Bot"
            ) from None
        except _PASSING as error:
            log.warning("no connection to Discord: %s", error or type(error).__name__)
        except discord.HTTPException as error:
            if error.status < 500 and error.status != 429:
                raise DiscordRefusedError(f"Discord refused the bot: {error}") from error
            log.warning("Discord is not well: %s", error)
        except (AttributeError, KeyError):
            # discord.py 2.7 raises these when the first connection fails, or an event lacks a key.
            log.exception("the connection to Discord broke")
        finally:
            beating.cancel()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(bot.close(), STOP_SECONDS)
        wait = backoff.delay()
        log.info("trying again in %.0f seconds", wait)
        await asyncio.sleep(wait)


async def _beat(bot: LessonBot, heartbeat: Path) -> None:
    """Leave a sign of life as long as the bot is connected."""
    heartbeat.parent.mkdir(parents=True, exist_ok=True)
    while True:
        if bot.is_ready() and not bot.is_closed():
            heartbeat.touch()
        await asyncio.sleep(HEARTBEAT_SECONDS if heartbeat.exists() else 1)


async def _follow(library: Library) -> None:
    """Serve edited lessons as soon as they are saved."""
    known = library.problems
    async for changed in library.watch():
        if changed:
            log.info("lessons read again: %d entries", len(library.lessons.entries))
        if library.problems and library.problems != known:
            for problem in library.problems:
                log.error("%s", problem)
            log.error("the last good version goes on serving")
        known = library.problems
