"""Members propose something for the lessons: *Apps → Suggest for the lessons*, and *Something wrong here?*

A proposal publishes nothing; the moderators decide, and see who proposed it.
"""

from __future__ import annotations

from collections.abc import Mapping

import discord
from discord import app_commands, ui

from bot.asking.cleaning import clean
from bot.curating.proposals import MAX_ANSWER, MAX_NOTE, MAX_OPEN, Proposal, Refusal, version_of
from bot.discord_ui.asking.answers import GONE
from bot.discord_ui.asking.my_proposals import MyProposals, Withdraw
from bot.discord_ui.asking.navigation import has_moderators
from bot.discord_ui.kit import links
from bot.discord_ui.kit.cards import Card, Controls
from bot.discord_ui.kit.delivery import refuse, respond, tell
from bot.discord_ui.kit.forms import Form, single_choice, text_box
from bot.discord_ui.kit.human_answer import (
    CHOOSE_ANOTHER,
    MAX_QUESTION,
    is_human_answer,
    read_answer,
    text_of,
    without_mentions,
)
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.markdown import escaped, shorten
from bot.discord_ui.kit.message_menu import MessageMenu
from bot.discord_ui.kit.paces import Paces
from bot.discord_ui.kit.press import NUMBER, PASSAGE, Button, option
from bot.language.words import N_, _, _n

SUGGEST = N_("Suggest for the lessons")
NOBODY = N_(
    "I can't send your proposal, because no moderators are set up to get it. (Bot owner: see `LESSONS_SERVERS`.)"
)
NAMED = N_("Moderators see your name with it.")
WHY = {
    Refusal.EMPTY: N_("Not sent: a proposal needs a question and an answer."),
    Refusal.SAME: N_("Not sent: the text is the same as before, and there is no note."),
    Refusal.IN_LESSONS: N_("Not sent: the lessons already have this question with this answer."),
    Refusal.KNOWN: N_("Not sent: the same was proposed already. The moderators will look at it."),
    Refusal.DECLINED: N_("Not sent: the moderators declined the same before. To see why, use `/ask proposals`."),
}
LARGEST_ID = 2**63 - 1  # that Discord gives to a message


class SuggestForLessons(MessageMenu):
    """The menu of a message, for everybody."""

    title = SUGGEST

    @app_commands.allowed_contexts(guilds=True, dms=False)
    async def chosen(self, interaction: Interaction, message: discord.Message) -> None:
        """Open a form with a question and this answer to it."""
        if not await _may_propose(interaction):
            return
        if not is_human_answer(message, self.bot.user) or not text_of(message).strip():
            await tell(interaction, _(CHOOSE_ANOTHER))
            return
        said = await read_answer(interaction, message)
        boxes = [
            text_box("question", _("Question"), "", MAX_QUESTION, text=said.question, is_long=False),
            text_box("answer", _("Answer"), "", MAX_ANSWER, text=said.answer),
            _note(_("Note to the moderators (optional)"), optional=True),
            _tell_me(),
        ]
        await interaction.response.send_modal(
            ProposalForm.make(interaction, _(SUGGEST), *boxes, message=str(message.id))
        )


class ProposalForm(Form):
    """A question and an answer for the lessons."""

    kind = "propose"
    template = rf"(?P<message>{NUMBER})"

    @classmethod
    async def submitted(cls, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        answer = without_mentions(typed.get("answer", ""))
        if not await _is_in_time(interaction):
            return
        message = int(ids["message"])
        made = await interaction.client.app.curating.proposals.propose(
            "entry",
            server=interaction.guild_id or 0,
            proposer=interaction.user.id,
            question=clean(typed.get("question", "")),
            answer=answer,
            note=clean(typed.get("note", "")),
            channel=interaction.channel_id or 0,
            message=message if message <= LARGEST_ID else 0,
            tell=typed.get("tell") == "yes",
        )
        await show_made(interaction, made)


class SomethingWrong(Button, template=rf"lb:wrong:(?P<passage>{PASSAGE})"):
    """Opens a form with the text of the answer, for whoever pressed."""

    kind = "wrong"

    async def pressed(self, interaction: Interaction) -> None:
        passage = self.ids["passage"]
        proposals, answer = (
            interaction.client.app.curating.proposals,
            interaction.client.app.tutor.explain(passage),
        )
        now = proposals.answer_now(passage)
        if answer is None or now is None:
            await tell(interaction, _(GONE))
            return
        if not await _may_propose(interaction):
            return
        ids = {"passage": passage}
        boxes: list[ui.Item[ui.LayoutView]] = []
        if now and len(now) <= MAX_ANSWER:
            ids["version"] = version_of(now)
            boxes.append(text_box("answer", _("Answer: correct it here"), "", MAX_ANSWER, text=now))
            boxes.append(_note(_("What is wrong? (optional)"), optional=True))
        else:
            # A step of a walkthrough has several texts, and Discord takes no text this long into a form.
            explained = _(
                "This text is too long to edit here. Please quote the wrong part and write what is right."
            )
            boxes.append(ui.TextDisplay(explained))
            boxes.append(_note(_("What is wrong, and what is right?"), optional=False))
        boxes.append(_tell_me())
        await interaction.response.send_modal(
            CorrectionForm.make(interaction, _("Something wrong here?"), *boxes, **ids)
        )


class CorrectionForm(Form):
    """A correction of an answer."""

    kind = "fix"
    template = rf"(?P<passage>{PASSAGE})(?::(?P<version>[0-9a-f]{{8}}))?"

    @classmethod
    async def submitted(cls, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        corrected = typed.get("answer", "")
        proposals, passage = interaction.client.app.curating.proposals, ids["passage"]
        now, shown = proposals.answer_now(passage), interaction.client.app.tutor.explain(passage)
        if now is None or shown is None:
            await refuse(interaction, _(GONE))
            return
        if not await _is_in_time(interaction):
            return
        # If somebody changed the entry while the form was open, the moderators compare both texts.
        before = now if ids.get("version") in {None, version_of(now)} else ""
        made = await proposals.propose(
            "correction",
            server=interaction.guild_id or 0,
            proposer=interaction.user.id,
            question=shown.question,
            answer=corrected,
            note=clean(typed.get("note", "")),
            entry=passage,
            before=before,
            tell=typed.get("tell") == "yes",
        )
        await show_made(interaction, made)


COMPONENTS = (SomethingWrong,)
FORMS = (ProposalForm, CorrectionForm)


async def show_made(interaction: Interaction, made: Proposal | Refusal) -> None:
    """Say that a proposal was sent, and what happens next; or why not, with the text, so that nothing is lost."""
    if isinstance(made, Refusal):
        await refuse(interaction, why_not(made))
        return
    proposals = interaction.client.app.curating.proposals
    text = [
        _("The moderators see your proposal and your name. Nothing is published until they agree."),
        _("I'll send you one direct message when they have decided, if your settings allow it.")
        if made.tell
        else "",
    ]
    controls = Controls()
    buttons: list[Button | links.Link] = []
    close = proposals.close(made.question) if made.kind == "entry" else None
    if close:
        question = f"**{escaped(shorten(close.text, MAX_QUESTION))}**"
        text.append(
            _(
                "A similar entry: {question}\nIf it already answers this, withdraw your proposal.",
                question=question,
            )
        )
        buttons.append(links.show_entry(_("Show that answer"), close.id))
    buttons.append(Withdraw.make(_("Withdraw"), proposal=str(made.id)))
    buttons.append(MyProposals.make(_("Your proposals"), proposal=str(made.id)))
    controls.add(*buttons)
    title = _("Sent to the moderators")
    await respond(
        interaction, [Card(["## " + title + "\n" + "\n".join(filter(None, text))], controls.rows)], private=True
    )


def why_not(refusal: Refusal) -> str:
    """Why a proposal was not saved."""
    if refusal is Refusal.TOO_MANY:
        return _n(
            "Not sent: you already have {count} proposal that the moderators have not decided. Wait for them, or "
            "withdraw one with `/ask proposals`.",
            "Not sent: you already have {count} proposals that the moderators have not decided. Wait for them, or "
            "withdraw one with `/ask proposals`.",
            MAX_OPEN,
        )
    return _(WHY[refusal])


async def _may_propose(interaction: Interaction) -> bool:
    """Whether a form may open, before anything is typed into it; else the member is told why not."""
    if not has_moderators(interaction.client):
        await tell(interaction, _(NOBODY))
        return False
    if not await interaction.client.app.curating.proposals.has_room(interaction.user.id):
        await tell(interaction, why_not(Refusal.TOO_MANY))
        return False
    return True


async def _is_in_time(interaction: Interaction) -> bool:
    """Whether the member does not send proposals too fast; else they are told, and get their text back."""
    wait = interaction.client.kept(Paces).proposals.wait(interaction.user.id)
    if wait is None:
        return True
    minutes = max(1, round(wait / 60))
    slowly = _n(
        "Not sent: you're sending proposals too fast. Please wait {count} minute, then try again.",
        "Not sent: you're sending proposals too fast. Please wait {count} minutes, then try again.",
        minutes,
    )
    await refuse(interaction, slowly)
    return False


def _note(label: str, *, optional: bool) -> ui.Label[ui.LayoutView]:
    return text_box("note", label, _(NAMED), MAX_NOTE, optional=optional)


def _tell_me() -> ui.Label[ui.LayoutView]:
    options = [
        option(_("Yes, in one direct message"), "yes", chosen=True),
        option(_("No"), "no"),
    ]
    return single_choice("tell", _("Tell me what is decided"), "", options)
