"""The language in which each simulated member uses Discord."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import discord

from bot.app import Servers
from bot.discord_ui.preview import spoken as preview
from bot.language.catalogues import ENGLISH


@contextmanager
def speaking(servers: Servers) -> Iterator[dict[int, discord.Locale]]:
    """Members speak what is put into the yielded dictionary by their id, else the language of their server."""
    spoken: dict[int, discord.Locale] = {}
    with preview.speaking(
        lambda member, server: spoken.get(member) or preview.locale_in(servers.of(server).language or ENGLISH)
    ):
        yield spoken
