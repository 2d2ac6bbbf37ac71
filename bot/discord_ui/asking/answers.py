"""An answer with its buttons: related entries, its walkthrough, sharing, and whether it helped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace as with_

from bot.asking.asking import Logged
from bot.dialogue.reply import Answer
from bot.dialogue.titles import plain_title
from bot.discord_ui.asking.dismissing import dismissible, remember_together
from bot.discord_ui.kit import links
from bot.discord_ui.kit.admission import may_post
from bot.discord_ui.kit.cards import Card, Control, Controls, answer_cards
from bot.discord_ui.kit.delivery import replace, respond, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.locale import in_public
from bot.discord_ui.kit.permissions import may_speak
from bot.discord_ui.kit.press import NUMBER, PASSAGE, Button, Menu, number_in
from bot.discord_ui.kit.recent import Recent
from bot.discord_ui.kit.unformatted import begun
from bot.language.words import N_, _
from bot.tutor import Tutor

NO_QUESTION = N_("I no longer have this question. Please ask it again.")
GONE = N_("This answer was removed from the lessons. Ask again to see if there is a newer one.")

BEGINNING = 300  # characters of a long answer that are shown to everybody


class SharedCards(Recent):
    """Cards whose answer was posted for everybody: a second press can arrive before the button is removed."""


class ShowEntry(Button, template=rf"lb:show:(?P<passage>{PASSAGE})"):
    """Shows a related entry below, in private."""

    kind = "show"

    async def pressed(self, interaction: Interaction) -> None:
        await open_entry(interaction, interaction.client.app.tutor, self.ids["passage"])


class ShowRelated(Menu, template="lb:related"):
    """As `ShowEntry`, for an entry chosen from a menu."""

    kind = "related"

    async def pressed(self, interaction: Interaction) -> None:
        await open_entry(interaction, interaction.client.app.tutor, self.chosen)


class Share(Button, template=rf"lb:share:(?P<passage>{PASSAGE})(?::(?P<question>{NUMBER}))?"):
    """Posts a private answer in the channel, once."""

    kind = "share"

    async def pressed(self, interaction: Interaction) -> None:
        tutor = interaction.client.app.tutor
        answer = tutor.explain(self.ids["passage"])
        if answer is None:
            await tell(interaction, _(GONE))
        elif not may_speak(interaction):
            await tell(
                interaction, _("You can't share this answer here because you can't send messages in this channel.")
            )
        elif interaction.message and await may_post(interaction):
            await self._share(interaction, answer, interaction.message.id)

    async def _share(self, interaction: Interaction, answer: Answer, card: int) -> None:
        tutor, logged = interaction.client.app.tutor, logged_in(interaction, self.ids)
        with interaction.client.kept(SharedCards).once(card) as is_first:
            if not is_first:
                await tell(interaction, _("This answer has already been shared."))
                return
            await interaction.response.defer()
            with in_public(interaction):
                note = _("Shared by {member}", member=interaction.user.mention)
                shared = draw_public(answer, tutor, asker=interaction.user.id, note=note, logged=logged)
            first = await respond(interaction, shared[:1], private=False)
        more = await respond(interaction, shared[1:], private=False)
        remember_together(interaction, [*first, *more])
        here = draw_answer(answer, tutor, private=False, note=_("Shared"), logged=logged)[-1:]
        await replace(interaction, here)


COMPONENTS = (ShowEntry, ShowRelated, Share)


async def open_entry(interaction: Interaction, tutor: Tutor, passage: str) -> None:
    """Show an entry that a member chose, below and in private. It may be what they had just asked in vain."""
    answer = tutor.explain(passage)
    if answer is None:
        await tell(interaction, _(GONE))
        return
    await respond(interaction, draw_answer(answer, tutor, private=True), private=True)
    await interaction.client.app.asking.opened(interaction.user.id, answer.id)


def logged_in(interaction: Interaction, ids: Mapping[str, str | None]) -> Logged | None:
    """The logged question that a button belongs to; None if it belongs to none."""
    question = number_in(ids.get("question") or "")
    return interaction.client.app.asking.logged(question, interaction.guild_id or 0) if question else None


def draw_answer(  # noqa: PLR0913 -- what is shown of it
    answer: Answer,
    tutor: Tutor,
    *,
    private: bool,
    note: str = "",
    logged: Logged | None = None,
    helped: bool = False,
) -> list[Card]:
    """The cards of an answer, with its related entries, its walkthrough, and Share if it is private.

    If its question is in the log, members can rate it. `helped`: this member has just said that it helped.
    """
    controls = Controls()
    question = str(logged.id) if logged else None
    first: list[Control] = (
        [Share.make(_("Share in this channel"), passage=answer.id, question=question)] if private else []
    )
    if answer.opens:
        opens = answer.opens
        first.append(
            links.open_walkthrough(_("Open walkthrough: {title}", title=opens.title), opens.scenario, opens.step)
        )
    controls.add(*first)
    controls.add(*links.show_related(answer.related, tutor))
    last: list[Control] = [links.something_wrong(_("Something wrong here?"), answer.id)]
    if logged and logged.is_rated:
        label = _("Thank you") if helped else _("That helped")
        rate = links.helped(label, logged.id, answer.id, disabled=helped)
        last = [rate, links.not_this(_("Not what I asked"), logged.id, answer.id), *last]
    controls.add(*last)
    return answer_cards(answer, tutor.picture(answer.picture), controls, note)


def draw_public(  # noqa: PLR0913 -- what is shown of it
    answer: Answer,
    tutor: Tutor,
    *,
    asker: int,
    logged: Logged | None,
    note: str = "",
    brief: bool = False,
    follows: str | None = None,
) -> list[Card]:
    """An answer in front of everybody, which whoever asked can put away.

    If it is `brief`, of a long one there is only the beginning, and a button that shows all of it in private.
    """
    *before, last = draw_answer(answer, tutor, private=False, note=note, logged=logged)
    if before and brief:
        whole = [links.show_entry(_("Read the full answer"), answer.id)]
        text = [f"## {plain_title(answer.question)}\n{begun(answer.text, BEGINNING)}"]
        before, last = [], with_(last, text=text, picture=None, controls=[*last.controls, whole])
    return [dismissible(card, asker, follows) for card in (*before, last)]
