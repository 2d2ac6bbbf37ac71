"""`/lessons import`: what it changes is reviewed, then published completely or not at all."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import discord

from bot.app import App
from bot.curating.curating import Revision
from bot.curating.diff import Difference
from bot.curating.errors import UnseenError
from bot.discord_ui.curating.after_publishing import show_published
from bot.discord_ui.curating.draft_cards import DIFF_TEXT, IMPACT_LINES, bullets, diff_block, send_whole
from bot.discord_ui.curating.import_conflicts import (
    CONFLICT_TEXT,
    conflict_lines,
    menu_pages,
    whole_conflicts,
    with_chosen,
)
from bot.discord_ui.curating.import_request import ImportRequest
from bot.discord_ui.kit import links
from bot.discord_ui.kit.cards import GREY, Card, Controls, note_card
from bot.discord_ui.kit.delivery import holds, replace, tell
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.markdown import escaped, shorten
from bot.discord_ui.kit.permissions import may_moderate
from bot.discord_ui.kit.plain_button import PlainButton
from bot.discord_ui.kit.press import Button, Menu, number_in
from bot.errors import EditError, LessonError
from bot.language.numbers import mebibytes
from bot.language.words import _, _n
from bot.lessons import archive
from bot.lessons.unpacking import MAX_UPLOAD_BYTES

if TYPE_CHECKING:
    from bot.curating.uploaded import PlannedImport

LISTED = 10
LONGEST_REASON = 300
LONGEST_NAME = 80  # characters of a file's name on a card
REPORT_TEXT = 500
# All conflicts, or the bits of those that were chosen: see `taken`.
TAKE = "here|source|[0-9a-f]{1,25}"
# By the id of the card that is pressed.
_turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()


class Import(
    Button, template=rf"lb:import:(?P<state>[0-9a-f]{{12}})(?::(?P<take>{TAKE}):(?P<columns>[a-z,_ -]{{0,50}}))?"
):
    """Publishes the files that are attached to the same message; there, they survive a restart.

    `state` is a digest of the lessons at the review: if they changed, the import is reviewed again. `take` says
    which texts are taken that were changed here and in the file; `columns` are those of a sheet without a header.
    Older cards only have the `state`. The address to which links lead is too long for a custom_id: it is the
    description of the attached files.
    """

    kind = "import"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: Interaction) -> None:
        await _in_turn(interaction, self._publish)

    async def _publish(self, interaction: Interaction) -> None:
        app, take, state = interaction.client.app, self.ids["take"] or "here", self.ids["state"]
        try:
            request = await ImportRequest.on_card(interaction.message, self.ids["columns"] or "", take)
            planned = await request.plan(app)
            try:
                revisions = await app.curating.publish_import(
                    planned.plan.changes,
                    lambda: planned.publish(app.library),
                    author=interaction.user.id,
                    author_name=interaction.user.display_name,
                    seen=state,
                    pictures=planned.plan.pictures,
                )
            except UnseenError:
                await _show_changed(interaction, request, state)
                return
        except (EditError, LessonError) as error:
            await tell(interaction, _("Nothing was imported:") + "\n" + _reasons(error))
            return
        if not revisions:
            saved = _("The pictures were saved. No lesson was changed.")
            kept = _("Our texts were kept. No lesson was changed.")
            await replace(interaction, [Card([f"{_imported()}\n{saved if planned.plan.pictures else kept}"])])
            return
        await show_published(interaction, revisions[-1], _published(app, revisions))


class ChooseTexts(
    Menu,
    template=rf"lb:take:(?P<state>[0-9a-f]{{12}}):(?P<take>{TAKE}):(?P<page>[0-3]):(?P<columns>[a-z,_ -]{{0,50}})",
):
    """Chooses where the import takes the file's text, of the texts that were changed here, too."""

    kind = "take"

    async def pressed(self, interaction: Interaction) -> None:
        await _in_turn(interaction, self._choose)

    async def _choose(self, interaction: Interaction) -> None:
        app = interaction.client.app
        take = with_chosen(self.ids["take"], int(self.ids["page"]), [number_in(each) for each in self.item.values])
        try:
            request = await ImportRequest.on_card(interaction.message, self.ids["columns"], take)
            planned = await request.plan(app)
            if app.curating.import_state(planned.plan.changes) != self.ids["state"]:
                await _show_changed(interaction, request, self.ids["state"])
                return
        except (EditError, LessonError) as error:
            await tell(interaction, _("Nothing was imported:") + "\n" + _reasons(error))
            return
        view, __ = await _reviewed(app, request, planned)
        await interaction.edit_original_response(view=view, attachments=request.attachments())


class DiscardImport(Button, template="lb:discard-import"):
    """Deletes the card and its files; the lessons stay as they are."""

    kind = "discard-import"

    async def pressed(self, interaction: Interaction) -> None:
        await _in_turn(interaction, self._discard)

    @staticmethod
    async def _discard(interaction: Interaction) -> None:
        await replace(interaction, [Card([_("Import discarded. The lessons have not changed.")], colour=GREY)])


async def _in_turn(interaction: Interaction, do: Callable[[Interaction], Awaitable[None]]) -> None:
    """Do what a moderator's press says, after other presses on the same card.

    If the import can no longer be published or discarded by then, a reply says so.
    """
    if not await may_moderate(interaction):
        return
    await interaction.response.defer()
    assert interaction.message, "a press is on a message"
    async with _turns.setdefault(interaction.message.id, asyncio.Lock()):
        if holds(await interaction.original_response(), "lb:import:"):
            await do(interaction)
        else:
            await tell(
                interaction, _("Nothing was done: this import was already published, discarded or shown again.")
            )


COMPONENTS = (Import, ChooseTexts, DiscardImport)


async def propose(
    interaction: Interaction, uploads: Sequence[discord.Attachment], columns: str = "", base_url: str = ""
) -> None:
    """Show what an import would change; nothing is changed yet."""
    if not await _fits(interaction, sum(each.size for each in uploads)):
        return
    await interaction.response.defer(ephemeral=True, thinking=True)
    try:
        request = await ImportRequest.uploaded(uploads, columns, base_url)
        planned = await request.plan(interaction.client.app)
    except (EditError, LessonError) as error:
        count = len(uploads)
        refused = _n("This file can't be imported:", "These files can't be imported:", count)
        await tell(interaction, f"{refused}\n{_reasons(error)}")
        return
    await _show(interaction, request, planned)


async def _fits(interaction: Interaction, size: int) -> bool:
    """Whether files of this size can be read and attached to a card; if not, a reply says what to do."""
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


async def _show_changed(interaction: Interaction, request: ImportRequest, state: str) -> None:
    """Show what the import would change now, or if another press published it from this state, what that changed.

    Raises `EditError` or `LessonError` if it cannot be imported any more.
    """
    app = interaction.client.app
    planned = await request.plan(app)
    if planned.is_empty and (revisions := await app.curating.imported(state)):
        await replace(interaction, [await _published(app, revisions)])
        return
    changed = _("Not published: the lessons have changed since this preview. Please review it again:")
    await _show(interaction, request, planned)
    await replace(interaction, [note_card(changed)])  # the old card must not be pressed again


async def _show(interaction: Interaction, request: ImportRequest, planned: PlannedImport) -> None:
    if planned.is_empty:
        nothing = _("There is nothing to import. The lessons already match this file.")
        report = bullets(planned.report, REPORT_TEXT)
        await tell(interaction, f"{nothing}\n{report}".strip())
        return
    if not await _fits(interaction, request.size):  # lower in some servers
        return
    view, difference = await _reviewed(interaction.client.app, request, planned)
    await interaction.followup.send(view=view, files=request.attachments(), ephemeral=True)
    await send_whole(interaction, difference, _room(planned))
    if planned.both:
        await _send_file(interaction, whole_conflicts(planned.both), "conflicts.txt")
    whole = "\n".join(planned.report)
    if len(whole) > REPORT_TEXT:
        await _send_file(interaction, whole, "report.txt")


async def _send_file(interaction: Interaction, text: str, name: str) -> None:
    await interaction.followup.send(file=discord.File(io.BytesIO(text.encode()), name), ephemeral=True)


def _room(planned: PlannedImport) -> int:
    """The characters of the difference that fit on the card."""
    return DIFF_TEXT - (CONFLICT_TEXT if planned.both else 0)


async def _reviewed(
    app: App, request: ImportRequest, planned: PlannedImport
) -> tuple[discord.ui.LayoutView, Difference]:
    """The card of an import with its files, and the whole difference that it shows a part of."""
    plan = planned.plan
    difference, found = await app.curating.review_import(plan.changes, plan.after)
    count = len(plan.pictures)
    lines = [_n("{count} new picture", "{count} new pictures", count)] if count else []
    lines += [
        _(
            "{file} changes the lesson {lesson}: it has its title or name, and entries of it.",
            file=file,
            lesson=lesson,
        )
        for file, lesson in planned.taken_for
    ]
    lines += [_change(each) for each in plan.lessons if each.state != "same"]
    names = [name for name, __ in request.files]
    called = names[0] if len(names) == 1 else _n("{count} file", "{count} files", len(names))
    title = _("Import {file}?", file=escaped(shorten(called, LONGEST_NAME)))
    changes, does, left = _("Changes"), _("Effect on answers"), _("Not imported")
    text = [f"## {title}"]
    if lines:
        text.append(f"**{changes}**\n{bullets(lines)}")
    if planned.both:
        text.append(conflict_lines(planned.both))
    if planned.report:
        text.append(f"**{left}**\n{bullets(planned.report, REPORT_TEXT)}")
    if yaml := await asyncio.to_thread(difference.yaml, _room(planned)):
        text.append(diff_block(yaml))
    text.append(f"**{does}**\n{bullets(found.words(IMPACT_LINES))}")
    footer = _("Nothing has been imported yet. To import the file and publish the changes, press *Publish*.")
    view = Card(text, _controls(app, request, planned).rows, footer).view()
    for name in names:
        view.add_item(discord.ui.File(f"attachment://{name}"))
    return view, difference


def _controls(app: App, request: ImportRequest, planned: PlannedImport) -> Controls:
    state, take, columns = app.curating.import_state(planned.plan.changes), request.take, request.columns
    controls = Controls()
    final: list[PlainButton]
    for page, (asks, options) in enumerate(menu_pages(planned.both, take)):
        ids = {"state": state, "take": take, "page": str(page), "columns": columns}
        controls.add(ChooseTexts.make(asks, options, least=0, most=len(options), **ids))
    if planned.both:
        ours, theirs = _("Publish, keep our texts in conflicts"), _("Publish, keep the file's texts in conflicts")
        chosen = _("Publish, take the chosen texts of the file")
        final = [
            Import.make(ours if take == "here" else chosen, state=state, take=take, columns=columns),
            Import.make(theirs, state=state, take="source", columns=columns),
        ]
    else:
        final = [Import.make(_("Publish"), state=state, take="here", columns=columns)]
    controls.add(*final, DiscardImport.make(_("Discard import")))
    return controls


def _imported() -> str:
    return "## " + _("Imported")


async def _published(app: App, revisions: Sequence[Revision]) -> Card:
    """What was published, which replaces the preview, with a button that undoes all of it."""
    __, difference = await app.curating.published(revisions[-1])
    changed = _n(
        "{count} lesson changed. To see the change, use {history}.",
        "{count} lessons changed. To see the changes or undo one of them, use {history}.",
        len(revisions),
        history="`/lessons history`",
    )
    controls = Controls()
    controls.add(links.undo(_("Undo import"), revisions[-1].id, together=True))
    return Card([f"{_imported()}\n{bullets(difference.words)}", changed], controls.rows)


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


def _reasons(error: Exception) -> str:
    lines = str(error).splitlines()
    left = len(lines) - LISTED
    more = ["- " + _n("and {count} more", "and {count} more", left)] if left > 0 else []
    return "\n".join([*(f"- {shorten(escaped(line), LONGEST_REASON)}" for line in lines[:LISTED]), *more])
