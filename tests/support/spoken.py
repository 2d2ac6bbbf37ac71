"""The language in which each simulated member uses Discord: SimCord's members all use English."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from simcord import interactions

from bot.app import Servers


def speaking(monkeypatch: pytest.MonkeyPatch, servers: Servers) -> dict[int, discord.Locale]:
    """Members speak what is put into the returned dictionary by their id, else the language of their server."""
    spoken: dict[int, discord.Locale] = {}
    payload_of = interactions.base_payload

    def with_locale(backend: Any, *, guild_id: int | None, user_id: int, **rest: Any) -> Any:
        record, payload = payload_of(backend, guild_id=guild_id, user_id=user_id, **rest)
        of_server = {"de": "de", "es": "es-ES", "sv": "sv-SE"}.get(servers.of(guild_id).language, "en-US")
        payload["locale"] = spoken[user_id].value if user_id in spoken else of_server
        return record, payload

    monkeypatch.setattr(interactions, "base_payload", with_locale)
    return spoken
