"""A draft in Discord: modal, the card as members will see it, what changes, what that does; then publish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord.utils import escape_markdown

from bot.curate.clash import Clash
from bot.curate.draft import Draft
from bot.curate.errors import ChangedError, GoneError, InvalidError
from bot.curate.impact import Impact
from bot.curate.preview import Preview
from bot.discord_ui.cards import GREY, Card, Controls, answer_cards
from bot.discord_ui.delivery import replace, respond, tell
from bot.discord_ui.forms import Form
from bot.discord_ui.layout import shorten
from bot.discord_ui.limits import SELECT_OPTIONS
from bot.discord_ui.moderating.draft_fields import REASON, TooLongError, groups, inputs, typed_fields
from bot.discord_ui.moderating.moderators import may_moderate
from bot.discord_ui.press import Button, Menu, named, option
from bot.errors import EditError
from bot.store.revisions import Revision
from bot.tutor import Tutor

NUMBER = r"\d{1,18}"
GROUP = r"[a-z0-9.-]{1,48}"
GONE = "This draft is gone: it was published or discarded. `/lessons history` shows what was published."
NOT_YOURS = "This draft belongs to somebody else."
TOO_LONG = (
    "This text is too long for a box in Discord. Edit it in its file; the bot reads it again when it is saved."
)
DIFF_TEXT = 1300
WORDS_TEXT = 800
LINE_TEXT = 300
CLASH_TEXT = 250  # of each side of a field that two moderators changed
SHOWN_CARDS = 6
IMPACT_LINES = 8
REAL_QUESTIONS = 1000
VERBS = {"add": "Add", "edit": "Change", "scenario": "Change", "remove": "Remove", "undo": "Undo a change of"}


class Edit(Button, template=rf"lb:edit:(?P<draft>{NUMBER}):(?P<group>{GROUP})"):
    """Opens the modal again, filled in, with the reason at each field that was wrong."""

    kind = "edit"

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        if draft := await own_draft(interaction, int(self.ids["draft"])):
            await open_form(interaction, draft, self.ids["group"])


class EditPart(Menu, template=rf"lb:edit-part:(?P<draft>{NUMBER}):(?P<menu>\d)"):
    """Which part of the scenario? A large one has more than one menu of them."""

    kind = "edit-part"

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        if draft := await own_draft(interaction, int(self.ids["draft"])):
            await open_form(interaction, draft, self.chosen)


class Publish(Button, template=rf"lb:publish:(?P<draft>{NUMBER})"):
    """Puts the draft into the lessons."""

    kind = "publish"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        if draft := await own_draft(interaction, int(self.ids["draft"])):
            await interaction.response.defer()
            await publish(interaction, draft)


class Discard(Button, template=rf"lb:discard:(?P<draft>{NUMBER})"):
    """Throws the draft away; the lessons are as they were."""

    kind = "discard"

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        if draft := await own_draft(interaction, int(self.ids["draft"])):
            await interaction.client.curator.discard(draft.id)
            await replace(interaction, [Card(["The draft is discarded. Nothing was changed."], colour=GREY)])


class Merge(Button, template=rf"lb:merge:(?P<draft>{NUMBER}):(?P<take>mine|theirs)"):
    """After somebody else changed the same: goes on from theirs; one decides where both changed a field."""

    kind = "merge"

    async def pressed(self, interaction: discord.Interaction[Any], tutor: Tutor) -> None:
        if draft := await own_draft(interaction, int(self.ids["draft"])):
            await interaction.response.defer()
            shown = await interaction.client.curator.preview(draft.id)
            both = shown.clash.both if shown.clash else {}
            merged = await interaction.client.curator.merge(draft.id, dict.fromkeys(both, self.ids["take"]))
            await show(interaction, merged)


class Text(Form):
    """The texts of a draft."""

    kind = "draft"
    template = rf"(?P<draft>{NUMBER}):(?P<group>{GROUP})"

    @classmethod
    async def submitted(
        cls, interaction: discord.Interaction[Any], tutor: Tutor, ids: Mapping[str, str], typed: Mapping[str, str]
    ) -> None:
        if draft := await own_draft(interaction, int(ids["draft"])):
            await interaction.response.defer(ephemeral=True, thinking=True)
            fields = typed_fields(typed)
            reason = fields.pop(REASON, None)
            await show(interaction, await interaction.client.curator.save(draft.id, fields, reason))


PRESSABLES = (Edit, EditPart, Publish, Discard, Merge)
FORMS = (Text,)


async def own_draft(interaction: discord.Interaction[Any], id_: int) -> Draft | None:
    """The draft, for the moderator whose it is, in the server where it was begun; else they are told."""
    if not await may_moderate(interaction):
        return None
    draft: Draft | None = await interaction.client.curator.find(id_)
    if draft is None:
        await tell(interaction, GONE)
    elif (draft.moderator, draft.server) != (interaction.user.id, interaction.guild_id):
        await tell(interaction, NOT_YOURS)
    else:
        return draft
    return None


async def open_form(interaction: discord.Interaction[Any], draft: Draft, wanted: str = "") -> None:
    """The modal for a group of fields; without a name, the first."""
    known = {group.key: group for group in groups(draft)}
    group = known.get(wanted) or next(iter(known.values()))
    try:
        boxes = inputs(draft, group)
    except TooLongError:
        await tell(interaction, TOO_LONG)
        if not wanted:  # the other parts can be edited here all the same
            await show(interaction, draft)
        return
    modal = Text.make(interaction, "Lessons", *boxes, draft=str(draft.id), group=group.key)
    await interaction.response.send_modal(modal)


async def begun(interaction: discord.Interaction[Any], kind: str, part: str) -> Draft | None:
    """The draft that a moderator has typed something into, and neither published nor discarded.

    `part` is what it changes; for a new entry, the file that it goes into.
    """
    for each in await interaction.client.curator.drafts(interaction.user.id):
        draft: Draft = each
        about = draft.file if draft.kind == "add" else draft.part
        is_same = (draft.kind, about, draft.server) == (kind, part, interaction.guild_id)
        if is_same and draft.fields != draft.begun:
            return draft
    return None


async def show(interaction: discord.Interaction[Any], draft: Draft) -> None:
    """The card as members will see it, what changes, and what that does."""
    bot = interaction.client
    try:
        shown = await bot.curator.preview(draft.id, await bot.store.questions.recent_texts(REAL_QUESTIONS))
    except GoneError:
        await tell(interaction, GONE)
        return
    await respond(interaction, draft_cards(shown, bot.tutor), private=True)


def draft_cards(shown: Preview, tutor: Tutor) -> list[Card]:
    """Everything to know before publishing."""
    draft = shown.draft
    cards = []
    for answer in shown.cards:
        cards += answer_cards(answer, tutor.picture(answer.picture), Controls(), "as members will see it")
    more = len(cards) - SHOWN_CARDS
    cards = cards[:SHOWN_CARDS]
    title = draft.fields.get("question") or draft.fields.get("title") or draft.begun.get("question") or draft.part
    text = [f"## {VERBS.get(draft.kind, 'Change')}: {shorten(escape_markdown(title or draft.file), LINE_TEXT)}"]
    controls = Controls()
    if shown.problems:
        lines = [
            f"- **{problem.field or 'the draft'}**: {escape_markdown(problem.what)}" for problem in shown.problems
        ]
        text.append("**Not yet right**\n" + "\n".join(lines)[:WORDS_TEXT])
    elif shown.clash:
        text.append(_clash(shown.clash))
        controls.add(
            Merge.make("Merge, mine where both changed", draft=str(draft.id), take="mine"),
            Merge.make("Merge, theirs where both changed", draft=str(draft.id), take="theirs"),
        )
    else:
        text += _changes(shown)
    if more > 0:
        text.append(f"-# Above are the first {SHOWN_CARDS} cards of {SHOWN_CARDS + more}.")
    if draft.reason:
        text.append(f"**Why**\n{shorten(escape_markdown(draft.reason), LINE_TEXT)}")
    edits = _edits(draft)
    for each in [edits] if isinstance(edits[0], Edit) else [[menu] for menu in edits]:
        controls.add(*each)
    final: list[Any] = []
    if not shown.problems and not shown.clash:
        final.append(Publish.make("Publish", draft=str(draft.id)))
    controls.add(*final, Discard.make("Discard", draft=str(draft.id)))
    return [*cards, Card(text, controls.rows)]


def _edits(draft: Draft) -> Sequence[Any]:
    parts = groups(draft)
    if len(parts) <= len(("text", "details", REASON)):
        return [Edit.make(f"Edit: {part.label}", draft=str(draft.id), group=part.key) for part in parts]
    menus = [parts[n : n + SELECT_OPTIONS] for n in range(0, len(parts), SELECT_OPTIONS)]
    return [
        EditPart.make(
            "Edit another part", [option(each.label, each.key) for each in menu], draft=str(draft.id), menu=str(n)
        )
        for n, menu in enumerate(menus)
    ]


def _changes(shown: Preview) -> list[str]:
    text = [f"**What changes**\n{bullets(shown.difference.words)}"]
    if yaml := shown.difference.yaml(DIFF_TEXT):
        text.append(diff_block(yaml))
    if shown.impact:
        text.append(f"**What that does**\n{bullets(shown.impact.words(IMPACT_LINES))}")
        text.append(f"-# {shown.impact.replayed:,} questions asked again, as it would be.")
    if shown.rebased:
        text.append("-# Other parts of this file were changed meanwhile; that is kept.")
    return text


def _clash(clash: Clash) -> str:
    who = f" by {escape_markdown(clash.by.author_name)}" if clash.by and clash.by.author_name else ""
    lines: list[str] = [f"**Somebody changed this meanwhile{who}**", bullets(clash.words)]
    for field, (mine, theirs) in list(clash.both.items())[:3]:
        for whose, said in (("yours", mine), ("theirs", theirs)):
            lines.append(f"**{field}**, {whose}:\n> {shorten(escape_markdown(said), CLASH_TEXT)}")
    return "\n".join(lines)


def bullets(words: Sequence[str]) -> str:
    """Plain sentences as a list, shortened honestly."""
    lines: list[str] = []
    room = WORDS_TEXT
    for n, each in enumerate(words):
        line = f"- {shorten(escape_markdown(each), LINE_TEXT)}"
        if len(line) > room:
            return "\n".join([*lines, f"- and {len(words) - n} more"])
        lines.append(line)
        room -= len(line)
    return "\n".join(lines)


def diff_block(diff: str) -> str:
    """A diff as a code block that its own text cannot end."""
    return "```diff\n" + diff.replace("```", "ˋˋˋ") + "\n```"


async def publish(interaction: discord.Interaction[Any], draft: Draft, impact: Impact | None = None) -> None:
    """Publish, or say why not; the draft stays then. What it did is said where nobody was shown it before."""
    bot, user = interaction.client, interaction.user
    try:
        revision = await bot.curator.publish(draft.id, author=user.id, author_name=user.display_name)
    except GoneError as error:
        if error.revision:
            await _put(interaction, published_card(bot, error.revision))
        else:
            await tell(interaction, GONE)
    except (InvalidError, ChangedError):
        await show(interaction, draft)
    except EditError as error:
        await tell(interaction, f"Nothing was changed: {escape_markdown(str(error))}")
    else:
        note = await bot.after_publishing(revision)
        await _put(interaction, published_card(bot, revision, note, impact))


def published_card(bot: Any, revision: Revision, note: str = "", impact: Impact | None = None) -> Card:
    """What was published, with the way back."""
    title = "Undone" if revision.kind == "undo" else "Published"
    text = [f"## {title}\n{bullets(bot.curator.difference(revision).words)}"]
    if impact:
        text.append(f"**What that does**\n{bullets(impact.words(IMPACT_LINES))}")
    controls = Controls()
    controls.add(named("undo").make("Undo", revision=str(revision.id)))
    return Card(text, controls.rows, note)


async def _put(interaction: discord.Interaction[Any], card: Card) -> None:
    """On the card that was pressed; a command answers with one of its own."""
    if interaction.type is discord.InteractionType.component:
        await replace(interaction, [card])
    else:
        await respond(interaction, [card], private=True)
