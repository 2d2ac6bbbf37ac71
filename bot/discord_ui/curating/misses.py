"""`/lessons misses`: questions without a good answer, similar ones on one card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.asking.clusters import Cluster, guesses, likely
from bot.curating.proposals import Proposal
from bot.dialogue.reply import Question
from bot.discord_ui.curating.miss_text import describe, quoted_question
from bot.discord_ui.curating.proposals import ShowProposal
from bot.discord_ui.kit import links
from bot.discord_ui.kit.cards import Card, Control, Controls
from bot.discord_ui.kit.choices import labels, of_questions
from bot.discord_ui.kit.delivery import is_private, refuse, show_privately, tell
from bot.discord_ui.kit.forms import Form, line
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.limits import CARD_TEXT, OPTION_TEXT, SELECT_OPTIONS
from bot.discord_ui.kit.markdown import escaped
from bot.discord_ui.kit.permissions import may_moderate
from bot.discord_ui.kit.plain_button import GREY, PlainButton
from bot.discord_ui.kit.press import NUMBER, Button, Menu, number_in, option
from bot.language.words import N_, _, _n
from bot.tutor import Tutor

WHAT_IS_OPEN = N_("To see what is open, use `/lessons misses`.")
LINE = 200  # of a phrasing, or of an entry's question
IN_LIST = 10  # misses on a page of the list


class OtherMiss(Button, template=rf"lb:miss-turn:(?P<question>{NUMBER}):(?P<move>earlier|next)"):
    """Goes to the cluster before or after this one."""

    kind = "miss-turn"

    async def pressed(self, interaction: Interaction) -> None:
        move = 1 if self.ids["move"] == "next" else -1
        await show_miss(interaction, MissPage(number_in(self.ids["question"]), move=move))


class ChooseEntry(Menu, template=rf"lb:miss-entry:(?P<question>{NUMBER})"):
    """Chooses the entry to which the button adds the question as a phrasing."""

    kind = "miss-entry"

    async def pressed(self, interaction: Interaction) -> None:
        await show_miss(interaction, MissPage(number_in(self.ids["question"]), chosen=self.chosen))


class SearchEntries(Button, template=rf"lb:miss-search:(?P<question>{NUMBER})"):
    """Opens a form to search for other entries."""

    kind = "miss-search"

    async def pressed(self, interaction: Interaction) -> None:
        if not await may_moderate(interaction):
            return
        box = line("wanted", _("Search for"), _("Enter a few words from the entry's question."), LINE)
        await interaction.response.send_modal(Find.make(interaction, _("Search entries"), box, **self.ids))


class Find(Form):
    """Searches for entries, and lists them in the menu."""

    kind = "miss-find"
    template = rf"(?P<question>{NUMBER})"

    @classmethod
    async def submitted(cls, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        await show_miss(interaction, MissPage(number_in(ids["question"]), wanted=typed.get("wanted", "")))


class BackToMiss(Button, template=rf"lb:miss:(?P<question>{NUMBER})"):
    """Goes back to this cluster."""

    kind = "miss"

    async def pressed(self, interaction: Interaction) -> None:
        await show_miss(interaction, MissPage(number_in(self.ids["question"])))


class Ignore(Button, template=rf"lb:miss-ignore:(?P<question>{NUMBER})"):
    """Ignores a question that the lessons need not answer."""

    kind = "miss-ignore"

    async def pressed(self, interaction: Interaction) -> None:
        cluster = await cluster_of(interaction, number_in(self.ids["question"]))
        if cluster is not None:
            await interaction.client.app.asking.misses.ignore(cluster, interaction.user.id)
            if is_private(interaction):
                note = _("Ignored: {question}", question=quoted_question(cluster.text))
                undo = Unignore.make(_("Open again"), question=str(cluster.id))
                await show_miss(interaction, MissPage(note=note, undo=undo))
            else:  # the card in the inbox says it in place
                await interaction.response.defer()


class Unignore(Button, template=rf"lb:miss-undo:(?P<question>{NUMBER})"):
    """Takes back that a question was ignored."""

    kind = "miss-undo"

    async def pressed(self, interaction: Interaction) -> None:
        if not await may_moderate(interaction):
            return
        if not await interaction.client.app.asking.misses.unignore(number_in(self.ids["question"])):
            await tell(interaction, _("This question is no longer ignored."))
        elif is_private(interaction):
            await show_miss(interaction, MissPage(number_in(self.ids["question"])))
        else:
            await interaction.response.defer()


COMPONENTS = (OtherMiss, ChooseEntry, SearchEntries, BackToMiss, Ignore, Unignore)
FORMS = (Find,)


async def cluster_of(interaction: Interaction, question: int) -> Cluster | None:
    """The cluster of this question; None, and a reply says why, if it is gone or the member is no moderator."""
    if not await may_moderate(interaction):
        return None
    here = (await interaction.client.app.asking.misses.of([question])).get(question)
    if here is None:
        gone = _("This question has already been resolved, or it was too old and was deleted.")
        await refuse(interaction, f"{gone} {_(WHAT_IS_OPEN)}")
    return here


@dataclass(frozen=True)
class MissPage:
    """What to show: the cluster of a question or the one beside it, and the entries in its menu.

    `chosen` is the entry chosen in the menu, `wanted` are the words to search for, `answered` were just resolved.
    `note` says what else was just done, which `undo` takes back.
    """

    question: int | None = None
    move: int = 0
    chosen: str = ""
    wanted: str = ""
    answered: Sequence[Cluster] = ()
    note: str = ""
    undo: PlainButton | None = None


async def show_miss(interaction: Interaction, page: MissPage, *, beside: bool = False) -> None:
    """The card of a miss; `beside` the card that was pressed, or in its place."""
    if not await may_moderate(interaction):
        return
    bot = interaction.client
    misses = bot.app.asking.misses
    every = await misses.find()
    found = every.clusters
    at = next((n for n, each in enumerate(found) if page.question in each.ids), None)
    if page.question is not None and at is None:  # of very many, not all are listed
        own = (await misses.of([page.question])).values()
        found, at = [*found, *own], len(found) if own else None
    notes = [page.note] if page.note else []
    for each in page.answered:
        question = quoted_question(each.text)
        notes.append(_("Answered: {question}. Whoever waits for it gets a message.", question=question))
    if page.question is not None and at is None and found:
        notes.append(_("That question is already resolved. Here is the first open one."))
    if not found:
        controls = Controls()
        if page.undo:
            controls.add(page.undo)
        title, text = _("No open questions"), _("Every question has been answered or resolved.")
        none = Card([*small(notes), f"## {title}\n{text}"], controls.rows)
        await show_privately(interaction, [none], beside=beside)
        return
    place = 0 if at is None else min(max(0, at + page.move), len(found) - 1)
    cluster = found[place]
    waiting = await misses.waiting(cluster)
    drafted = await misses.drafted_by(cluster)
    proposal = await misses.proposal(cluster)
    options = guesses(cluster, bot.app.tutor, page.wanted)
    if page.wanted and not options:
        notes.append(_("No entry matches {words}.", words=quoted_question(page.wanted)))
        options = guesses(cluster, bot.app.tutor)
    is_searched = bool(page.wanted) and not notes
    if found_now := misses.found_by_now(cluster):
        notes.append(by_now(found_now))
    controls = draw_controls(cluster, options, page.chosen, bot.app.tutor, found_now, is_searched=is_searched)
    controls = with_proposal(controls, proposal, found_now)
    navigation: list[Control] = [page.undo] if page.undo else []
    if len(found) > 1:
        navigation = [
            OtherMiss.make(_("Previous"), disabled=place == 0, question=str(cluster.id), move="earlier"),
            OtherMiss.make(_("Next"), disabled=place == len(found) - 1, question=str(cluster.id), move="next"),
            links.list_misses(_("Back to the list"), place // IN_LIST),
            *navigation,
        ]
    controls.add(*navigation)
    footer = _("{n} of {total}, most asked first. Nobody can see who asked.", n=place + 1, total=len(found))
    if more := every.more:
        left = _n(
            "{count} more question is not listed because it was asked less often or longer ago.",
            "{count} more questions are not listed because they were asked less often or longer ago.",
            more,
        )
        footer = f"{footer} {left}"
    above = small(notes)
    room = CARD_TEXT - sum(map(len, (*above, "-# ", footer)))
    said = describe(cluster, waiting, drafted, bot.app.tutor, proposal, room=room)
    await show_privately(interaction, [Card([*above, *said], controls.rows, footer)], beside=beside)


def small(notes: Sequence[str]) -> list[str]:
    """Notes in small print."""
    return [f"-# {each}" for each in notes]


def with_proposal(controls: Controls, proposal: Proposal | None, found: Question | None) -> Controls:
    """The controls of a miss, and first of all a way to what a member proposed as its answer.

    It is what to press first, unless the lessons answer the question by now with `found`.
    """
    if proposal is None:
        return controls
    show = ShowProposal.make(_("Show the proposal"), primary=not found, proposal=str(proposal.id))
    rows = controls.rows if found else [[_plain(each) for each in row] for row in controls.rows]
    return Controls([[show], *rows])


def _plain(control: Control) -> Control:
    return replace(control, style=GREY) if isinstance(control, PlainButton) else control


def by_now(found: Question) -> str:
    """Says what the lessons answer to a miss since an edit."""
    question = f"**{escaped(found.text)}**"
    return _("The lessons answer this by now: {question}", question=question)


def draw_controls(  # noqa: PLR0913 -- what is known of it, and what was chosen
    cluster: Cluster,
    options: Sequence[Question],
    chosen: str,
    tutor: Tutor,
    found: Question | None,
    *,
    is_searched: bool = False,
) -> Controls:
    """Add as a phrasing, add as an entry, search, or ignore; first what is likely, or what `is_searched` for.

    Where the lessons answer it by now with `found`, there is nothing to add: it only has to be resolved.
    """
    controls = Controls()
    question = str(cluster.id)
    if found:
        controls.add(links.answered_by_now(_("This answers it"), cluster.id, found.id))
        options = [each for each in options if each != found]
    if options:
        # An entry that was chosen before is added to the menu if it is no longer among the options.
        offered = {each.id: each for each in (*options, *tutor.questions([chosen] if chosen else []))}
        first = offered.get(chosen) or options[0]
        shown = [first, *(each for each in offered.values() if each.id != first.id)][:SELECT_OPTIONS]
        is_likely = not found and first.id in {each.id for each in likely(cluster, tutor)}
        is_chosen = bool(chosen) or is_searched or is_likely
        phrase = _("Add as phrasing of: {question}", question=first.text)
        if is_chosen:
            controls.add(links.save_as_phrasing(phrase, cluster.id, first.id, primary=not found))
        elif not found:
            # What fits badly is offered in the menu alone.
            controls.add(links.save_as_entry(_("Add as new entry"), cluster.id, primary=True))
        names = labels(of_questions(shown, tutor), OPTION_TEXT)
        menu = [
            option(name, each.id, chosen=is_chosen and each.id == first.id)
            for name, each in zip(names, shown, strict=True)
        ]
        other = _("Choose another entry") if is_chosen else _("Or make it a phrasing of…")
        controls.add(ChooseEntry.make(other, menu, question=question))
    controls.add(
        SearchEntries.make(_("Search entries"), question=question),
        # Where it stands above already, it is not shown twice.
        links.save_as_entry(_("Add as new entry"), cluster.id, primary=not (options or found)),
        Ignore.make(_("Ignore"), question=question),
    )
    return controls
