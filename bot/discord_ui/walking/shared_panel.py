"""`/walkthrough share:True`: one panel for a channel. Everyone picks, and one member changes the step."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Mapping

import discord

from bot.dialogue.quiz import hint_line, option_key, quiz_state
from bot.dialogue.steps import PREDICT, QUIZ, TextBlock
from bot.dialogue.titles import plain_title
from bot.dialogue.walkthrough import CHECKED, PREDICTED, Event, Jump, Move, StepView, stuck
from bot.discord_ui.kit import links
from bot.discord_ui.kit.admission import may_post
from bot.discord_ui.kit.cards import Card, Control, Controls, note_card, step_card
from bot.discord_ui.kit.delivery import edit, replace, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.locale import in_public
from bot.discord_ui.kit.permissions import is_moderator, may_speak
from bot.discord_ui.kit.press import ID, Button, Menu
from bot.discord_ui.kit.recent import Latest
from bot.discord_ui.kit.refusals import REQUEST_ERRORS
from bot.discord_ui.walking.panel import GONE, OpenWalkthrough
from bot.discord_ui.walking.step_parts import OPTION, frames, help_label, quiz_options, solutions, step_menu
from bot.language.words import N_, _, _n
from bot.lessons.lesson import Scenario
from bot.tutor import Tutor
from bot.walking.walking import SharedView

# Replaces the heading for a single learner's pick.
PREDICTED_TOGETHER = N_("Our picks")
OVER = N_("This shared walkthrough has ended. To start your own, use `/walkthrough`.")


class PanelMemory:
    """What is remembered of shared panels, by the id of their message, and of the member where there are two."""

    def __init__(self) -> None:
        # Those that are being edited, and whether each has to be edited once more.
        self.refreshing: dict[int, bool] = {}
        # The last private reply to a member.
        self.told: Latest[tuple[int, int], Interaction] = Latest()
        # How many hints of the quiz a member was told alone.
        self.hinted: Latest[tuple[int, int], int] = Latest(1000)


class SharedMove(Button, template=rf"lb:all-walk:(?P<step>{ID}):(?P<move>back|next|hint|stuck)"):
    """Back, Next, "Show a hint" or "Show the answer", for the leader. Others get their hints in private."""

    kind = "all-walk"

    async def pressed(self, interaction: Interaction) -> None:
        await _move(interaction, self.ids["step"], Move(self.ids["move"]))


class SharedGoToStep(Menu, template=rf"lb:all-leap:(?P<step>{ID})"):
    """The menu of all steps, for the leader."""

    kind = "all-leap"

    async def pressed(self, interaction: Interaction) -> None:
        await _move(interaction, self.ids["step"], Jump(self.chosen))


class SharedPickSolution(Button, template=rf"lb:all-try:(?P<solution>{ID})"):
    """Picks a solution. Others see only how many picked it."""

    kind = "all-try"

    async def pressed(self, interaction: Interaction) -> None:
        await _choose(interaction, PREDICT, self.ids["solution"])


class SharedPickSolutionMenu(Menu, template="lb:all-tryone"):
    """As `SharedPickSolution`, for many solutions."""

    kind = "all-tryone"

    async def pressed(self, interaction: Interaction) -> None:
        await _choose(interaction, PREDICT, self.chosen)


class SharedAnswerQuiz(Button, template=rf"lb:all-choose:(?P<option>{OPTION})"):
    """Answers the quiz with this option. The feedback is private."""

    kind = "all-choose"

    async def pressed(self, interaction: Interaction) -> None:
        await _choose(interaction, QUIZ, self.ids["option"])


class EndForEveryone(Button, template="lb:all-stop"):
    """Ends the shared walkthrough and deletes its picks; for the leader."""

    kind = "all-stop"

    async def pressed(self, interaction: Interaction) -> None:
        shared, message = interaction.client.app.walking.shared, _message(interaction)
        page, starter = await shared.page(message.id), await shared.starter(message.id)
        if starter is None:
            await tell(interaction, _(OVER))
        elif await _leads(interaction, starter):
            await shared.end(message.id)
            with in_public(interaction):
                card = _ended(page) if page else note_card(_(GONE))
            await _show(interaction, card)


class ChooseSharedWalkthrough(Menu, template="lb:all-scenarios"):
    """Chooses the scenario for a shared walkthrough."""

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
    """Send one panel for everyone in this channel."""
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
    if not await may_post(interaction):
        return
    together = interaction.client.app.walking.shared
    with in_public(interaction):
        page = together.first(scenario, interaction.user.id)
        card = shared_panel(page, interaction.client.app.tutor) if page else None
    if card is None:
        await tell(interaction, _(GONE))
        return
    sent = await interaction.response.send_message(view=card.view(), files=card.files())
    if interaction.channel_id:
        message = sent.message_id or (await interaction.original_response()).id
        await together.begin(message, interaction.channel_id, interaction.user.id, scenario)


def shared_panel(page: SharedView, tutor: Tutor) -> Card:
    """What everyone sees: the step, how many picked what, and the navigation."""
    view = page.view
    walked = _(
        "Shared walkthrough: {leader} chooses which step everyone sees. Nobody sees who picked what.",
        leader=_leader(page),
    )
    notes = [f"-# {walked}"]
    controls = Controls()
    if view.step.id == PREDICT:
        picked = _n("**{count}** pick so far.", "**{count}** picks so far.", sum(page.picks.values()))
        notes.append(picked if page.picks else _("No picks yet. Press the solution you would try."))
        controls = solutions(view, SharedPickSolution, SharedPickSolutionMenu)
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
        controls.add(*quiz_options(asked, SharedAnswerQuiz, lambda each: each.key))
    elif view.is_last:
        view = _our_end(page)
        controls.add(*links.choose_related(tutor.questions(view.step.related), tutor))
    controls.rows.extend(_navigation(view))
    votes = {row.solution: _("{some} picked this.", some=_of(page.picks, row.solution)) for row in view.step.rows}
    return step_card(
        view, notes, frames(view, votes if page.picks else None), tutor.picture(view.step.picture), controls
    )


def _ended(page: SharedView) -> Card:
    """What stays of a shared walkthrough that was ended: a way to do it alone."""
    controls = Controls()
    controls.add(_alone(page.view))
    title, over = plain_title(page.view.scenario.title), _("This shared walkthrough has ended.")
    return Card([f"## {title}\n{over}"], controls.rows)


def _our_end(page: SharedView) -> StepView:
    """The last step with the picks of the channel instead of those of one learner."""
    view = page.view
    mine = {PREDICTED, CHECKED}
    blocks = [each for each in view.step.blocks if each.heading not in mine]
    if page.picks:
        lines = [f"- {plain_title(each.title)}: {_of(page.picks, each.id)}" for each in view.scenario.solutions]
        blocks.insert(0, TextBlock("\n".join(lines), PREDICTED_TOGETHER))
    return dataclasses.replace(view, step=dataclasses.replace(view.step, blocks=tuple(blocks)))


def _navigation(view: StepView) -> list[list[Control]]:
    step = view.step.id
    row: list[Control] = [
        SharedMove.make(_("Back"), disabled=view.is_first, step=step, move="back"),
        SharedMove.make(_("Next"), disabled=view.is_last, primary=not view.is_last, step=step, move="next"),
    ]
    if view.quiz and not view.quiz.is_done:
        row.append(SharedMove.make(help_label(view.quiz), step=step, move=stuck(view.quiz).value))
    row.append(links.ask_about(_("Ask about this step"), view.scenario.id, step))
    row.append(EndForEveryone.make(_("End for everyone")))
    return [row, [step_menu(view, SharedGoToStep, _("Go to a step (for everyone)"))], [_alone(view)]]


def _alone(view: StepView) -> Control:
    return OpenWalkthrough.make(_("Do it on my own"), scenario=view.scenario.id, step="story")


def _leader(page: SharedView) -> str:
    """The name of the member who changes the step; "a moderator" once the starter deleted their data."""
    return f"<@{page.starter}>" if page.starter else _("a moderator")


def _of(counts: Mapping[str, int], choice: str) -> str:
    return _("{n} of {total}", n=counts.get(choice, 0), total=sum(counts.values()))


async def _choose(interaction: Interaction, step: str, choice: str) -> None:
    """Count what a learner chose at this step, and tell them in private what it was."""
    shared = interaction.client.app.walking.shared
    page = await shared.choose(_message(interaction).id, interaction.user.id, step, choice)
    if page is None:
        await _tell_why_gone(interaction)
        return
    feedback = _solution_feedback if step == PREDICT else _quiz_feedback
    await _tell_anew(interaction, feedback(page.view.scenario, choice))
    await _refresh(interaction)


async def _tell_anew(interaction: Interaction, text: str) -> None:
    """Send a private line, and delete the one that this member got before about the same panel."""
    about = (_message(interaction).id, interaction.user.id)
    before = interaction.client.kept(PanelMemory).told.put(about, interaction)
    await tell(interaction, text)
    if before:
        # It may be deleted already, or older than the 15 minutes in which the bot can delete it.
        with contextlib.suppress(*REQUEST_ERRORS):
            await before.delete_original_response()


def _solution_feedback(scenario: Scenario, id_: str) -> str:
    title = next((each.title for each in scenario.solutions if each.id == id_), None)
    if title is None:
        return _("This solution was removed from the lesson. Pick another one.")
    return _(
        "You picked {solution}. Only you see this. To change your pick, choose another solution.",
        solution=f"**{plain_title(title)}**",
    )


def _quiz_feedback(scenario: Scenario, key: str) -> str:
    quiz = scenario.check
    picked = next((each for each in quiz.options if option_key(quiz, each) == key), None) if quiz else None
    if quiz is None or picked is None:
        return _("This answer was removed from the lesson. Choose another one.")
    state = quiz_state(quiz, [picked.id], shown=False, learner="")
    if state.right == 1:
        return state.said
    note = _("Several answers are correct. Only the last one that you choose is counted.")
    return f"{state.said}\n-# {note}"


async def _move(interaction: Interaction, at: str, event: Event) -> None:
    shared, message = interaction.client.app.walking.shared, _message(interaction)
    starter = await shared.starter(message.id)
    if starter is None:
        await tell(interaction, _(OVER))
    elif event is Move.HINT and not _may_lead(interaction, starter):
        await _hint_alone(interaction)
    elif await _leads(interaction, starter):
        with in_public(interaction):
            page = await shared.turn(message.id, at, event)
            card = shared_panel(page, interaction.client.app.tutor) if page else None
        if card is None:
            await _tell_why_gone(interaction)
        else:
            await _show(interaction, card)


async def _show(interaction: Interaction, card: Card) -> None:
    """Show a card in place of the panel; once more if a refresh that is being sent still shows the one before."""
    await replace(interaction, [card])
    if _message(interaction).id in interaction.client.kept(PanelMemory).refreshing:
        await _refresh(interaction)


async def _tell_why_gone(interaction: Interaction) -> None:
    """Tell whoever pressed whether this shared walkthrough ended, or is no longer in the lessons."""
    is_kept = await interaction.client.app.walking.shared.starter(_message(interaction).id) is not None
    await tell(interaction, _(GONE) if is_kept else _(OVER))


async def _leads(interaction: Interaction, starter: int) -> bool:
    """Whether this member may change the step; tells them if not."""
    if _may_lead(interaction, starter):
        return True
    if starter:
        turns = _("Only {starter} or a moderator can go to another step.", starter=f"<@{starter}>")
    else:
        turns = _("Only a moderator can go to another step.")
    await tell(interaction, turns + " " + _("To go at your own pace, use `/walkthrough`."))
    return False


def _may_lead(interaction: Interaction, starter: int) -> bool:
    return interaction.user.id == starter or is_moderator(interaction)


async def _hint_alone(interaction: Interaction) -> None:
    """Tell a member the hints up to the next one; those who do not need it do not see it."""
    bot, message = interaction.client, _message(interaction)
    page = await bot.app.walking.shared.page(message.id)
    if page is None:
        await _tell_why_gone(interaction)
        return
    quiz = page.view.scenario.check
    hints = [each.hint for each in quiz.options if each.hint] if quiz else []
    about = (message.id, interaction.user.id)
    everybodys = len(page.view.quiz.hints) if page.view.quiz else 0
    hinted = bot.kept(PanelMemory).hinted
    count = min(max(hinted.get(about) or 0, everybodys) + 1, len(hints))
    hinted.put(about, count)
    if count < len(hints):
        note = _("Only you see this. For the next hint, press *Show a hint* again.")
    else:
        note = _("Only you see this. There are no more hints.")
    await _tell_anew(interaction, "\n".join([*map(hint_line, hints[:count]), f"-# {note}"]))


async def _refresh(interaction: Interaction) -> None:
    """Update the counts. Presses during an edit share the next one: Discord allows five edits in 5 seconds."""
    bot, message = interaction.client, _message(interaction)
    refreshing = bot.kept(PanelMemory).refreshing
    is_refreshing = message.id in refreshing
    refreshing[message.id] = True
    if is_refreshing:
        return
    shown: SharedView | None = None
    try:
        while refreshing[message.id]:
            refreshing[message.id] = False
            with in_public(interaction):
                page = await bot.app.walking.shared.page(message.id)
                card = shared_panel(page, bot.app.tutor) if page else None
                if card is None and shown:  # it ended, and that edit may have come after its end
                    card = _ended(shown)
            if card:
                await edit(message, card)
            shown = page
    finally:
        del refreshing[message.id]


def _message(interaction: Interaction) -> discord.Message:
    assert interaction.message, "a button stands on a message"
    return interaction.message
