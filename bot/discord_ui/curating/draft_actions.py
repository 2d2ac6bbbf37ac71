"""A draft in Discord: its form and its review, to edit or discard it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from itertools import chain, islice

from discord.utils import format_dt

from bot.asking.asking import AskedOf
from bot.curating.draft import Draft
from bot.curating.errors import GoneError, NotYoursError
from bot.curating.items import kind_of
from bot.curating.review import Review
from bot.dialogue.reply import Question
from bot.discord_ui.curating.draft_cards import draft_cards, send_whole
from bot.discord_ui.curating.draft_fields import (
    LESSON_BOX,
    PICTURE_BOX,
    REASON,
    REMOVE_BOX,
    UPLOAD_BOX,
    Group,
    TooLongError,
    chosen_fields,
    groups,
    inputs,
    typed_fields,
)
from bot.discord_ui.curating.draft_pictures import add_pictures
from bot.discord_ui.kit.cards import GREY, Card, Control, note_card
from bot.discord_ui.kit.choices import lesson_key, meant, of_lessons
from bot.discord_ui.kit.delivery import refuse, replace, respond, tell
from bot.discord_ui.kit.forms import Form, uploaded
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.limits import BUTTONS_IN_A_ROW, OPTION_TEXT, SELECT_OPTIONS
from bot.discord_ui.kit.markdown import told_apart
from bot.discord_ui.kit.permissions import may_moderate
from bot.discord_ui.kit.press import NUMBER, Button, Menu, number_in, option
from bot.discord_ui.kit.typed import TICKED
from bot.language.words import N_, _
from bot.lessons.lesson import normalized
from bot.tutor import Tutor

GROUP = r"[a-z0-9.-]{1,48}"
GONE = N_(
    "This draft no longer exists. It was published, discarded or too old. To see what was published, "
    "use `/lessons history`."
)
NOT_YOURS = N_("Only the moderator who started this draft can edit it, and only in the same server.")
TOO_LONG = N_(
    "This text is too long to edit in Discord. To change it, download the lessons with "
    "`/lessons export`, edit the lesson file, and upload it with `/lessons import`."
)

LINE = 200  # characters of a question in a lesson


class Edit(Button, template=rf"lb:edit:(?P<draft>{NUMBER}):(?P<group>{GROUP})"):
    """Opens the form again with what was typed, and the problem at each field that has one."""

    kind = "edit"

    async def pressed(self, interaction: Interaction) -> None:
        if draft := await own_draft(interaction, number_in(self.ids["draft"])):
            await open_form(interaction, draft, self.ids["group"])


class EditGroup(Menu, template=rf"lb:edit-part:(?P<draft>{NUMBER}):(?P<menu>[0-9])"):
    """Chooses what of a scenario to edit; a large scenario has several of these menus."""

    kind = "edit-part"

    async def pressed(self, interaction: Interaction) -> None:
        if draft := await own_draft(interaction, number_in(self.ids["draft"])):
            await open_form(interaction, draft, self.chosen)


class NeverFor(Menu, template=rf"lb:never:(?P<draft>{NUMBER})"):
    """Adds a question that found the entry to the questions that must not find it."""

    kind = "never"

    async def pressed(self, interaction: Interaction) -> None:
        draft = await own_draft(interaction, number_in(self.ids["draft"]))
        if draft is None:
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        app = interaction.client.app
        asked = await app.asking.text_of(number_in(self.chosen))
        never = draft.fields.get("not", "").splitlines()
        if asked and asked not in never:
            try:
                draft = await app.curating.drafts.save(draft.id, {"not": "\n".join([*never, asked])})
            except GoneError:
                await tell(interaction, _(GONE))
                return
        await show_draft(interaction, draft)


class Discard(Button, template=rf"lb:discard:(?P<draft>{NUMBER})"):
    """Deletes the draft; the lessons stay as they are."""

    kind = "discard"

    async def pressed(self, interaction: Interaction) -> None:
        if draft := await own_draft(interaction, number_in(self.ids["draft"])):
            await interaction.response.defer()  # it may have to wait: for a publish, or for another upload
            try:
                await interaction.client.app.curating.discard(draft.id)
            except GoneError as error:
                await tell(interaction, _why_not(error))
                return
            await replace(interaction, [Card([_("Draft discarded. The lessons have not changed.")], colour=GREY)])


class Text(Form):
    """The texts of a draft."""

    kind = "draft"
    template = rf"(?P<draft>{NUMBER}):(?P<group>{GROUP})"

    @classmethod
    async def submitted(cls, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        if not await may_moderate(interaction):
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        fields, curating = typed_fields(typed), interaction.client.app.curating
        reason = fields.pop(REASON, None)
        lesson, picture = fields.pop(LESSON_BOX, ""), fields.pop(PICTURE_BOX, "")
        files = uploaded(interaction, fields.pop(UPLOAD_BOX, ""))
        without_picture = fields.pop(REMOVE_BOX, "") == TICKED
        file = lesson_called(lesson, interaction.client.app.tutor) if lesson else None
        try:
            shown = await curating.submit(
                number_in(ids["draft"]),
                interaction.user.id,
                interaction.guild_id,
                chosen_fields(fields, curating.drafts.today),
                reason,
                file=file,
                without_picture=without_picture,
            )
            if await add_pictures(interaction, shown.draft, picture, files):
                shown = await curating.review(shown.draft.id)
        except (GoneError, NotYoursError) as error:
            await refuse(interaction, _why_not(error))
            return
        if lesson and not file:
            await tell(interaction, _("There is no lesson with that name. Edit the draft to choose another one."))
        await show_review(interaction, shown)


COMPONENTS = (Edit, EditGroup, NeverFor, Discard)
FORMS = (Text,)


async def own_draft(interaction: Interaction, id_: int) -> Draft | None:
    """The moderator's own draft, in the server where it was begun; else None, and a reply says why."""
    if not await may_moderate(interaction):
        return None
    try:
        return await interaction.client.app.curating.drafts.own(id_, interaction.user.id, interaction.guild_id)
    except (GoneError, NotYoursError) as error:
        await tell(interaction, _why_not(error))
        return None


def _why_not(error: GoneError | NotYoursError) -> str:
    return _(NOT_YOURS) if isinstance(error, NotYoursError) else _(GONE)


def lesson_called(typed: str, tutor: Tutor) -> str | None:
    """The file of the lesson that was chosen or typed in a form; None if no or no single one is meant."""
    for each in tutor.documents:
        if lesson_key(each) == typed:
            return each.file
    found = meant(typed, lambda _text: of_lessons(tutor.documents))
    return found[0].id if len(found) == 1 else None


async def open_form(interaction: Interaction, draft: Draft, wanted: str = "", *, is_chosen: bool = True) -> None:
    """The modal for a group of fields; without a name, the first. `is_chosen`: so is the lesson of a new entry."""
    known = {group.key: group for group in groups(draft)}
    group = known.get(wanted) or next(iter(known.values()))
    try:
        tutor = interaction.client.app.tutor
        boxes = inputs(draft, group, tutor.documents, _related(draft, group, tutor), is_chosen=is_chosen)
    except TooLongError:
        await tell(interaction, _(TOO_LONG))
        if not wanted:  # the other groups can still be edited in Discord
            await show_draft(interaction, draft)
        return
    modal = Text.make(interaction, group.label, *boxes, draft=str(draft.id), group=group.key)
    await interaction.response.send_modal(modal)


def _related(draft: Draft, group: Group, tutor: Tutor) -> list[Question]:
    """Entries to choose as related ones: those that are, those like it, those of its lesson, and the others."""
    if not any(kind_of(field) == "related" for field in group.fields):
        return []
    fields = (field for field in group.fields if kind_of(field) == "related")
    now = [id_ for field in fields for id_ in draft.fields.get(field, "").split()]
    like = tutor.complete(draft.fields.get("question") or draft.fields.get("title", ""))
    own = (document.lesson for document in tutor.documents if document.file == draft.file)
    beside = (each.id for lesson in own for each in lesson.entries)
    others = (each.id for document in tutor.documents for each in document.lesson.entries)
    ids = dict.fromkeys(chain(now, (each.id for each in like if "." not in each.id), beside, others))
    return list(tutor.questions(islice((id_ for id_ in ids if id_ != draft.item_id), SELECT_OPTIONS)))


async def show_draft(interaction: Interaction, draft: Draft, *, is_news: bool = False) -> None:
    """Show the review. `is_news`: something changed since the last review, and the cards say so."""
    bot = interaction.client
    try:
        shown = await bot.app.curating.review(draft.id)
    except GoneError:
        await tell(interaction, _(GONE))
        return
    if is_news:
        news = _(
            "Not published: the draft or the lessons have changed since this preview. Please review it again:"
        )
        await replace(interaction, [note_card(news)])  # the old card must not be pressed again
    await show_review(interaction, shown)


async def show_left(interaction: Interaction, draft: Draft) -> None:
    """Show a draft that the moderator left, where they would begin another one of the same."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    when = format_dt(draft.updated_at, "R")
    await tell(
        interaction, _("You left this draft {when}. Publish it, or discard it to begin a new one.", when=when)
    )
    await show_draft(interaction, draft)


async def show_review(interaction: Interaction, shown: Review) -> None:
    """Show a draft as it would be published, with what can be done with it."""
    app, draft = interaction.client.app, shown.draft
    # The diff of a large file takes a moment.
    asked = await app.asking.asked_of(draft.item_id) if draft.kind == "edit" and draft.item_id else None
    edits = _edits(draft)
    if asked and (never := _never_for(draft, asked)):
        edits.append([never])
    cards = await asyncio.to_thread(draft_cards, shown, app.tutor, edits, asked)
    await respond(interaction, cards, private=True)
    await send_whole(interaction, shown.difference)


def _never_for(draft: Draft, asked: AskedOf) -> Control | None:
    """A menu of questions that found an entry but are not its own question or phrasings."""
    own = (draft.fields.get(field, "").splitlines() for field in ("question", "phrasings", "not"))
    known = {normalized(text) for lines in own for text in lines}
    others = [each for each in asked.texts if normalized(each.text) not in known and len(each.text) <= LINE]
    if not others:
        return None
    names = told_apart([(each.text, str(each.question)) for each in others], OPTION_TEXT)
    options = [option(name, str(each.question)) for name, each in zip(names, others, strict=True)]
    return NeverFor.make(_("Never for this question…"), options, draft=str(draft.id))


def _edits(draft: Draft) -> list[list[Control]]:
    """A button for each group of fields; a scenario has too many groups for that."""
    found, id_ = groups(draft), str(draft.id)
    if len(found) <= BUTTONS_IN_A_ROW:
        return [[Edit.make(_("Edit: {fields}", fields=each.label), draft=id_, group=each.key) for each in found]]
    menus = [found[n : n + SELECT_OPTIONS] for n in range(0, len(found), SELECT_OPTIONS)]
    names = iter(told_apart([(each.label, each.key) for each in found], OPTION_TEXT))
    rows = enumerate([option(next(names), each.key) for each in menu] for menu in menus)
    return [[EditGroup.make(_("Choose a part to edit"), each, draft=id_, menu=str(n))] for n, each in rows]
