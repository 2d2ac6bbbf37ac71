"""An answer with its buttons: related entries, its walkthrough, sharing."""

from __future__ import annotations

from typing import Any

import discord

from bot.dialogue.reply import Answer
from bot.discord_ui.cards import Card, Controls, answer_cards
from bot.discord_ui.delivery import replace, respond, tell
from bot.discord_ui.press import PART, Button, named
from bot.tutor import Tutor

GONE = "The lessons no longer have this answer. Ask again: there may be a newer one."


class Show(Button, template=rf"lb:show:(?P<part>{PART})"):
    """A related entry: the conversation goes on below, in private."""

    kind = "show"

    async def pressed(self, interaction: discord.Interaction, tutor: Tutor) -> None:
        answer = tutor.explain(self.ids["part"])
        if answer is None:
            await tell(interaction, GONE)
        else:
            await respond(interaction, draw_answer(answer, tutor, private=True), private=True)


class Share(Button, template=rf"lb:share:(?P<part>{PART})"):
    """Puts a private answer into the channel, once."""

    kind = "share"

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        answer = tutor.explain(self.ids["part"])
        if answer is None:
            await tell(interaction, GONE)
        elif not may_speak(interaction):
            await tell(interaction, "You cannot write in this channel, so I cannot share it here for you.")
        elif interaction.message and interaction.client.shared.is_new(interaction.message.id):
            # A second press can be on its way before this has taken the button off.
            await replace(interaction, draw_answer(answer, tutor, private=False, note="Shared")[-1:])
            note = f"Shared by {interaction.user.mention}"
            await respond(interaction, draw_answer(answer, tutor, private=False, note=note), private=False)
        else:
            await tell(interaction, "This answer is shared already.")


PRESSABLES = (Show, Share)


def may_speak(interaction: discord.Interaction) -> bool:
    """Whether this member could write here without the bot's help."""
    can = interaction.permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    return interaction.guild is None or (can.send_messages_in_threads if in_thread else can.send_messages)


def draw_answer(answer: Answer, tutor: Tutor, *, private: bool, note: str = "") -> list[Card]:
    """An answer with its related entries, its walkthrough, and Share where it is private."""
    controls = Controls()
    first: list[Button] = [Share.make("Share", part=answer.id)] if private else []
    if answer.opens:
        opens = answer.opens
        first.append(named("open").make(f"Walk through: {opens.title}", scenario=opens.scenario, step=opens.step))
    controls.add(*first)
    controls.add(*(Show.make(each.text, part=each.id) for each in answer.related[:5]))
    return answer_cards(answer, tutor.picture(answer.picture), controls, note)
