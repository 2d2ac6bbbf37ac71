"""A reply to an answer that Discord sends without its text: whoever replied gets a button that goes on.

Discord leaves out the text of a reply to what a command or a press showed, unless the bot may read all messages.
"""

from __future__ import annotations

from collections.abc import Mapping

import discord

from bot.asking.asking import Before
from bot.discord_ui.asking.messages import replied_to
from bot.discord_ui.asking.private_answers import answer_privately
from bot.discord_ui.kit.admission import may_ask
from bot.discord_ui.kit.cards import GREY, Card, Controls
from bot.discord_ui.kit.delivery import custom_ids
from bot.discord_ui.kit.forms import Form, line
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.press import NUMBER, PASSAGE, Button, number_in
from bot.language.words import _

LONGEST = 500
IDS = rf"(?P<question>{NUMBER})(?::(?P<passage>{PASSAGE}))?"


class GoOn(Button, template=f"lb:go-on:{IDS}"):
    """Opens a form for the next question."""

    kind = "go-on"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: Interaction) -> None:
        label, note = _("What would you like to know?"), _("In your own words. Only you see the answer.")
        ids = {name: id_ for name, id_ in self.ids.items() if id_}
        box = line("question", label, note, LONGEST)
        await interaction.response.send_modal(GoOnForm.make(interaction, _("Ask about this answer"), box, **ids))


class GoOnForm(Form):
    """Answers it in private, as one that goes on from the answer."""

    kind = "going-on"
    template = IDS

    @classmethod
    async def submitted(cls, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        if not await may_ask(interaction):
            return
        asking, question = interaction.client.app.asking, number_in(ids["question"])
        is_here = await asking.is_from(question, interaction.guild_id or 0)
        before = await asking.asked_in(question if is_here else 0, ids.get("passage") or "")
        await answer_privately(interaction, typed.get("question", ""), before)
        offered = interaction.message  # of no more use to whoever it was for
        if offered and f"lb:dismiss:{interaction.user.id}" in custom_ids(offered):
            await offered.delete()


COMPONENTS = (GoOn,)
FORMS = (GoOnForm,)


def is_without_text(message: discord.Message, me: discord.ClientUser | None) -> bool:
    """Whether it replies to what a command or a press showed, and Discord did not send its text."""
    before = replied_to(message)
    return (
        message.guild is not None  # in a direct message, Discord leaves out nothing
        and before is not None
        and before.author == me
        and before.interaction_metadata is not None
        and not message.content
        and not (message.author.bot or message.webhook_id or message.is_system())
    )


def offer(before: Before) -> Card:
    """The card that offers to go on from an answer."""
    controls = Controls()
    passage = before.passage or None
    controls.add(GoOn.make(_("Ask about this answer"), question=str(before.question or 0), passage=passage))
    text = _("Discord doesn't show me what you replied. To ask about the answer, press the button or use `/ask`.")
    return Card([text], controls.rows, colour=GREY)
