"""Modals that still work after a restart, as everything they need is in their custom_id.

discord.py ignores the submit of a modal that was opened before a restart. Here, no modal is remembered: every
submit is matched against the templates of the forms.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

import discord
from discord import ui

from bot.discord_ui.kit.admission import Admission
from bot.discord_ui.kit.delivery import end_well
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.limits import INPUT_LABEL, INPUT_NOTE, MODAL_TITLE
from bot.discord_ui.kit.locale import set_locale_for
from bot.discord_ui.kit.markdown import shorten
from bot.discord_ui.kit.press import NUMBER
from bot.discord_ui.kit.requests import begin_request
from bot.discord_ui.kit.threads import reopen
from bot.discord_ui.kit.typed import typed_fields
from bot.language.words import N_

NO_WORDS = N_("Write a few words: mentions and the emoji of servers are left out.")


class Form:
    """One kind of modal; its custom_id is `lb:kind:id:id…:n`, where n makes it unique."""

    kind: ClassVar[str] = ""
    template: ClassVar[str] = ""
    pattern: ClassVar[re.Pattern[str]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.pattern = re.compile(rf"lb:{cls.kind}:{cls.template}:{NUMBER}")

    @classmethod
    def make(cls, interaction: Interaction, title: str, *inputs: ui.Item[ui.LayoutView], **ids: str) -> ui.Modal:
        """A modal to send. The custom_id of each input is the name of its field."""
        custom_id = ":".join(("lb", cls.kind, *ids.values(), str(interaction.id)))
        modal = ui.Modal(title=shorten(title, MODAL_TITLE), custom_id=custom_id)
        modal.stop()  # else discord.py would keep it until it is submitted, and members can close it
        for item in inputs:
            modal.add_item(item)
        return modal

    @classmethod
    def match(cls, custom_id: str) -> dict[str, str] | None:
        found = cls.pattern.fullmatch(custom_id)
        return found.groupdict() if found else None

    @classmethod
    async def submitted(cls, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        """What happens with what was typed or chosen, by the inputs' custom_ids; each choice is a line."""
        raise NotImplementedError("each form says what it does")


def line(  # noqa: PLR0913 -- all texts of an input
    name: str, label: str, description: str, longest: int, *, optional: str | None = None, example: str = ""
) -> ui.Label[ui.LayoutView]:
    """An input for one line. With `optional` it may stay empty; that text or the `example` is its placeholder."""
    box: ui.TextInput[ui.LayoutView] = ui.TextInput(
        custom_id=name,
        style=discord.TextStyle.short,
        required=optional is None,
        max_length=longest,
        placeholder=shorten(optional or example, INPUT_NOTE) or None,
    )
    label, description = shorten(label, INPUT_LABEL), shorten(description, INPUT_NOTE)
    return ui.Label(text=label, description=description, component=box)


def text_box(  # noqa: PLR0913 -- what a box shows
    name: str,
    label: str,
    description: str,
    longest: int,
    *,
    text: str = "",
    is_long: bool = True,
    optional: bool = False,
) -> ui.Label[ui.LayoutView]:
    """An input that already contains a text, of several lines if it `is_long`."""
    box: ui.TextInput[ui.LayoutView] = ui.TextInput(
        custom_id=name,
        style=discord.TextStyle.paragraph if is_long else discord.TextStyle.short,
        default=text[:longest] or None,
        required=not optional,
        max_length=longest,
    )
    note = shorten(description, INPUT_NOTE) or None
    return ui.Label(text=shorten(label, INPUT_LABEL), description=note, component=box)


def single_choice(
    name: str, label: str, description: str, options: list[discord.SelectOption], *, optional: bool = False
) -> ui.Label[ui.LayoutView]:
    """A menu of which one option is chosen; its value is what the form gets."""
    menu: ui.Select[ui.LayoutView] = ui.Select(
        custom_id=name, options=options, required=not optional, min_values=0 if optional else 1
    )
    return ui.Label(
        text=shorten(label, INPUT_LABEL), description=shorten(description, INPUT_NOTE) or None, component=menu
    )


def several(
    name: str, label: str, description: str, options: list[discord.SelectOption]
) -> ui.Label[ui.LayoutView]:
    """A menu of which any number is chosen; the form gets their values, one a line."""
    menu: ui.Select[ui.LayoutView] = ui.Select(
        custom_id=name, options=options, required=False, min_values=0, max_values=len(options)
    )
    return _labeled(label, description, menu)


def radio(
    name: str, label: str, description: str, options: list[discord.RadioGroupOption]
) -> ui.Label[ui.LayoutView]:
    """Options side by side of which one is chosen; its value is what the form gets."""
    group: ui.RadioGroup[ui.LayoutView] = ui.RadioGroup(custom_id=name, options=options, required=False)
    return _labeled(label, description, group)


def tick(name: str, label: str, description: str) -> ui.Label[ui.LayoutView]:
    """A box to tick; the form gets `TICKED`, or '' if it is not ticked."""
    box: ui.Checkbox[ui.LayoutView] = ui.Checkbox(custom_id=name)
    return _labeled(label, description, box)


def upload(name: str, label: str, description: str) -> ui.Label[ui.LayoutView]:
    """A file, which may be left out. What was uploaded: `uploaded`."""
    box: ui.FileUpload[ui.LayoutView] = ui.FileUpload(custom_id=name, required=False, min_values=0, max_values=1)
    return _labeled(label, description, box)


def uploaded(interaction: Interaction, ids: str) -> list[discord.Attachment]:
    """The files of a submitted form, from the value of an `upload`; one id a line."""
    data: Any = interaction.data or {}  # as below
    found = (data.get("resolved") or {}).get("attachments") or {}
    return [
        discord.Attachment(data=found[id_], state=interaction._state) for id_ in ids.splitlines() if id_ in found
    ]


def _labeled(label: str, description: str, component: ui.Item[ui.LayoutView]) -> ui.Label[ui.LayoutView]:
    note = shorten(description, INPUT_NOTE) or None
    return ui.Label(text=shorten(label, INPUT_LABEL), description=note, component=component)


async def submit(interaction: Interaction, forms: tuple[type[Form], ...]) -> None:
    """Hand a submitted modal to its form."""
    data: Any = interaction.data or {}  # discord.py's types do not cover all parts of a modal
    for form in forms:
        ids = form.match(data.get("custom_id", ""))
        if ids is not None:
            begin_request("form")
            set_locale_for(interaction)
            try:
                # Discord keeps the form open, for another try.
                if not await interaction.client.kept(Admission).is_in_time(interaction):
                    return
                await reopen(interaction)
                await form.submitted(interaction, ids, dict(typed_fields(data)))
            except Exception as error:  # discord.py would only log it, and the member would see "failed"
                await end_well(error, interaction)
