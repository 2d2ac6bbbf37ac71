"""`/lessons check`: errors in the lessons, and recommendations."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.curating.diff import name_at
from bot.discord_ui.kit.cards import Card, Controls
from bot.discord_ui.kit.delivery import is_private, show_privately
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.markdown import escaped, shorten
from bot.discord_ui.kit.paging import ListPage
from bot.discord_ui.kit.permissions import may_moderate
from bot.discord_ui.kit.press import Button
from bot.errors import Problem
from bot.language.words import _, _n

PAGE = 8
PROBLEM_TEXT = 300


class AdvicePage(Button, template="lb:advice:(?P<page>[0-9]{1,4})"):
    """Shows another page; problems that were fixed meanwhile are no longer listed."""

    kind = "advice"

    async def pressed(self, interaction: Interaction) -> None:
        if await may_moderate(interaction):
            await show_advice(interaction, int(self.ids["page"]))


COMPONENTS = (AdvicePage,)


async def show_advice(interaction: Interaction, page: int = 0) -> None:
    """Show a page of problems: first errors, then advice."""
    bot = interaction.client
    await interaction.response.defer(ephemeral=True, thinking=not is_private(interaction))
    found = await asyncio.to_thread(bot.app.advice)  # it checks all lessons and decodes all pictures
    await show_privately(interaction, [_card(bot.app.library.problems, found, page)])


def _card(mistakes: Sequence[Problem], advice: Sequence[Problem], page: int) -> Card:
    mistake = _("error")
    lines = [f"- **{mistake}** {problem_line(each)}" for each in mistakes] + [
        f"- {problem_line(each)}" for each in advice
    ]
    if not lines:
        nothing, at_all = _("No problems found"), _("The lessons have no errors, and I have no recommendations.")
        return Card([f"## {nothing}\n{at_all}"])
    here = ListPage(lines, page, PAGE)
    controls = Controls()
    controls.add(*here.buttons(AdvicePage))
    counted = [
        _n("{count} error", "{count} errors", len(mistakes)),
        _n("{count} recommendation", "{count} recommendations", len(advice)),
    ]
    title = _("Lesson check")
    summary = [f"## {title}", " · ".join(counted)]
    if mistakes:
        summary.append(
            _(
                "Where a file has errors, members get answers from its last working version. If "
                "there is none, the parts with errors are left out."
            )
        )
    return Card(["\n".join(summary), "\n".join(here.shown)], controls.rows, here.place)


def problem_line(problem: Problem) -> str:
    """The line of a problem: its place, its field, and what is wrong."""
    name = name_at(problem.where)
    what = f"{name}: {problem.what}" if name else problem.what
    return f"`{problem.file}:{problem.line}` {shorten(escaped(what), PROBLEM_TEXT)}"
