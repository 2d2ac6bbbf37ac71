"""Imports all of the bot, for `forked`: a process that is forked from here imports nothing more."""

from __future__ import annotations

import importlib
import pkgutil

import alembic.command  # noqa: F401 -- the bot imports it only where there are tables to make

import bot

for _each in pkgutil.walk_packages(bot.__path__, "bot."):
    if "migrations" not in _each.name and _each.name != "bot.__main__":
        importlib.import_module(_each.name)
