"""Tells members once, in a direct message, what moderators decided on their proposals."""

from __future__ import annotations

import discord

from bot.curating.proposals import Proposal
from bot.discord_ui.asking.my_proposals import MyProposals
from bot.discord_ui.kit import links
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.cards import Card, Controls
from bot.discord_ui.kit.delivery import custom_ids
from bot.discord_ui.kit.direct_sender import DirectSender
from bot.discord_ui.kit.locale import language_of_member
from bot.discord_ui.kit.markdown import quoted
from bot.discord_ui.kit.rounds import RETRY
from bot.language.words import _, in_locale

SHOWN = 200  # characters of a question
REASON = 500


class ProposalNews(DirectSender[Proposal]):
    """Sends what was decided: at once, and what could not be sent, once a day. It rests while there is nothing."""

    def __init__(self, bot: BaseBot) -> None:
        self._decisions = bot.app.curating.decisions
        super().__init__(bot, self._decisions, "messages about proposals")

    async def tell(self) -> None:
        """Tell all members who wait for a decision that was made."""
        try:
            await self._outbox.send(self._decisions.claim())
        except Exception:
            self._rounds.wake_within(RETRY)  # one may have been sent just then: the round finds out
            raise
        if await self._decisions.has_news():
            self._rounds.wake_within(self._outbox.seconds_left)

    async def _round(self) -> float | None:
        seconds = await self._send_waiting()
        return seconds if await self._decisions.has_news() else None

    def member(self, item: Proposal) -> int:
        return item.proposer

    def nonce(self, item: Proposal) -> str:
        return f"proposal-{item.id}"

    def is_message_of(self, item: Proposal, message: discord.Message) -> bool:
        return f"lb:my-proposals:{item.id}" in custom_ids(message)

    async def cards(self, item: Proposal) -> list[Card]:
        """What was decided, in the member's language, else that of the server where it was proposed."""
        revision = await self.bot.app.curating.proposals.revision_of(item)
        answer = self.bot.app.tutor.explain(revision.item_id) if revision else None
        with in_locale(await language_of_member(self.bot, item.proposer, item.server)):
            controls = Controls()
            mine = MyProposals.make(_("Your proposals"), proposal=str(item.id))
            if item.state == "accepted":
                title, text = _("Your proposal was accepted"), _("Thank you! It is in the lessons now.")
                shown = [links.show_entry(_("Show the answer"), answer.id)] if answer else []
                controls.add(*shown, mine)
            else:
                title, text = _("Your proposal was not accepted"), _("Thank you for sending it.")
                if item.reason:
                    text += "\n" + _("The moderators wrote: {reason}", reason=quoted(item.reason, REASON))
                controls.add(mine)
            note = _("You asked to be notified. This is the only message about this proposal.")
            return [Card([f"## {title}\n{quoted(item.question, SHOWN)}\n{text}"], controls.rows, note)]
