"""An answer with its buttons: related entries, its walkthrough, sharing, and whether it helped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.dialogue.reply import Answer
from bot.discord_ui.kit import links
from bot.discord_ui.kit.cards import Card, Control, Controls, answer_cards
from bot.discord_ui.kit.delivery import replace, respond, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.permissions import may_speak
from bot.discord_ui.kit.press import NUMBER, PASSAGE, Button, number_in
from bot.language.words import N_, _
from bot.tutor import Tutor

GONE = N_("This answer was removed from the lessons. Ask again to see if there is a newer one.")


@dataclass(frozen=True)
class Kept:
    """A question that is kept, by its id: whether its answer may be rated here, and was just said to help."""

    question: int
    rated: bool = True
    helped: bool = False


class Show(Button, template=rf"lb:show:(?P<part>{PASSAGE})"):
    """A related entry: the conversation goes on below, in private."""

    kind = "show"

    async def pressed(self, interaction: Interaction) -> None:
        await open_entry(interaction, interaction.client.app.tutor, self.ids["part"])


class Share(Button, template=rf"lb:share:(?P<part>{PASSAGE})(?::(?P<question>{NUMBER}))?"):
    """Puts a private answer into the channel, once."""

    kind = "share"

    async def pressed(self, interaction: Interaction) -> None:
        tutor = interaction.client.app.tutor
        answer = tutor.explain(self.ids["part"])
        if answer is None:
            await tell(interaction, _(GONE))
        elif not may_speak(interaction):
            await tell(
                interaction, _("You can't share this answer here because you can't send messages in this channel.")
            )
        elif interaction.message and interaction.client.shared.is_new(interaction.message.id):
            # A second press can be on its way before this has taken the button off.
            kept = kept_in(interaction, self.ids)
            here = draw_answer(answer, tutor, private=False, note=_("Shared"), kept=kept)[-1:]
            await replace(interaction, here)
            note = _("Shared by {member}", member=interaction.user.mention)
            shared = draw_answer(answer, tutor, private=False, note=note, kept=kept)
            await respond(interaction, shared, private=False)
        else:
            await tell(interaction, _("This answer has already been shared."))


COMPONENTS = (Show, Share)


async def open_entry(interaction: Interaction, tutor: Tutor, part: str) -> None:
    """An entry that a member chose, below and in private: perhaps what they had just asked in vain."""
    answer = tutor.explain(part)
    if answer is None:
        await tell(interaction, _(GONE))
        return
    await respond(interaction, draw_answer(answer, tutor, private=True), private=True)
    await interaction.client.app.asking.opened(interaction.user.id, answer.id)


def kept_in(interaction: Interaction, ids: Mapping[str, str | None]) -> Kept | None:
    """The question that a button belongs to, if it does."""
    question = number_in(ids.get("question") or "")
    return (
        Kept(question, interaction.client.app.asking.has_feedback(interaction.guild_id or 0)) if question else None
    )


def draw_answer(
    answer: Answer, tutor: Tutor, *, private: bool, note: str = "", kept: Kept | None = None
) -> list[Card]:
    """An answer with its related entries, its walkthrough, and Share where it is private.

    With the question that it answers, members can say whether it helped.
    """
    controls = Controls()
    question = str(kept.question) if kept else None
    first: list[Control] = (
        [Share.make(_("Share in this channel"), part=answer.id, question=question)] if private else []
    )
    if answer.opens:
        opens = answer.opens
        first.append(
            links.open_walkthrough(_("Open walkthrough: {title}", title=opens.title), opens.scenario, opens.step)
        )
    controls.add(*first)
    controls.add(*links.show_related(answer.related, tutor))
    if kept and kept.rated:
        helped = _("Thank you") if kept.helped else _("That helped")
        controls.add(
            links.helped(helped, kept.question, answer.id, disabled=kept.helped),
            links.not_this(_("Not what I asked"), kept.question, answer.id),
        )
    return answer_cards(answer, tutor.picture(answer.picture), controls, note)
