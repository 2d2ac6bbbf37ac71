"""A button as Discord gets it. A press is handled by the `Button` class whose template its custom_id has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import discord

from bot.discord_ui.kit.limits import BUTTON_LABEL
from bot.discord_ui.kit.markdown import shorten

EMPTY = "…"  # Discord refuses an empty label
GREY = discord.ButtonStyle.secondary
BLUE = discord.ButtonStyle.primary

Json = dict[str, Any]  # as Discord has it

_BUTTON = discord.ComponentType.button.value


@dataclass(frozen=True, slots=True)
class PlainButton:
    """Its label is shortened to Discord's limit. Unlike discord.py's button, it holds nothing else."""

    label: str
    custom_id: str
    style: discord.ButtonStyle
    disabled: bool

    def to_component_dict(self) -> Json:
        return {
            "type": _BUTTON,
            "style": self.style.value,
            "disabled": self.disabled,
            "label": shorten(self.label, BUTTON_LABEL) or EMPTY,
            "custom_id": self.custom_id,
        }
