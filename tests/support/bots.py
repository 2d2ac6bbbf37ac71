"""Builds the real bot for a test, as `run` and `preview` do."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import discord

from bot.app import App
from bot.discord_ui.client import LessonBot
from bot.lessons.library import Library
from bot.store.store import Store


def bot_of(
    library: Library,
    store: Store,
    data: Path,
    *,
    reads_messages: bool = False,
    homes: Collection[int] = (),
    greets: bool = False,
) -> LessonBot:
    """A bot that is not connected yet. It uses the simulated Discord's clock."""
    app = App.build(library, store, clock=discord.utils.utcnow)
    return LessonBot(app, data, reads_messages=reads_messages, homes=homes, greets=greets)
