"""`/lessons proposals`: what members propose for the lessons, in a list and one by one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from discord.utils import format_dt

from bot.curating.proposals import Proposal
from bot.discord_ui.curating.proposal_card import GONE, KINDS, proposal_card
from bot.discord_ui.kit.cards import Card, Controls
from bot.discord_ui.kit.delivery import show_privately, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.limits import OPTION_TEXT
from bot.discord_ui.kit.markdown import quoted, shorten, told_apart
from bot.discord_ui.kit.paging import ListPage
from bot.discord_ui.kit.permissions import may_moderate
from bot.discord_ui.kit.press import NUMBER, Button, Menu, number_in, option
from bot.language.words import _, _n

PAGE = 10
LINE = 100  # characters of a question in the list


class Turn(Button, template=rf"lb:proposals:(?P<page>{NUMBER})"):
    """A page of the list."""

    kind = "proposals"

    async def pressed(self, interaction: Interaction) -> None:
        await show_proposals(interaction, number_in(self.ids["page"]))


class OpenProposal(Menu, template=rf"lb:proposal-open:(?P<page>{NUMBER})"):
    """Opens a proposal of the list."""

    kind = "proposal-open"

    async def pressed(self, interaction: Interaction) -> None:
        await show_proposal(interaction, number_in(self.chosen))


class ShowProposal(Button, template=rf"lb:proposal:(?P<proposal>{NUMBER})"):
    """Shows a proposal beside the card that leads to it."""

    kind = "proposal"

    async def pressed(self, interaction: Interaction) -> None:
        await show_proposal(interaction, number_in(self.ids["proposal"]), beside=True)


COMPONENTS = (Turn, OpenProposal, ShowProposal)


async def show_proposals(interaction: Interaction, page: int = 0) -> None:
    """A page of the open proposals, the oldest first."""
    if not await may_moderate(interaction):
        return
    proposals = interaction.client.app.curating.proposals
    found = await proposals.open()
    await show_privately(interaction, [proposal_list_card(found, await proposals.under_way(found), page)])


def proposal_list_card(found: Sequence[Proposal], drafted: Collection[int], page: int) -> Card:
    """Ten open proposals and a menu to open one. Somebody works on a draft of those that are `drafted`."""
    if not found:
        title = _("No open proposals")
        text = _(
            "Members propose with *Apps → Suggest for the lessons*, *Something wrong here?* and *This solved it*."
        )
        return Card([f"## {title}\n{text}"])
    here = ListPage(found, page, PAGE)
    numbered = enumerate(here.shown, here.begins + 1)
    lines = [f"{n}. {_line(each, is_drafted=each.id in drafted)}" for n, each in numbered]
    names = told_apart([(shorten(each.question, OPTION_TEXT), str(each.id)) for each in here.shown], OPTION_TEXT)
    options = [
        option(name, str(each.id), description=_(KINDS[each.kind]))
        for name, each in zip(names, here.shown, strict=True)
    ]
    controls = Controls()
    controls.add(OpenProposal.make(_("Open a proposal"), options, page=str(here.number)))
    controls.add(*here.buttons(Turn))
    title = _n("{count} open proposal", "{count} open proposals", len(found))
    return Card([f"## {title}", "\n".join(lines)], controls.rows, _("Oldest first."))


def _line(proposal: Proposal, *, is_drafted: bool) -> str:
    said = f"{_(KINDS[proposal.kind])}: {quoted(proposal.question, LINE)}, {format_dt(proposal.at, 'R')}"
    return said + (" · " + _("draft in progress") if is_drafted else "")


async def show_proposal(interaction: Interaction, id_: int, note: str = "", *, beside: bool = False) -> None:
    """The card of a proposal, in place of the card that was pressed, or `beside` it."""
    if not await may_moderate(interaction):
        return
    proposal = await interaction.client.app.curating.proposals.find(id_)
    if proposal is None:
        await tell(interaction, _(GONE))
    else:
        card = await proposal_card(interaction.client, proposal, note, moderator=interaction.user.id)
        await show_privately(interaction, [card], beside=beside)
