"""The quiz again as a direct message, days after a walk: only on request, sent once, answered in place."""

from __future__ import annotations

from datetime import timedelta

import discord

from bot.dialogue.titles import plain_title
from bot.discord_ui.kit.admission import may_post
from bot.discord_ui.kit.base_bot import BaseBot
from bot.discord_ui.kit.cards import Card, Controls
from bot.discord_ui.kit.delivery import custom_ids, holds, replace, respond, tell
from bot.discord_ui.kit.direct import confirm, how_to_open, shown_instead
from bot.discord_ui.kit.direct_sender import DirectSender
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.press import ID, NUMBER, Button, number_in
from bot.discord_ui.walking.panel import OpenWalkthrough
from bot.discord_ui.walking.step_parts import OPTION, quiz_options
from bot.language.words import _, in_locale
from bot.lessons.lesson import Scenario
from bot.walking.reminders import DAYS, Recall, Reminder

# Seconds until the next look, at most: a reminder that comes after days may be hours late.
SECONDS = 6 * 3600.0
CLOCKS = timedelta(minutes=5)  # how much Discord's clock and the bot's may differ


class Remind(Button, template=rf"lb:remind:(?P<scenario>{ID})"):
    """Turns reminders on; they are off by default."""

    kind = "remind"

    async def pressed(self, interaction: Interaction) -> None:
        scenario = interaction.client.app.tutor.scenario(self.ids["scenario"])
        if scenario is None or scenario.check is None:
            await tell(interaction, _("I can't remind you: this quiz question was removed from the lessons."))
            return
        if not await may_post(interaction):
            return  # each sends a direct message
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.client.app.walking.reminders.remember(interaction.user.id, scenario.id)
        controls = Controls()
        is_open = await confirm(interaction, _will_ask_here(scenario))
        if not is_open:
            controls.add(Remind.make(_("Try again"), scenario=scenario.id))
        controls.add(Forgo.make(_("Stop reminders"), scenario=scenario.id))
        text = _promise() if is_open else f"{how_to_open()}\n{shown_instead()}"
        await respond(interaction, [Card([text], controls.rows)], private=True)


class Forgo(Button, template=rf"lb:forgo:(?P<scenario>{ID})"):
    """Stops the reminders of this scenario."""

    kind = "forgo"

    async def pressed(self, interaction: Interaction) -> None:
        stopped = await interaction.client.app.walking.reminders.stop(interaction.user.id, self.ids["scenario"])
        if stopped:
            await tell(interaction, _("You won't get any more reminders about this walkthrough."))
        else:
            await tell(interaction, _("You have no reminders for this walkthrough."))


class Recalled(Button, template=rf"lb:recall:(?P<id>{NUMBER}):(?P<option>{OPTION})"):
    """Answers the question in a reminder with this option."""

    kind = "recall"

    async def pressed(self, interaction: Interaction) -> None:
        await _answer(interaction, number_in(self.ids["id"]), self.ids["option"])


class ShowQuizAnswer(Button, template=rf"lb:recall-shown:(?P<id>{NUMBER})"):
    """Shows the answer of the question in a reminder."""

    kind = "recall-shown"

    async def pressed(self, interaction: Interaction) -> None:
        await _answer(interaction, number_in(self.ids["id"]), None)


COMPONENTS = (Remind, Forgo, Recalled, ShowQuizAnswer)


def _promise() -> str:
    first, second = DAYS
    return _(
        "I'll send you the quiz question in {first} days and in {second} days, as a direct message.",
        first=first,
        second=second,
    )


def _will_ask_here(scenario: Scenario) -> Card:
    """A direct message that tests whether direct messages arrive."""
    controls = Controls()
    controls.add(Forgo.make(_("Stop reminders"), scenario=scenario.id))
    return Card([f"-# {plain_title(scenario.title)}\n{_promise()}"], controls.rows)


async def _answer(interaction: Interaction, id_: int, option: str | None) -> None:
    recall = await interaction.client.app.walking.reminders.answer(id_, interaction.user.id, option)
    if recall is None:
        gone = _(
            "You can't answer this anymore: the quiz question was removed from the lessons, or "
            "your reminder was deleted. To do a walkthrough again, use `/walkthrough`."
        )
        await tell(interaction, gone)
    else:
        await replace(interaction, [recall_card(recall)])


def recall_card(recall: Recall) -> Card:
    """The question, in the language in which the learner asked for the reminder."""
    with in_locale(recall.language):
        walked = _(
            "You did the walkthrough {scenario} {when}.",
            scenario=f"*{plain_title(recall.scenario.title)}*",
            when=discord.utils.format_dt(recall.walked, "R"),
        )
        title = _("Do you remember?")
        text = [f"-# {walked}\n## {title}", recall.quiz.text]
        return Card(text, _controls(recall).rows, _("You asked for this reminder. You can stop it at any time."))


def _controls(recall: Recall) -> Controls:
    scenario, id_ = recall.scenario.id, str(recall.id)
    controls = Controls()
    controls.add(*quiz_options(recall.quiz, Recalled, lambda each: each.key, id=id_))
    if not recall.quiz.is_done:
        controls.add(ShowQuizAnswer.make(_("Show the answer"), id=id_))
    controls.add(
        OpenWalkthrough.make(_("Open the walkthrough"), scenario=scenario, step="story"),
        Forgo.make(_("Stop reminders"), scenario=scenario),
    )
    return controls


class ReminderSender(DirectSender[Reminder]):
    """Sends reminders that are due. They may be a little late, but they are not sent twice."""

    def __init__(self, bot: BaseBot) -> None:
        self._reminders = bot.app.walking.reminders
        super().__init__(bot, self._reminders, "reminders")

    async def _round(self) -> float:
        return min(SECONDS, await self._send_waiting(), await self._reminders.seconds_left())

    def member(self, item: Reminder) -> int:
        return item.learner

    def nonce(self, item: Reminder) -> str:
        return f"reminder-{item.id}"

    def is_message_of(self, item: Reminder, message: discord.Message) -> bool:
        has_it = holds(message, f"lb:recall:{item.id}:") or f"lb:recall-shown:{item.id}" in custom_ids(message)
        # A learner who asked again has older messages with the same buttons.
        return has_it and message.created_at >= item.due - CLOCKS

    async def cards(self, item: Reminder) -> list[Card] | None:
        """The quiz question; None if it is gone from the lesson."""
        recall = self._reminders.recall(item)
        return [recall_card(recall)] if recall else None
