"""What was changed in the lessons, by whom and why; and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord.utils import escape_markdown, format_dt

from bot.curate.errors import GoneError
from bot.discord_ui.cards import Card, Controls
from bot.discord_ui.delivery import is_private, replace, respond, tell
from bot.discord_ui.moderating.drafts import DIFF_TEXT, NUMBER, bullets, diff_block, publish, show
from bot.discord_ui.moderating.moderators import may_moderate
from bot.discord_ui.press import Button, Menu, option
from bot.store.revisions import Revision
from bot.tutor import Tutor

PAGE = 10
PART = r"[a-z0-9-]{0,32}"
DID = {
    "add": "added",
    "edit": "changed",
    "scenario": "changed",
    "remove": "removed",
    "import": "imported",
    "undo": "undone",
    "outside": "edited outside Discord",
}
GONE = "This revision is gone, or there is nothing left to undo."


class Undo(Button, template=rf"lb:undo:(?P<revision>{NUMBER})"):
    """Restores what was before a revision: itself a revision, with its own impact check.

    Where the same part was changed again since, both are shown first.
    """

    kind = "undo"

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        if await may_moderate(interaction):
            await undo(interaction, int(self.ids["revision"]))


class Choose(Menu, template=rf"lb:revision:(?P<part>{PART})"):
    """Shows one revision: before and after, who, when and why."""

    kind = "revision"

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        if not await may_moderate(interaction):
            return
        revision = await interaction.client.curator.revision(int(self.chosen))
        if revision is None:
            await tell(interaction, GONE)
            return
        await respond(interaction, [_revision_card(interaction.client, revision)], private=True)


class Older(Button, template=rf"lb:older:(?P<part>{PART}):(?P<before>{NUMBER})"):
    """The revisions before these."""

    kind = "older"

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        if await may_moderate(interaction):
            await show_history(interaction, self.ids["part"], int(self.ids["before"]))


PRESSABLES = (Undo, Choose, Older)


async def show_history(interaction: discord.Interaction[Any], part: str, before: int | None = None) -> None:
    """The latest revisions, of one entry or scenario or of all lessons."""
    is_turn = before is not None and is_private(interaction)
    await interaction.response.defer(ephemeral=True, thinking=not is_turn)
    found = await interaction.client.curator.history(part or None, PAGE + 1, before)
    if not found:
        await tell(interaction, "Nothing was changed yet." if before is None else "There is nothing older.")
        return
    card = _list_card(found[:PAGE], part, has_more=len(found) > PAGE)
    if is_turn:
        await replace(interaction, [card])
    else:
        await respond(interaction, [card], private=True)


async def undo(interaction: discord.Interaction[Any], revision: int) -> None:
    """Restore at once where nothing newer is lost by it; else show what to decide."""
    curator = interaction.client.curator
    if not interaction.response.is_done():
        pressed = interaction.type is discord.InteractionType.component
        await interaction.response.defer(ephemeral=True, thinking=not pressed)
    try:
        draft = await curator.undo(revision, interaction.user.id, interaction.guild_id)
        shown = await curator.preview(draft.id)
    except GoneError:
        await tell(interaction, GONE)
        return
    if shown.problems or shown.clash:
        await show(interaction, draft)
    else:
        await publish(interaction, draft, shown.impact)


def _list_card(found: Sequence[Revision], part: str, *, has_more: bool) -> Card:
    lines = [f"- {format_dt(each.at, 'R')} **{_what(each)}**{_by(each)}{_why(each)}" for each in found]
    controls = Controls()
    options = [option(_what(each), str(each.id), description=_plain(each)) for each in found]
    controls.add(Choose.make("Look at one", options, part=part))
    if has_more:
        controls.add(Older.make("Older", part=part, before=str(found[-1].id)))
    title = f"## What was changed in *{escape_markdown(part)}*" if part else "## What was changed"
    return Card([title, "\n".join(lines)], controls.rows)


def _revision_card(bot: Any, revision: Revision) -> Card:
    difference = bot.curator.difference(revision)
    text = [f"## {_what(revision)}\n{format_dt(revision.at)}{_by(revision)}{_why(revision)}"]
    text.append(bullets(difference.words))
    if yaml := difference.yaml(DIFF_TEXT):
        text.append(diff_block(yaml))
    controls = Controls()
    controls.add(Undo.make("Undo this", revision=str(revision.id)))
    return Card(text, controls.rows)


def _what(revision: Revision) -> str:
    return f"{revision.part or revision.file} {DID.get(revision.kind, 'changed')}"


def _by(revision: Revision) -> str:
    return f" by {escape_markdown(revision.author_name)}" if revision.author_name else ""


def _why(revision: Revision) -> str:
    return f": *{escape_markdown(revision.reason[:100])}*" if revision.reason else ""


def _plain(revision: Revision) -> str:
    return " · ".join(filter(None, (f"{revision.at:%Y-%m-%d %H:%M}", revision.author_name, revision.reason)))
