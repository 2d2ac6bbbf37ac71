"""The real bot in a browser: SimCord's local Discord in place of the one on the network."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import re
import shutil
import sys
import tempfile
import time
import webbrowser
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import discord

from bot.discord_ui.asking.ask import welcome
from bot.discord_ui.client import LessonBot
from bot.discord_ui.walking.reminders import Reminders
from bot.errors import UserError
from bot.language.words import N_, _
from bot.lessons.library import Library
from bot.search.confidence import Manner
from bot.store.store import Store
from bot.tutor import Tutor

if TYPE_CHECKING:
    from simcord import ChannelHandle, Env, MemberActor

log = logging.getLogger(__name__)

COPY_NOTE = N_("A preview: what you change here goes to a temporary copy of the lessons, and is gone afterwards.")


async def preview(
    folder: Path, port: int, manner: Manner, *, announce: Callable[[str], None], open_browser: bool
) -> None:
    """Serve the bot in a browser until the page ends the session or the task is cancelled.

    Raises `UserError` if the preview is not installed or the port is taken.
    """
    try:
        import simcord  # noqa: PLC0415 -- an extra: only those who preview install it
    except ImportError:
        raise UserError(
            "the preview is not installed; install it with: pip install 'lessonbot[preview]'"
        ) from None
    async with contextlib.AsyncExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lessonbot-preview-")))
        copying = Copying(folder, scratch / "lessons")
        copying()
        library = Library.open(scratch / "lessons")
        store = await Store.open(f"sqlite:///{scratch / 'lessonbot.sqlite3'}")
        stack.push_async_callback(store.close)
        bot = LessonBot(Tutor(library, manner), library, store, scratch / "data")
        async with simcord.run(bot) as env:
            server = env.create_guild("Python learners", owner=env.create_user("olga"))
            channel = server.create_text_channel("ask-here", topic="Ask Lessonbot anything about the lessons")
            # SimCord's world begins on a fixed day; a newcomer expects today. Nothing is to be done on the
            # way there, and looking for it would take a minute.
            await bot.remove_cog(Reminders.__cog_name__)
            await env.advance_time(max(0.0, time.time() - env.now().timestamp()))
            await bot.add_cog(Reminders(bot, bot.reminding))
            await _introduce(bot)
            moderators = server.create_role("Moderators", permissions=discord.Permissions(manage_guild=True))
            mia = server.add_member(env.create_user("mia", global_name="Mia (member)"))
            max_ = server.add_member(env.create_user("max", global_name="Max (moderator)"), roles=[moderators])
            viewers = [typing_mentions(env, each, bot) for each in (mia, max_)]
            await _greet(bot, channel.id)
            following = asyncio.create_task(_follow(folder, library, copying, bot.lessons_read))
            try:
                async with env.preview(channel, viewers=viewers, layout="channel", port=port) as page:
                    announce(page.url)
                    if open_browser and _has_browser():
                        webbrowser.open(page.url)
                    await page.wait_closed()
            except OSError as error:
                raise UserError(
                    f"port {port} cannot be used: {error.strerror}; try another with --port"
                ) from error
            finally:
                following.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await following


def typing_mentions(env: Env, member: MemberActor, bot: LessonBot) -> MemberActor:
    """A member whose typed '@Lessonbot' is a mention: in Discord, the app makes it one."""
    from simcord import MemberActor  # noqa: PLC0415 -- an extra

    class Typing(MemberActor):
        async def send(self, channel: ChannelHandle, content: str = "", **rest: Any) -> discord.Message:
            assert bot.user, "the bot is logged in as long as the preview runs"
            typed = re.compile("@" + re.escape(bot.user.name), re.IGNORECASE)
            return await super().send(channel, typed.sub(bot.user.mention, content), **rest)

    return Typing(env, member.guild, member.user)


async def _introduce(bot: LessonBot) -> None:
    assert bot.user, "the bot is logged in as long as the preview runs"
    await bot.user.edit(username="Lessonbot")


async def _greet(bot: LessonBot, channel_id: int) -> None:
    channel = bot.get_channel(channel_id)
    assert isinstance(channel, discord.TextChannel), "the channel was made a moment ago"
    await channel.send(view=welcome(bot.user, _(COPY_NOTE)).view())


async def _follow(folder: Path, library: Library, copying: Copying, then: Callable[[], Awaitable[None]]) -> None:
    """Show at once what an author saves in the real folder, beside what is edited in the copy."""
    original = Library.open(folder)
    async for changed in original.watch():
        for problem in original.problems:
            log.error("%s", problem)
        if changed:
            try:
                await asyncio.to_thread(copying)
            except OSError as error:  # the page goes on with what it has
                log.error("the lessons could not be read again: %s", error)  # noqa: TRY400 -- a line will do
            await asyncio.to_thread(library.reload)
            await then()


class Copying:
    """Makes a copy hold what a folder holds, but for hidden files.

    What was not saved since it was copied last stays as it is in the copy: it may have been edited there.
    """

    def __init__(self, folder: Path, copy: Path) -> None:
        self._folder = folder
        self._copy = copy
        self._seen: dict[Path, tuple[int, int]] = {}

    def __call__(self) -> None:
        """Copy what is new; lessons that are gone go."""
        now = {path.relative_to(self._folder): _stamp(path) for path in self._files()}
        for path, stamp in now.items():
            if self._seen.get(path) != stamp:
                target = self._copy / path
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(self._folder / path, target)
        for path in self._seen.keys() - now.keys():
            if path.suffix in {".yaml", ".yml"}:
                (self._copy / path).unlink(missing_ok=True)
        self._seen = now

    def _files(self) -> Iterator[Path]:
        for path in self._folder.rglob("*"):
            is_hidden = any(part.startswith(".") for part in path.relative_to(self._folder).parts)
            if path.is_file() and not is_hidden:
                yield path


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def _has_browser() -> bool:
    """Whether a window could open: on a Linux without a screen, a text browser would take the terminal."""
    if sys.platform.startswith(("win", "darwin")):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
