"""`/lessons history` and `/lessons undo`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from discord.utils import format_dt

from bot.curating.curating import Curating, Revision
from bot.curating.diff import Difference
from bot.curating.draft import Draft
from bot.curating.errors import GoneError
from bot.discord_ui.curating.draft_actions import show_draft
from bot.discord_ui.curating.draft_cards import DIFF_TEXT, bullets, diff_block, send_whole
from bot.discord_ui.kit.cards import Card, Controls
from bot.discord_ui.kit.delivery import is_private, respond, show_privately, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.markdown import escaped, plain_name, shorten
from bot.discord_ui.kit.permissions import may_moderate
from bot.discord_ui.kit.plain_button import PlainButton
from bot.discord_ui.kit.press import NUMBER, Button, Menu, number_in, option
from bot.language.words import N_, _, _n

PAGE = 10
TITLE = 80  # characters of a title in the list
ITEM = r"[a-z0-9-]{0,32}"
DID = {
    "add": N_("Added: {what}"),
    "edit": N_("Edited: {what}"),
    "scenario": N_("Edited: {what}"),
    "remove": N_("Removed: {what}"),
    "new": N_("Added: {what}"),
    "lesson": N_("Edited: {what}"),
    "move": N_("Moved: {what}"),
    "merge": N_("Merged: {what}"),
    "import": N_("Imported: {what}"),
    "undo": N_("Change undone: {what}"),
    "outside": N_("Edited outside Discord: {what}"),
    "baseline": N_("First version: {what}"),
}
REDONE = N_("Change redone: {what}")
GONE = N_("This change no longer exists, or it has already been undone.")


class Undo(Button, template=rf"lb:undo:(?P<revision>{NUMBER})"):
    """Shows what undoing a revision would do, and asks. The undo is a revision, too.

    If the same entry or scenario has newer changes, the moderator sees both versions.
    """

    kind = "undo"

    async def pressed(self, interaction: Interaction) -> None:
        if await may_moderate(interaction):
            await propose_undo(interaction, number_in(self.ids["revision"]), together=False)


class UndoAll(Button, template=rf"lb:undo-all:(?P<revision>{NUMBER})"):
    """As `Undo`, for all files that were published together, such as an import."""

    kind = "undo-all"

    async def pressed(self, interaction: Interaction) -> None:
        if await may_moderate(interaction):
            await propose_undo(interaction, number_in(self.ids["revision"]), together=True)


class ChooseRevision(Menu, template=rf"lb:revision:(?P<item_id>{ITEM})"):
    """Shows one revision: its difference, author, time and reason."""

    kind = "revision"

    async def pressed(self, interaction: Interaction) -> None:
        if not await may_moderate(interaction):
            return
        curating = interaction.client.app.curating
        revision = await curating.revision(number_in(self.chosen))
        if revision is None:
            await tell(interaction, _(GONE))
            return
        # A large file takes a moment.
        await interaction.response.defer(ephemeral=True, thinking=True)
        difference = await curating.difference(revision)
        await respond(interaction, [await _revision_card(curating, revision, difference)], private=True)
        await send_whole(interaction, difference)


class Older(Button, template=rf"lb:older:(?P<item_id>{ITEM}):(?P<before>{NUMBER})"):
    """Shows older revisions."""

    kind = "older"

    async def pressed(self, interaction: Interaction) -> None:
        if await may_moderate(interaction):
            await show_history(interaction, self.ids["item_id"], number_in(self.ids["before"]))


COMPONENTS = (Undo, UndoAll, ChooseRevision, Older)


async def show_history(interaction: Interaction, item_id: str, before: int | None = None) -> None:
    """Show the latest revisions, of one entry or scenario or of all lessons."""
    if not interaction.response.is_done():
        await interaction.response.defer(ephemeral=True, thinking=not is_private(interaction))
    found = await interaction.client.app.curating.history(item_id or None, PAGE + 1, before)
    if not found:
        nothing = _("There are no changes yet.") if before is None else _("There are no older changes.")
        await tell(interaction, nothing)
        return
    card = await _list_card(interaction.client.app.curating, found[:PAGE], item_id, has_more=len(found) > PAGE)
    await show_privately(interaction, [card])


async def propose_undo(interaction: Interaction, revision: int, *, together: bool) -> None:
    """Show what undoing it would do, and ask.

    `together`: also all revisions that were published together with this one.
    """
    if not interaction.response.is_done():
        await interaction.response.defer(ephemeral=True, thinking=True)
    try:
        draft = await _draft(interaction, revision, together=together)
    except GoneError:
        await tell(interaction, _(GONE))
        return
    await show_draft(interaction, draft)


async def _draft(interaction: Interaction, revision: int, *, together: bool) -> Draft:
    user, server = interaction.user.id, interaction.guild_id or 0
    draft: Draft = await interaction.client.app.curating.drafts.undo(revision, user, server, together=together)
    return draft


async def _list_card(curating: Curating, found: Sequence[Revision], item_id: str, *, has_more: bool) -> Card:
    titles = await curating.titles(found)
    did = [await _did(curating, each, shorten(title, TITLE)) for each, title in zip(found, titles, strict=True)]
    changes = [f"{format_dt(each.at, 'R')} **{escaped(what)}**" for each, what in zip(found, did, strict=True)]
    lines = [f"- {_by(change, each)}{_why(each)}" for change, each in zip(changes, found, strict=True)]
    controls = Controls()
    options = [option(what, str(each.id), description=_plain(each)) for each, what in zip(found, did, strict=True)]
    controls.add(ChooseRevision.make(_("Choose a change to view"), options, item_id=item_id))
    if has_more:
        controls.add(Older.make(_("Older changes"), item_id=item_id, before=str(found[-1].id)))
    title = _("History")
    if item_id:
        (called,) = await curating.titles(found[:1], item_id)
        title = _("History of {title}", title=f"*{escaped(called)}*")
    return Card([f"## {title}", "\n".join(lines)], controls.rows)


async def _revision_card(curating: Curating, revision: Revision, difference: Difference) -> Card:
    (title,) = await curating.titles([revision])
    what = escaped(await _did(curating, revision, title))
    text = [f"## {what}\n{_by(format_dt(revision.at), revision)}{_why(revision)}"]
    text.append(bullets(difference.words))
    if yaml := await asyncio.to_thread(difference.yaml, DIFF_TEXT):
        text.append(diff_block(yaml))
    controls = Controls()
    navigation: list[PlainButton] = [Undo.make(_("Undo this change"), revision=str(revision.id))]
    if (files := len(await curating.together(revision))) > 1:
        every = _n("Undo the changes in {count} file", "Undo the changes in all {count} files", files)
        navigation.append(UndoAll.make(every, revision=str(revision.id)))
    controls.add(*navigation)
    return Card(text, controls.rows)


async def _did(curating: Curating, revision: Revision, title: str) -> str:
    return _(REDONE if await curating.is_redo(revision) else DID[revision.kind], what=title)


def _by(change: str, revision: Revision) -> str:
    if not revision.author_name:
        return change
    return _("{change} by {author}", change=change, author=plain_name(revision.author_name))


def _why(revision: Revision) -> str:
    return f": *{escaped(revision.reason[:100])}*" if revision.reason else ""


def _plain(revision: Revision) -> str:
    at = _("{time} UTC", time=f"{revision.at:%Y-%m-%d %H:%M}")
    return " · ".join(filter(None, (at, revision.author_name, revision.reason)))
