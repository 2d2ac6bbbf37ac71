"""Where a question without an answer goes: to the moderators, if any can answer it, and into the lessons."""

from __future__ import annotations

from typing import Any

from bot.discord_ui.kit.press import Button, named
from bot.language.words import _


def has_moderators(client: Any) -> bool:
    """Whether there is a server whose moderators may change the lessons."""
    return any(client.is_home(each.id) for each in client.guilds)


def ways_on(client: Any, question: int | None) -> list[Button]:
    """To the moderators only what is kept, and only where somebody can answer it."""
    lessons = named("contents").make(_("Browse the lessons"))
    if question is None or not has_moderators(client):
        return [lessons]
    return [named("pass").make(_("Ask the moderators"), question=str(question)), lessons]
