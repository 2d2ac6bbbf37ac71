"""The panel of a walkthrough: a step, what can be chosen there, and the navigation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import discord

from bot.dialogue.quiz import Mark, QuizOption, QuizState
from bot.dialogue.steps import PREDICT, QUIZ, STORY, SolutionRow
from bot.dialogue.titles import plain_title
from bot.dialogue.verdict import verdict_line
from bot.dialogue.walkthrough import ChooseOption, Event, Jump, Move, Predict, StepChange, StepView, stuck
from bot.discord_ui.kit import links
from bot.discord_ui.kit.cards import BLUE, VERDICT_COLOURS, Card, Control, Controls, Frame, step_card
from bot.discord_ui.kit.delivery import replace, respond, show_privately, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.limits import BUTTONS_IN_A_ROW
from bot.discord_ui.kit.markdown import FENCE
from bot.discord_ui.kit.plain_button import PlainButton
from bot.discord_ui.kit.press import ID, Button, Menu, option
from bot.discord_ui.kit.unformatted import begun
from bot.language.words import N_, _, _n
from bot.tutor import Tutor
from bot.walking.walking import PanelState

GONE = N_("This walkthrough was removed from the lessons. To see all walkthroughs, use `/walkthrough`.")
OPTION = "[0-9a-f]{8}"
# How many characters the comparison has for all solutions, so that it fits one message.
COMPARED_TEXT = 3000
MIN_COMPARED = 40
MAX_FRAMES = 6
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
        controls.add(*quiz_options(view.quiz, AnswerQuiz, lambda each: each.option.id, scenario))
        if not view.quiz.is_done:
            is_hint = stuck(view.quiz) is Move.HINT
            button, label = (ShowHint, _("Show a hint")) if is_hint else (ShowAnswer, _("Show the answer"))
            controls.add(button.make(label, scenario=scenario))
    return controls


def solutions(view: StepView, button: type[Button], menu: type[Menu], scenario: str | None = None) -> Controls:
    """A button for each solution; a menu where they are more than a column of buttons shows well."""
    controls, rows = Controls(), view.step.rows
    if len(rows) > BUTTONS_IN_A_ROW:
        options = [option(_picked(row), row.solution) for row in rows]
        controls.add(menu.make(_("Pick a solution"), options, scenario=scenario))
        return controls
    for row in rows:  # one a row: on a phone, only then is the whole title visible
        controls.add(button.make(_picked(row), primary=row.is_picked, scenario=scenario, solution=row.solution))
    return controls


def quiz_options(
    quiz: QuizState, button: type[Button], id_of: Callable[[QuizOption], str], scenario: str | None = None
) -> list[Control]:
    """A button for each option of the quiz, labeled with its letter; `id_of` gives the id for its custom_id."""
    return [
        button.make(
            each.letter, disabled=quiz.is_done or each.mark is not Mark.OPEN, scenario=scenario, option=id_of(each)
        )
        for each in quiz.choices
    ]


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


def step_menu(view: StepView, menu: type[Menu], label: str, scenario: str | None = None) -> Control:
    """All steps in their order; the one that is shown is selected."""
    here = view.step.id
    steps = [
        option(f"{n}. {each.heading}", each.id, chosen=each.id == here) for n, each in enumerate(view.steps, 1)
    ]
    return menu.make(label, steps, scenario=scenario, step=here)


def fresh(view: StepView, *, is_lost: bool) -> PlainButton:
    """A "Start over" button, which asks for confirmation if something would be lost."""
    scenario, step = view.scenario.id, view.step.id
    if is_lost:
        return ConfirmStartOver.make(_("Start over"), scenario=scenario, step=step)
    return StartOver.make(_("Start over"), scenario=scenario, step=step)


def frames(view: StepView, votes: Mapping[str, str] | None = None) -> list[Frame]:
    """The solutions to compare, each in a frame of its verdict's color, stacked to fit a phone.

    `votes` is a text below each solution, by its id.
    """
    rows = view.step.rows if view.step.id != PREDICT else ()
    room = COMPARED_TEXT // max(1, len(rows))
    texts = []
    for number, row in enumerate(rows, 1):
        text = f"{_compared(number, row, room)}\n{(votes or {}).get(row.solution, '')}".rstrip()
        texts.append(Frame(text, VERDICT_COLOURS.get(row.verdict or "", BLUE)))
    if len(texts) > MAX_FRAMES:
        return [Frame("\n\n".join(each.text for each in texts))]
    return texts


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


def _compared(number: int, row: SolutionRow, room: int) -> str:
    lines = [f"**{number}. {plain_title(row.title)}**" + (" · " + _("your pick") if row.is_picked else "")]
    if row.verdict:
        lines.append(verdict_line(row.verdict))
    said = {N_("Cost: {what}"): row.cost, N_("Right choice when: {what}"): row.right_when}
    frame = max(len(_(sentence, what="")) for sentence in said) + len("\n")
    each = (room - sum(map(len, lines))) // len(said) - frame
    # With many solutions, each text would be cut to a few words: leave the texts out.
    lines += [
        _(sentence, what=_whole_or_begun(text, each))
        for sentence, text in said.items()
        if text and each >= MIN_COMPARED
    ]
    return "\n".join(lines)


def _whole_or_begun(text: str, room: int) -> str:
    """The whole text as it is if it fits, else one line of how it begins, without its formatting and code."""
    if len(text) <= room and text.count(FENCE) % 2 == 0:
        return f"\n{text}" if "\n" in text else text
    return begun(text, room)


def _picked(row: SolutionRow) -> str:
    return _("Your pick: {solution}", solution=row.title) if row.is_picked else row.title
