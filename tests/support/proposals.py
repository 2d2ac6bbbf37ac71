"""A member proposes something for the lessons, and a moderator looks at it."""

from __future__ import annotations

from typing import Any

from simcord import InteractionResult, MemberActor

from tests.support.forms import form
from tests.support.world import World, components, message, told

SUGGEST, SOLVED = "Suggest for the lessons", "This solved it"
QUESTION, ANSWER = (
    "How do I bake a venv into a Docker image?",
    "Copy the requirements first, then **install** them.",
)


def filled(box: InteractionResult) -> dict[str, Any]:
    """What stands in a form, and what is chosen in it, as it is sent when nothing is changed."""
    return {
        name: [one["value"] for one in each["options"] if one.get("default")]
        if "options" in each
        else each.get("value") or ""
        for name, each in form(box).items()
    }


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


def letters(member: MemberActor) -> list[str]:
    """The texts of the direct messages that the bot sent a member."""
    return told(member.user.dm_channel)
