"""All lessons out as one zip, and in again: shown first, then published whole or not at all."""

from __future__ import annotations

import asyncio
import hashlib
import io
import re
from typing import Any

import discord
from discord.utils import escape_markdown

from bot.discord_ui.cards import Card, Controls
from bot.discord_ui.delivery import respond, tell
from bot.discord_ui.moderating.drafts import IMPACT_LINES, REAL_QUESTIONS, bullets
from bot.discord_ui.moderating.moderators import may_moderate
from bot.discord_ui.press import Button
from bot.errors import EditError, LessonError
from bot.lessons import archive
from bot.lessons.unpacking import MAX_UPLOAD_BYTES
from bot.tutor import Tutor

LISTED = 10


class Import(Button, template=r"lb:import:(?P<state>[0-9a-f]{12})"):
    """Publishes the file that hangs on the same message: it survives a restart there.

    `state` stands for the lessons that it was shown against: over others, it is shown again.
    """

    kind = "import"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        if not await may_moderate(interaction):
            return
        assert interaction.message, "a button stands on a message"
        await interaction.response.defer(ephemeral=True, thinking=True)
        if not interaction.message.attachments:
            await tell(interaction, "The file is no longer there; upload it again.")
            return
        upload = interaction.message.attachments[0]
        try:
            content = await upload.read()
            plan = await _plan(interaction.client, upload.filename, content)
            if _state(plan) != self.ids["state"]:
                await tell(interaction, "The lessons were changed meanwhile. This is what the file would do now:")
                await _show(interaction, upload.filename, content, plan)
                return
            revisions = await interaction.client.curator.publish_files(
                plan.changes,
                lambda: archive.publish(interaction.client.library, plan),
                author=interaction.user.id,
                author_name=interaction.user.display_name,
            )
        except (EditError, LessonError) as error:
            await tell(interaction, f"Nothing was changed.\n{_reasons(error)}")
            return
        notes = ""
        if revisions:
            others = {*plan.pictures, *(each.file for each in revisions)}
            notes = await interaction.client.after_publishing(revisions[-1], others)
        count = len(revisions)
        text = (
            f"## Imported\n{count} lesson{'s' * (count != 1)} changed. `/lessons history` shows them, with Undo."
        )
        await respond(interaction, [Card([text], footer=notes)], private=True)


PRESSABLES = (Import,)


async def export(interaction: discord.Interaction[Any]) -> None:
    """One zip with every lesson, picture and question."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    content = await asyncio.to_thread(archive.export, interaction.client.library)
    await interaction.followup.send(file=discord.File(io.BytesIO(content), "lessons.zip"), ephemeral=True)


async def propose(interaction: discord.Interaction[Any], upload: discord.Attachment) -> None:
    """What a file would change, and what that does; nothing is changed yet."""
    if upload.size > MAX_UPLOAD_BYTES:
        await tell(
            interaction,
            f"The file has {upload.size / 2**20:.1f} MiB; at most {MAX_UPLOAD_BYTES // 2**20} can be taken.",
        )
        return
    await interaction.response.defer(ephemeral=True, thinking=True)
    bot, content = interaction.client, await upload.read()
    try:
        # Discord changes some names; the one under which it will be published is the one that is shown.
        plan = await _plan(bot, _name(upload.filename), content)
    except (EditError, LessonError) as error:
        await tell(interaction, f"This file cannot be taken; nothing was changed.\n{_reasons(error)}")
        return
    await _show(interaction, upload.filename, content, plan)


async def _show(interaction: discord.Interaction[Any], name: str, content: bytes, plan: archive.Plan) -> None:
    bot = interaction.client
    if plan.is_empty:
        await tell(interaction, "The lessons are like this already; there is nothing to import.")
        return
    questions = await bot.store.questions.recent_texts(REAL_QUESTIONS)
    _, found = await bot.curator.preview_files(plan.changes, plan.after, questions)
    lines = [_change(each) for each in plan.lessons if each.state != "same"]
    if plan.pictures:
        lines.append(f"{len(plan.pictures)} new pictures")
    controls = Controls()
    controls.add(Import.make("Publish", state=_state(plan)))
    text = [
        f"## Import {escape_markdown(name)}?",
        f"**What changes**\n{bullets(lines[:LISTED])}",
        f"**What that does**\n{bullets(found.words(IMPACT_LINES))}",
    ]
    card = Card(text, controls.rows, "Not yet published. The file hangs here until you decide.")
    view = card.view()
    view.add_item(discord.ui.File(f"attachment://{_name(name)}"))
    attached = discord.File(io.BytesIO(content), _name(name))
    await interaction.followup.send(view=view, file=attached, ephemeral=True)


async def _plan(bot: Any, name: str, content: bytes) -> archive.Plan:
    files = await asyncio.to_thread(archive.read_archive, name, content)
    return await asyncio.to_thread(archive.plan, bot.library, files)


def _state(plan: archive.Plan) -> str:
    """Stands for the files that would be replaced, as they are now."""
    before = ((file, document.text if document else None) for file, (document, _) in sorted(plan.changes.items()))
    return hashlib.sha256(repr(list(before)).encode(errors="surrogatepass")).hexdigest()[:12]


def _change(change: archive.LessonChange) -> str:
    counted = [
        f"{len(ids)} {word}"
        for ids, word in ((change.added, "added"), (change.changed, "changed"), (change.removed, "removed"))
        if ids
    ]
    return f"{change.file} ({change.state}): {', '.join(counted) or 'other texts'}"


def _name(filename: str) -> str:
    """A name that stays the same inside `attachment://…`."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", filename)[-80:]


def _reasons(error: Exception) -> str:
    lines = str(error).splitlines()
    more = [f"- and {len(lines) - LISTED} more"] if len(lines) > LISTED else []
    return "\n".join([*(f"- {escape_markdown(line[:300])}" for line in lines[:LISTED]), *more])
