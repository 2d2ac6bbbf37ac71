"""Answer a miss: add it to an entry as a phrasing, or add a new entry.

Both begin a draft. The first draft that is published resolves the miss and notifies its subscribers. Where the
lessons have the answer already, there is nothing to publish: the miss is resolved at once.
"""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.asking.clusters import Cluster
from bot.discord_ui.curating import draft_actions
from bot.discord_ui.curating.draft_offers import begin_phrasing
from bot.discord_ui.curating.misses import LINE, MissPage, cluster_of, show_miss
from bot.discord_ui.kit.choices import lesson_key
from bot.discord_ui.kit.delivery import is_private, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.markdown import shorten
from bot.discord_ui.kit.press import ID, NUMBER, PASSAGE, Button, Menu, number_in
from bot.language.words import N_, _
from bot.lessons.document import Document
from bot.lessons.lesson import normalized

REJECTED = N_(
    "A member said that its answer is not what they asked for. Change the answer with `/lessons edit`, or choose "
    "another entry."
)


class Phrase(Button, template=rf"lb:miss-phrase:(?P<question>{NUMBER}):(?P<entry>{ID})"):
    """Begins a draft that adds the question to this entry as a phrasing."""

    kind = "miss-phrase"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: Interaction) -> None:
        cluster = await cluster_of(interaction, number_in(self.ids["question"]))
        if cluster is None:
            return
        if not await without_known(interaction, [cluster], self.ids["entry"]):
            return
        if await _shows_left(interaction, cluster, self.ids["entry"]):
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        if draft := await begin_phrasing(interaction, [cluster.text], self.ids["entry"], _(REJECTED)):
            await interaction.client.app.asking.misses.draft(cluster, draft.id)
            await draft_actions.show_draft(interaction, draft)


class AnsweredByNow(Button, template=rf"lb:miss-answered:(?P<question>{NUMBER}):(?P<passage>{PASSAGE})"):
    """Resolves the question: the lessons answer it by now."""

    kind = "miss-answered"

    async def pressed(self, interaction: Interaction) -> None:
        cluster = await cluster_of(interaction, number_in(self.ids["question"]))
        if cluster is None:
            return
        if interaction.client.app.tutor.explain(self.ids["passage"]) is None:
            await tell(interaction, _("This entry was removed from the lessons. Choose another one."))
        else:
            await _resolve(interaction, [cluster], self.ids["passage"])
            await _show_next(interaction, [cluster])


class NewEntry(Button, template=rf"lb:miss-new:(?P<question>{NUMBER})"):
    """Begins a new entry; its lesson is chosen in the form."""

    kind = "miss-new"

    async def pressed(self, interaction: Interaction) -> None:
        cluster = await cluster_of(interaction, number_in(self.ids["question"]))
        if cluster is None:
            return
        tutor = interaction.client.app.tutor
        likely = tutor.likely_lesson(cluster.text)
        document = next((each for each in tutor.documents if each.file == likely), tutor.documents[0])
        await _add(interaction, cluster, document, is_chosen=likely is not None)


class InLesson(Menu, template=rf"lb:miss-lesson:(?P<question>{NUMBER})"):
    """The lesson of a new entry, on cards of earlier versions."""

    kind = "miss-lesson"

    async def pressed(self, interaction: Interaction) -> None:
        cluster = await cluster_of(interaction, number_in(self.ids["question"]))
        if cluster is None:
            return
        document = next(
            (each for each in interaction.client.app.tutor.documents if lesson_key(each) == self.chosen), None
        )
        if document is None:
            await tell(interaction, _("This lesson was removed or renamed."))
        else:
            await _add(interaction, cluster, document)


COMPONENTS = (Phrase, AnsweredByNow, NewEntry, InLesson)


async def without_known(interaction: Interaction, found: Sequence[Cluster], entry: str) -> list[Cluster]:
    """Those of these misses that can be added to an entry as phrasings.

    Those whose words it has already are resolved, unless a member said that it is not what they asked. If all are,
    a reply says so.
    """
    here = interaction.client.app.tutor.snapshot.lessons.entries.get(entry)
    known = set(map(normalized, (here.question, *here.phrasings))) if here else set()
    there = [
        each for each in found if normalized(shorten(each.text, LINE)) in known and entry not in each.rejected
    ]
    await _resolve(interaction, there, entry)
    if there and len(there) == len(found):
        await _show_next(interaction, there)
    return [each for each in found if each not in there]


async def _resolve(interaction: Interaction, found: Sequence[Cluster], passage: str) -> None:
    for each in found:
        await interaction.client.app.asking.misses.answer(each, passage, interaction.user.id)
    if found:
        interaction.client.after_resolving()


async def _show_next(interaction: Interaction, answered: Sequence[Cluster]) -> None:
    if is_private(interaction):
        await show_miss(interaction, MissPage(answered=answered))
    else:  # the card in the inbox says it in place
        await interaction.response.defer()


async def _shows_left(interaction: Interaction, cluster: Cluster, entry: str = "") -> bool:
    """Show what the moderator wrote for this before, and left: a change of this entry, or a new one."""
    app = interaction.client.app
    for id_ in await app.asking.misses.drafts_of(cluster, interaction.user.id):
        draft = await app.curating.drafts.find(id_)
        if draft is None or draft.untouched or draft.server != interaction.guild_id:
            continue
        if (draft.kind, draft.item_id) == ("edit", entry) if entry else draft.kind == "add":
            await app.asking.misses.draft(cluster, draft.id)  # others may have asked it since
            await draft_actions.show_left(interaction, draft)
            return True
    return False


async def _add(interaction: Interaction, cluster: Cluster, document: Document, *, is_chosen: bool = True) -> None:
    bot = interaction.client
    if await _shows_left(interaction, cluster):
        return
    asked = shorten(cluster.text, LINE)
    draft = await bot.app.curating.drafts.begin(
        "add",
        interaction.user.id,
        interaction.guild_id or 0,
        file=document.file,
        fields={"question": asked},
        other=asked,
    )
    await bot.app.asking.misses.draft(cluster, draft.id)
    await draft_actions.open_form(interaction, draft, is_chosen=is_chosen)
