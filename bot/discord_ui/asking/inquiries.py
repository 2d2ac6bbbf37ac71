"""What moderators ask back comes as a direct message; the member replies with a button, without their name."""

from __future__ import annotations

from collections.abc import Mapping

import discord

from bot.asking.cleaning import clean
from bot.asking.inquiring import LONGEST, Inquiry
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.cards import Card, Controls
from bot.discord_ui.kit.delivery import custom_ids, refuse, show_privately, tell
from bot.discord_ui.kit.direct_sender import DirectSender
from bot.discord_ui.kit.forms import NO_WORDS, Form, line
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.locale import language_of_member
from bot.discord_ui.kit.markdown import escaped
from bot.discord_ui.kit.press import NUMBER, Button, number_in
from bot.language.words import N_, _, in_locale

DONE = N_("There is nothing to reply to: you replied already, or the question was deleted.")

NOT_SEEN = N_("The moderators don't see what you write in this chat. To reply to them, press *Reply*.")


class Reply(Button, template=rf"lb:inquiry:(?P<inquiry>{NUMBER})"):
    """Opens a form for the reply."""

    kind = "inquiry"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: Interaction) -> None:
        inquiring = interaction.client.app.asking.inquiring
        if await inquiring.find(number_in(self.ids["inquiry"]), interaction.user.id) is None:
            await tell(interaction, _(DONE))
            return
        seen = _("Moderators see what you write here, but not your name.")
        box = line("reply", _("Your reply"), seen, LONGEST)
        modal = ReplyForm.make(interaction, _("Reply to the moderators"), box, **self.ids)
        await interaction.response.send_modal(modal)


class ReplyForm(Form):
    """A member's reply to the moderators."""

    kind = "inquiry-reply"
    template = rf"(?P<inquiry>{NUMBER})"

    @classmethod
    async def submitted(cls, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        inquiring, inquiry = interaction.client.app.asking.inquiring, number_in(ids["inquiry"])
        if not clean(typed.get("reply", "")):
            await refuse(interaction, _(NO_WORDS))
            return
        if not await inquiring.reply(inquiry, interaction.user.id, typed.get("reply", "")):
            await refuse(interaction, _(DONE))
            return
        thanks = Card([_("Thank you! The moderators see your reply, but not your name.")])
        await show_privately(interaction, [thanks])


COMPONENTS = (Reply,)
FORMS = (ReplyForm,)


def is_card_of(item: Inquiry, message: discord.Message | None) -> bool:
    """Whether this is the direct message with an inquiry."""
    return f"lb:inquiry:{item.id}" in custom_ids(message)


def was_it_for_them(item: Inquiry) -> Card:
    """The card for a member who seems to have typed their reply."""
    title = _("Was that for the moderators?")
    return Card([f"## {title}\n{_(NOT_SEEN)}", f">>> {item.text}"], _reply(item).rows)


class InquirySender(DirectSender[Inquiry]):
    """Sends what moderators ask back, once to each member who waits for the answer."""

    def __init__(self, bot: BaseBot) -> None:
        self._inquiring = bot.app.asking.inquiring
        super().__init__(bot, self._inquiring, "questions to members")

    async def cog_load(self) -> None:
        self._inquiring.wake = self._rounds.wake
        if await self._inquiring.any_waiting():
            self._rounds.wake()

    async def cog_unload(self) -> None:
        self._inquiring.wake = lambda: None
        await super().cog_unload()

    async def _round(self) -> float | None:
        seconds = await self._send_waiting()
        return seconds if await self._inquiring.any_waiting() else None

    def after_sending(self) -> None:
        self.bot.app.asking.inbox.wake()  # its card says whether it arrived

    def member(self, item: Inquiry) -> int:
        return item.learner or 0

    def nonce(self, item: Inquiry) -> str:
        return f"inquiry-{item.id}"

    def is_message_of(self, item: Inquiry, message: discord.Message) -> bool:
        return is_card_of(item, message)

    async def cards(self, item: Inquiry) -> list[Card]:
        """The moderators' question, in the member's language, else that of the server where they asked."""
        with in_locale(await language_of_member(self.bot, self.member(item), item.server)):
            title = _("The moderators have a question")
            head = f"## {title}"
            if item.asked:
                head += "\n-# " + _("You asked: {question}", question=f"*{escaped(item.asked)}*")
            note = _("They don't know who you are. You get this because you asked to be notified.")
            return [Card([head, f">>> {item.text}"], _reply(item).rows, f"{_(NOT_SEEN)} {note}")]


def _reply(item: Inquiry) -> Controls:
    controls = Controls()
    controls.add(Reply.make(_("Reply"), inquiry=str(item.id)))
    return controls
