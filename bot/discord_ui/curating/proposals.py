"""`/lessons proposals`: what members propose for the lessons, and what moderators decide."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from difflib import unified_diff
from typing import TYPE_CHECKING

import discord
from discord import ui
from discord.utils import escape_markdown, format_dt

from bot.curating.draft import Draft
from bot.curating.errors import GoneError
from bot.curating.proposals import MAX_NOTE, Proposal
from bot.discord_ui.curating import draft_actions
from bot.discord_ui.curating.draft_cards import SIMILAR, diff_block
from bot.discord_ui.curating.draft_offers import begin_addition, begin_phrasing
from bot.discord_ui.curating.save_entry import begin_entry, remember_author
from bot.discord_ui.kit import links
from bot.discord_ui.kit.cards import Card, Control, Controls
from bot.discord_ui.kit.delivery import is_private, replace, respond, tell
from bot.discord_ui.kit.forms import Form, line
from bot.discord_ui.kit.human_answer import PATIENCE, HumanAnswer, pictures_in
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.limits import OPTION_TEXT
from bot.discord_ui.kit.markdown import plain_block, quoted, shorten, told_apart
from bot.discord_ui.kit.permissions import may_moderate
from bot.discord_ui.kit.press import ID, NUMBER, Button, Menu, number_in, option
from bot.discord_ui.kit.refusals import REQUEST_ERRORS
from bot.language.characters import visible
from bot.language.words import N_, _, _n

if TYPE_CHECKING:
    from bot.discord_ui.client import LessonBot

PAGE = 10
LINE = 100  # characters of a question in the list
QUESTION = 200
ANSWER = 2000
NOTE = 500
GONE = N_("This proposal was withdrawn, or it was decided long ago and deleted.")
DECIDED = N_("This proposal was decided already. This is what happened to it:")
KINDS = {
    "entry": N_("Proposed entry"),
    "correction": N_("Proposed correction"),
    "solved": N_("Solved in a post"),
}


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


class MakeDraft(Button, template=rf"lb:proposal-draft:(?P<proposal>{NUMBER})"):
    """Begins the draft that answers a proposal, or shows the moderator's own again."""

    kind = "proposal-draft"
    style = discord.ButtonStyle.primary

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
        entry = self.ids["entry"]
        if self.ids["how"] == "phrasing":
            draft = await begin_phrasing(interaction, [proposal.question], entry)
        else:
            draft = await begin_addition(interaction, proposal.question, proposal.answer, entry)
        if draft and await _is_linked(interaction, proposal, draft):
            if self.ids["how"] == "answer":
                await _remember_author(interaction, proposal, draft, await _message(interaction, proposal))
            await draft_actions.show_draft(interaction, draft)


class Decline(Button, template=rf"lb:proposal-decline:(?P<proposal>{NUMBER})"):
    """Opens a form for the reason, which may stay empty."""

    kind = "proposal-decline"

    async def pressed(self, interaction: Interaction) -> None:
        if await may_moderate(interaction):
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
        is_declined = await proposals.decline(id_, typed.get("reason", ""))
        await show_proposal(interaction, id_, "" if is_declined else _(DECIDED))
        if is_declined:
            await interaction.client.proposal_news.tell()


class Reopen(Button, template=rf"lb:proposal-reopen:(?P<proposal>{NUMBER})"):
    """Lets a decided proposal wait again."""

    kind = "proposal-reopen"

    async def pressed(self, interaction: Interaction) -> None:
        if await may_moderate(interaction):
            id_ = number_in(self.ids["proposal"])
            await interaction.client.app.curating.proposals.reopen(id_)
            await show_proposal(interaction, id_)


COMPONENTS = (Turn, OpenProposal, ShowProposal, MakeDraft, AddTo, Decline, Reopen)
FORMS = (DeclineForm,)


async def show_proposals(interaction: Interaction, page: int = 0) -> None:
    """A page of the open proposals, the oldest first."""
    if not await may_moderate(interaction):
        return
    await _put(interaction, proposal_list_card(await interaction.client.app.curating.proposals.open(), page))


def proposal_list_card(found: Sequence[Proposal], page: int) -> Card:
    """Ten open proposals and a menu to open one."""
    if not found:
        title = _("No open proposals")
        text = _(
            "Members propose with *Apps → Suggest for the lessons*, *Something wrong here?* and *This solved it*."
        )
        return Card([f"## {title}\n{text}"])
    last = (len(found) - 1) // PAGE
    page = min(page, last)
    some = found[page * PAGE : (page + 1) * PAGE]
    lines = [f"{n}. {_line(each)}" for n, each in enumerate(some, page * PAGE + 1)]
    names = told_apart([(shorten(each.question, OPTION_TEXT), str(each.id)) for each in some], OPTION_TEXT)
    options = [
        option(name, str(each.id), description=_(KINDS[each.kind])) for name, each in zip(names, some, strict=True)
    ]
    controls = Controls()
    controls.add(OpenProposal.make(_("Open a proposal"), options, page=str(page)))
    if last:
        controls.add(
            Turn.make(_("Previous"), disabled=page == 0, page=str(max(0, page - 1))),
            Turn.make(_("Next"), disabled=page == last, page=str(page + 1)),
        )
    title = _n("{count} open proposal", "{count} open proposals", len(found))
    return Card([f"## {title}", "\n".join(lines)], controls.rows, _("Oldest first."))


def _line(proposal: Proposal) -> str:
    said = f"{_(KINDS[proposal.kind])}: {quoted(proposal.question, LINE)}, {format_dt(proposal.at, 'R')}"
    return said + (" · " + _("draft in progress") if proposal.state == "drafted" else "")


async def show_proposal(interaction: Interaction, id_: int, note: str = "", *, beside: bool = False) -> None:
    """The card of a proposal, in place of the card that was pressed, or `beside` it."""
    if not await may_moderate(interaction):
        return
    proposal = await interaction.client.app.curating.proposals.find(id_)
    if proposal is None:
        await tell(interaction, _(GONE))
    else:
        card = await proposal_card(interaction.client, proposal, note, moderator=interaction.user.id)
        await _put(interaction, card, beside=beside)


async def proposal_card(bot: LessonBot, proposal: Proposal, note: str = "", *, moderator: int = 0) -> Card:
    """What is proposed, by whom, its state, and what a moderator can do; 0 is a card for all of them."""
    proposals = bot.app.curating.proposals
    text = [f"-# {note}"] if note else []
    text.append(f"## {_(KINDS[proposal.kind])}\n{quoted(proposal.question, QUESTION)}\n{_by(proposal)}")
    text += await asyncio.to_thread(_proposed, proposal)
    draft = await proposals.draft_of(proposal)
    is_undone = proposal.state == "accepted" and await proposals.is_undone(proposal)
    text.append(_state(proposal, draft, is_undone=is_undone))
    controls, id_ = Controls(), str(proposal.id)
    if proposal.is_open:
        if proposals.is_outdated(proposal):
            text.append(_("The entry was changed since this was proposed. The draft shows both texts."))
        is_own = draft is not None and draft.moderator == moderator
        make = _("Show my draft") if is_own else _("Make a draft")
        controls.add(MakeDraft.make(make, proposal=id_), Decline.make(_("Decline"), proposal=id_))
        close = proposals.close(proposal.question) if proposal.kind != "correction" else None
        if close:
            called = f"**{escape_markdown(shorten(close.text, QUESTION))}**"
            text.append(_(SIMILAR, question=called))
            controls.add(
                AddTo.make(_("Make it a phrasing"), proposal=id_, how="phrasing", entry=close.id),
                AddTo.make(_("Add to that answer"), proposal=id_, how="answer", entry=close.id),
                links.show_entry(_("Show that answer"), close.id),
            )
    else:
        controls.add(Reopen.make(_("Open again"), proposal=id_))
    ways: list[Control] = []
    if url := _url(proposal):
        ways.append(ui.Button(label=_("Open message"), url=url))
    if proposal.entry and proposals.answer_now(proposal.entry) is not None:
        ways.append(links.show_entry(_("Show the entry"), proposal.entry))
    controls.add(*ways, Turn.make(_("All open proposals"), page="0"))
    return Card(text, controls.rows)


def _by(proposal: Proposal) -> str:
    when = format_dt(proposal.at, "R")
    if not proposal.proposer:
        return _("Proposed {when}, by a member whose data was deleted.", when=when)
    return _("Proposed by {member}, {when}.", member=f"<@{proposal.proposer}>", when=when)


def _proposed(proposal: Proposal) -> list[str]:
    """The text that is proposed, or what changes in it; and the note."""
    texts = []
    if proposal.before and proposal.answer:
        before, after = proposal.before.splitlines(), proposal.answer.splitlines()
        diff = [*unified_diff(before, after, n=1, lineterm="")][3:]  # without its headers
        lines = ["…" if each.startswith("@@") else visible(each) for each in diff]
        texts.append(_headed(_("Changes"), diff_block(_cut("\n".join(lines), ANSWER))))
    elif proposal.answer:
        texts.append(_headed(_("Answer"), plain_block(proposal.answer, ANSWER)))
    if proposal.note:
        texts.append(_headed(_("Note"), quoted(proposal.note, NOTE)))
    return texts


def _state(proposal: Proposal, draft: Draft | None, *, is_undone: bool) -> str:
    decided = format_dt(proposal.decided_at, "R") if proposal.decided_at else ""
    match proposal.state:
        case "declined":
            reason = quoted(proposal.reason, NOTE) if proposal.reason else ""
            return " ".join(filter(None, (_("**Declined** {when}.", when=decided), reason)))
        case "accepted" if is_undone:
            return _(
                "**Accepted** {when}, but that change was undone. To decide again, choose *Open again*.",
                when=decided,
            )
        case "accepted":
            return _("**Accepted** {when}.", when=decided)
    if draft is None:
        return _("**Waiting** for a moderator.")
    return _("**Draft in progress**, by {member}.", member=f"<@{draft.moderator}>")


def _headed(title: str, text: str) -> str:
    return f"**{title}**\n{text}"


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 2].rstrip() + "\n…"


def _url(proposal: Proposal) -> str:
    if not (proposal.server and proposal.channel and proposal.message):
        return ""
    return f"https://discord.com/channels/{proposal.server}/{proposal.channel}/{proposal.message}"


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
    if (draft.moderator, draft.server) != (interaction.user.id, interaction.guild_id):
        if proposals.is_left(draft):
            return proposal
        await tell(interaction, _("{member} is working on a draft of it.", member=f"<@{draft.moderator}>"))
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


async def _put(interaction: Interaction, card: Card, *, beside: bool = False) -> None:
    """Replace the card that was pressed if only this moderator sees it; else, or `beside` it, send a new one."""
    pressed = interaction.type is not discord.InteractionType.application_command and interaction.message
    if pressed and is_private(interaction) and not beside:
        await replace(interaction, [card])
    else:
        await respond(interaction, [card], private=True)
