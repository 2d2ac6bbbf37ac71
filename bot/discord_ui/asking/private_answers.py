"""Answers in private what a member asks by a form."""

from __future__ import annotations

from collections.abc import Mapping

from bot.asking.asking import Before
from bot.discord_ui.asking.reply_cards import draw
from bot.discord_ui.kit.channel_lessons import lessons_here
from bot.discord_ui.kit.delivery import respond
from bot.discord_ui.kit.interaction import Interaction


async def answer_privately(
    interaction: Interaction, question: str, before: Before | None = None, near: Mapping[str, float] | None = None
) -> None:
    """Answer a question so that only this member sees it; `before` and `near` as for `Asking.answer`."""
    bot, member, server = interaction.client, interaction.user.id, interaction.guild_id or 0
    lessons = lessons_here(bot, server, interaction.channel)
    answered = await bot.app.asking.answer(
        question, member=member, server=server, before=before, near=near, lessons=lessons
    )
    await respond(interaction, draw(answered, bot, asker=member, private=bool(server)), private=True)
