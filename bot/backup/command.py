"""`lessonbot restore` at a prompt: says what would be replaced, and asks."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.backup.reading import read
from bot.backup.restoring import name_for, replaces, restore
from bot.errors import UserError
from bot.language.characters import one_line
from bot.language.numbers import count
from bot.lessons.file_names import is_lesson
from bot.lessons.intake.kept_texts import is_kept
from bot.settings import Settings
from bot.store.database_url import database_at


async def restore_from(settings: Settings, file: Path, say: Callable[[str], None], *, yes: bool) -> None:
    """Restore this backup. Raises `UserError` if it cannot be restored or nobody agrees to what it replaces."""
    async with read(file) as backup:
        saved_as = None
        if there := await replaces(settings, backup):
            say(f"This replaces what is there with the backup of {backup.made_at:%Y-%m-%d %H:%M} UTC:")
            for each in there:
                say(one_line(f"  {each}"))
            if not yes and not sys.stdin.isatty():
                raise UserError("there is data already; add --yes to replace it. Nothing was restored")
            if not yes and not _is_wanted(say):
                raise UserError("nothing was restored")
            saved_as = name_for(settings.data_dir, datetime.now(UTC))
        await restore(settings, backup, saved_as=saved_as)
        if saved_as:
            say(one_line(f"what was there before is saved in {saved_as}"))
        lessons = count(sum(is_lesson(each) and not is_kept(each) for each in backup.lessons), "lesson")
        database = database_at(settings.database).name
        say(one_line(f"restored: {database} and {lessons}; a running bot goes on with them, otherwise start it"))


def _is_wanted(say: Callable[[str], None]) -> bool:
    """Ask. Raises `click.Abort` at Ctrl+C."""
    # The event loop would only cancel the task at Ctrl+C, and the task would still wait for the answer.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return click.confirm("Replace it?")
    except click.Abort:
        say("")
        say("Nothing was restored.")
        raise
    finally:
        signal.signal(signal.SIGINT, before)
