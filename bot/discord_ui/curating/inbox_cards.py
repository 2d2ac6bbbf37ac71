"""The cards of the inbox: one for each kind of item, drawn anew whenever what it shows changes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace as with_

import discord

from bot.asking.clusters import guesses
from bot.asking.inbox import DIGEST, SUMMARY, InboxCard
from bot.asking.inbox_misses import MISS, MissState
from bot.asking.inbox_proposals import PROPOSAL
from bot.curating.proposals import RETENTION
from bot.discord_ui.curating import proposal_card, proposals
from bot.discord_ui.curating.ask_back import AskBack, conversation
from bot.discord_ui.curating.digest_card import draw_digest
from bot.discord_ui.curating.drawn import Drawn
from bot.discord_ui.curating.miss_list import show_list
from bot.discord_ui.curating.miss_text import describe, quoted_question
from bot.discord_ui.curating.misses import Unignore, by_now, draw_controls, with_proposal
from bot.discord_ui.kit import links
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.cards import BLUE, GREY, VERDICT_COLOURS, Card, Control, Controls
from bot.discord_ui.kit.delivery import replace as put_in_place
from bot.discord_ui.kit.delivery import respond, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.limits import CARD_TEXT
from bot.discord_ui.kit.locale import language_for
from bot.discord_ui.kit.markdown import escaped
from bot.discord_ui.kit.permissions import may_moderate
from bot.discord_ui.kit.press import NUMBER, Button, number_in
from bot.language.words import N_, _, _n, in_locale

GREEN = VERDICT_COLOURS["works"]
GONE = N_("This has already been resolved, or it was deleted.")


class Take(Button, template=rf"lb:inbox-take:(?P<card>{NUMBER})"):
    """Takes an item, lets go of it, or asks whether to take it over."""

    kind = "inbox-take"

    async def pressed(self, interaction: Interaction) -> None:
        card = await _open_card(interaction, self.ids["card"])
        if card is None:
            return
        inbox = interaction.client.app.asking.inbox
        holder = inbox.holder(card)
        if holder == interaction.user.id:
            await inbox.let_go(card)
        elif holder is not None or not await inbox.take(card, interaction.user.id):
            now = await inbox.find(card.id)
            await respond(interaction, [_ask_to_take_over(now or card)], private=True)
            return
        await redraw(interaction, card.id)


class TakeOver(Button, template=rf"lb:inbox-over:(?P<card>{NUMBER}):(?P<holder>{NUMBER})"):
    """Takes an item over from the moderator who was named."""

    kind = "inbox-over"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: Interaction) -> None:
        card = await _open_card(interaction, self.ids["card"])
        if card is None:
            return
        inbox = interaction.client.app.asking.inbox
        is_as_shown = inbox.holder(card) in (None, int(self.ids["holder"]))
        if is_as_shown and await inbox.take(card, interaction.user.id):
            await put_in_place(interaction, [Card([_("You took this over. The card in the inbox shows it.")])])
        else:
            now = await inbox.find(card.id)
            await put_in_place(interaction, [_ask_to_take_over(now or card)])


class OpenList(Button, template=rf"lb:inbox-list:(?P<card>{NUMBER})"):
    """Opens the list of misses."""

    kind = "inbox-list"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: Interaction) -> None:
        await show_list(interaction)


COMPONENTS = (Take, TakeOver, OpenList)

Draw = Callable[["BaseBot", InboxCard], Awaitable[Drawn | None]]


async def draw_inbox_card(bot: BaseBot, card: InboxCard) -> Drawn | None:
    """A card as it is now, in its server's language; None if there is nothing left to show."""
    with in_locale(_language_of(bot, card)):
        return await KINDS[card.kind](bot, card)


def draw_deleted(bot: BaseBot, card: InboxCard, *, is_left: bool = False) -> Drawn:
    """The card of an item that was deleted: without a word of what members wrote.

    Likewise one that `is_left` in a channel that is no inbox any more.
    """
    with in_locale(_language_of(bot, card)):
        why = _("This channel is no longer the inbox.") if is_left else _why_deleted(bot, card)
        return Drawn(why, Card([why], colour=GREY), is_done=True)


def draw_refused(bot: BaseBot, card: InboxCard, *, is_done: bool) -> Drawn:
    """In place of a card that Discord refuses: without a word of what members wrote, with the way to it."""
    with in_locale(_language_of(bot, card)):
        title = _("Discord refuses the text of this card")
        where = _("You find what it is about in `/lessons misses` or `/lessons proposals`.")
        text = _(GONE) if is_done else where
        return Drawn(title, Card([f"## {title}\n{text}"], _all_that_is_open(card).rows, colour=GREY), is_done)


def _language_of(bot: BaseBot, card: InboxCard) -> str:
    """The language of the card's server."""
    server = bot.get_guild(card.server)
    locale = server.preferred_locale if server else discord.Locale.american_english
    return language_for(bot.app, card.server, locale)


def _why_deleted(bot: BaseBot, card: InboxCard) -> str:
    if card.kind != PROPOSAL:
        return _n(
            "Deleted: questions are kept for {count} day.",
            "Deleted: questions are kept for {count} days.",
            bot.app.asking.days,
        )
    # A proposal came here undecided: until it has been kept for as long as a decided one is, only a member can
    # have deleted it.
    is_new = card.added_at > bot.app.clock() - RETENTION
    return _("This proposal was withdrawn.") if is_new else _(proposal_card.GONE)


def held_by(bot: BaseBot, card: InboxCard) -> str:
    """Who took an item, as a line; '' if nobody did."""
    holder = bot.app.asking.inbox.holder(card)
    if holder is None or card.deed_at is None:
        return ""
    when = discord.utils.format_dt(card.deed_at, "R")
    return _("**{moderator} took this** {when}.", moderator=f"<@{holder}>", when=when)


def take_button(bot: BaseBot, card: InboxCard) -> Control:
    """The button to take an item, or to let go of it. Each card has it: a lost message is found by its id."""
    is_held = bot.app.asking.inbox.holder(card) is not None
    return Take.make(_("Release or take over") if is_held else _("I'll take this"), card=str(card.id))


async def redraw(interaction: Interaction, card_id: int) -> None:
    """Show a card as it is now in place of the one that was pressed.

    The next round shows it once more: an edit that was under way may have come after this one.
    """
    bot = interaction.client
    card = await bot.app.asking.inbox.find(card_id)
    drawn = await draw_inbox_card(bot, card) if card else None
    if drawn is None:
        await tell(interaction, _(GONE))
    else:
        await put_in_place(interaction, [drawn.card])


async def _open_card(interaction: Interaction, card_id: str) -> InboxCard | None:
    """The card with this id; None, and a reply says why, if it is resolved or the member is no moderator."""
    if not await may_moderate(interaction):
        return None
    inbox = interaction.client.app.asking.inbox
    card = await inbox.find(number_in(card_id))
    if card and card.server == interaction.guild_id and await inbox.is_open(card):
        return card
    inbox.wake()
    await tell(interaction, _(GONE))
    return None


def _ask_to_take_over(card: InboxCard) -> Card:
    controls = Controls()
    controls.add(TakeOver.make(_("Take over"), card=str(card.id), holder=str(card.moderator or 0)))
    when = discord.utils.format_dt(card.deed_at or card.added_at, "R")
    text = _(
        "{moderator} took this {when}. Do you want to take it over?", moderator=f"<@{card.moderator}>", when=when
    )
    return Card([text], controls.rows)


# The kinds


async def _draw_miss(bot: BaseBot, card: InboxCard) -> Drawn | None:
    state = await bot.app.asking.inbox_misses.state(card.item)
    if state is None:
        return None
    drawn = _open_miss(bot, card, state) if state.cluster else _resolved_miss(card, state)
    return Drawn(state.question.text, drawn, is_done=state.cluster is None)


def _open_miss(bot: BaseBot, card: InboxCard, state: MissState) -> Card:
    cluster, tutor = state.cluster, bot.app.tutor
    assert cluster, "it is open"
    notes = [held_by(bot, card)]
    if state.found:
        notes.append(by_now(state.found))
    controls = draw_controls(cluster, guesses(cluster, tutor), "", tutor, state.found)
    controls = with_proposal(controls, state.proposal, state.found)
    ask = [AskBack.make(_("Ask the member"), question=str(cluster.id))] if state.waiting else []
    controls.add(take_button(bot, card), *ask)
    asked_back, footer = conversation(state.inquiries), _("Nobody can see who asked.")
    room = CARD_TEXT - sum(len(each) + 1 for each in (*notes, *asked_back, "-# ", footer))
    heading, *more = describe(cluster, state.waiting, state.drafted_by, tutor, state.proposal, room=room)
    text = ["\n".join([heading, *filter(None, notes)]), *more, *asked_back]
    return Card(text, controls.rows, footer, GREEN if state.found else BLUE)


def _resolved_miss(card: InboxCard, state: MissState) -> Card:
    controls, colour = Controls(), GREEN
    moderator = f"<@{state.revision.author if state.revision else card.moderator}>"
    is_known = state.revision is not None or card.deed == "answered"  # else that moderator's data was deleted
    if state.entry:
        entry = f"**{escaped(state.entry.text)}**"
        text = _("Answered by {moderator}: {question}", moderator=moderator, question=entry)
        if not is_known:
            text = by_now(state.entry)
        elif state.is_phrasing and state.revision:
            text = _("Is now a phrasing of {question}, by {moderator}", moderator=moderator, question=entry)
        controls.add(links.show_entry(_("Show the answer"), state.entry.id))
    elif state.question.resolved == "answered":
        text = _("Answered by {moderator}", moderator=moderator) if is_known else _("Answered")
    elif state.question.resolved == "ignored":
        colour = GREY
        text = _("Ignored by {moderator}", moderator=moderator) if card.deed == "ignored" else _("Ignored")
        controls.add(Unignore.make(_("Open again"), question=state.question.resolved_by))
    else:
        text = _("Whoever asked found an answer.")
    return Card([f"## {quoted_question(state.question.text)}", text], controls.rows, colour=colour)


async def _draw_proposal(bot: BaseBot, card: InboxCard) -> Drawn | None:
    proposal = await bot.app.curating.proposals.find(int(card.item))
    if proposal is None:
        return None
    shown = await proposal_card.proposal_card(bot, proposal)
    title = f"{_(proposal_card.KINDS[proposal.kind])}: {proposal.question}"
    if not proposal.is_open:
        colour = GREEN if proposal.state == "accepted" else GREY
        return Drawn(title, with_(shown, colour=colour), is_done=True)
    heading, *more = shown.text
    text = ["\n".join(filter(None, (heading, held_by(bot, card)))), *more]
    return Drawn(title, with_(shown, text=text, controls=[*shown.controls, [take_button(bot, card)]]))


async def _draw_summary(bot: BaseBot, card: InboxCard) -> Drawn:
    left = await bot.app.asking.inbox.left(card)
    most = bot.app.servers.of(card.server).inbox_a_day
    title = _n("{count} more card waits", "{count} more cards wait", left)
    text = _n(
        "At most {count} card a day is shown here. The others follow on the next days.",
        "At most {count} cards a day are shown here. The others follow on the next days.",
        most,
    )
    if not left:
        title = _("More cards waited on this day")
        text = _("They follow on the next days, unless they are resolved before.")
    return Drawn(title, Card([f"## {title}\n{text}"], _all_that_is_open(card).rows, colour=GREY), is_done=not left)


def _all_that_is_open(card: InboxCard) -> Controls:
    controls = Controls()
    all_proposals = proposals.Turn.make(_("All open proposals"), page="0")
    controls.add(OpenList.make(_("All open questions"), card=str(card.id)), all_proposals)
    return controls


KINDS: dict[str, Draw] = {MISS: _draw_miss, PROPOSAL: _draw_proposal, SUMMARY: _draw_summary, DIGEST: draw_digest}
