"""Answers in channels that a server chose, without being mentioned: only when sure, once, and easily put away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace as with_
from typing import Any

import discord

from bot.app import Choices
from bot.asking.detection import reads_as_question
from bot.dialogue.reply import Answer
from bot.discord_ui.asking.replies import draw_kept
from bot.discord_ui.kit import links
from bot.discord_ui.kit.cards import Control
from bot.discord_ui.kit.delivery import reply_to, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.markdown import shorten
from bot.discord_ui.kit.permissions import is_moderator
from bot.discord_ui.kit.press import NUMBER, Button
from bot.language.words import N_, _

NOTE = N_("In this channel, I answer without being mentioned when I'm sure.")


class Dismiss(Button, template=rf"lb:dismiss:(?P<asker>{NUMBER})"):
    """Takes the answer out of the channel, for whoever asked or moderates."""

    kind = "dismiss"

    async def pressed(self, interaction: Interaction) -> None:
        may = interaction.permissions.manage_messages or is_moderator(interaction)
        if str(interaction.user.id) != self.ids["asker"] and not may:
            await tell(interaction, _("Only the person who asked or a moderator can dismiss this answer."))
            return
        await interaction.response.defer()
        await interaction.delete_original_response()


COMPONENTS = (Dismiss,)


def is_heard(message: discord.Message, chosen: Choices) -> bool:
    """Whether this message is a question to everybody, in a channel where the bot may answer it.

    Not where somebody answers somebody: a reply is never interrupted.
    """
    here = {message.channel.id, getattr(message.channel, "parent_id", None)}
    is_to_all = message.reference is None and not message.mentions
    return bool(here & {*chosen.listens_in}) and is_to_all and reads_as_question(message.content)


async def answer_unasked(
    bot: Any, message: discord.Message, question: str, wait: Callable[[int], float | None]
) -> None:
    """Say it if there is a sure answer, and the member does not have to wait for their next one."""
    await bot.app.tutor.understand(question)
    reply, member = bot.app.tutor.answer(question), message.author.id
    if not isinstance(reply, Answer) or message.guild is None or wait(member) is not None:
        return
    cards = await draw_kept(bot, reply, message.content, member, message.guild.id, private=False)
    *before, last = cards
    below: list[Control] = [Dismiss.make(_("Dismiss"), asker=str(member))]
    if before:  # one message a question, however long its answer is
        below.insert(0, links.show_entry(_("Read the full answer"), reply.id))
        last = with_(last, text=[f"## {reply.question}\n{shorten(reply.text, 300)}"], picture=None)
    await reply_to(message, [with_(last, controls=[*last.controls, below], footer=_(NOTE))])
