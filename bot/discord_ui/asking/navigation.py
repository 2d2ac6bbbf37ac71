"""Where a question without an answer goes: to the moderators, if any can answer it, and into the lessons."""

from __future__ import annotations

from typing import Any

from bot.discord_ui.kit import links
from bot.discord_ui.kit.cards import Control
from bot.language.words import _


def has_moderators(client: Any) -> bool:
    """Whether there is a server whose moderators may change the lessons."""
    return any(client.is_home(each.id) for each in client.guilds)


def ways_on(client: Any, question: int | None) -> list[Control]:
    """To the moderators only what is kept, and only where somebody can answer it."""
    lessons = links.browse_lessons(_("Browse the lessons"))
    if question is None or not has_moderators(client):
        return [lessons]
    return [links.pass_on(_("Ask the moderators"), question), lessons]
