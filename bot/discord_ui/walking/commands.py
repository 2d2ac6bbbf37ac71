"""`/walkthrough`: a scenario step by step, alone or with the whole channel."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.dialogue.titles import plain_title
from bot.dialogue.walkthrough import Move
from bot.discord_ui.kit.cards import Card, Controls
from bot.discord_ui.kit.choices import fitting, labels, of_scenarios, offer, scenarios_called
from bot.discord_ui.kit.delivery import is_private, respond, show_privately, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.limits import OPTION_TEXT, SELECT_OPTIONS
from bot.discord_ui.kit.press import Menu, option
from bot.discord_ui.walking import forgetting, shared_panel
from bot.discord_ui.walking.panel import GONE, Continue, GoTo, changed, fresh, move, own_panel
from bot.language.words import N_, _, _n
from bot.lessons.lesson import Scenario
from bot.walking.walking import SavedWalk


class ChooseWalkthrough(Menu, template="lb:scenarios"):
    """Chooses the scenario to begin or continue."""

    kind = "scenarios"

    async def pressed(self, interaction: Interaction) -> None:
        await begin_walk(interaction, self.chosen)


COMPONENTS = (ChooseWalkthrough,)


async def begin_walk(interaction: Interaction, scenario: str) -> None:
    """Show the panel to a new learner; else offer to continue or to start over."""
    saved = await interaction.client.app.walking.own.saved(interaction.user.id, scenario)
    if saved is None and is_private(interaction):
        await move(interaction, scenario, None, Move.STAY)
        return
    if saved:
        card = resume(saved)
    else:
        state = await interaction.client.app.walking.own.open(interaction.user.id, scenario)
        if state is None:  # the lessons were reloaded a moment ago
            await tell(interaction, _(GONE))
            return
        card = await own_panel(interaction, state)
    await show_privately(interaction, [card])


def resume(saved: SavedWalk) -> Card:
    """The card that says where a learner left off and what changed since, and lets them continue or start over."""
    view, scenario = saved.view, saved.scenario.id
    when = discord.utils.format_dt(saved.since, "R")
    if saved.is_finished:
        where = _("You finished this walkthrough {when}.", when=when)
    else:
        where = _(
            "You stopped {when} at step {n} of {total}: {step}",
            step=f"**{plain_title(view.step.heading)}**",
            n=view.position,
            total=view.total,
            when=when,
        )
    text = [f"## {plain_title(saved.scenario.title)}\n{where}"]
    controls = Controls()
    if saved.changes:
        text.append(changed(saved.changes))
        there = [each for each in saved.changes if each.changed]
        controls.add(
            *(
                GoTo.make(_("Go to: {step}", step=each.name), scenario=scenario, step=each.step)
                for each in there[:3]
            )
        )
    onward = _("Go to the end") if saved.is_finished else _("Continue at: {step}", step=view.step.name)
    controls.add(Continue.make(onward, scenario=scenario), fresh(view, is_lost=not saved.is_finished))
    return Card(text, controls.rows)


class WalkthroughCommand(commands.Cog):
    """`/walkthrough`: begin, continue, share or delete walkthroughs."""

    def __init__(self, app: App) -> None:
        self.walking = app.walking
        self.tutor = app.tutor

    @app_commands.command(description=N_("Solve a problem step by step. Stop and continue whenever you like."))
    @app_commands.describe(
        scenario=N_("The walkthrough to start. To choose from a list, leave this empty."),
        share=N_("True: start a shared walkthrough for everyone in this channel."),
        forget=N_("True: delete your walkthrough progress, picks and reminders."),
    )
    async def walkthrough(
        self, interaction: Interaction, scenario: str = "", share: bool = False, forget: bool = False
    ) -> None:
        # `/walkthrough forget` fills in the first option.
        if forget or (scenario.strip().casefold() == forgetting.FORGET and not self._is_called_forget()):
            await forgetting.forget(interaction)
            return
        found = scenarios_called(scenario, self.tutor)
        if len(found) == 1 and share:
            await shared_panel.start(interaction, found[0].id)
        elif len(found) == 1:
            await begin_walk(interaction, found[0].id)
        elif found:
            await respond(interaction, [await self._which(interaction.user.id, found, share)], private=True)
        elif not self.tutor.scenarios:
            await tell(interaction, _("There are no walkthroughs yet."))
        else:
            every, unknown = self.tutor.scenarios, bool(scenario.strip())
            card = await self._which(interaction.user.id, every, share, unknown=unknown)
            await respond(interaction, [card], private=True)

    def _is_called_forget(self) -> bool:
        return any(forgetting.FORGET in {each.id, each.title.casefold()} for each in self.tutor.scenarios)

    @walkthrough.autocomplete("scenario")
    async def _titles(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return offer(fitting(typed, lambda _text: of_scenarios(self.tutor.scenarios, self.tutor)))

    async def _which(
        self, learner: int, scenarios: Sequence[Scenario], share: bool, *, unknown: bool = False
    ) -> Card:
        text = "## " + _("Which walkthrough do you want to start?")
        if unknown:
            text = "## " + _("There is no walkthrough with that name") + "\n" + _("Choose one from the list.")
        begun = {} if share else {each.scenario.id: _place(each) for each in await self.walking.own.begun(learner)}
        some = scenarios[:SELECT_OPTIONS]
        names = labels(of_scenarios(some, self.tutor), OPTION_TEXT)
        options = [
            option(name, each.id, description=begun.get(each.id, ""))
            for name, each in zip(names, some, strict=True)
        ]
        controls = Controls()
        menu = shared_panel.ChooseSharedWalkthrough if share else ChooseWalkthrough
        controls.add(menu.make(_("Choose a walkthrough"), options))
        more = len(scenarios) - SELECT_OPTIONS
        rest = ""
        if more > 0:
            rest = _n(
                "{count} more walkthrough is not listed. To find it, use `/walkthrough` and type part of "
                "the title.",
                "{count} more walkthroughs are not listed. To find them, use `/walkthrough` and type part of "
                "the title.",
                more,
            )
        return Card([text], controls.rows, rest)


def _place(saved: SavedWalk) -> str:
    if saved.is_finished:
        return _("Finished")
    view = saved.view
    return _("You are at step {n} of {total}: {step}", n=view.position, total=view.total, step=view.step.name)
