"""What a member can do with a question without an answer: pass it to the moderators, or browse the lessons."""

from __future__ import annotations

from bot.discord_ui.asking.browse import Contents
from bot.discord_ui.kit import links
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.cards import Control
from bot.language.words import _


def has_moderators(bot: BaseBot) -> bool:
    """Whether there is a server whose moderators may change the lessons."""
    return any(bot.is_home(each.id) for each in bot.guilds)


def next_steps(bot: BaseBot, question: int | None) -> list[Control]:
    """The buttons below a reply without an answer. Only a logged question can be passed on to moderators."""
    lessons = Contents.make(_("Browse the lessons"))
    if question is None or not has_moderators(bot):
        return [lessons]
    return [links.pass_on(_("Ask the moderators"), question), lessons]
