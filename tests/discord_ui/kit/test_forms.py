"""Modals fit Discord's limits, however long a translation is."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from bot.discord_ui.kit.forms import Form, line
from bot.discord_ui.kit.limits import INPUT_LABEL, INPUT_NOTE, MODAL_TITLE


async def test_a_modal_and_its_boxes_fit_whatever_they_say():
    """Discord refuses the whole modal if one text is too long."""
    interaction: Any = SimpleNamespace(id=1)
    long = "Donaudampfschifffahrtsgesellschaft " * 9
    made = Form.make(interaction, long, line("said", long, long, 10, optional=long)).to_dict()
    assert len(made["title"]) <= MODAL_TITLE
    (box,) = made["components"]
    assert len(box["label"]) <= INPUT_LABEL
    assert len(box["description"]) <= INPUT_NOTE
    assert len(box["component"]["placeholder"]) <= INPUT_NOTE
    assert not box["component"]["required"]
