"""Serves the preview until its page ends it, with the lessons as they are saved."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import signal
import sys
import tempfile
import webbrowser
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import discord

from bot.app import App
from bot.discord_ui.client import LessonBot
from bot.discord_ui.kit.cards import GREY, Card
from bot.discord_ui.preview.copy import Copy
from bot.discord_ui.preview.turns import Turns
from bot.errors import UserError
from bot.installation import pip_install
from bot.language.words import N_, _, in_locale
from bot.lessons.library import Library
from bot.search.confidence import ConfidenceMode
from bot.settings import Settings

log = logging.getLogger(__name__)

KEPT = N_(
    "{file} was saved, but it was changed here, too. The published version "
    "stays in use. To use the saved file, undo the published change with `/lessons undo`, then save "
    "the file again."
)


async def preview(
    folder: Path, port: int, mode: ConfidenceMode, *, announce: Callable[[str], None], open_browser: bool
) -> None:
    """Serve the bot in a browser until the page ends the session, or the task is cancelled, also by a signal.

    Raises `UserError` if the preview is not installed or the port cannot be used.
    """
    try:
        import simcord  # noqa: PLC0415 -- an extra: only those who preview install it
    except ImportError:
        raise UserError(f"the preview is not installed: {pip_install('preview')}") from None
    from bot.discord_ui.preview.menus import numbered_by_id  # noqa: PLC0415 -- needs the extra, too
    from bot.discord_ui.preview.server import page_of  # noqa: PLC0415 -- needs the extra, too
    from bot.discord_ui.preview.spoken import (  # noqa: PLC0415 -- needs the extra, too
        speaking,
        speaking_in_preview,
    )
    from bot.discord_ui.preview.world import build, say  # noqa: PLC0415 -- needs the extra, too

    _end_at_signals()
    async with contextlib.AsyncExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lessonbot-preview-")))
        original = Library.open(folder)
        copy = Copy(folder, scratch / "lessons", scratch / "taken")
        settings = Settings(
            lessons_dir=copy.folder, data_dir=scratch / "data", confidence=mode, understanding="table"
        )
        app = await stack.enter_async_context(App.open(settings, clock=discord.utils.utcnow))
        bot = LessonBot(app, settings.data_dir, greets=False)  # the page has a greeting of its own
        env = await stack.enter_async_context(simcord.run(bot))
        turns = Turns(env)
        navigation = await build(env, bot)
        stack.enter_context(speaking(speaking_in_preview(navigation)))
        stack.enter_context(numbered_by_id())
        page = page_of(navigation, turns, port=port, timezone=_time_zone())
        try:
            await stack.enter_async_context(page)
        except simcord.SetupError as error:
            if not isinstance(error.__cause__, OSError):
                raise
            raise UserError(f"port {port} {why_no_port(error.__cause__)}; try another with --port") from error

        async def then(kept: Sequence[str]) -> None:
            async with turns.take():
                await bot.lessons_read()
                with in_locale(navigation.language):
                    for file in kept:
                        await say(bot, navigation.first.id, Card([_(KEPT, file=f"`{file}`")], colour=GREY))
                await page.refresh()

        announce(page.url)
        if open_browser and _has_browser():
            webbrowser.open(page.url)
        async with asyncio.TaskGroup() as tasks:
            following = tasks.create_task(follow(original, app.library, copy, then))
            await page.wait_closed()
            following.cancel()


def _end_at_signals() -> None:
    """Cancel this task if the terminal is closed or the system stops the process: else its files would stay."""
    task = asyncio.current_task()
    assert task
    if sys.platform != "win32":  # which has Ctrl+C only
        for sign in (signal.SIGHUP, signal.SIGTERM):
            if signal.getsignal(sign) == signal.SIG_DFL:  # `nohup` ignores SIGHUP
                asyncio.get_running_loop().add_signal_handler(sign, task.cancel)


def why_no_port(error: OSError) -> str:
    """Why a port cannot be used, in words that follow its number."""
    if error.errno == errno.EADDRINUSE:
        return "is taken by another program"
    if isinstance(error, PermissionError):
        return "may not be used by your account"
    return f"cannot be used: {error.strerror}"


async def follow(
    original: Library, library: Library, copy: Copy, then: Callable[[Sequence[str]], Awaitable[None]]
) -> None:
    """Take over what an author saves in the original folder, as soon as it is saved, until the task is cancelled.

    `then` is called after each save, with the names of the files that could not be taken over.
    """
    known = original.problems
    async for __ in original.watch():
        for problem in original.problems:
            if problem not in known:
                log.error("%s", problem)
        known = original.problems
        kept: list[str] = []
        try:
            kept = await asyncio.to_thread(copy.take_over)
        except OSError as error:  # the preview goes on with the lessons that it has
            log.error("could not reload the lessons: %s", error)  # noqa: TRY400 -- no traceback
        for file in kept:
            log.error("%s", _(KEPT, file=original.folder / file))
        await asyncio.to_thread(library.reload)
        await then(kept)


def _time_zone() -> str:
    """The name of this computer's time zone; "UTC" if it cannot be found out."""
    links_to = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    for name in (os.environ.get("TZ", ""), links_to):
        with contextlib.suppress(ValueError, OSError, ZoneInfoNotFoundError):
            return ZoneInfo(name).key
    return "UTC"


def _has_browser() -> bool:
    """Whether a browser window can open: without a display, Linux would open a text browser in the terminal."""
    if sys.platform.startswith(("win", "darwin")):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
