"""Modals that still work after a restart: all they need is in their custom_id.

discord.py drops the submit of a modal that an earlier life of the bot opened. Here none is looked up: every
submit is matched against the templates below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import discord
from discord import ui

from bot.discord_ui.kit.delivery import end_well
from bot.discord_ui.kit.interaction import Interaction
from bot.discord_ui.kit.limits import INPUT_LABEL, INPUT_NOTE, MODAL_TITLE
from bot.discord_ui.kit.locale import set_locale_for
from bot.discord_ui.kit.markdown import shorten
from bot.discord_ui.kit.press import NUMBER

# discord.py keeps a modal until it is submitted; one that was closed is never.
KEPT_SECONDS = 900.0


class Form:
    """A modal of a kind; its custom_id is `lb:kind:id:id…:n`, where n makes it unlike any other."""

    kind: ClassVar[str] = ""
    template: ClassVar[str] = ""
    pattern: ClassVar[re.Pattern[str]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.pattern = re.compile(rf"lb:{cls.kind}:{cls.template}:{NUMBER}")

    @classmethod
    def make(cls, interaction: Interaction, title: str, *inputs: ui.Item[ui.LayoutView], **ids: str) -> ui.Modal:
        """The modal to send. Each input's custom_id names what is typed there."""
        custom_id = ":".join(("lb", cls.kind, *ids.values(), str(interaction.id)))
        modal = ui.Modal(title=shorten(title, MODAL_TITLE), custom_id=custom_id, timeout=KEPT_SECONDS)
        for item in inputs:
            modal.add_item(item)
        return modal

    @classmethod
    def match(cls, custom_id: str) -> dict[str, str] | None:
        found = cls.pattern.fullmatch(custom_id)
        return found.groupdict() if found else None

    @classmethod
    async def submitted(cls, interaction: Interaction, ids: Mapping[str, str], typed: Mapping[str, str]) -> None:
        """What happens with what was typed, by the inputs' custom_ids."""
        raise NotImplementedError("each form says what it does")


def line(
    name: str, label: str, description: str, longest: int, *, optional: str | None = None
) -> ui.Label[ui.LayoutView]:
    """A box for one line; one that may stay empty says in grey what could stand there."""
    box: ui.TextInput[ui.LayoutView] = ui.TextInput(
        custom_id=name,
        style=discord.TextStyle.short,
        required=optional is None,
        max_length=longest,
        placeholder=shorten(optional, INPUT_NOTE) if optional else None,
    )
    label, description = shorten(label, INPUT_LABEL), shorten(description, INPUT_NOTE)
    return ui.Label(text=label, description=description, component=box)


async def submit(interaction: Interaction, forms: tuple[type[Form], ...]) -> None:
    """Hand a submitted modal to its form."""
    data: Any = interaction.data or {}
    for form in forms:
        ids = form.match(data.get("custom_id", ""))
        if ids is not None:
            set_locale_for(interaction)
            try:
                await form.submitted(interaction, ids, dict(_typed(data)))
            except Exception as error:  # discord.py would only log it, and the member see "failed"
                await end_well(error, interaction)


def _typed(part: Any) -> Iterator[tuple[str, str]]:
    """What was typed, wherever Discord nests it."""
    if isinstance(part, dict):
        if isinstance(part.get("value"), str):
            yield part["custom_id"], part["value"]
        for each in (*part.get("components", ()), part.get("component")):
            yield from _typed(each)
