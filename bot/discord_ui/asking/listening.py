"""Answers in channels that a server chose, without being mentioned: only when sure, once, and easily put away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace as with_
from typing import Any

import discord

from bot.dialogue.reply import Answer
from bot.discord_ui.asking.replies import draw_kept
from bot.discord_ui.delivery import reply_to, tell
from bot.discord_ui.layout import shorten
from bot.discord_ui.moderating.moderators import is_moderator
from bot.discord_ui.press import NUMBER, Button, named
from bot.language.words import N_, _
from bot.questions.reading import reads_as_question
from bot.store.servers import Choices
from bot.tutor import Tutor

NOTE = N_("Nobody asked me by name: I only answer here when I am sure.")


class Dismiss(Button, template=rf"lb:dismiss:(?P<asker>{NUMBER})"):
    """Takes the answer out of the channel, for whoever asked or moderates."""

    kind = "dismiss"

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        may = interaction.permissions.manage_messages or is_moderator(interaction)
        if str(interaction.user.id) != self.ids["asker"] and not may:
            await tell(interaction, _("Whoever asked, or a moderator, can put this away."))
            return
        await interaction.response.defer()
        await interaction.delete_original_response()


PRESSABLES = (Dismiss,)


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
    await bot.tutor.understand(question)
    reply, member = bot.tutor.answer(question), message.author.id
    if not isinstance(reply, Answer) or message.guild is None or wait(member) is not None:
        return
    cards = await draw_kept(bot, reply, message.content, member, message.guild.id, private=False)
    *before, last = cards
    below: list[Button] = [Dismiss.make(_("Dismiss"), asker=str(member))]
    if before:  # one message a question, however long its answer is
        below.insert(0, named("show").make(_("Read the answer"), part=reply.id))
        last = with_(last, text=[f"## {reply.question}\n{shorten(reply.text, 300)}"], picture=None)
    await reply_to(message, [with_(last, controls=[*last.controls, below], footer=_(NOTE))])
