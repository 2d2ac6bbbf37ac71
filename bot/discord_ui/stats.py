"""`/lessons stats`: where learners get stuck, for moderators."""

from __future__ import annotations

from typing import Any

import discord

from bot.discord_ui.cards import Card, Controls
from bot.discord_ui.delivery import is_private, replace, respond, tell
from bot.discord_ui.layout import shorten
from bot.discord_ui.limits import SELECT_OPTIONS
from bot.discord_ui.press import Menu, option
from bot.guide.figures import FEW, Figures, figures
from bot.tutor import Tutor

NOT_ALLOWED = "That is for moderators: members who may manage this server."


class OfScenario(Menu, template="lb:stats"):
    """The figures of another scenario."""

    kind = "stats"

    async def pressed(self, interaction: discord.Interaction, tutor: Tutor) -> None:
        await show(interaction, tutor, self.chosen)


PRESSABLES = (OfScenario,)


async def show(interaction: discord.Interaction[Any], tutor: Tutor, wanted: str) -> None:
    """The figures of a scenario, for whoever may see them; checked at each press."""
    if interaction.guild is None or not interaction.permissions.manage_guild:
        await tell(interaction, NOT_ALLOWED)
        return
    known = tutor.scenarios
    scenario = tutor.find_scenario(wanted) or (known[0] if known and not wanted.strip() else None)
    if scenario is None:
        none = "The lessons have no scenario to walk through yet."
        await tell(interaction, "There is no walkthrough of that name." if known else none)
        return
    found = await figures(scenario, interaction.client.store, discord.utils.utcnow)
    controls = Controls()
    if len(known) > 1:
        options = [option(each.title, each.id, chosen=each.id == scenario.id) for each in known[:SELECT_OPTIONS]]
        controls.add(OfScenario.make("Another walkthrough", options))
    card = Card(_text(found), controls.rows, f"People, each counted once; fewer than {FEW} are “under {FEW}”.")
    if interaction.type is discord.InteractionType.component and is_private(interaction):
        await replace(interaction, [card])
    else:
        await respond(interaction, [card], private=True)


def _text(found: Figures) -> list[str]:
    lines = [
        f"**{n}. {shorten(step.heading, 60)}**\n{step.arrived} arrived · {step.went_on} went on · {step.left} left"
        for n, step in enumerate(found.steps, 1)
    ]
    text = [f"## {found.scenario.title}", "\n".join(lines)]
    picks = [f"- {shorten(title, 60)}: {people}" for title, people in found.picks.items()]
    text.append("\n".join(["**Picked before seeing**", *picks]))
    if found.wrong:
        wrong = [f"- {shorten(option, 80)}: {people}" for option, people in found.wrong.items()]
        text.append("\n".join(["**Wrong options chosen in the check**", *wrong]))
    return text
