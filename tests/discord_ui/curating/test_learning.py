"""What members show a question to mean: proposed to moderators, and never published by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from simcord import InteractionResult, ResponseMessage

from tests.support.editing import undo
from tests.support.world import World, buttons, components, message, options, shown, suggested, text

ASKED = "upgrade one"
UPGRADE = "How do I upgrade a package, or pip itself?"
ENTRY = "what-is-a-virtual-environment"


def card(result: InteractionResult, button: str) -> ResponseMessage:
    return next(each for each in shown(result) if button in buttons(each))


async def open_card(world: World, entry: str) -> InteractionResult:
    """The edit card of an entry, whose form was sent as it opened."""
    box = await world.max.slash(world.channel, "lessons edit", what=entry)
    assert box.modal
    parts = [each["component"] for each in box.modal["components"]]
    return await world.max.submit_modal(box, {each["custom_id"]: each.get("value") or "" for each in parts})


async def picks(world: World, member: Any, said: str = ASKED) -> Any:
    """A member asks, and picks the entry on packages."""
    asked = await member.slash(world.channel, "ask", question=said)
    await member.click(message(asked), label=f"Show {suggested(asked).index(UPGRADE) + 1}")
    return asked


async def test_where_three_members_agree_a_phrasing_is_proposed(world: World, lessons: Path):
    """Two members are not enough. A moderator prepares the phrasing with one press, and then publishes it."""
    file = lessons / "virtual-environments-in-practice.yaml"
    before = file.read_text(encoding="utf-8")
    tom = world.server.add_member(world.env.create_user("tom"))
    for member in (world.mia, world.mia, world.max):
        await picks(world, member)
    assert "No open questions" in text(await world.max.slash(world.channel, "lessons misses"))

    await picks(world, tom)
    proposed = await world.max.slash(world.channel, "lessons misses")
    assert f"## `{ASKED}`" in text(proposed)
    assert f"Picked 4 times, by 3 members: **{UPGRADE}**. Make it a phrasing?" in text(proposed)
    assert "Asked 4 times" in text(proposed)
    assert file.read_text(encoding="utf-8") == before
    draft = await world.max.click(message(proposed), label=f"Add as phrasing of: {UPGRADE}"[:80])
    assert f"1 phrasing added: {ASKED}" in "\n".join(map(text, shown(draft)))
    await world.max.click(card(draft, "Publish"), label="Publish")
    assert f"      - {ASKED}\n" in file.read_text(encoding="utf-8")
    assert f"## {UPGRADE}" in text(await world.ask(ASKED))
    assert "No open questions" in text(await world.max.slash(world.channel, "lessons misses"))


async def test_a_phrasing_that_was_ignored_is_not_proposed_again(world: World):
    """However often members pick the same afterwards; *Open again* still takes it back."""
    tom = world.server.add_member(world.env.create_user("tom"))
    for member in (world.mia, world.max, tom):
        await picks(world, member)
    proposed = await world.max.slash(world.channel, "lessons misses")
    await world.max.click(message(proposed), label="Ignore")
    for member in (world.mia, world.max, tom):
        await picks(world, member)
    assert "No open questions" in text(await world.max.slash(world.channel, "lessons misses"))
    await world.max.click(message(proposed), label="Open again")
    assert "Make it a phrasing?" in text(await world.max.slash(world.channel, "lessons misses"))


async def test_a_suggestion_that_did_not_help_is_not_agreed_on(world: World):
    """A 👎 takes back a member's choice of a suggestion, so that it no longer counts."""
    tom = world.server.add_member(world.env.create_user("tom"))
    for member in (world.mia, world.max):
        await picks(world, member)
    asked = await picks(world, tom)
    await tom.click(message(asked), label="Not what I asked")
    await world.env.advance_time(601)
    assert "Make it a phrasing?" not in text(await world.max.slash(world.channel, "lessons misses"))


async def test_the_edit_card_says_what_found_an_entry_and_can_forbid_it(world: World, lessons: Path):
    """A question that finds the wrong entry is added to `not:` and no longer finds it, until that is undone."""
    file = lessons / "virtual-environments-in-practice.yaml"
    before = file.read_text(encoding="utf-8")
    await world.ask(UPGRADE)
    await world.mia.send(world.channel, f"{world.mention} thanks!")
    await picks(world, world.mia)

    opened = await open_card(world, "upgrade-a-package")
    seen = "\n".join(map(text, shown(opened)))
    assert "**Questions that found this entry lately**" in seen
    assert "It helped 1 of 1 member." in seen
    assert f"“{ASKED}” (asked once)" in seen
    menu = next(each for each in shown(opened) if options(each))
    assert options(menu) == [ASKED], "its own words cannot be forbidden"
    values = [each["value"] for part in components(menu) for each in part.get("options", [])]
    drafted = await world.max.select(menu, values)
    assert f"the questions that must not find it: + “{ASKED}”" in "\n".join(map(text, shown(drafted)))
    publishing = card(drafted, "Publish")
    await world.max.click(publishing, label="Publish")
    assert f"    not:\n      - {ASKED}\n" in file.read_text(encoding="utf-8")
    refused = await world.mia.slash(world.channel, "ask", question=f"{ASKED}?")
    assert UPGRADE not in text(refused)

    await undo(world, publishing)
    assert file.read_text(encoding="utf-8") == before
    assert UPGRADE in suggested(await world.mia.slash(world.channel, "ask", question=ASKED))


async def test_a_moderator_types_what_must_not_find_an_entry(world: World, lessons: Path):
    """There is a form for these questions. One that is also a phrasing of the entry is an error."""
    opened = await open_card(world, ENTRY)
    for typed in ("what is a VIRTUAL environment?", "what is a vm"):
        form = await world.max.click(
            card(opened, "Edit: Never for these questions"), label="Edit: Never for these questions"
        )
        opened = await world.max.submit_modal(form, {"not": typed})
        wrong = "is also the question or a phrasing of this entry" in "\n".join(map(text, shown(opened)))
        assert wrong == (typed != "what is a vm")
    await world.max.click(card(opened, "Publish"), label="Publish")
    kept = (lessons / "virtual-environments.yaml").read_text(encoding="utf-8")
    assert "    not:\n      - what is a vm\n" in kept


async def test_one_member_cannot_agree_with_themselves(world: World, lessons: Path):
    """Many picks of one member count once, in channels and in direct messages alike."""
    for _ in range(3):
        asked = await picks(world, world.mia)
    await world.mia.click(message(asked), label="That helped")
    await world.mia.send_dm(ASKED)
    replied = world.mia.user.dm_channel.history()[-1]
    await world.mia.user.click(replied, label=f"Show {suggested(replied).index(UPGRADE) + 1}")
    await picks(world, world.max)
    assert "No open questions" in text(await world.max.slash(world.channel, "lessons misses"))


async def test_an_undone_phrasing_is_proposed_again(world: World, lessons: Path):
    """After an undo, members get suggestions again, and moderators the proposal."""
    tom = world.server.add_member(world.env.create_user("tom"))
    for member in (world.mia, world.max, tom):
        await picks(world, member)
    proposed = await world.max.slash(world.channel, "lessons misses")
    draft = await world.max.click(message(proposed), label=f"Add as phrasing of: {UPGRADE}"[:80])
    publishing = card(draft, "Publish")
    await world.max.click(publishing, label="Publish")
    await undo(world, publishing)
    assert UPGRADE in suggested(await world.mia.slash(world.channel, "ask", question=ASKED))
    assert "Make it a phrasing?" in text(await world.max.slash(world.channel, "lessons misses"))


async def test_what_a_moderator_forbids_is_not_proposed(world: World, lessons: Path):
    """If an entry is never for a question, no phrasing of it is proposed, however many members picked it."""
    tom = world.server.add_member(world.env.create_user("tom"))
    for member in (world.mia, world.max, tom):
        await picks(world, member)
    assert "Make it a phrasing?" in text(await world.max.slash(world.channel, "lessons misses"))
    opened = await open_card(world, "upgrade-a-package")
    menu = next(each for each in shown(opened) if options(each))
    values = [each["value"] for part in components(menu) for each in part.get("options", [])]
    drafted = await world.max.select(menu, values)
    await world.max.click(card(drafted, "Publish"), label="Publish")
    assert "Make it a phrasing?" not in text(await world.max.slash(world.channel, "lessons misses"))
