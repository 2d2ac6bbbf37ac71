"""The card of a proposal: what is proposed, its state, and what a moderator can do."""

from __future__ import annotations

import asyncio
from difflib import unified_diff

from discord import ui
from discord.utils import format_dt

from bot.curating.proposals import Proposal
from bot.discord_ui.curating.draft_cards import SIMILAR, diff_block
from bot.discord_ui.kit import links
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.cards import Card, Control, Controls
from bot.discord_ui.kit.markdown import escaped, plain_block, quoted, shorten
from bot.language.characters import visible
from bot.language.words import N_, _

QUESTION = 200
ANSWER = 2000
NOTE = 500
GONE = N_("This proposal was withdrawn, or it was decided long ago and deleted.")
KINDS = {
    "entry": N_("Proposed entry"),
    "correction": N_("Proposed correction"),
    "solved": N_("Solved in a post"),
}


async def proposal_card(bot: BaseBot, proposal: Proposal, note: str = "", *, moderator: int = 0) -> Card:
    """What is proposed, by whom, its state, and what a moderator can do; 0 is a card for all of them."""
    proposals = bot.app.curating.proposals
    text = [f"-# {note}"] if note else []
    text.append(f"## {_(KINDS[proposal.kind])}\n{quoted(proposal.question, QUESTION)}\n{_by(proposal)}")
    text += await asyncio.to_thread(_proposed, proposal)
    is_undone = proposal.state == "accepted" and await proposals.is_undone(proposal)
    drafted_by = (await proposals.under_way([proposal])).get(proposal.id)
    text.append(_state(proposal, drafted_by, is_undone=is_undone))
    controls = Controls()
    if proposal.is_open:
        if proposals.is_outdated(proposal):
            text.append(_("The entry was changed since this was proposed. The draft shows both texts."))
        draft = await proposals.draft_of(proposal)
        is_own = draft is not None and draft.moderator == moderator
        make = _("Show my draft") if is_own else _("Make a draft")
        controls.add(links.draft_proposal(make, proposal.id), links.decline_proposal(_("Decline"), proposal.id))
        close = proposals.close(proposal.question) if proposal.kind != "correction" else None
        if close:
            called = f"**{escaped(shorten(close.text, QUESTION))}**"
            text.append(_(SIMILAR, question=called))
            controls.add(
                links.add_proposal(_("Make it a phrasing"), proposal.id, "phrasing", close.id),
                links.add_proposal(_("Add to that answer"), proposal.id, "answer", close.id),
                links.show_entry(_("Show that answer"), close.id),
            )
    else:
        controls.add(links.reopen_proposal(_("Open again"), proposal.id))
    ways: list[Control] = []
    if url := _url(proposal):
        ways.append(ui.Button(label=_("Open message"), url=url))
    if proposal.entry and proposals.answer_now(proposal.entry) is not None:
        ways.append(links.show_entry(_("Show the entry"), proposal.entry))
    controls.add(*ways, links.list_proposals(_("All open proposals")))
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


def _state(proposal: Proposal, drafted_by: int | None, *, is_undone: bool) -> str:
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
    if drafted_by is None:
        return _("**Waiting** for a moderator.")
    return _("**Draft in progress**, by {member}.", member=f"<@{drafted_by}>")


def _headed(title: str, text: str) -> str:
    return f"**{title}**\n{text}"


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 2].rstrip() + "\n…"


def _url(proposal: Proposal) -> str:
    if not (proposal.server and proposal.channel and proposal.message):
        return ""
    return f"https://discord.com/channels/{proposal.server}/{proposal.channel}/{proposal.message}"
