"""Tells members once, in a direct message, what moderators decided on their proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord.ext import commands

from bot.curating.proposals import Proposal
from bot.discord_ui.asking.my_proposals import MyProposals
from bot.discord_ui.kit import direct, links
from bot.discord_ui.kit.cards import Card, Controls
from bot.discord_ui.kit.delivery import custom_ids
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.locale import language_of_member
from bot.discord_ui.kit.markdown import quoted
from bot.discord_ui.kit.rounds import RETRY, Rounds
from bot.language.words import _, in_locale
from bot.outbox import Delivery, Outbox

if TYPE_CHECKING:
    from bot.discord_ui.client import LessonBot

SHOWN = 200  # characters of a question
REASON = 500


class ProposalNews(commands.Cog):
    """Sends what was decided: at once, and what could not be sent, once a day. It rests while there is nothing."""

    def __init__(self, bot: LessonBot) -> None:
        self.bot = bot
        self._queue = bot.app.curating.decisions
        self._outbox = Outbox(self._queue, self)
        self._rounds = Rounds(bot, self._round, "messages about proposals")

    async def tell(self) -> None:
        """Tell all members who wait for a decision that was made."""
        try:
            await self._outbox.send(self._queue.claim())
        except Exception:
            self._rounds.wake_within(RETRY)  # one may have been sent just then: the round finds out
            raise
        if await self._queue.has_news():
            self._rounds.wake_within(self._outbox.seconds_left)

    async def send(self, item: Proposal) -> Delivery:
        """Send a decision as a direct message."""
        return await direct.send(self.bot, item.proposer, [await self._card(item)], nonce=f"proposal-{item.id}")

    async def look_for(self, item: Proposal) -> Delivery:
        """Whether it arrived."""
        mark = f"lb:my-proposals:{item.id}"
        return await direct.look_for(self.bot, item.proposer, lambda message: mark in custom_ids(message))

    async def _card(self, item: Proposal) -> Card:
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
            return Card([f"## {title}\n{quoted(item.question, SHOWN)}\n{text}"], controls.rows, note)

    @commands.Cog.listener()
    async def on_app_command_completion(self, interaction: Interaction, _command: object) -> None:
        """Show decisions here to members whose direct messages are closed."""

        async def show(item: Proposal) -> Delivery:
            return await direct.show_here(interaction, [await self._card(item)])

        member = interaction.user.id
        if member in self.bot.unreachable:
            await self._outbox.send(self._queue.claim(member), by=show)

    async def cog_load(self) -> None:
        self._rounds.wake()

    async def cog_unload(self) -> None:
        await self._rounds.stop()

    @commands.Cog.listener()
    async def on_shard_ready(self, _shard: int) -> None:
        """Look at once: another process may have ended, which was sending one."""
        self._rounds.wake()

    async def _round(self) -> float | None:
        await self._outbox.recover()
        await self._outbox.send(self._queue.claim())
        return self._outbox.seconds_left if await self._queue.has_news() else None
