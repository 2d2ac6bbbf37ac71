"""Draws a reply as cards: an answer, suggestions to choose from, or what to do without an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as with_

import discord
import numpy as np

from bot.asking.asking import Answered, Logged
from bot.dialogue.reply import (
    HOW_TO,
    IN_OTHER_LANGUAGE,
    WHO_I_AM,
    Answer,
    Question,
    Suggestions,
    Topics,
    UseCommand,
)
from bot.discord_ui.asking import browse
from bot.discord_ui.asking.answers import GONE, NO_QUESTION, draw_answer, draw_public, logged_in
from bot.discord_ui.asking.dismissing import dismissible
from bot.discord_ui.asking.navigation import has_moderators, next_steps
from bot.discord_ui.asking.sent_answers import SentAnswers
from bot.discord_ui.asking.suggested import suggested
from bot.discord_ui.kit import links
from bot.discord_ui.kit.admission import may_ask
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.cards import Beside, Card, Controls, suggestions_card, unknown_card
from bot.discord_ui.kit.channel_lessons import lessons_here
from bot.discord_ui.kit.delivery import is_private, replace, respond, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.locale import in_public
from bot.discord_ui.kit.plain_button import PlainButton
from bot.discord_ui.kit.press import NUMBER, PASSAGE, Button, number_in
from bot.language.words import N_, _
from bot.tutor import Tutor

# In a channel, the bot hears nothing else of a member, unless moderators chose it.
CALL_ME = N_("Reply to this message, or mention me again.")


class Suggest(
    Button, template=rf"lb:suggest:(?P<passage>{PASSAGE}):(?P<member>[0-9a-z]{{1,20}})(?::(?P<question>{NUMBER}))?"
):
    """A suggestion. For the member who asked, the answer replaces the suggestions; others get it in private."""

    kind = "suggest"
    style = discord.ButtonStyle.primary

    @classmethod
    def of(cls, label: str, passage: str, asker: int, logged: Logged | None) -> PlainButton:
        """The button; its custom_id has room for three ids only because the member's is written in base 36."""
        question = str(logged.id) if logged else None
        return cls.make(label, passage=passage, member=short(asker), question=question)

    async def pressed(self, interaction: Interaction) -> None:
        tutor = interaction.client.app.tutor
        answer = tutor.explain(self.ids["passage"])
        asked_it = short(interaction.user.id) == self.ids["member"]
        if answer is None:
            await tell(interaction, _(GONE))
            return
        logged = logged_in(interaction, self.ids)
        if is_private(interaction) or asked_it:
            if logged and asked_it:
                asking = interaction.client.app.asking
                await asking.take(logged.id, interaction.user.id, answer.id, interaction.guild_id or 0)
            if is_private(interaction):
                private = interaction.guild is not None
                await replace(interaction, draw_answer(answer, tutor, private=private, logged=logged))
            else:
                with in_public(interaction):
                    shown = draw_public(answer, tutor, asker=interaction.user.id, logged=logged)
                further = await replace(interaction, shown)
                if interaction.message:
                    interaction.client.kept(SentAnswers).chosen(interaction.message, further)
        else:
            await respond(interaction, draw_answer(answer, tutor, private=True, logged=logged), private=True)


class OneOfTwo(
    Button, template=rf"lb:both:(?P<passage>{PASSAGE}):(?P<member>[0-9a-z]{{1,20}})(?::(?P<question>{NUMBER}))?"
):
    """One of two things that were asked at once. Its answer comes below, so that the other can be chosen, too."""

    kind = "both"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: Interaction) -> None:
        tutor, asking = interaction.client.app.tutor, interaction.client.app.asking
        answer = tutor.explain(self.ids["passage"])
        if answer is None:
            await tell(interaction, _(GONE))
            return
        logged = logged_in(interaction, self.ids)
        private = interaction.guild is not None
        await respond(interaction, draw_answer(answer, tutor, private=private, logged=logged), private=True)
        if logged and short(interaction.user.id) == self.ids["member"]:
            server = interaction.guild_id or 0
            await asking.take(logged.id, interaction.user.id, answer.id, server, is_all=False)


class Similar(Button, template=rf"lb:similar:(?P<question>{NUMBER}):(?P<member>[0-9a-z]{{1,20}})"):
    """Shows, in private, suggestions that are not likely enough to be shown to everybody."""

    kind = "similar"

    async def pressed(self, interaction: Interaction) -> None:
        if not await may_ask(interaction):
            return
        bot, member = interaction.client, interaction.user.id
        logged = logged_in(interaction, self.ids)
        text = await bot.app.asking.text_of(number_in(self.ids["question"]))
        if not text:
            await tell(interaction, _(NO_QUESTION))
            return
        lessons = lessons_here(bot, interaction.guild_id or 0, interaction.channel)
        reply = await bot.app.asking.look_up(text, lessons=lessons)
        is_own = short(member) == self.ids["member"]
        answered = Answered(reply, logged if is_own else None, lessons)
        private = interaction.guild is not None
        await respond(interaction, draw(answered, bot, asker=member, private=private), private=True)


COMPONENTS = (Suggest, OneOfTwo, Similar)


def draw(  # noqa: PLR0913 -- where it is shown, and to whom
    answered: Answered,
    bot: BaseBot,
    *,
    asker: int,
    private: bool,
    public: bool = False,
    how_to_call: str = "",
) -> list[Card]:
    """The cards of a reply. A private reply can be shared, and a logged question can be passed on.

    In `public`, suggestions are shorter. A direct message is neither private, as nothing is shared, nor public.
    `how_to_call` says how the bot hears a question where none was asked.
    """
    reply, logged = answered.reply, answered.logged
    controls = Controls()
    match reply:
        case Answer():
            note = _(IN_OTHER_LANGUAGE) if reply.in_other_language else ""
            return draw_answer(reply, bot.app.tutor, private=private, note=note, logged=logged)
        case Topics(about_bot):
            lessons = browse.shelf(bot.app.tutor, answered.lessons)
            return [with_(lessons, text=[_(WHO_I_AM), *lessons.text]) if about_bot else lessons]
        case UseCommand(command_for):
            return [Card([_(HOW_TO[command_for])])]
        case Suggestions(questions, asked_at_once=True):
            question, member = str(logged.id) if logged else None, short(asker)
            both = suggested(
                questions,
                bot.app.tutor,
                lambda label, id_: OneOfTwo.make(label, passage=id_, member=member, question=question),
                public=public,
            )
            return [suggestions_card(reply, both, controls)]
        case Suggestions(questions):
            if logged and logged.is_rated:
                controls.add(links.none_of_these(_("None of these"), logged.id))
            beside = suggestions(questions, bot.app.tutor, asker, logged, public=public)
            return [suggestions_card(reply, beside, controls)]
    if reply.small_talk == "thanks":
        return [Card([_("You're welcome! Ask me anytime.")])]
    similar = []
    if reply.has_similar and logged:
        similar = [Similar.make(_("Similar questions"), question=str(logged.id), member=short(asker))]
    controls.add(*similar, *next_steps(bot, logged.id if logged else None))
    if reply.wants_person and logged and has_moderators(bot):
        return [Card([_("You can send your question to the moderators.")], controls.rows)]
    unknown = unknown_card(
        controls,
        nothing_asked=reply.nothing_asked,
        which_error=reply.which_error,
        in_other_language=reply.in_other_language,
        how_to_call=how_to_call,
    )
    return [unknown]


def draw_for_all(
    answered: Answered, bot: BaseBot, *, asker: int, unasked: str = "", follows: bool = False
) -> list[Card]:
    """A reply in front of everybody, which whoever asked can put away.

    `unasked` says why the bot replies to what was not said to it: on one card. If it `follows`, it is found again
    after a restart, to follow the message that it replies to.
    """
    how = ("unasked" if unasked else "asked") if follows else None
    reply, tutor = answered.reply, bot.app.tutor
    if isinstance(reply, Answer):
        notes = [_(IN_OTHER_LANGUAGE)] if reply.in_other_language else []
        note = " · ".join(filter(None, [*notes, unasked]))
        brief = bool(unasked)
        return draw_public(reply, tutor, asker=asker, logged=answered.logged, note=note, brief=brief, follows=how)
    call_me = _(CALL_ME) if how else ""  # a reply to the answer of a command may come without its text
    cards = draw(answered, bot, asker=asker, private=False, public=True, how_to_call=call_me)
    return [dismissible(card, asker, how) for card in cards]


def suggestions(
    questions: Sequence[Question], tutor: Tutor, asker: int, logged: Logged | None, *, public: bool = False
) -> list[Beside]:
    """The suggestions for a question, with the buttons that show their answers."""
    return suggested(questions, tutor, lambda label, id_: Suggest.of(label, id_, asker, logged), public=public)


def short(member: int) -> str:
    """A member's id in base 36, which is shorter."""
    return np.base_repr(member, 36).lower()
