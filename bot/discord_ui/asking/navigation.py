"""Where a question without an answer goes: to the moderators, if any can answer it, and into the lessons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.discord_ui.kit import links
from bot.discord_ui.kit.cards import Control
from bot.language.words import _

if TYPE_CHECKING:
    from bot.discord_ui.client import LessonBot


def has_moderators(bot: LessonBot) -> bool:
    """Whether there is a server whose moderators may change the lessons."""
    return any(bot.is_home(each.id) for each in bot.guilds)


def next_steps(bot: LessonBot, question: int | None) -> list[Control]:
    """To the moderators only what is kept, and only where somebody can answer it."""
    lessons = links.browse_lessons(_("Browse the lessons"))
    if question is None or not has_moderators(bot):
        return [lessons]
    return [links.pass_on(_("Ask the moderators"), question), lessons]
