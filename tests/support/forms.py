"""The fields of a form in Discord, as whoever opens it sees them."""

from __future__ import annotations

from typing import Any

from simcord import InteractionResult

from tests.support.world import said

LESSON = "in-lesson"


def parts(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, dict):
        own = [part] if part.get("custom_id") and "type" in part and part["type"] != 1 else []
        return [*own, *(found for each in part.values() for found in parts(each))]
    return [found for each in part for found in parts(each)] if isinstance(part, list) else []


def form(box: InteractionResult) -> dict[str, dict[str, Any]]:
    """The fields of a form, by name."""
    assert box.modal is not None, said(box)
    return {each["custom_id"]: each for each in parts(box.modal["components"])}


def filled(box: InteractionResult) -> dict[str, str]:
    """What stands in the form already, as it is sent when nothing is changed."""
    return {name: each.get("value") or "" for name, each in form(box).items() if each["type"] == 4}


def lessons_in(box: InteractionResult) -> dict[str, str]:
    """The lessons to choose from, by title."""
    return {each["label"]: each["value"] for each in form(box)[LESSON]["options"]}
