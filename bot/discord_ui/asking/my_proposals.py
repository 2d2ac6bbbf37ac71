"""`/ask proposals`: a member sees what became of their proposals, and withdraws those that wait."""

from __future__ import annotations

from collections.abc import Collection

from bot.curating.proposals import Proposal, ProposalState
from bot.discord_ui.kit.cards import Card, Controls
from bot.discord_ui.kit.delivery import show_privately, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.limits import CARD_TEXT, OPTION_TEXT
from bot.discord_ui.kit.markdown import first_fitting, quoted, told_apart
from bot.discord_ui.kit.press import NUMBER, Button, Menu, number_in, option
from bot.language.words import N_, _

TITLE = 100  # characters of a question in the list
REASONS = (500, 200)  # characters of a reason: fewer if there is not room for all
STATES = {
    "waiting": N_("The moderators have not decided yet."),
    "drafted": N_("A moderator is working on it."),
    "accepted": N_("Accepted."),
    "declined": N_("Not accepted."),
}


class MyProposals(Button, template=rf"lb:my-proposals:(?P<proposal>{NUMBER})"):
    """Shows a member their own proposals. The id tells one message about a proposal from another."""

    kind = "my-proposals"

    async def pressed(self, interaction: Interaction) -> None:
        await show_my_proposals(interaction)


class Withdraw(Button, template=rf"lb:withdraw:(?P<proposal>{NUMBER})"):
    """Deletes a member's own proposal that waits."""

    kind = "withdraw"

    async def pressed(self, interaction: Interaction) -> None:
        await _withdraw(interaction, self.ids["proposal"])


class WithdrawOne(Menu, template="lb:withdraw-one"):
    """The same, from the list."""

    kind = "withdraw-one"

    async def pressed(self, interaction: Interaction) -> None:
        await _withdraw(interaction, self.chosen)


COMPONENTS = (MyProposals, Withdraw, WithdrawOne)


async def show_my_proposals(interaction: Interaction, note: str = "") -> None:
    """The latest proposals of a member, in private."""
    proposals = interaction.client.app.curating.proposals
    found = await proposals.of(interaction.user.id)
    drafted = await proposals.under_way(found)
    title = _("Your proposals")
    notes = [f"-# {note}"] if note else []
    room = CARD_TEXT - sum(map(len, (*notes, title))) - len("## ") - len(found)
    every = [(each, _state(each, drafted)) for each in found]
    lines = [*first_fitting(([f"- {_line(*each, most)}" for each in every] for most in REASONS), room)]
    if not lines:
        lines = [_("You have no proposals. To make one, use *Apps → Suggest for the lessons* on a message.")]
    controls = Controls()
    if waiting := [each for each, state in every if state == "waiting"]:
        names = told_apart([(each.question, str(each.id)) for each in waiting], OPTION_TEXT)
        options = [option(name, str(each.id)) for name, each in zip(names, waiting, strict=True)]
        controls.add(WithdrawOne.make(_("Withdraw a proposal"), options))
    card = Card([*notes, f"## {title}", "\n".join(lines)], controls.rows)
    # In direct messages, the news about a proposal stays.
    await show_privately(interaction, [card], beside=interaction.guild is None)


def _state(proposal: Proposal, drafted: Collection[int]) -> ProposalState:
    """Its state; `waiting` also where a moderator opened the form of a draft and left it."""
    if proposal.is_open:
        return "drafted" if proposal.id in drafted else "waiting"
    return proposal.state


def _line(proposal: Proposal, state: ProposalState, most: int) -> str:
    said = f"{quoted(proposal.question, TITLE)}: {_(STATES[state])}"
    if state == "declined" and proposal.reason:
        said += " " + _("The moderators wrote: {reason}", reason=quoted(proposal.reason, most))
    return said


async def _withdraw(interaction: Interaction, proposal: str) -> None:
    if await interaction.client.app.curating.proposals.withdraw(number_in(proposal), interaction.user.id):
        await show_my_proposals(interaction, _("Withdrawn. The moderators no longer see it."))
    else:
        await tell(
            interaction,
            _("You can't withdraw this proposal anymore: a moderator is working on it, or it is closed."),
        )
