"""Answers without a mention in channels that a server chose: only if sure, once, and easy to dismiss."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace as with_
from typing import TYPE_CHECKING

import discord

from bot.app import Choices
from bot.asking.detection import reads_as_question
from bot.discord_ui.asking.answers import draw_answer
from bot.discord_ui.kit import links
from bot.discord_ui.kit.cards import Control
from bot.discord_ui.kit.delivery import reply_to, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.markdown import shorten
from bot.discord_ui.kit.permissions import is_moderator
from bot.discord_ui.kit.press import NUMBER, Button
from bot.language.words import N_, _

if TYPE_CHECKING:
    from bot.discord_ui.client import LessonBot

NOTE = N_("In this channel, I answer without being mentioned when I'm sure.")


class Dismiss(Button, template=rf"lb:dismiss:(?P<asker>{NUMBER})"):
    """Deletes the answer from the channel; for the member who asked, and for moderators."""

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

    Replies to other messages are not: the bot does not interrupt a conversation.
    """
    here = {message.channel.id, getattr(message.channel, "parent_id", None)}
    is_to_all = message.reference is None and not message.mentions
    return bool(here & {*chosen.listens_in}) and is_to_all and reads_as_question(message.content)


async def answer_unasked(
    bot: LessonBot, message: discord.Message, server: int, wait: Callable[[int], float | None]
) -> None:
    """Answer if the bot is sure, and the member does not have to wait for their next answer."""
    member = message.author.id
    found = await bot.app.asking.answer_if_sure(
        message.content, member=member, server=server, admit=lambda: wait(member) is None
    )
    if found is None:
        return
    reply, logged = found
    *before, last = draw_answer(reply, bot.app.tutor, private=False, logged=logged)
    below: list[Control] = [Dismiss.make(_("Dismiss"), asker=str(member))]
    if before:  # one message for a question, however long its answer is
        below.insert(0, links.show_entry(_("Read the full answer"), reply.id))
        last = with_(last, text=[f"## {reply.question}\n{shorten(reply.text, 300)}"], picture=None)
    await reply_to(message, [with_(last, controls=[*last.controls, below], footer=_(NOTE))])
