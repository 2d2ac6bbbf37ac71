"""Answer a miss: add it to an entry as a phrasing, or add a new entry.

Both begin a draft. The first draft that is published resolves the miss and notifies its subscribers.
"""

from __future__ import annotations

import discord

from bot.asking.clusters import Cluster
from bot.discord_ui.curating import draft_actions
from bot.discord_ui.curating.draft_offers import begin_phrasing
from bot.discord_ui.curating.misses import LINE, cluster_of
from bot.discord_ui.kit.choices import lesson_key
from bot.discord_ui.kit.delivery import tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.markdown import shorten
from bot.discord_ui.kit.press import ID, NUMBER, Button, Menu, number_in
from bot.language.words import _
from bot.lessons.document import Document


class Phrase(Button, template=rf"lb:miss-phrase:(?P<question>{NUMBER}):(?P<entry>{ID})"):
    """Begins a draft that adds the question to this entry as a phrasing."""

    kind = "miss-phrase"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: Interaction) -> None:
        cluster = await cluster_of(interaction, number_in(self.ids["question"]))
        if cluster is None:
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        if draft := await begin_phrasing(interaction, [cluster.text], self.ids["entry"]):
            await interaction.client.app.asking.misses.draft(cluster, draft.id)
            await draft_actions.show_draft(interaction, draft)


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


COMPONENTS = (Phrase, NewEntry, InLesson)


async def _add(interaction: Interaction, cluster: Cluster, document: Document, *, is_chosen: bool = True) -> None:
    bot = interaction.client
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
