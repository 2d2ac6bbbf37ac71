"""`/walkthrough share:True`: one panel for a channel, where everybody picks and one turns the page."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import discord

from bot.dialogue.quiz import key_of, quiz_state
from bot.dialogue.steps import PREDICT, QUIZ, TextBlock
from bot.dialogue.walkthrough import CHECKED, PREDICTED, Event, Jump, Move, StepView
from bot.discord_ui.kit import links
from bot.discord_ui.kit.cards import Card, Control, Controls, step_card
from bot.discord_ui.kit.delivery import replace, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.limits import BUTTONS_IN_A_ROW
from bot.discord_ui.kit.permissions import is_moderator, may_speak
from bot.discord_ui.kit.press import ID, Button, Menu, option
from bot.discord_ui.walking.panel import GONE, OPTION, OpenWalkthrough, frames
from bot.language.words import N_, _, _n
from bot.tutor import Tutor
from bot.walking.walking import SharedView

# In place of what one learner predicted.
PREDICTED_TOGETHER = N_("Our picks")
OVER = N_("This shared walkthrough has ended. To start your own, use `/walkthrough`.")


class SharedMove(Button, template=rf"lb:all-walk:(?P<step>{ID}):(?P<move>back|next|stuck)"):
    """Back, Next or "Show the answer", for whoever leads."""

    kind = "all-walk"

    async def pressed(self, interaction: Interaction) -> None:
        await _move(interaction, self.ids["step"], Move(self.ids["move"]))


class SharedGoToStep(Menu, template=rf"lb:all-leap:(?P<step>{ID})"):
    """The jump menu, for whoever leads."""

    kind = "all-leap"

    async def pressed(self, interaction: Interaction) -> None:
        await _move(interaction, self.ids["step"], Jump(self.chosen))


class SharedPickSolution(Button, template=rf"lb:all-try:(?P<solution>{ID})"):
    """What somebody would try; who picked what is told to nobody else."""

    kind = "all-try"

    async def pressed(self, interaction: Interaction) -> None:
        await _picked(interaction, self.ids["solution"])


class SharedPickSolutionMenu(Menu, template="lb:all-tryone"):
    """The same, where there are more solutions than a column of buttons holds well."""

    kind = "all-tryone"

    async def pressed(self, interaction: Interaction) -> None:
        await _picked(interaction, self.chosen)


class SharedAnswerQuiz(Button, template=rf"lb:all-choose:(?P<option>{OPTION})"):
    """An option of the check; what is said to it is said in private."""

    kind = "all-choose"

    async def pressed(self, interaction: Interaction) -> None:
        page = await _choose(interaction, QUIZ, self.ids["option"])
        check = page.view.scenario.check if page else None
        picked = (
            next((each for each in check.options if key_of(check, each) == self.ids["option"]), None)
            if check
            else None
        )
        if check is None or picked is None:
            await tell(interaction, _(OVER) if page is None else _("This option is no longer in the lesson."))
            if page:
                await _refresh(interaction)
            return
        await tell(interaction, quiz_state(check, [picked.id], shown=False, learner="").said)
        await _refresh(interaction)


class EndForEveryone(Button, template="lb:all-stop"):
    """Ends it, for whoever leads; what was picked is gone."""

    kind = "all-stop"

    async def pressed(self, interaction: Interaction) -> None:
        message = _message(interaction)
        page = await interaction.client.app.walking.shared.page(message.id)
        if page is None:
            await tell(interaction, _(OVER))
        elif await _leads(interaction, page):
            await interaction.client.app.walking.shared.end(message.id)
            controls = Controls()
            controls.add(_alone(page.view))
            title, over = page.view.scenario.title, _("This shared walkthrough has ended.")
            await replace(interaction, [Card([f"## {title}\n{over}"], controls.rows)])


class ChooseSharedWalkthrough(Menu, template="lb:all-scenarios"):
    """Which scenario shall we walk?"""

    kind = "all-scenarios"

    async def pressed(self, interaction: Interaction) -> None:
        await start(interaction, self.chosen)


COMPONENTS = (
    SharedMove,
    SharedGoToStep,
    SharedPickSolution,
    SharedPickSolutionMenu,
    SharedAnswerQuiz,
    EndForEveryone,
    ChooseSharedWalkthrough,
)


async def start(interaction: Interaction, scenario: str) -> None:
    """One panel for all in this channel."""
    if interaction.guild is None or not may_speak(interaction):
        await tell(interaction, _("To start a shared walkthrough, use a channel where you can send messages."))
        return
    if not interaction.app_permissions.view_channel:
        await tell(
            interaction,
            _(
                "I don't have access to this channel, so a shared walkthrough won't "
                "work here. Try another channel."
            ),
        )
        return
    together = interaction.client.app.walking.shared
    page = together.first(scenario, interaction.user.id)
    if page is None:
        await tell(interaction, _(GONE))
        return
    card = shared_panel(page, interaction.client.app.tutor)
    sent = await interaction.response.send_message(view=card.view(), files=card.files())
    if sent.message_id and interaction.channel_id:
        await together.begin(sent.message_id, interaction.channel_id, interaction.user.id, scenario)


def shared_panel(page: SharedView, tutor: Tutor) -> Card:
    """What all see: the step, how many picked what, and the ways on."""
    view = page.view
    walked = _("Shared walkthrough: {leader} chooses the step. Nobody sees what you picked.", leader=_leader(page))
    notes = [f"-# {walked}"]
    controls = Controls()
    if view.step.id == PREDICT:
        picked = _n("**{count}** pick so far.", "**{count}** picks so far.", sum(page.picks.values()))
        notes.append(picked if page.picks else _("No picks yet. Press the solution you would try."))
        rows = view.step.rows
        if len(rows) <= BUTTONS_IN_A_ROW:
            for row in rows:
                controls.add(SharedPickSolution.make(row.title, solution=row.solution))
        else:
            controls.add(
                SharedPickSolutionMenu.make(
                    _("Pick a solution"), [option(row.title, row.solution) for row in rows]
                )
            )
    elif view.step.id in page.picks:
        notes.append(_("{some} picked this.", some=f"**{_of(page.picks, view.step.id)}**"))
    elif view.step.id == QUIZ and view.quiz:
        asked = view.quiz
        answers = {each.key: page.answers[each.key] for each in asked.choices if each.key in page.answers}
        answered = _n("**{count}** answer so far.", "**{count}** answers so far.", sum(answers.values()))
        notes.append(
            answered if answers else _("No answers yet. Press the letter of the answer you think is correct.")
        )
        if page.is_shown:
            notes += [f"{each.letter}: {_of(answers, each.key)}" for each in asked.choices]
        controls.add(
            *(
                SharedAnswerQuiz.make(each.letter, disabled=page.is_shown, option=each.key)
                for each in asked.choices
            )
        )
    elif view.is_last:
        view = _our_end(page)
        controls.add(*links.show_related(tutor.questions(view.step.related), tutor))
    controls.rows.extend(_navigation(view))
    votes = {row.solution: _("{some} picked this.", some=_of(page.picks, row.solution)) for row in view.step.rows}
    return step_card(
        view, notes, frames(view, votes if page.picks else None), tutor.picture(view.step.picture), controls
    )


def _our_end(page: SharedView) -> StepView:
    """The end as all see it: what the channel predicted, in place of what one learner did."""
    view = page.view
    mine = {PREDICTED, CHECKED}
    blocks = [each for each in view.step.blocks if each.heading not in mine]
    if page.picks:
        lines = [f"- {each.title}: {_of(page.picks, each.id)}" for each in view.scenario.solutions]
        blocks.insert(0, TextBlock("\n".join(lines), PREDICTED_TOGETHER))
    return dataclasses.replace(view, step=dataclasses.replace(view.step, blocks=tuple(blocks)))


def _navigation(view: StepView) -> list[list[Control]]:
    step = view.step.id
    row: list[Control] = [
        SharedMove.make(_("Back"), disabled=view.is_first, step=step, move="back"),
        SharedMove.make(_("Next"), disabled=view.is_last, primary=not view.is_last, step=step, move="next"),
    ]
    if view.quiz:
        row.append(SharedMove.make(_("Show the answer"), disabled=view.quiz.is_done, step=step, move="stuck"))
    row += [
        links.ask_about(_("Ask about this step"), view.scenario.id, step),
        EndForEveryone.make(_("End for everyone")),
    ]
    menu = [
        option(f"{n}. {each.heading}", each.id, chosen=each.id == step) for n, each in enumerate(view.steps, 1)
    ]
    return [row, [SharedGoToStep.make(_("Go to a step (for everyone)"), menu, step=step)], [_alone(view)]]


def _alone(view: StepView) -> Control:
    return OpenWalkthrough.make(_("Do it on my own"), scenario=view.scenario.id, step="story")


def _leader(page: SharedView) -> str:
    """Who turns the pages; a starter who wanted to be forgotten does no more."""
    return f"<@{page.starter}>" if page.starter else _("a moderator")


def _of(counts: Mapping[str, int], choice: str) -> str:
    return _("{n} of {total}", n=counts.get(choice, 0), total=sum(counts.values()))


async def _picked(interaction: Interaction, solution: str) -> None:
    page = await _choose(interaction, PREDICT, solution)
    title = next((row.title for row in page.view.scenario.solutions if row.id == solution), None) if page else None
    if title is None:
        await tell(interaction, _(OVER) if page is None else _("This solution is no longer in the lesson."))
        if page:
            await _refresh(interaction)
        return
    said = _(
        "You picked {solution}. Only you see this. To change your pick, choose another solution.",
        solution=f"**{title}**",
    )
    await tell(interaction, said)
    await _refresh(interaction)


async def _choose(interaction: Interaction, about: str, choice: str) -> SharedView | None:
    page: SharedView | None = await interaction.client.app.walking.shared.choose(
        _message(interaction).id, interaction.user.id, about, choice
    )
    return page


async def _move(interaction: Interaction, at: str, event: Event) -> None:
    together, message = interaction.client.app.walking.shared, _message(interaction)
    page = await together.page(message.id)
    if page is None:
        await tell(interaction, _(OVER))
    elif await _leads(interaction, page):
        await together.turn(message.id, at, event)
        now = await together.page(message.id)
        if now is None:  # it was ended at this moment
            await tell(interaction, _(OVER))
        else:
            await replace(interaction, [shared_panel(now, interaction.client.app.tutor)])
            # An edit that is on its way still shows the page before.
            if message.id in interaction.client.refreshing:
                await _refresh(interaction)


async def _leads(interaction: Interaction, page: SharedView) -> bool:
    """Whether this member turns the pages; tells them if not."""
    if interaction.user.id == page.starter or is_moderator(interaction):
        return True
    if page.starter:
        turns = _("Only {starter} or a moderator can change the step.", starter=f"<@{page.starter}>")
    else:
        turns = _("Only a moderator can change the step.")
    await tell(interaction, turns + " " + _("To go at your own pace, use `/walkthrough`."))
    return False


async def _refresh(interaction: Interaction) -> None:
    """Show the counts as they are. Presses that come meanwhile share the next edit: Discord allows five in 5 s."""
    bot, message = interaction.client, _message(interaction)
    is_refreshing = message.id in bot.refreshing
    bot.refreshing[message.id] = True
    if is_refreshing:
        return
    try:
        while bot.refreshing[message.id]:
            bot.refreshing[message.id] = False
            page = await bot.app.walking.shared.page(message.id)
            if page:
                card = shared_panel(page, bot.app.tutor)
                await message.edit(view=card.view(), attachments=card.files())
    finally:
        del bot.refreshing[message.id]


def _message(interaction: Interaction) -> discord.Message:
    assert interaction.message, "a button stands on a message"
    return interaction.message
