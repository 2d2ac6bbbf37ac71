"""What members do with a reply: rate it, pass the question on, ask to be notified of an answer."""

from __future__ import annotations

from collections.abc import Mapping

import discord

from bot.asking.asking import Logged
from bot.discord_ui.asking import browse
from bot.discord_ui.asking.answers import NO_QUESTION, draw_answer
from bot.discord_ui.asking.navigation import has_moderators, next_steps
from bot.discord_ui.asking.reply_cards import suggestions
from bot.discord_ui.kit import direct
from bot.discord_ui.kit.admission import may_post
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.cards import GREY, Card, Controls
from bot.discord_ui.kit.delivery import holds, is_private, refuse, replace, respond, show_privately, tell
from bot.discord_ui.kit.direct import confirm, how_to_open, shown_instead
from bot.discord_ui.kit.forms import Form, line
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.paces import Paces
from bot.discord_ui.kit.plain_button import PlainButton
from bot.discord_ui.kit.press import NUMBER, PASSAGE, Button, number_in
from bot.language.words import N_, _, _n

THANKS = N_("Thank you! Your feedback was saved without your name.")
OTHERWISE = N_("Ask again in other words, or browse the lessons.")
NOBODY = N_(
    "I can't send your question, because no moderators are set up to get it. (Bot owner: "
    "see `LESSONS_SERVERS`.) Please ask people in a channel instead."
)
NO_ROOM = N_(
    "The moderators see your question, but not what you added: others have "
    "added so much that there is no room left."
)
MAX_CONTEXT = 300


class Helped(Button, template=rf"lb:helped:(?P<question>{NUMBER}):(?P<passage>{PASSAGE})"):
    """Saves that the answer helped. Each member's vote on a question counts once."""

    kind = "helped"

    async def pressed(self, interaction: Interaction) -> None:
        tutor = interaction.client.app.tutor
        asking = interaction.client.app.asking
        question, passage = number_in(self.ids["question"]), self.ids["passage"]
        counts = await asking.is_from(question, interaction.guild_id or 0)
        counts = counts and await asking.vote(question, interaction.user.id, passage, helped=True)
        answer = tutor.explain(passage)
        if answer is None or not counts or not is_private(interaction):
            await tell(interaction, _(THANKS) if counts else _(NO_QUESTION))
            return
        private = holds(interaction.message, "lb:share:")
        cards = draw_answer(answer, tutor, private=private, logged=Logged(question), helped=True)
        await replace(interaction, cards[-1:])


class NotThis(Button, template=rf"lb:not:(?P<question>{NUMBER}):(?P<passage>{PASSAGE})"):
    """Saves that the answer was not what was asked, and shows in private what the member can do next."""

    kind = "not"

    async def pressed(self, interaction: Interaction) -> None:
        if question := await _question(interaction, self.ids):
            await _offer_others(interaction, question, self.ids["passage"])


class NoneOfThese(Button, template=rf"lb:none:(?P<question>{NUMBER})"):
    """Saves that no suggestion is what the member asked."""

    kind = "none"

    async def pressed(self, interaction: Interaction) -> None:
        question = await _question(interaction, self.ids)
        if question is None:
            return
        if await interaction.client.app.asking.vote(question, interaction.user.id, "", helped=False):
            await respond(interaction, [no_other_answer(interaction.client, question)], private=True)
        else:
            await tell(interaction, _(NO_QUESTION))


def no_other_answer(bot: BaseBot, question: int | None) -> Card:
    """What somebody can do who means none of the suggestions."""
    controls = Controls()
    controls.add(*next_steps(bot, question))
    title = _("I have no other answer")
    text = _(OTHERWISE)
    if question and has_moderators(bot):
        text = _("Ask again in other words, or send your question to the moderators.")
    return Card([f"## {title}\n{text}"], controls.rows, colour=GREY)


class PassOn(Button, template=rf"lb:pass:(?P<question>{NUMBER})"):
    """Opens a form for a note to the moderators, which may stay empty."""

    kind = "pass"

    async def pressed(self, interaction: Interaction) -> None:
        if not has_moderators(interaction.client):  # there were some when the button was sent
            await tell(interaction, _(NOBODY))
            return
        if await _is_answered(interaction, number_in(self.ids["question"])):
            return
        box = line(
            "context",
            _("Anything to add? (optional)"),
            _("Moderators see your question and what you write here, but not your name."),
            MAX_CONTEXT,
            optional=_("What did you try? What are you working on?"),
        )
        modal = ToModerators.make(interaction, _("Ask the moderators"), box, **self.ids)
        await interaction.response.send_modal(modal)


class ToModerators(Form):
    """Passes the question on: it becomes a miss that moderators see at once."""

    kind = "passed"
    template = rf"(?P<question>{NUMBER})"

    @classmethod
    async def submitted(cls, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        question = await _question(interaction, ids)
        if question is None or await _is_answered(interaction, question):
            return
        context = typed.get("context", "")
        if wait := interaction.client.kept(Paces).passed_on.wait(interaction.user.id):
            await refuse(interaction, _too_many(wait))
        elif passed := await interaction.client.app.asking.pass_on(question, context):
            note = _(NO_ROOM) if passed == "without note" else ""
            await show_privately(interaction, [_passed(interaction.client, question, note)])
        else:
            await refuse(interaction, _(NO_QUESTION))


class Subscribe(Button, template=rf"lb:want:(?P<question>{NUMBER})"):
    """Subscribes a member to the answer of a question."""

    kind = "want"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: Interaction) -> None:
        asking = interaction.client.app.asking
        question = await _question(interaction, self.ids)
        if question is None or not await may_post(interaction):
            return  # each sends a direct message
        if await asking.subscribe(question, interaction.user.id):
            await interaction.response.defer()  # two more requests come first, and Discord waits for three seconds
            asking.inbox.wake()  # its card says how many wait
            is_open = await confirm(interaction, _test_message(question))
            card = _promised(question, asking.days) if is_open else _cannot_notify(question)
            await show_privately(interaction, [card])
        elif not await _is_answered(interaction, question):
            await tell(interaction, _(NO_QUESTION))


class Unsubscribe(Button, template=rf"lb:unwant:(?P<question>{NUMBER})"):
    """Cancels the notification, and deletes what was stored for it."""

    kind = "unwant"

    async def pressed(self, interaction: Interaction) -> None:
        question = number_in(self.ids["question"])
        asking = interaction.client.app.asking
        await asking.subscriptions.unsubscribe(question, interaction.user.id)
        asking.inbox.wake()
        if await _is_answered(interaction, question):
            return
        note = _("Notification canceled. You won't get a message about this question.")
        if interaction.guild:  # in direct messages, it stands on the card that was pressed
            await interaction.response.defer()
            await direct.take_back(interaction.client, interaction.user.id, mark_of(question))
        await show_privately(interaction, [_passed(interaction.client, question, note)])


COMPONENTS = (Helped, NotThis, NoneOfThese, PassOn, Subscribe, Unsubscribe)
FORMS = (ToModerators,)


async def _question(interaction: Interaction, ids: Mapping[str, str]) -> int | None:
    """The id of a button's question; None, and a reply says why, if it was asked in another server or deleted."""
    question = number_in(ids["question"])
    if await interaction.client.app.asking.is_from(question, interaction.guild_id or 0):
        return question
    await refuse(interaction, _(NO_QUESTION))
    return None


async def _is_answered(interaction: Interaction, question: int) -> bool:
    """Whether moderators have answered it since the card was drawn: then the answer is shown."""
    answer = await interaction.client.app.asking.answered(question)
    if answer:
        private, tutor = interaction.guild is not None, interaction.client.app.tutor
        cards = draw_answer(answer, tutor, private=private, logged=Logged(question))
        await show_privately(interaction, cards)
    return answer is not None


def mark_of(question: int) -> str:
    """The beginning of a button's custom_id: by it, the direct message that notifies of an answer is found."""
    return f"lb:unwant:{question}"


async def _offer_others(interaction: Interaction, question: int, passage: str) -> None:
    asking = interaction.client.app.asking
    if not await asking.vote(question, interaction.user.id, passage, helped=False):
        await tell(interaction, _(NO_QUESTION))
        return
    others = await asking.others(question, passage)
    controls = Controls()
    beside = suggestions(others, interaction.client.app.tutor, interaction.user.id, Logged(question))
    controls.add(*next_steps(interaction.client, question))
    title = _("Is it one of these?") if others else _("I have no other answer")
    text = _(OTHERWISE)
    if has_moderators(interaction.client):
        text = _("You can send your question to the moderators.")
        if others:
            text = _("If not, send your question to the moderators.")
    saved = _("Your feedback was saved without your name.")
    card = Card([f"## {title}\n{text}"], controls.rows, saved, beside=beside)
    await respond(interaction, [card], private=True)


def _too_many(seconds: float) -> str:
    return _n(
        "Not sent: you've sent the moderators many questions already. Please wait {count} hour, then try again.",
        "Not sent: you've sent the moderators many questions already. Please wait {count} hours, then try again.",
        max(1, round(seconds / 3600)),
    )


def _passed(bot: BaseBot, question: int, note: str) -> Card:
    controls = Controls()
    if has_moderators(bot):
        controls.add(Subscribe.make(_("Notify me when it's answered"), question=str(question)))
    controls.add(browse.Contents.make(_("Browse the lessons")))
    title = _("Sent to the moderators")
    text = note or _("The moderators see your question, but not your name.")
    return Card([f"## {title}\n{text}"], controls.rows)


def _test_message(question: int) -> Card:
    """A direct message that tests whether direct messages arrive."""
    controls = Controls()
    controls.add(_no_more(question))
    text = _("You asked to be notified when your question has an answer. I'll send you a message here.")
    return Card([text], controls.rows)


def _cannot_notify(question: int) -> Card:
    controls = Controls()
    controls.add(Subscribe.make(_("Try again"), question=str(question)), _no_more(question))
    return Card([f"{how_to_open()}\n{shown_instead()}"], controls.rows)


def _no_more(question: int) -> PlainButton:
    return Unsubscribe.make(_("Cancel notification"), question=str(question))


def _promised(question: int, days: int) -> Card:
    controls = Controls()
    controls.add(_no_more(question))
    title = _("I'll notify you")
    text = _n(
        "I'll send you one direct message if your question is answered within {count} day. After that, "
        "I delete your request.",
        "I'll send you one direct message if your question is answered within {count} days. After "
        "that, I delete your request.",
        days,
    )
    footer = _(
        "Until then, your Discord ID (the number of your account) is saved with the "
        "question. To delete your ID, cancel the notification."
    )
    return Card([f"## {title}\n{text}"], controls.rows, footer)
