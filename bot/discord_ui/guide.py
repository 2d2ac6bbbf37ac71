"""`/walkthrough`: a scenario, step by step, at a member's own pace."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.dialogue.reply import StepOf
from bot.dialogue.walkthrough import STORY, Choose, Event, Jump, Move, Progress, View
from bot.discord_ui.cards import Card, Controls, step_card
from bot.discord_ui.delivery import is_private, replace, respond, tell
from bot.discord_ui.layout import shorten
from bot.discord_ui.limits import CHOICE_TEXT, CHOICES
from bot.discord_ui.press import ID, Button, Menu, option
from bot.tutor import Tutor

GONE = "This walkthrough is no longer in the lessons. `/walkthrough` shows what there is."


class Walk(Button, template=rf"lb:walk:(?P<scenario>{ID}):(?P<step>{ID}):(?P<move>back|next)"):
    """Back or Next. It knows the step it stands on, so a press that arrives twice moves once."""

    kind = "walk"

    async def pressed(self, interaction: discord.Interaction, tutor: Tutor) -> None:
        await turn(interaction, tutor, self.ids["scenario"], Progress(self.ids["step"]), Move(self.ids["move"]))


class Forward(Walk, template=Walk.__discord_ui_compiled_template__):
    """Next, in the colour of the way on."""

    style = discord.ButtonStyle.primary


class Leap(Menu, template=rf"lb:leap:(?P<scenario>{ID}):(?P<step>{ID})"):
    """The jump menu: every step, in order, none locked.

    It names the step it stands on: an app goes on showing what was chosen in a menu of the same id.
    """

    kind = "leap"

    async def pressed(self, interaction: discord.Interaction, tutor: Tutor) -> None:
        await turn(interaction, tutor, self.ids["scenario"], Progress(), Jump(self.chosen))


class Pick(Button, template=rf"lb:choose:(?P<scenario>{ID}):(?P<option>[0-9a-f]{{8}})"):
    """An option of the check at the end."""

    kind = "choose"

    async def pressed(self, interaction: discord.Interaction, tutor: Tutor) -> None:
        await turn(interaction, tutor, self.ids["scenario"], Progress(), Choose(self.ids["option"]))


class Open(Button, template=rf"lb:open:(?P<scenario>{ID}):(?P<step>{ID})"):
    """Opens a walkthrough at a step: on a panel that is there already, else on a new one."""

    kind = "open"

    async def pressed(self, interaction: discord.Interaction, tutor: Tutor) -> None:
        await start(interaction, tutor, self.ids["scenario"], self.ids["step"])


class Again(Button, template=rf"lb:again:(?P<scenario>{ID})"):
    """From the last step back to the first."""

    kind = "again"

    async def pressed(self, interaction: discord.Interaction, tutor: Tutor) -> None:
        await turn(interaction, tutor, self.ids["scenario"], Progress(), Jump(STORY))


class Choice(Menu, template="lb:scenarios"):
    """Which scenario?"""

    kind = "scenarios"

    async def pressed(self, interaction: discord.Interaction, tutor: Tutor) -> None:
        await turn(interaction, tutor, self.chosen, Progress(), Jump(STORY))


PRESSABLES = (Walk, Leap, Pick, Open, Again, Choice)


async def start(interaction: discord.Interaction, tutor: Tutor, scenario: str, step: str = STORY) -> None:
    """A new private panel at this step."""
    view = tutor.walk(scenario, Progress(step))
    if view is None:
        await tell(interaction, GONE)
        return
    await respond(interaction, [panel(view, tutor)], private=True)


async def turn(interaction: discord.Interaction, tutor: Tutor, scenario: str, at: Progress, event: Event) -> None:
    """The pressed panel goes to another step; a panel that others see as well stays as it is."""
    view = tutor.walk(scenario, at, event)
    if view is None:
        await tell(interaction, GONE)
    elif is_private(interaction):
        await replace(interaction, [panel(view, tutor)])
    else:
        await respond(interaction, [panel(view, tutor)], private=True)


def panel(view: View, tutor: Tutor) -> Card:
    """A step with its ways on."""
    scenario, step = view.scenario.id, view.step
    controls = Controls()
    controls.add(*(Pick.make(each.text, scenario=scenario, option=each.id) for each in step.options))
    back = Walk.make("Back", disabled=view.is_first, scenario=scenario, step=step.id, move="back")
    if view.is_last:
        controls.add(back, Again.make("Walk again", scenario=scenario))
    else:
        controls.add(back, Forward.make("Next", scenario=scenario, step=step.id, move="next"))
    menu = [
        option(f"{n}. {each.title}", each.id, chosen=each.id == step.id) for n, each in enumerate(view.steps, 1)
    ]
    controls.add(Leap.make("Jump to a step", menu, scenario=scenario, step=step.id))
    return step_card(view, tutor.picture(step.picture), controls)


class Guide(commands.Cog):
    """`/walkthrough`: the story, each solution played out, what lies behind."""

    def __init__(self, tutor: Tutor) -> None:
        self.tutor = tutor

    @app_commands.command(description="Walk through a scenario, one step at a time.")
    @app_commands.describe(scenario="Which one; without it you choose from a list.")
    async def walkthrough(self, interaction: discord.Interaction, scenario: str = "") -> None:
        found = self.tutor.find_scenario(scenario)
        if found:
            await start(interaction, self.tutor, found.id)
        elif not self.tutor.scenarios:
            await tell(interaction, "The lessons have no scenario to walk through yet.")
        else:
            await respond(interaction, [_which(self.tutor, unknown=bool(scenario.strip()))], private=True)

    @walkthrough.autocomplete("scenario")
    async def _titles(self, _: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        wanted = typed.strip().casefold()
        fitting = [each for each in self.tutor.scenarios if wanted in each.title.casefold()]
        return [
            app_commands.Choice(name=shorten(each.title, CHOICE_TEXT), value=each.title)
            for each in fitting[:CHOICES]
        ]


def _which(tutor: Tutor, *, unknown: bool) -> Card:
    text = "## Which scenario?"
    if unknown:
        text = "## I know no scenario of that name\nThese are the ones there are."
    controls = Controls()
    options = [option(each.title, each.id) for each in tutor.scenarios[:CHOICES]]
    controls.add(Choice.make("Choose a scenario", options))
    more = len(tutor.scenarios) - CHOICES
    return Card([text], controls.rows, f"and {more} more: type a few letters of the title" if more > 0 else "")


def opener(opens: StepOf) -> Open:
    """The button from an answer into the walkthrough it belongs to."""
    return Open.make(f"Walk through: {opens.title}", scenario=opens.scenario, step=opens.step)
