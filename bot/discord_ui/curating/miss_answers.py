"""Answer a miss: add it to an entry as a phrasing, or add a new entry.

Both begin a draft. The first draft that is published resolves the miss and notifies its subscribers.
"""

from __future__ import annotations

import discord

from bot.asking.clusters import Cluster, guesses
from bot.curating.errors import GoneError
from bot.discord_ui.curating import draft_actions
from bot.discord_ui.curating.miss_text import quoted
from bot.discord_ui.curating.misses import LINE, BackToMiss, cluster_of, put
from bot.discord_ui.kit.cards import Card, Controls
from bot.discord_ui.kit.choices import labels, lesson_key, of_lessons
from bot.discord_ui.kit.delivery import tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.limits import OPTION_TEXT, SELECT_OPTIONS
from bot.discord_ui.kit.markdown import shorten
from bot.discord_ui.kit.press import ID, NUMBER, Button, Menu, number_in, option
from bot.language.words import _, _n
from bot.lessons.document import Document
from bot.tutor import Tutor


class Phrase(Button, template=rf"lb:miss-phrase:(?P<question>{NUMBER}):(?P<entry>{ID})"):
    """Begins a draft that adds the question to this entry as a phrasing."""

    kind = "miss-phrase"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: Interaction) -> None:
        cluster = await cluster_of(interaction, number_in(self.ids["question"]))
        if cluster is None:
            return
        bot, entry = interaction.client, self.ids["entry"]
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            draft = await bot.app.curating.drafts.begin(
                "edit", interaction.user.id, interaction.guild_id or 0, item_id=entry
            )
        except GoneError:
            await tell(interaction, _("This entry was removed from the lessons. Choose another one."))
            return
        phrasings = draft.fields.get("phrasings", "").splitlines()
        if cluster.text not in phrasings:
            both = "\n".join([*phrasings, shorten(cluster.text, LINE)])
            draft = await bot.app.curating.drafts.save(draft.id, {"phrasings": both})
        await bot.app.asking.misses.draft(cluster, draft.id)
        await draft_actions.show_draft(interaction, draft)


class NewEntry(Button, template=rf"lb:miss-new:(?P<question>{NUMBER})"):
    """Begins a new entry; if there are several lessons, asks which one first."""

    kind = "miss-new"

    async def pressed(self, interaction: Interaction) -> None:
        cluster = await cluster_of(interaction, number_in(self.ids["question"]))
        if cluster is None:
            return
        every = _likely_first(cluster, interaction.client.app.tutor)
        if len(every) == 1:
            await _add(interaction, cluster, every[0])
            return
        some = every[:SELECT_OPTIONS]
        options = [
            option(name, lesson_key(each), description=each.lesson.course or "")
            for name, each in zip(labels(of_lessons(some), OPTION_TEXT), some, strict=True)
        ]
        controls = Controls()
        controls.add(InLesson.make(_("Choose a lesson"), options, **self.ids))
        controls.add(BackToMiss.make(_("Back"), question=self.ids["question"]))
        more = len(every) - SELECT_OPTIONS
        title, footer = _("Which lesson should the entry go into?"), ""
        if more > 0:
            footer = _n(
                "{count} more lesson is not listed. To add an entry to it, use `/lessons add`.",
                "{count} more lessons are not listed. To add an entry to one of them, use `/lessons add`.",
                more,
            )
        await put(interaction, Card([f"## {title}\n{quoted(cluster.text)}"], controls.rows, footer))


class InLesson(Menu, template=rf"lb:miss-lesson:(?P<question>{NUMBER})"):
    """The lesson of a new entry."""

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


async def _add(interaction: Interaction, cluster: Cluster, document: Document) -> None:
    bot = interaction.client
    draft = await bot.app.curating.drafts.begin(
        "add",
        interaction.user.id,
        interaction.guild_id or 0,
        file=document.file,
        fields={"question": shorten(cluster.text, LINE)},
    )
    await bot.app.asking.misses.draft(cluster, draft.id)
    await draft_actions.open_form(interaction, draft)


def _likely_first(cluster: Cluster, tutor: Tutor) -> list[Document]:
    """The lessons, those with the best guesses first."""
    of_file = {each.file: each for each in tutor.documents}
    likely = [tutor.snapshot.lessons.file_of(each.id) for each in guesses(cluster, tutor)]
    files = dict.fromkeys([*(file for file in likely if file in of_file), *of_file])
    return [of_file[file] for file in files]
