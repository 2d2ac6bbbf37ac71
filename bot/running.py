"""Runs the bot until a signal stops it. While a backup is restored, it lets go of everything, then starts anew."""

from __future__ import annotations

import asyncio
import gc
import logging
from pathlib import Path

from bot.app import App
from bot.asking.vote_key import delete_old_key
from bot.data_folder import hold_data_folder
from bot.discord_ui import redaction, service
from bot.discord_ui.client import LessonBot
from bot.discord_ui.curating.notices import delete_old_reports
from bot.discord_ui.heartbeat import remove_stale
from bot.discord_ui.service import Stop
from bot.discord_ui.sharding import ShardedLessonBot
from bot.discord_ui.token_shape import wrong_with_token
from bot.errors import UserError
from bot.settings import Settings
from bot.store.database_url import sqlite_path
from bot.store.instance_lock import RestoringError, hold_database, until_restored

log = logging.getLogger(__name__)


def start(settings: Settings, heartbeat: Path) -> None:
    """Check the token, log what an operator should know, and run. Raises `UserError`, `DiscordRefusedError`."""
    token = settings.discord_token.get_secret_value()
    if wrong := wrong_with_token(token):
        raise UserError(
            f"DISCORD_TOKEN cannot be a bot's token: {wrong}. "
            "Copy it from the application's page, under Bot: Reset Token"
        )
    redaction.log_to(settings.log_level, token, style=settings.log_format)
    if settings.lessons_from == "folder":
        service.warn_of_read_only(settings.lessons_dir)
        if settings.lessons_git == "commit":
            service.warn_of_git(settings.lessons_dir)
    service.warn_of_parts(settings.sharding, is_shared=sqlite_path(settings.database) is None)
    asyncio.run(run(settings, heartbeat))


async def run(settings: Settings, heartbeat: Path) -> None:
    """Run until SIGINT or SIGTERM. Raises `UserError`, `DiscordRefusedError`."""
    stop = Stop()
    stop.listen()
    try:
        while True:
            await until_restored(settings.database)
            try:
                await _run_until_restored(settings, heartbeat, stop)
            except RestoringError:
                if stop.is_told:
                    break
                log.info("letting go of the database, as a backup is being restored")
                gc.unfreeze()  # the lessons that were served until now
            else:
                break
    except asyncio.CancelledError:
        if not stop.is_told:
            raise


async def _run_until_restored(settings: Settings, heartbeat: Path, stop: Stop) -> None:
    """Raises `RestoringError` once nothing of the bot is left that could write."""
    # Before the database, whose folder may be the same: DATA_DIR is the setting to change.
    async with hold_data_folder(settings.data_dir):
        if settings.lessons_from == "database":
            settings.lessons_dir.mkdir(exist_ok=True)
        remove_stale(heartbeat)
        delete_old_key(settings.data_dir)
        delete_old_reports(settings.data_dir)
        async with hold_database(settings.database, shared=True) as lock, App.open(settings) as app:
            token = settings.discord_token.get_secret_value()
            serving = service.serve(
                lambda: _bot(app, settings), token, app.library, heartbeat, metrics=settings.metrics_at, stop=stop
            )
            try:
                await lock.run(serving)
            except RestoringError:
                await app.curating.ledger.finish()
                await _end_all_else()
                raise


def _bot(app: App, settings: Settings) -> LessonBot:
    reads_messages, homes, wants = settings.message_content == "on", settings.homes, settings.sharding
    if app.leases or wants.count != 1:
        return ShardedLessonBot(app, settings.data_dir, wants, reads_messages=reads_messages, homes=homes)
    return LessonBot(app, settings.data_dir, reads_messages=reads_messages, homes=homes)


async def _end_all_else() -> None:
    """End what is still done behind the events."""
    while others := asyncio.all_tasks() - {asyncio.current_task()}:
        for each in others:
            each.cancel()
        await asyncio.wait(others)
