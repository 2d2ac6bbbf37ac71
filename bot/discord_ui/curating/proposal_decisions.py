"""What moderators decide about a proposal: to make a draft of it, to decline it, or to open it again."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import discord

from bot.curating.draft import Draft
from bot.curating.errors import GoneError
from bot.curating.proposals import MAX_NOTE, Proposal
from bot.discord_ui.curating import draft_actions
from bot.discord_ui.curating.draft_offers import begin_phrasing
from bot.discord_ui.curating.proposal_card import GONE
from bot.discord_ui.curating.proposals import show_proposal
from bot.discord_ui.curating.save_entry import begin_entry, remember_author
from bot.discord_ui.kit.delivery import refuse, tell
from bot.discord_ui.kit.forms import Form, line
from bot.discord_ui.kit.human_answer import PATIENCE, HumanAnswer, pictures_in
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.permissions import may_moderate
from bot.discord_ui.kit.press import ID, NUMBER, Button, number_in
from bot.discord_ui.kit.refusals import REQUEST_ERRORS
from bot.language.words import N_, _

AT_WORK = N_("{member} is working on a draft of it.")
DECIDED = N_("This proposal was decided already. This is what happened to it:")


class MakeDraft(Button, template=rf"lb:proposal-draft:(?P<proposal>{NUMBER})"):
    """Begins the draft that answers a proposal, or shows the moderator's own again."""

    kind = "proposal-draft"

    async def pressed(self, interaction: Interaction) -> None:
        proposal = await _to_draft(interaction, self.ids["proposal"])
        if proposal is None:
            return
        if proposal.kind == "correction":
            await _correct(interaction, proposal)
            return
        message = await _message(interaction, proposal)
        said = HumanAnswer(proposal.question, proposal.answer, pictures_in(message) if message else ())
        draft, is_chosen = await begin_entry(interaction, said)
        if await _is_linked(interaction, proposal, draft):
            await _remember_author(interaction, proposal, draft, message)
            await draft_actions.open_form(interaction, draft, is_chosen=is_chosen)


class AddTo(Button, template=rf"lb:proposal-add:(?P<proposal>{NUMBER}):(?P<how>phrasing|answer):(?P<entry>{ID})"):
    """Begins a draft of a close entry: adds the question as a phrasing, or the answer to its own as well."""

    kind = "proposal-add"

    async def pressed(self, interaction: Interaction) -> None:
        proposal = await _to_draft(interaction, self.ids["proposal"])
        if proposal is None:
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        asked, entry = [proposal.question], self.ids["entry"]
        if self.ids["how"] == "phrasing":
            advice = _("Add the text to its answer, or decline the proposal.")
            draft = await begin_phrasing(interaction, asked, entry, advice)
        else:
            advice = _("You can decline the proposal.")
            draft = await begin_phrasing(interaction, asked, entry, advice, answer=proposal.answer)
        if draft and await _is_linked(interaction, proposal, draft):
            misses = interaction.client.app.asking.misses
            if miss := await misses.like(proposal.question):  # what a member asked, and may wait for
                await misses.draft(miss, draft.id)
            if self.ids["how"] == "answer":
                await _remember_author(interaction, proposal, draft, await _message(interaction, proposal))
            await draft_actions.show_draft(interaction, draft)


class Decline(Button, template=rf"lb:proposal-decline:(?P<proposal>{NUMBER})"):
    """Opens a form for the reason, which may stay empty."""

    kind = "proposal-decline"

    async def pressed(self, interaction: Interaction) -> None:
        if not await may_moderate(interaction):
            return
        if at_work := await _another_at_work(interaction, number_in(self.ids["proposal"])):
            await tell(interaction, at_work)
        else:
            box = line(
                "reason",
                _("Reason (optional)"),
                _("The member can see this."),
                MAX_NOTE,
                optional=_("What would make it fit?"),
            )
            await interaction.response.send_modal(DeclineForm.make(interaction, _("Decline"), box, **self.ids))


class DeclineForm(Form):
    """Declines a proposal."""

    kind = "proposal-declined"
    template = rf"(?P<proposal>{NUMBER})"

    @classmethod
    async def submitted(cls, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        if not await may_moderate(interaction):
            return
        proposals, id_ = interaction.client.app.curating.proposals, number_in(ids["proposal"])
        if at_work := await _another_at_work(interaction, id_):  # who began after this form was opened
            await refuse(interaction, at_work)
            return
        is_declined = await proposals.decline(id_, typed.get("reason", ""))
        await show_proposal(interaction, id_, "" if is_declined else _(DECIDED))
        if is_declined:
            await interaction.client.after_deciding()
        elif typed.get("reason"):
            await refuse(interaction, _("Your reason was not sent."))


class Reopen(Button, template=rf"lb:proposal-reopen:(?P<proposal>{NUMBER})"):
    """Lets a decided proposal wait again."""

    kind = "proposal-reopen"

    async def pressed(self, interaction: Interaction) -> None:
        if await may_moderate(interaction):
            id_ = number_in(self.ids["proposal"])
            await interaction.client.app.curating.proposals.reopen(id_)
            await show_proposal(interaction, id_)


COMPONENTS = (MakeDraft, AddTo, Decline, Reopen)
FORMS = (DeclineForm,)


async def _another_at_work(interaction: Interaction, id_: int) -> str:
    """Says who else works on a draft of this proposal, which nobody declines meanwhile; '' if nobody does."""
    proposals = interaction.client.app.curating.proposals
    proposal = await proposals.find(id_)
    by = (await proposals.under_way([proposal])).get(id_) if proposal else None
    return _(AT_WORK, member=f"<@{by}>") if by not in (None, interaction.user.id) else ""


async def _to_draft(interaction: Interaction, id_: str) -> Proposal | None:
    """The proposal if this moderator may begin a draft of it; else a reply says why, or shows their draft."""
    if not await may_moderate(interaction):
        return None
    proposals = interaction.client.app.curating.proposals
    proposal = await proposals.find(number_in(id_))
    if proposal is None:
        await tell(interaction, _(GONE))
        return None
    if not proposal.is_open:
        await show_proposal(interaction, proposal.id, _(DECIDED))
        return None
    draft = await proposals.draft_of(proposal)
    if draft is None:
        return proposal
    is_own = (draft.moderator, draft.server) == (interaction.user.id, interaction.guild_id)
    if (draft.untouched or not is_own) and not await proposals.under_way([proposal]):
        return proposal  # it was left: one's own is begun anew
    if not is_own:
        if draft.moderator == interaction.user.id:
            await tell(interaction, _("You began a draft of it in another server. Go on with it there."))
        else:
            await tell(interaction, _(AT_WORK, member=f"<@{draft.moderator}>"))
    elif draft.untouched:
        await draft_actions.open_form(interaction, draft)
    else:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await draft_actions.show_draft(interaction, draft)
    return None


async def _correct(interaction: Interaction, proposal: Proposal) -> None:
    try:
        draft: Draft = await interaction.client.app.curating.proposals.correct(
            proposal, interaction.user.id, interaction.guild_id or 0
        )
    except GoneError:
        await tell(
            interaction, _("The entry that this is about was removed from the lessons. Decline the proposal.")
        )
        return
    if not await _is_linked(interaction, proposal, draft):
        return
    if proposal.answer:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await draft_actions.show_draft(interaction, draft)
    else:
        await draft_actions.open_form(interaction, draft)


async def _is_linked(interaction: Interaction, proposal: Proposal, draft: Draft) -> bool:
    """Save that the draft answers the proposal. If somebody was faster, it is deleted, and a reply says so."""
    app = interaction.client.app
    if await app.curating.proposals.drafted(proposal, draft.id):
        return True
    now = await app.curating.proposals.find(proposal.id)
    if now and now.draft == draft.id:  # the same moderator pressed twice
        return True
    await app.curating.drafts.discard(draft.id)
    await tell(
        interaction,
        _(
            "Another moderator was faster, or the proposal was withdrawn. To see which, look at the proposal "
            "once more."
        ),
    )
    return False


async def _remember_author(
    interaction: Interaction, proposal: Proposal, draft: Draft, message: discord.Message | None
) -> None:
    """Whoever wrote the message that somebody else proposed is asked later whether they want to be named."""
    if message and message.author.id != proposal.proposer:
        await remember_author(interaction, draft, message)


async def _message(interaction: Interaction, proposal: Proposal) -> discord.Message | None:
    """The message that was proposed; None if it cannot be read any more."""
    if not proposal.message:
        return None
    channel = interaction.client.get_partial_messageable(proposal.channel, guild_id=proposal.server or None)
    try:
        async with asyncio.timeout(PATIENCE):
            return await channel.fetch_message(proposal.message)
    except REQUEST_ERRORS:
        return None
