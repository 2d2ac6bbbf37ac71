"""In which language each member uses Discord: SimCord's members all use English. Needs the extra `preview`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import discord
from simcord import interactions

from bot.discord_ui.preview.navigation import Navigation

OWN = {"lena": "de"}  # the language of a member, by name; all others speak that of the server


@contextmanager
def speaking(locale_of: Callable[[int, int | None], discord.Locale]) -> Iterator[None]:
    """Members press and type commands in the language for their id and that of the server, inside the block."""
    payload_of = interactions.base_payload  # SimCord has no hook for it

    # `Any`: passed on to SimCord as it is, and back.
    def with_locale(backend: Any, *, guild_id: int | None, user_id: int, **rest: Any) -> Any:
        record, payload = payload_of(backend, guild_id=guild_id, user_id=user_id, **rest)
        payload["locale"] = locale_of(user_id, guild_id).value
        return record, payload

    interactions.base_payload = with_locale
    try:
        yield
    finally:
        interactions.base_payload = payload_of


def speaking_in_preview(navigation: Navigation) -> Callable[[int, int | None], discord.Locale]:
    """For `speaking`: a member's own language, else that of the preview's server."""
    names = {each.id: each.user.name for each in navigation.members}
    return lambda member, _server: locale_in(OWN.get(names.get(member, ""), navigation.language))


def locale_in(language: str) -> discord.Locale:
    """Discord's locale for a language of the bot; English for one that Discord does not have."""
    found = (each for each in discord.Locale if each.value.partition("-")[0] == language)
    return next(found, discord.Locale.american_english)
