"""What a member typed or chose in a form, as Discord sends it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import discord

from bot.discord_ui.kit.interaction import Interaction

TICKED = "yes"  # what a form gets of a ticked box
_TEXT = discord.ComponentType.text_input.value


def typed_texts(interaction: Interaction) -> list[str]:
    """The texts that were typed into the form that this submits, in their order; of anything else, none."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return []
    texts = (part["value"] for part in _parts(interaction.data) if part.get("type") == _TEXT)
    return [text for text in texts if text.strip()]


# `Any`: discord.py's types do not cover all parts of a modal.
def typed_fields(data: Any) -> Iterator[tuple[str, str]]:
    """What was typed or chosen, by the inputs' custom_ids; of a list, one value a line; of a file, its id.

    Of options of which none is chosen, nothing.
    """
    for part in _parts(data):
        if isinstance(part.get("value"), str):
            yield part["custom_id"], part["value"]
        elif isinstance(part.get("value"), bool):
            yield part["custom_id"], TICKED if part["value"] else ""
        elif isinstance(part.get("values"), list):
            yield part["custom_id"], "\n".join(map(str, part["values"]))


# `Any`: as above.
def _parts(part: Any) -> Iterator[dict[str, Any]]:
    """All parts, wherever Discord nests them."""
    if isinstance(part, dict):
        yield part
        for each in (*part.get("components", ()), part.get("component")):
            yield from _parts(each)
