"""A member proposes something for the lessons, and a moderator looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simcord import InteractionResult, MemberActor, ResponseMessage

from tests.support.world import World, buttons, components, message, text

SUGGEST, SOLVED = "Suggest for the lessons", "This solved it"
QUESTION, ANSWER = (
    "How do I bake a venv into a Docker image?",
    "Copy the requirements first, then **install** them.",
)


def inputs(part: Any) -> Iterator[dict[str, Any]]:
    """The parts of a form that can be filled in."""
    if isinstance(part, dict):
        if part.get("custom_id") and part.get("type") != 1:
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from inputs(each)


def filled(box: InteractionResult) -> dict[str, Any]:
    """What stands in a form, as it is sent when nothing is changed."""
    assert box.modal, text(box)
    values: dict[str, Any] = {}
    for each in inputs(box.modal["components"]):
        chosen = [one["value"] for one in each.get("options", ()) if one.get("default")]
        values[each["custom_id"]] = chosen if "options" in each else each.get("value") or ""
    return values


async def propose(world: World, said: Any, *, by: MemberActor | None = None, **typed: Any) -> InteractionResult:
    """A member suggests a message for the lessons, with these texts in the form."""
    member = by or world.mia
    box = await member.context_menu(world.channel, SUGGEST, said)
    return await member.submit_modal(box, {**filled(box), **typed})


async def a_proposal(world: World, **typed: Any) -> InteractionResult:
    """Mia proposes what Max answered to her question."""
    asked = await world.mia.send(world.channel, QUESTION)
    return await propose(world, await world.max.send(world.channel, ANSWER, reply_to=asked), **typed)


async def open_proposal(world: World, number: int = 0) -> InteractionResult:
    """Max opens a proposal from the list."""
    shown = await world.max.slash(world.channel, "lessons proposals")
    menu = next(part for part in components(shown) if "options" in part)
    await world.max.select(message(shown), [menu["options"][number]["value"]], custom_id=menu["custom_id"])
    return shown


def cards(result: InteractionResult) -> list[ResponseMessage]:
    """Every message that a command, press or submit led to."""
    return [each for each in (result.response, *result.followups) if each]


def said(result: InteractionResult) -> str:
    """The texts of all of them."""
    return "\n".join(map(text, cards(result)))


def with_button(result: InteractionResult, label: str) -> ResponseMessage:
    """The message that has this button."""
    return next(each for each in cards(result) if label in buttons(each))


def letters(member: MemberActor) -> list[str]:
    """The texts of the direct messages that the bot sent a member."""
    channel = member.user.dm_channel
    return [text(each) for each in channel.history()] if channel else []
