"""All findings, in the order in which a person would fix them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from bot.doctor.at_discord import at_discord
from bot.doctor.database import database
from bot.doctor.diagnosis import Diagnosis
from bot.doctor.env_file import env_file
from bot.doctor.folders import folders
from bot.doctor.installed import has_driver, installed
from bot.settings import Settings


async def examine(settings: Settings, set_in: Path) -> AsyncIterator[Diagnosis]:
    """Look at all that the bot needs, and say each thing as soon as it is known. `set_in` is the `.env`."""
    for each in env_file(set_in):
        yield each
    for each in installed(settings):
        yield each
    async for each in folders(settings):
        yield each
    if has_driver(settings):  # otherwise a line above says what is missing
        yield await database(settings)
    async for each in at_discord(settings):
        yield each
