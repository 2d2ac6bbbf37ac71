"""The button that takes a public answer out of the channel, for whoever asked or moderates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as with_

import discord

from bot.discord_ui.asking.earlier_answers import FOLLOWS, answers_to, together_with
from bot.discord_ui.asking.sent_answers import SentAnswers
from bot.discord_ui.kit.cards import Card, Control
from bot.discord_ui.kit.delivery import delete_all, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.limits import BUTTONS_IN_A_ROW
from bot.discord_ui.kit.permissions import is_moderator
from bot.discord_ui.kit.plain_button import PlainButton
from bot.discord_ui.kit.press import NUMBER, Button
from bot.language.words import _


class Dismiss(Button, template=rf"lb:dismiss:(?P<asker>{NUMBER})(?::(?P<follows>{FOLLOWS}))?"):
    """Deletes the answer."""

    kind = "dismiss"

    async def pressed(self, interaction: Interaction) -> None:
        may = interaction.permissions.manage_messages or is_moderator(interaction)
        if str(interaction.user.id) != self.ids["asker"] and not may:
            await tell(interaction, _("Only the person who asked or a moderator can dismiss this answer."))
            return
        await interaction.response.defer()
        await interaction.delete_original_response()
        if interaction.message:
            pressed = interaction.message
            await delete_all(each for each in await _all_of(interaction, pressed) if each.id != pressed.id)


async def _all_of(
    interaction: Interaction, shown: discord.Message
) -> Sequence[discord.Message | discord.PartialMessage]:
    """The messages of a long answer, of which one was just deleted. Those from before the start are looked for."""
    if sent := interaction.client.kept(SentAnswers).of(shown.id):
        sent.stop_following()
        return sent.answer
    # First, as the further messages of an answer to a command or a press may also refer to its first one.
    if together := await together_with(shown, interaction.client.user):
        return together
    question = shown.reference.message_id if shown.reference else None
    if question is None:
        return []
    found = await answers_to([question], shown.channel, interaction.client.user, gone=[shown])
    return next((each.answer for each in found.get(question, []) if shown in each.answer), [])


COMPONENTS = (Dismiss,)


def remember_together(interaction: Interaction, answer: list[int]) -> None:
    """Whoever dismisses one message of a long answer dismisses all of it."""
    if len(answer) > 1 and interaction.channel_id:
        bot = interaction.client
        channel = bot.get_partial_messageable(interaction.channel_id, guild_id=interaction.guild_id)
        bot.kept(SentAnswers).put_together(channel, answer)


def dismissible(card: Card, asker: int, follows: str | None = None) -> Card:
    """A card with that button, beside the last ones if there is room. `follows` is one of `FOLLOWS`, if any."""
    *rows, last = card.controls or ((),)
    button = Dismiss.make(_("Dismiss"), asker=str(asker), follows=follows)
    fits = len(last) < BUTTONS_IN_A_ROW and all(map(_is_button, last))  # a menu takes a row of its own
    rows += [[*last, button]] if fits else [last, [button]]
    return with_(card, controls=rows)


def _is_button(control: Control) -> bool:
    return isinstance(control, PlainButton)
