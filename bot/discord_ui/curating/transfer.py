"""`/lessons export` and `/lessons import`: an import is reviewed, then published completely or not at all."""

from __future__ import annotations

import asyncio
import io
import re

import discord
from discord.utils import escape_markdown

from bot.app import App
from bot.curating.curating import Revision
from bot.curating.drafting import files_digest
from bot.discord_ui.curating.draft_cards import DIFF_TEXT, IMPACT_LINES, bullets, diff_block, send_whole
from bot.discord_ui.kit import links
from bot.discord_ui.kit.cards import Card, Controls
from bot.discord_ui.kit.delivery import respond, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.markdown import shorten
from bot.discord_ui.kit.permissions import may_moderate
from bot.discord_ui.kit.press import Button
from bot.errors import EditError, LessonError
from bot.language.numbers import mebibytes
from bot.language.words import _, _n
from bot.lessons import archive
from bot.lessons.unpacking import MAX_UPLOAD_BYTES

LISTED = 10
LONGEST_REASON = 300
LONGEST_NAME = 80  # of a file, on a card


class Import(Button, template=r"lb:import:(?P<state>[0-9a-f]{12})"):
    """Publishes the file that is attached to the same message, where it survives a restart.

    `state` is a digest of the lessons at the review: if they changed, the import is reviewed again.
    """

    kind = "import"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: Interaction) -> None:
        if not await may_moderate(interaction):
            return
        assert interaction.message, "a button stands on a message"
        await interaction.response.defer(ephemeral=True, thinking=True)
        if not interaction.message.attachments:
            await tell(interaction, _("The file is no longer available. Please upload it again."))
            return
        upload, app = interaction.message.attachments[0], interaction.client.app
        try:
            content = await upload.read()
            plan = await _plan(app, upload.filename, content)
            if _state(app, plan) != self.ids["state"]:
                changed = _("Not published: the lessons have changed since this preview. Please review it again:")
                await tell(interaction, changed)
                await _show(interaction, upload.filename, content, plan)
                return
            revisions = await app.curating.publish_import(
                plan.changes,
                lambda: archive.write_import(app.library, plan),
                author=interaction.user.id,
                author_name=interaction.user.display_name,
            )
        except (EditError, LessonError) as error:
            await tell(interaction, _("Nothing was imported:") + "\n" + _reasons(error))
            return
        await _imported(interaction, revisions, plan)


COMPONENTS = (Import,)


async def export(interaction: Interaction) -> None:
    """One zip with every lesson, picture and question; without the pictures where Discord takes no more."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    library, most = interaction.client.app.library, interaction.filesize_limit
    whole = content = await asyncio.to_thread(archive.export, library)
    note = ""
    if len(whole) > most:
        content = await asyncio.to_thread(archive.export, library, pictures=False)
        note = _(
            "This zip file has no pictures. With pictures, it would be {size} MB, and Discord's limit "
            "here is {most} MB. The bot owner can find the pictures in the lessons folder.",
            size=mebibytes(len(whole)),
            most=mebibytes(most),
        )
    if len(content) > most:
        too_large = _(
            "The lessons can't be exported here: the zip file would be {size} MB, and Discord's limit "
            "here is {most} MB. The bot owner can find the files in the lessons folder.",
            size=mebibytes(len(content)),
            most=mebibytes(most),
        )
        await tell(interaction, too_large)
        return
    await interaction.followup.send(note, file=discord.File(io.BytesIO(content), "lessons.zip"), ephemeral=True)


async def propose(interaction: Interaction, upload: discord.Attachment) -> None:
    """Show what an import would change; nothing is changed yet."""
    if not await _fits(interaction, upload.size):
        return
    await interaction.response.defer(ephemeral=True, thinking=True)
    app, content = interaction.client.app, await upload.read()
    try:
        # Discord changes some names: show the one under which the file will be published.
        plan = await _plan(app, _name(upload.filename), content)
    except (EditError, LessonError) as error:
        refused = _("This file can't be imported:")
        await tell(interaction, f"{refused}\n{_reasons(error)}")
        return
    await _show(interaction, upload.filename, content, plan)


async def _fits(interaction: Interaction, size: int) -> bool:
    """Whether a file of this size can be read and attached to a card; if not, a reply says what to do."""
    most = min(MAX_UPLOAD_BYTES, interaction.filesize_limit)
    if size <= most:
        return True
    too_large = _(
        "The file is too large: {size} MB. The limit here is {most} MB. Split it and import the parts "
        "one by one, or ask the bot owner to copy the files into the lessons folder.",
        size=mebibytes(size),
        most=mebibytes(most),
    )
    await tell(interaction, too_large)
    return False


async def _show(interaction: Interaction, name: str, content: bytes, plan: archive.ImportPlan) -> None:
    app = interaction.client.app
    if plan.is_empty:
        await tell(interaction, _("There is nothing to import. The lessons already match this file."))
        return
    if not await _fits(interaction, len(content)):  # the limit may be lower where this is pressed
        return
    difference, found = await app.curating.review_import(plan.changes, plan.after)
    count = len(plan.pictures)
    lines = [_n("{count} new picture", "{count} new pictures", count)] if count else []
    lines += [_change(each) for each in plan.lessons if each.state != "same"]
    controls = Controls()
    controls.add(Import.make(_("Publish"), state=_state(app, plan)))
    title = _("Import {file}?", file=escape_markdown(shorten(name, LONGEST_NAME)))
    changes, does = _("Changes"), _("Effect on replies")
    text = [f"## {title}", f"**{changes}**\n{bullets(lines)}"]
    if yaml := await asyncio.to_thread(difference.yaml, DIFF_TEXT):
        text.append(diff_block(yaml))
    text.append(f"**{does}**\n{bullets(found.words(IMPACT_LINES))}")
    card = Card(text, controls.rows, _("Not published yet. To import the file, press Publish."))
    view = card.view()
    view.add_item(discord.ui.File(f"attachment://{_name(name)}"))
    attached = discord.File(io.BytesIO(content), _name(name))
    await interaction.followup.send(view=view, file=attached, ephemeral=True)
    await send_whole(interaction, difference)


async def _imported(interaction: Interaction, revisions: list[Revision], plan: archive.ImportPlan) -> None:
    """What was published, with a button that undoes all of it."""
    title = "## " + _("Imported")
    if not revisions:
        kept = _("The pictures were saved. No lesson was changed.")
        await respond(interaction, [Card([f"{title}\n{kept}"])], private=True)
        return
    changed = _n(
        "{count} lesson changed. To see the change, use {history}.",
        "{count} lessons changed. To see the changes or undo one of them, use {history}.",
        len(revisions),
        history="`/lessons history`",
    )
    note = await interaction.client.after_publishing(revisions[-1])
    controls = Controls()
    controls.add(links.undo(_("Undo import"), revisions[-1].id, together=True))
    await respond(interaction, [Card([f"{title}\n{changed}"], controls.rows, note)], private=True)


async def _plan(app: App, name: str, content: bytes) -> archive.ImportPlan:
    files = await asyncio.to_thread(archive.read_archive, name, content)
    await app.curating.reconcile()  # the watcher needs a moment to see what was saved
    return await asyncio.to_thread(archive.plan, app.library, files)


def _state(app: App, plan: archive.ImportPlan) -> str:
    """A digest of the current lessons: what an import does depends on all of them."""
    lessons = app.library.lessons
    return files_digest(lessons, *sorted({*(each.file for each in lessons.documents), *plan.changes}))[:12]


def _change(change: archive.LessonChange) -> str:
    counted = []
    if count := len(change.added):
        counted.append(_n("{count} entry or scenario added", "{count} entries or scenarios added", count))
    if count := len(change.changed):
        counted.append(_n("{count} entry or scenario changed", "{count} entries or scenarios changed", count))
    if count := len(change.removed):
        counted.append(_n("{count} entry or scenario removed", "{count} entries or scenarios removed", count))
    what = ", ".join(counted) or _("other texts")
    if change.state == "new":
        return _("{file} (new): {what}", file=change.file, what=what)
    return _("{file} (changed): {what}", file=change.file, what=what)


def _name(filename: str) -> str:
    """A name that stays the same inside `attachment://…`."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", filename)[-80:]


def _reasons(error: Exception) -> str:
    lines = str(error).splitlines()
    left = len(lines) - LISTED
    more = ["- " + _n("and {count} more", "and {count} more", left)] if left > 0 else []
    return "\n".join([*(f"- {shorten(escape_markdown(line), LONGEST_REASON)}" for line in lines[:LISTED]), *more])
