"""The panel of a walkthrough: a step, what can be chosen there, and the navigation."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.dialogue.steps import PREDICT, QUIZ, STORY
from bot.dialogue.titles import plain_title
from bot.dialogue.walkthrough import ChooseOption, Event, Jump, Move, Predict, StepChange, StepView, stuck
from bot.discord_ui.kit import links
from bot.discord_ui.kit.cards import Card, Control, Controls, step_card
from bot.discord_ui.kit.delivery import replace, respond, show_privately, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.plain_button import PlainButton
from bot.discord_ui.kit.press import ID, Button, Menu
from bot.discord_ui.walking.step_parts import OPTION, frames, help_label, quiz_options, solutions, step_menu
from bot.language.words import N_, _, _n
from bot.tutor import Tutor
from bot.walking.walking import PanelState

GONE = N_("This walkthrough was removed from the lessons. To see all walkthroughs, use `/walkthrough`.")
MAX_CHANGED = 5


class BackOrNext(Button, template=rf"lb:walk:(?P<scenario>{ID}):(?P<step>{ID}):(?P<move>back|next)"):
    """Back or Next. Its id names the step it was shown on, so that two quick presses move only once."""

    kind = "walk"

    async def pressed(self, interaction: Interaction) -> None:
        await move(interaction, self.ids["scenario"], self.ids["step"], Move(self.ids["move"]))


class GoToStep(Menu, template=rf"lb:leap:(?P<scenario>{ID}):(?P<step>{ID})"):
    """The menu of all steps.

    Its id names the step it was shown on: Discord keeps the chosen option selected in a menu of the same id.
    """

    kind = "leap"

    async def pressed(self, interaction: Interaction) -> None:
        await move(interaction, self.ids["scenario"], self.ids["step"], Jump(self.chosen))


class PickSolution(Button, template=rf"lb:try:(?P<scenario>{ID}):(?P<solution>{ID})"):
    """Picks the solution that the learner would try."""

    kind = "try"

    async def pressed(self, interaction: Interaction) -> None:
        await move(interaction, self.ids["scenario"], PREDICT, Predict(self.ids["solution"]))


class PickSolutionMenu(Menu, template=rf"lb:tryone:(?P<scenario>{ID})"):
    """As `PickSolution`, for many solutions."""

    kind = "tryone"

    async def pressed(self, interaction: Interaction) -> None:
        await move(interaction, self.ids["scenario"], PREDICT, Predict(self.chosen))


class AnswerQuiz(Button, template=rf"lb:choose:(?P<scenario>{ID}):(?P<option>{OPTION})"):
    """Answers the quiz with this option."""

    kind = "choose"

    async def pressed(self, interaction: Interaction) -> None:
        await move(interaction, self.ids["scenario"], QUIZ, ChooseOption(self.ids["option"]))


class ShowAnswer(Button, template=rf"lb:stuck:(?P<scenario>{ID})"):
    """Shows the answer of the quiz, and why."""

    kind = "stuck"

    async def pressed(self, interaction: Interaction) -> None:
        await move(interaction, self.ids["scenario"], QUIZ, Move.STUCK)


class ShowHint(Button, template=rf"lb:hint:(?P<scenario>{ID})"):
    """Shows the next hint of the quiz."""

    kind = "hint"

    async def pressed(self, interaction: Interaction) -> None:
        await move(interaction, self.ids["scenario"], QUIZ, Move.HINT)


class StartOver(Button, template=rf"lb:again:(?P<scenario>{ID}):(?P<step>{ID})"):
    """Starts over: deletes picks and tries. Does nothing on an outdated panel."""

    kind = "again"

    async def pressed(self, interaction: Interaction) -> None:
        await move(interaction, self.ids["scenario"], self.ids["step"], Move.AGAIN)


class ConfirmStartOver(Button, template=rf"lb:over:(?P<scenario>{ID}):(?P<step>{ID})"):
    """Asks for confirmation before starting over, because picks and tries are lost."""

    kind = "over"

    async def pressed(self, interaction: Interaction) -> None:
        controls = Controls()
        controls.add(
            StartOver.make(_("Yes, start over"), scenario=self.ids["scenario"], step=self.ids["step"]),
            Continue.make(_("No, continue"), scenario=self.ids["scenario"]),
        )
        title, lost = _("Start over?"), _("This deletes your picks and answers in this walkthrough.")
        await replace(interaction, [Card([f"## {title}\n{lost}"], controls.rows)])


class Continue(Button, template=rf"lb:continue:(?P<scenario>{ID})"):
    """Continues where the learner left off, on the same card."""

    kind = "continue"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: Interaction) -> None:
        await move(interaction, self.ids["scenario"], None, Move.STAY)


class GoTo(Button, template=rf"lb:look:(?P<scenario>{ID}):(?P<step>{ID})"):
    """Goes to another step, on the same card: one that changed, or the solution that the learner picked."""

    kind = "look"

    async def pressed(self, interaction: Interaction) -> None:
        await move(interaction, self.ids["scenario"], None, Jump(self.ids["step"]))


class Close(Button, template=rf"lb:stop:(?P<scenario>{ID})"):
    """Closes the panel; the progress stays saved."""

    kind = "stop"

    async def pressed(self, interaction: Interaction) -> None:
        saved = await interaction.client.app.walking.own.saved(interaction.user.id, self.ids["scenario"])
        label, onward = _("Continue"), _("To continue, use `/walkthrough` at any time.")
        if saved and saved.is_finished:
            kept = _("You finished this walkthrough.")
            label, onward = _("Go to the end"), _("To see it again, use `/walkthrough` at any time.")
        elif saved:
            kept = _("Your progress is saved at “{step}”.", step=f"**{plain_title(saved.view.step.heading)}**")
        else:
            kept = _("Your progress is saved.")
        controls = Controls()
        controls.add(Continue.make(label, scenario=self.ids["scenario"]))
        await replace(interaction, [Card([f"{kept} {onward}"], controls.rows)])


class OpenWalkthrough(Button, template=rf"lb:open:(?P<scenario>{ID}):(?P<step>{ID})"):
    """Opens the walkthrough of an answer in a new private panel, at this step."""

    kind = "open"

    async def pressed(self, interaction: Interaction) -> None:
        step = self.ids["step"]
        # An entry links to the story. A learner who has come further continues where they left off.
        await _open(interaction, self.ids["scenario"], step if step != STORY else None)


class OpenWalkthroughMenu(Menu, template="lb:openone"):
    """As `OpenWalkthrough`, for a lesson with many walkthroughs."""

    kind = "openone"

    async def pressed(self, interaction: Interaction) -> None:
        await _open(interaction, self.chosen, None)


COMPONENTS = (
    BackOrNext,
    GoToStep,
    PickSolution,
    PickSolutionMenu,
    AnswerQuiz,
    ShowAnswer,
    ShowHint,
    StartOver,
    ConfirmStartOver,
    Continue,
    GoTo,
    Close,
    OpenWalkthrough,
    OpenWalkthroughMenu,
)


async def move(interaction: Interaction, scenario: str, at: str | None, event: Event) -> None:
    """Handle an event: update the pressed panel, or open a private one if others see the pressed message."""
    state = await interaction.client.app.walking.own.press(interaction.user.id, scenario, at, event)
    if state is None:
        await tell(interaction, _(GONE))
        return
    card = await own_panel(interaction, state)
    await show_privately(interaction, [card])


async def _open(interaction: Interaction, scenario: str, step: str | None) -> None:
    opened = await interaction.client.app.walking.own.open(interaction.user.id, scenario, step)
    if opened is None:
        await tell(interaction, _(GONE))
    else:
        await respond(interaction, [await own_panel(interaction, opened)], private=True)


async def own_panel(interaction: Interaction, state: PanelState) -> Card:
    """The panel for the member who pressed."""
    view, walking = state.view, interaction.client.app.walking
    learner = interaction.user.id
    onward: list[Control] = []
    if view.is_last:
        if following := await walking.own.next_after(learner, view.scenario.id):
            onward.append(
                Continue.make(_("Next walkthrough: {title}", title=following.title), scenario=following.id)
            )
        if view.scenario.check and await walking.reminders.is_on(learner, view.scenario.id):
            onward.append(links.stop_reminders(_("Stop reminders"), view.scenario.id))
        elif view.scenario.check:
            onward.append(links.remind_me(_("Quiz me in a few days"), view.scenario.id))
    return panel(state, interaction.client.app.tutor, onward)


def panel(state: PanelState, tutor: Tutor, onward: Sequence[Control] = ()) -> Card:
    """What a learner's own panel shows. `onward`: what to do after the end, one row each."""
    view = state.view
    controls = choices(view)
    if view.is_last:
        controls.add(*links.choose_related(tutor.questions(view.step.related), tutor))
        for each in onward:
            controls.add(each)
    if view.before_pick and view.picked:
        pick = view.picked
        controls.add(GoTo.make(_("Go to your pick"), scenario=view.scenario.id, step=pick.id))
    controls.rows.extend(navigation(view))
    return step_card(view, _notes(state), frames(view), tutor.picture(view.step.picture), controls)


def choices(view: StepView) -> Controls:
    """What can be chosen at this step."""
    scenario = view.scenario.id
    if view.step.id == PREDICT:
        return solutions(view, PickSolution, PickSolutionMenu, scenario)
    controls = Controls()
    if view.quiz:
        controls.add(*quiz_options(view.quiz, AnswerQuiz, lambda each: each.option.id, scenario=scenario))
        if not view.quiz.is_done:
            button = ShowHint if stuck(view.quiz) is Move.HINT else ShowAnswer
            controls.add(button.make(help_label(view.quiz), scenario=scenario))
    return controls


def navigation(view: StepView) -> list[list[Control]]:
    """Back, Next, "Ask about this step", Close, and the menu of all steps."""
    scenario, step = view.scenario.id, view.step.id
    row: list[Control] = [
        BackOrNext.make(_("Back"), disabled=view.is_first, scenario=scenario, step=step, move="back")
    ]
    if view.is_last:
        row.append(fresh(view, is_lost=not view.is_walked))
    else:
        must_pick = step == PREDICT and not view.picked
        must_answer = view.quiz is not None and not view.quiz.is_done
        onward = _("Skip") if must_pick else _("Next")
        row.append(
            BackOrNext.make(
                onward, primary=not (must_pick or must_answer), scenario=scenario, step=step, move="next"
            )
        )
    row.append(links.ask_about(_("Ask about this step"), scenario, step))
    row.append(Close.make(_("Close"), scenario=scenario))
    return [row, [step_menu(view, GoToStep, _("Go to a step"), scenario)]]


def fresh(view: StepView, *, is_lost: bool) -> PlainButton:
    """A "Start over" button, which asks for confirmation if something would be lost."""
    scenario, step = view.scenario.id, view.step.id
    if is_lost:
        return ConfirmStartOver.make(_("Start over"), scenario=scenario, step=step)
    return StartOver.make(_("Start over"), scenario=scenario, step=step)


def changed(changes: Sequence[StepChange]) -> str:
    """What changed since the learner's last visit, one line for each step."""
    lines = ["**" + _("Updated since your last visit") + "**"]
    for each in changes[:MAX_CHANGED]:
        name, changed = plain_title(each.name), ", ".join(each.changed)
        lines.append(f"- **{name}**: {changed}" if changed else f"- {name}")
    if len(changes) > MAX_CHANGED:
        lines.append("- " + _n("and {count} more", "and {count} more", len(changes) - MAX_CHANGED))
    return "\n".join(lines)


def _notes(state: PanelState) -> list[str]:
    notes = []
    if state.went_on:
        notes.append("-# " + _("You have already left that step. This is your current step."))
    if state.view.before_pick and state.view.picked:
        notes.append(
            "-# "
            + _n(
                "You picked {solution}. You'll see {count} other solution first.",
                "You picked {solution}. You'll see {count} other solutions first.",
                state.view.before_pick,
                solution=f"**{plain_title(state.view.picked.title)}**",
            )
        )
    if state.changes:
        notes.append(changed(state.changes))
    return notes
