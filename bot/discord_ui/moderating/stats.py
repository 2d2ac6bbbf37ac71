"""`/lessons stats`: how the lessons are used, and where learners get stuck; for moderators."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import discord
from discord.utils import escape_markdown

from bot.discord_ui.cards import Card, Controls
from bot.discord_ui.delivery import is_private, replace, respond, tell
from bot.discord_ui.layout import shorten
from bot.discord_ui.limits import ALT_TEXT, SELECT_OPTIONS
from bot.discord_ui.moderating.chart import described, weekly_chart
from bot.discord_ui.moderating.moderators import may_moderate
from bot.discord_ui.press import Button, Menu, option
from bot.guide.figures import FEW, Figures, figures
from bot.tutor import Tutor

WEEKS = 8
MOST_ASKED = 5


class OfScenario(Menu, template="lb:stats"):
    """Where learners get stuck in this scenario."""

    kind = "stats"

    async def pressed(self, interaction: discord.Interaction, tutor: Tutor) -> None:
        if await may_moderate(interaction):
            await show(interaction, tutor, self.chosen)


class OfQuestions(Button, template="lb:usage"):
    """Back to how the lessons are used."""

    kind = "usage"

    async def pressed(self, interaction: discord.Interaction, tutor: Tutor) -> None:
        if await may_moderate(interaction):
            await show(interaction, tutor, "")


PRESSABLES = (OfScenario, OfQuestions)


async def show(interaction: discord.Interaction[Any], tutor: Tutor, wanted: str) -> None:
    """The figures of a scenario; without one, of all questions."""
    if wanted.strip():
        scenario = tutor.find_scenario(wanted)
        if scenario is None:
            await tell(interaction, "There is no walkthrough of that name.")
            return
        card = _walks_card(await figures(scenario, interaction.client.store, discord.utils.utcnow), tutor)
    else:
        card = await _questions_card(interaction.client, tutor)
    if interaction.type is discord.InteractionType.component and is_private(interaction):
        await replace(interaction, [card])
    else:
        await respond(interaction, [card], private=True)


async def _questions_card(bot: Any, tutor: Tutor) -> Card:
    now = discord.utils.utcnow()
    weeks = await bot.store.questions.weeks(now, WEEKS)
    often = await bot.store.questions.most_asked(now - timedelta(weeks=WEEKS), MOST_ASKED)
    names = {each.id: each.text for each in tutor.questions([part for part, _ in often])}
    asked, answered = sum(week.asked for week in weeks), sum(week.answered for week in weeks)
    lines = [
        f"**{asked:,}** asked, **{answered:,}** answered outright",
        f"**{sum(week.taken for week in weeks):,}** of "
        f"{sum(week.suggested for week in weeks):,} suggestions taken",
        f"**{sum(week.misses for week in weeks):,}** missed: `/lessons misses`",
        f"**{sum(week.helped for week in weeks):,}** said that it helped, "
        f"**{sum(week.not_helped for week in weeks):,}** that it was not what they asked",
    ]
    text = [f"## The last {WEEKS} weeks", "\n".join(lines)]
    if often:
        most = [f"- {escape_markdown(shorten(names.get(part, part), 100))}: {count:,}" for part, count in often]
        text.append("\n".join(["**Most asked**", *most]))
    return Card(text, _menu(tutor, None).rows, chart=weekly_chart(weeks), alt=described(weeks)[:ALT_TEXT])


def _walks_card(found: Figures, tutor: Tutor) -> Card:
    controls = _menu(tutor, found.scenario.id)
    controls.add(OfQuestions.make("All questions"))
    return Card(_text(found), controls.rows, f"People, each counted once; fewer than {FEW} are “under {FEW}”.")


def _menu(tutor: Tutor, chosen: str | None) -> Controls:
    controls = Controls()
    options = [option(each.title, each.id, chosen=each.id == chosen) for each in tutor.scenarios[:SELECT_OPTIONS]]
    if options:
        controls.add(OfScenario.make("Where do learners get stuck in …", options))
    return controls


def _text(found: Figures) -> list[str]:
    lines = [
        f"**{n}. {shorten(step.heading, 40)}**\n{step.arrived} arrived · {step.went_on} went on · {step.left} left"
        for n, step in enumerate(found.steps, 1)
    ]
    text = [f"## {found.scenario.title}", "\n".join(lines)]
    picks = [f"- {shorten(title, 40)}: {people}" for title, people in found.picks.items()]
    text.append("\n".join(["**Picked**", *picks]))
    if found.wrong:
        wrong = [f"- {shorten(option, 60)}: {people}" for option, people in found.wrong.items()]
        text.append("\n".join(["**Wrong options chosen in the check**", *wrong]))
    return text
