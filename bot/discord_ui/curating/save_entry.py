""" "Save as entry": a person's answer in a channel becomes the draft of an entry.

Nobody is named in it, and who wrote the message is not kept.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.asking.cleaning import clean
from bot.discord_ui.curating import draft_actions
from bot.discord_ui.curating.human_answer import MAX_QUESTION, answer_in, pictures_in, question_in, text_of
from bot.discord_ui.kit.delivery import tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.markdown import shorten
from bot.discord_ui.kit.permissions import may_moderate
from bot.language.words import N_, _

if TYPE_CHECKING:
    from bot.discord_ui.client import LessonBot

SAVE_AS_ENTRY = N_("Save as entry")
PATIENCE = 1.0  # seconds that the form waits for the message before; Discord takes it for three


class SaveAsEntry(commands.Cog):
    """The menu of a message, for moderators."""

    def __init__(self, bot: LessonBot) -> None:
        self.bot = bot
        self._menu = app_commands.ContextMenu(name=SAVE_AS_ENTRY, callback=self.save_as_entry)
        self._menu.default_permissions = discord.Permissions(manage_guild=True)
        self._menu.allowed_contexts = app_commands.AppCommandContext(guild=True, dm_channel=False)

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    async def save_as_entry(self, interaction: Interaction, message: discord.Message) -> None:
        """Open the form of a new entry, filled in with a question and this answer to it."""
        if not await may_moderate(interaction):
            return
        pictures = pictures_in(message)
        if message.author == self.bot.user or not (text_of(message).strip() or pictures):
            await tell(interaction, _("Choose a message that a person wrote and that has a text or a picture."))
            return
        before = await _replied_to(message)
        answer = answer_in(message, _names(message, before))
        app = self.bot.app
        asked = _asked(interaction, before)
        miss = await app.asking.misses.like(asked or answer)
        asked = asked or (shorten(clean(miss.text), MAX_QUESTION) if miss else "")
        tutor = app.tutor
        likely = tutor.likely_lesson(asked) or tutor.likely_lesson(answer)
        draft = await app.curating.drafts.begin(
            "add",
            interaction.user.id,
            interaction.guild_id or 0,
            file=likely or tutor.documents[0].file,
            fields={"question": asked, "answer": answer, "alt": pictures[0].description or "" if pictures else ""},
            # What asks nothing, such as "help pls", has to find nothing.
            other="" if tutor.snapshot.index.asks_nothing(asked) else asked,
            pictures=[each.url for each in pictures],
        )
        if miss:
            await app.asking.misses.draft(miss, draft.id)
        await draft_actions.open_form(interaction, draft, is_chosen=likely is not None)


async def _replied_to(message: discord.Message) -> discord.Message | None:
    """The message that this one replies to; None if there is none that the bot may see."""
    reference = message.reference
    if reference is None or reference.type is not discord.MessageReferenceType.reply or not reference.message_id:
        return None
    if isinstance(reference.resolved, discord.Message):
        return reference.resolved
    try:
        async with asyncio.timeout(PATIENCE):
            return await message.channel.fetch_message(reference.message_id)
    except (TimeoutError, discord.HTTPException):
        return None  # deleted, or not to be seen: the question is typed then


def _asked(interaction: Interaction, before: discord.Message | None) -> str:
    """The question that was answered: what was replied to, or the title of the post; '' where neither is known."""
    said = question_in(text_of(before)) if before and not before.author.bot else ""
    title = interaction.channel.name if isinstance(interaction.channel, discord.Thread) else ""
    texts = (shorten(clean(each), MAX_QUESTION) for each in (said, title))
    return next(filter(None, texts), "")


def _names(message: discord.Message, before: discord.Message | None) -> set[str]:
    """What the people are called whom the message may speak to."""
    people = [*message.mentions, *([before.author] if before else [])]
    return {name for each in people for name in (each.name, each.global_name, each.display_name) if name}
