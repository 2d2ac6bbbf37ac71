"""`/lessons stats`: how the lessons are used, and where learners get stuck; for moderators."""

from __future__ import annotations

from collections.abc import Sequence

from bot.asking.asking import Asking
from bot.dialogue.titles import plain_title
from bot.discord_ui.curating.chart import described, legend, weekly_chart
from bot.discord_ui.curating.digest_card import DAYS, not_counted
from bot.discord_ui.kit.cards import Card, Controls
from bot.discord_ui.kit.choices import labels, of_scenarios
from bot.discord_ui.kit.delivery import show_privately, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.limits import ALT_TEXT, CARD_TEXT, OPTION_TEXT, SELECT_OPTIONS
from bot.discord_ui.kit.markdown import escaped, first_fitting, shorten
from bot.discord_ui.kit.permissions import may_moderate
from bot.discord_ui.kit.press import Button, Menu, option
from bot.language.numbers import amount
from bot.language.words import N_, _, _n
from bot.tutor import Tutor
from bot.walking.figures import FEW, Figures, people

UNKNOWN = N_("There is no walkthrough with that name. Choose one from the list that appears as you type.")
WEEKS = 8
MOST_ASKED = 5
NAMES = (40, 25)  # characters of a step's or a solution's name: the first of these that fits


class OfScenario(Menu, template="lb:stats"):
    """Shows where learners get stuck in a scenario."""

    kind = "stats"

    async def pressed(self, interaction: Interaction) -> None:
        if await may_moderate(interaction):
            await show_stats(interaction, interaction.client.app.tutor, self.chosen)


class OfQuestions(Button, template="lb:usage"):
    """Goes back to the figures about all questions."""

    kind = "usage"

    async def pressed(self, interaction: Interaction) -> None:
        if await may_moderate(interaction):
            await show_stats(interaction, interaction.client.app.tutor, "")


COMPONENTS = (OfScenario, OfQuestions)


async def show_stats(interaction: Interaction, tutor: Tutor, wanted: str) -> None:
    """Show the figures of a scenario, or about all questions if `wanted` is empty."""
    if wanted:
        scenario = tutor.scenario(wanted)
        if scenario is None:
            await tell(interaction, _(UNKNOWN))
            return
        card = scenario_card(await interaction.client.app.walking.figures(scenario), tutor)
    else:
        card = await _questions_card(interaction.client.app.asking, tutor)
    await show_privately(interaction, [card])


async def _questions_card(asking: Asking, tutor: Tutor) -> Card:
    weeks = await asking.weeks(WEEKS)
    often = await asking.most_asked(WEEKS, MOST_ASKED)
    names = {each.id: each.text for each in tutor.questions([id_ for id_, __ in often])}
    asked, answered, taken, suggested, missed, helped, not_helped = (
        sum(getattr(week, each) for week in weeks)
        for each in ("asked", "answered", "taken", "suggested", "misses", "helped", "not_helped")
    )
    title = _n("The last {count} week", "The last {count} weeks", WEEKS)
    # These may be older than the weeks above, and similar ones are one, as in the list.
    still = amount(len((await asking.misses.find()).clusters))
    left = _("Open questions: **{open}** (see `/lessons misses`)", open=still)
    controls, footer = _menu(tutor, None), not_counted(asking.days, WEEKS * DAYS)
    if not asked:
        return Card([f"## {title}", _("Nobody asked anything."), left], controls.rows, footer)
    lines = [
        _(
            "Questions asked: **{asked}** · answered directly: **{answered}**",
            asked=amount(asked),
            answered=amount(answered),
        ),
        _("Suggestions chosen: **{taken}** of {suggested}", taken=amount(taken), suggested=amount(suggested)),
        _("Misses: **{missed}**", missed=amount(missed)),
        _(
            "“That helped”: **{helped}** · “Not what I asked”: **{not_helped}**",
            helped=amount(helped),
            not_helped=amount(not_helped),
        ),
        legend(),
    ]
    text = [f"## {title}", "\n".join(lines), left]
    if often:
        gone = _("an entry that was removed")
        most = [f"{amount(count)} × {escaped(shorten(names.get(passage, gone), 100))}" for passage, count in often]
        text.append(_list(_("Most asked questions"), most))
    alt = described(weeks)[:ALT_TEXT]
    return Card(text, controls.rows, footer, chart=weekly_chart(weeks), alt=alt)


def scenario_card(found: Figures, tutor: Tutor) -> Card:
    """How far learners got in a scenario, and what they picked and chose."""
    controls = _menu(tutor, found.scenario.id)
    controls.add(OfQuestions.make(_("Question statistics")))
    if found.all_small:
        so_far = _(
            "Too few members have used this walkthrough. Its figures are shown from {few} members on.", few=FEW
        )
        return Card([_title(found), so_far], controls.rows)
    note = _("Each person is counted once. Numbers below {few} are shown as “{under}”.", few=FEW, under=people(0))
    text = first_fitting((_text(found, name) for name in NAMES), CARD_TEXT - len(f"-# {note}"))
    return Card(text, controls.rows, note)


def _menu(tutor: Tutor, chosen: str | None) -> Controls:
    controls = Controls()
    some = tutor.scenarios[:SELECT_OPTIONS]
    names = labels(of_scenarios(some, tutor), OPTION_TEXT)
    options = [option(name, each.id, chosen=each.id == chosen) for name, each in zip(names, some, strict=True)]
    if options:
        controls.add(OfScenario.make(_("Choose a walkthrough to see where members get stuck"), options))
    return controls


def _text(found: Figures, name: int) -> list[str]:
    """The figures of a scenario; steps and solutions with at most `name` characters each."""
    lines = [
        f"**{n}. {plain_title(shorten(step.heading, name))}**\n"
        + _(
            "reached: {arrived} · continued: {went_on} · stopped here: {left}",
            arrived=step.arrived,
            went_on=step.went_on,
            left=step.left,
        )
        for n, step in enumerate(found.steps, 1)
    ]
    text = [_title(found), "\n".join(lines)]
    picks = [f"{plain_title(shorten(title, name))}: {count}" for title, count in found.picks.items()]
    text.append(_list(_("Solutions picked"), picks))
    if found.wrong:
        wrong = [f"{shorten(text, 60)}: {count}" for text, count in found.wrong.items()]
        text.append(_list(_("Wrong answers chosen in the quiz"), wrong))
    return text


def _title(found: Figures) -> str:
    return f"## {plain_title(found.scenario.title)}"


def _list(title: str, items: Sequence[str]) -> str:
    return "\n".join([f"**{title}**", *(f"- {each}" for each in items)])
