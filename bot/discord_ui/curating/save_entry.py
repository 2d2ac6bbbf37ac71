""" "Save as entry": a person's answer in a channel becomes the draft of an entry.

Nobody is named in it. Once it is published, whoever wrote the message is asked whether they want to be.
"""

from __future__ import annotations

import discord
from discord import app_commands

from bot.asking.cleaning import clean
from bot.curating.draft import Draft
from bot.discord_ui.curating import draft_actions
from bot.discord_ui.kit.delivery import tell
from bot.discord_ui.kit.human_answer import (
    CHOOSE_ANOTHER,
    MAX_QUESTION,
    HumanAnswer,
    is_human_answer,
    read_answer,
)
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.markdown import shorten
from bot.discord_ui.kit.message_menu import MessageMenu
from bot.discord_ui.kit.permissions import may_moderate
from bot.language.words import N_, _


class SaveAsEntry(MessageMenu):
    """The menu of a message, for moderators."""

    title = N_("Save as entry")

    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_contexts(guilds=True, dms=False)
    async def chosen(self, interaction: Interaction, message: discord.Message) -> None:
        """Open the form of a new entry, filled in with a question and this answer to it."""
        if not await may_moderate(interaction):
            return
        if not is_human_answer(message, self.bot.user):
            await tell(interaction, _(CHOOSE_ANOTHER))
            return
        said = await read_answer(interaction, message)
        draft, is_chosen = await begin_entry(interaction, said, resume=True)
        if draft.untouched:
            await remember_author(interaction, draft, message)
            await draft_actions.open_form(interaction, draft, is_chosen=is_chosen)
        else:
            await draft_actions.show_left(interaction, draft)


async def begin_entry(interaction: Interaction, said: HumanAnswer, *, resume: bool = False) -> tuple[Draft, bool]:
    """Begin the draft of an entry with this answer. Its question, if not known, is the nearest miss.

    Also returns whether it is known which lesson it goes into. `resume` is as in `Drafting.begin`.
    """
    app, tutor = interaction.client.app, interaction.client.app.tutor
    miss = await app.asking.misses.like(said.question or said.answer)
    asked = said.question or (shorten(clean(miss.text), MAX_QUESTION) if miss else "")
    likely = tutor.likely_lesson(asked) or tutor.likely_lesson(said.answer)
    pictures = said.pictures
    draft = await app.curating.drafts.begin(
        "add",
        interaction.user.id,
        interaction.guild_id or 0,
        file=likely or tutor.documents[0].file,
        fields={
            "question": asked,
            "answer": said.answer,
            "alt": pictures[0].description or "" if pictures else "",
        },
        # What asks nothing, such as "help pls", has to find nothing.
        other="" if tutor.snapshot.index.asks_nothing(asked) else asked,
        pictures=[each.url for each in pictures],
        resume=resume,
    )
    if miss:
        await app.asking.misses.draft(miss, draft.id)
    return draft, likely is not None


async def remember_author(interaction: Interaction, draft: Draft, message: discord.Message) -> None:
    """Save whom to ask about this draft: the author of its message, if the moderator did not write it."""
    if message.author.bot or message.webhook_id or message.author.id == interaction.user.id:
        return
    await interaction.client.app.curating.credits.remember(
        draft.id,
        author=message.author.id,
        server=interaction.guild_id or 0,
        channel=message.channel.id,
        message=message.id,
    )
