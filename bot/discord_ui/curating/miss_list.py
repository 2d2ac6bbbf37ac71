"""The list of misses: ten a page, most asked first; each opens its card, and several are resolved in one go."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import discord

from bot.asking.clusters import Cluster, guesses
from bot.discord_ui.curating import draft_actions
from bot.discord_ui.curating.draft_offers import begin_phrasing
from bot.discord_ui.curating.miss_answers import REJECTED, without_known
from bot.discord_ui.curating.miss_text import quoted_question
from bot.discord_ui.curating.misses import IN_LIST, WHAT_IS_OPEN, MissPage, show_miss, small
from bot.discord_ui.kit import links
from bot.discord_ui.kit.cards import Card, Controls
from bot.discord_ui.kit.choices import labels, of_questions
from bot.discord_ui.kit.delivery import show_privately, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.limits import OPTION_TEXT
from bot.discord_ui.kit.markdown import shorten, told_apart
from bot.discord_ui.kit.paging import ListPage
from bot.discord_ui.kit.permissions import may_moderate
from bot.discord_ui.kit.plain_button import PlainButton
from bot.discord_ui.kit.press import NUMBER, Button, Menu, number_in, option
from bot.language.words import _, _n

SHOWN = 100  # characters of one question
IDS = r"[0-9a-z.]{1,70}"  # of the clusters of a page: in base 36 they fit a custom_id
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class TurnMisses(Button, template=rf"lb:misses:(?P<page>{NUMBER})"):
    """A page of the list."""

    kind = "misses"

    async def pressed(self, interaction: Interaction) -> None:
        await show_list(interaction, number_in(self.ids["page"]))


class OpenMiss(Menu, template=rf"lb:miss-open:(?P<page>{NUMBER})"):
    """Opens the card of one miss."""

    kind = "miss-open"

    async def pressed(self, interaction: Interaction) -> None:
        await show_miss(interaction, MissPage(number_in(self.chosen)))


class Several(Menu, template=rf"lb:miss-several:(?P<page>{NUMBER})"):
    """Chooses several misses, to ignore them or to make them phrasings of one entry."""

    kind = "miss-several"

    async def pressed(self, interaction: Interaction) -> None:
        chosen = [number_in(each) for each in self.item.values]
        if found := await _clusters(interaction, chosen):
            drafted = await interaction.client.app.asking.misses.under_way(found)
            await show_privately(interaction, [_chosen_card(interaction, found, drafted, self.ids["page"])])


class IgnoreAll(Button, template=rf"lb:miss-ignore-all:(?P<ids>{IDS})"):
    """Ignores all that were chosen."""

    kind = "miss-ignore-all"

    async def pressed(self, interaction: Interaction) -> None:
        if found := await _clusters(interaction, _unpacked(self.ids["ids"])):
            for each in found:
                await interaction.client.app.asking.misses.ignore(each, interaction.user.id)
            note = _n("Ignored {count} question", "Ignored {count} questions", len(found))
            undo = UnignoreAll.make(_("Open again"), ids=_packed([each.id for each in found]))
            await show_list(interaction, note=note, undo=undo)


class UnignoreAll(Button, template=rf"lb:miss-undo-all:(?P<ids>{IDS})"):
    """Takes back that several questions were ignored."""

    kind = "miss-undo-all"

    async def pressed(self, interaction: Interaction) -> None:
        if not await may_moderate(interaction):
            return
        misses = interaction.client.app.asking.misses
        opened = [await misses.unignore(id_) for id_ in _unpacked(self.ids["ids"])]
        if any(opened):
            await show_list(interaction)
        else:
            await tell(interaction, _("These questions are no longer ignored."))


class PhraseAll(Menu, template=rf"lb:miss-phrase-all:(?P<ids>{IDS})"):
    """Begins a draft that makes all that were chosen phrasings of one entry."""

    kind = "miss-phrase-all"

    async def pressed(self, interaction: Interaction) -> None:
        found = await _clusters(interaction, _unpacked(self.ids["ids"]))
        found = await without_known(interaction, found, self.chosen)
        if not found:
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        if draft := await begin_phrasing(interaction, [each.text for each in found], self.chosen, _(REJECTED)):
            for each in found:
                await interaction.client.app.asking.misses.draft(each, draft.id)
            await draft_actions.show_draft(interaction, draft)


class First(Button, template="lb:miss-first"):
    """The first open miss: what comes next once one was answered."""

    kind = "miss-first"

    async def pressed(self, interaction: Interaction) -> None:
        # The card that was pressed holds the Undo of what was published: it stays.
        await show_miss(interaction, MissPage(), beside=True)


COMPONENTS = (TurnMisses, OpenMiss, Several, IgnoreAll, UnignoreAll, PhraseAll, First)


async def show_list(
    interaction: Interaction, page: int = 0, *, note: str = "", undo: PlainButton | None = None
) -> None:
    """A page of the list, shown to moderators only; of a single miss, or of none, its card.

    `note` says what was just done, which `undo` takes back.
    """
    if not await may_moderate(interaction):
        return
    misses = interaction.client.app.asking.misses
    clusters = (await misses.find()).clusters
    if len(clusters) <= 1:
        await show_miss(interaction, MissPage(note=note, undo=undo))
    else:
        here = ListPage(clusters, page, IN_LIST)
        card = _list_card(here, len(clusters), await misses.under_way(here.shown), note, undo)
        await show_privately(interaction, [card])


def _list_card(
    here: ListPage[Cluster], total: int, drafted: Collection[int], note: str, undo: PlainButton | None
) -> Card:
    """Ten misses of `total`, most asked first, and menus to open one or to choose several; see `show_list`.

    Somebody works on a draft for those that are `drafted`.
    """
    lines = [f"{n}. {_line(each, drafted)}" for n, each in enumerate(here.shown, here.begins + 1)]
    controls, number = Controls(), str(here.number)
    names = told_apart([(shorten(each.text, OPTION_TEXT), str(each.id)) for each in here.shown], OPTION_TEXT)
    options = [(name, str(each.id)) for name, each in zip(names, here.shown, strict=True)]
    controls.add(OpenMiss.make(_("Open a question"), [option(*each) for each in options], page=number))
    several = [option(*each) for each in options]
    controls.add(Several.make(_("Choose several questions"), several, most=len(several), page=number))
    controls.add(*here.buttons(TurnMisses), *([undo] if undo else []))
    footer = _("Most asked first. Nobody can see who asked.")
    if here.last:
        place = _("Page {n} of {total}.", n=here.number + 1, total=here.last + 1)
        footer = f"{place} {footer}"
    title = _n("{count} open question", "{count} open questions", total)
    return Card([*small([note] if note else []), f"## {title}", "\n".join(lines)], controls.rows, footer)


def _line(cluster: Cluster, drafted: Collection[int]) -> str:
    when = discord.utils.format_dt(cluster.last_seen, "R")
    asked = _n("asked once", "asked {count} times", cluster.count)
    is_passed = any(each.passed for each in cluster.questions)
    passed = f" · **{_('sent to the moderators')}**" if is_passed else ""
    work = " · " + _("draft in progress") if cluster.id in drafted else ""
    return f"{quoted_question(shorten(cluster.text, SHOWN))}: {asked}, {when}{passed}{work}"


def _chosen_card(interaction: Interaction, found: Sequence[Cluster], drafted: Collection[int], page: str) -> Card:
    tutor, ids = interaction.client.app.tutor, _packed([each.id for each in found])
    controls = Controls()
    # What fits most of them first.
    fitting = {question.id: question for each in found for question in guesses(each, tutor)[:IN_LIST]}
    shown = list(fitting.values())[:IN_LIST]
    if shown:
        names = labels(of_questions(shown, tutor), OPTION_TEXT)
        menu = [option(name, each.id) for name, each in zip(names, shown, strict=True)]
        controls.add(PhraseAll.make(_("Make them phrasings of an entry"), menu, ids=ids))
    controls.add(
        IgnoreAll.make(_n("Ignore {count} question", "Ignore {count} questions", len(found)), ids=ids),
        links.list_misses(_("Back to the list"), number_in(page)),
    )
    title = _n("{count} question chosen", "{count} questions chosen", len(found))
    return Card([f"## {title}", "\n".join(f"- {_line(each, drafted)}" for each in found)], controls.rows)


async def _clusters(interaction: Interaction, chosen: Sequence[int]) -> list[Cluster]:
    """The clusters of these questions that are still open; none, and a reply says why, if there are none."""
    if not await may_moderate(interaction):
        return []
    every = (await interaction.client.app.asking.misses.find()).clusters
    found = [each for each in every if not set(chosen).isdisjoint(each.ids)]
    if not found:
        gone = _("These questions have already been resolved, or they were deleted.")
        await tell(interaction, f"{gone} {_(WHAT_IS_OPEN)}")
    return found


def _packed(ids: Sequence[int]) -> str:
    return ".".join(map(_base36, ids))


def _unpacked(ids: str) -> list[int]:
    return [int(each, 36) for each in ids.split(".") if each]


def _base36(number: int) -> str:
    digits = ""
    while number or not digits:
        number, digit = divmod(number, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits
