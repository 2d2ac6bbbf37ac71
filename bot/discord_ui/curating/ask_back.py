"""Ask back: a moderator asks whoever waits for an answer, through the bot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.asking.cleaning import clean
from bot.asking.clusters import Cluster
from bot.asking.inquiring import LONGEST, Inquiry
from bot.discord_ui.curating.miss_text import quoted_question
from bot.discord_ui.curating.misses import cluster_of
from bot.discord_ui.kit.delivery import refuse, tell
from bot.discord_ui.kit.forms import NO_WORDS, Form, line
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.press import NUMBER, Button, number_in
from bot.language.words import N_, _, _n

SHOWN = 5
NOBODY = N_("No member is waiting for this answer, so there is nobody I can ask.")


class AskBack(Button, template=rf"lb:ask-back:(?P<question>{NUMBER})"):
    """Opens a form for the question to the members who wait."""

    kind = "ask-back"

    async def pressed(self, interaction: Interaction) -> None:
        if await _askable(interaction, self.ids) is None:
            return
        unknown = _("It goes to the members who wait for the answer. You don't learn who they are.")
        box = line("text", _("What do you want to know?"), unknown, LONGEST)
        modal = AskBackForm.make(interaction, _("Ask the member"), box, **self.ids)
        await interaction.response.send_modal(modal)


class AskBackForm(Form):
    """A moderator's question to the members who wait."""

    kind = "asked-back"
    template = rf"(?P<question>{NUMBER})"

    @classmethod
    async def submitted(cls, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        cluster = await _askable(interaction, ids)
        if cluster is None:
            return
        if not clean(typed.get("text", "")):
            await refuse(interaction, _(NO_WORDS))
            return
        asked = await interaction.client.app.asking.inquiring.ask(cluster, typed.get("text", ""))
        sent = _n("I'm asking {count} member.", "I'm asking {count} members.", asked)
        if not asked:
            sent = _("This was asked already.")
        where = _("The reply will be on the card in the inbox.")
        await tell(interaction, f"{sent} {where}")


COMPONENTS = (AskBack,)
FORMS = (AskBackForm,)


async def _askable(interaction: Interaction, ids: Mapping[str, str]) -> Cluster | None:
    """The cluster of this question; None, and a reply says why, if nobody can be asked about it."""
    cluster = await cluster_of(interaction, number_in(ids["question"]))
    if cluster and not await interaction.client.app.asking.misses.waiting(cluster):
        await refuse(interaction, _(NOBODY))
        return None
    return cluster


def conversation(inquiries: Sequence[Inquiry]) -> list[str]:
    """What was asked back about a miss, and the replies, as a text of its card; empty if nothing was."""
    if not inquiries:
        return []
    title = _("Questions to the member")
    return ["\n".join([f"**{title}**", *(f"- {_line(each)}" for each in inquiries[-SHOWN:])])]


def _line(inquiry: Inquiry) -> str:
    asked = quoted_question(inquiry.text)
    match inquiry.state:
        case "replied":
            return _("{question} Reply: {reply}", question=asked, reply=quoted_question(inquiry.reply))
        case "gone":
            return _("{question} It could not be delivered.", question=asked)
        case "sent":
            return _("{question} No reply yet.", question=asked)
    return _("{question} It is not delivered yet.", question=asked)
