"""The optional packages, and whether the settings need one that is missing."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from bot.doctor.diagnosis import Diagnosis
from bot.installation import pip_install
from bot.search.meaning import minilm, multilingual
from bot.settings import Settings
from bot.store.database_url import sqlite_path


def has_driver(settings: Settings) -> bool:
    """Whether what the database needs is installed."""
    return sqlite_path(settings.database) is not None or find_spec("asyncpg") is not None


def installed(settings: Settings) -> Iterator[Diagnosis]:
    """A finding for each extra that is missing and needed, or one for all."""
    extras = {
        "metrics": find_spec("prometheus_client") is not None,
        "postgres": find_spec("asyncpg") is not None,
        "semantic": minilm.is_installed(),
        "languages": multilingual.is_installed(),
        "preview": find_spec("simcord") is not None,
    }
    needed = {
        "metrics": ("METRICS is set", bool(settings.metrics)),
        "postgres": ("DATABASE_URL names PostgreSQL", sqlite_path(settings.database) is None),
        "semantic": ("UNDERSTANDING is model", settings.understanding == "model"),
    }
    missing = [each for each, (__, is_needed) in needed.items() if is_needed and not extras[each]]
    for each in missing:
        said = f"{needed[each][0]}, but that is not installed"
        # Without the model, the bot starts all the same, and uses its table.
        yield Diagnosis("extras", said, pip_install(each), matters=each != "semantic")
    if not missing:
        there = ", ".join(each for each, is_there in extras.items() if is_there) or "none"
        others = [each for each, is_there in extras.items() if not is_there]
        more = f"; not installed: {', '.join(others)} (to add one: {pip_install(others[0])})" if others else ""
        yield Diagnosis("extras", f"installed: {there}{more}")
