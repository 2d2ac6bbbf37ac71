"""Suggestions show the whole question and the beginning of its answer, with a button beside each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.discord_ui.asking.suggested import IN_PUBLIC, PREVIEW
from bot.store.servers import Choices
from tests.support.asking import last, logged
from tests.support.world import World, buttons, components, direct_messages, message, suggested, text

LONG = (
    "How do I connect the database of the project with all of its tables to the server of the school in the north?"
)
SECTION = 9


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """Two lessons with the same long question, whose answers have formatting that a cut would break."""
    folder = tmp_path / "lessons"
    folder.mkdir()
    prose = "says: `open` the _settings_ " + "and look further " * 30
    for name in ("Harbor", "Island"):
        tables = f"Which tables has the {name} database?"
        entries = [
            {"id": f"{name.lower()}-a", "question": LONG, "answer": f"**{name}** {prose}"},
            {"id": f"{name.lower()}-b", "question": tables, "answer": "```py\nonly = code\n```"},
            {
                "id": f"{name.lower()}-c",
                "question": "How do I restart the printer?",
                "answer": "Type **this**:\n\n```bash\n\nprinter __restart__\n```\nThen wait:\n\n```\nno\n```",
            },
            {
                "id": f"{name.lower()}-d",
                "question": "How do I raise a number to a power?",
                "answer": r"- Write **`2 ** my_number`**, *not* `2 ^ 3` - or 2 * 2 in C:\temp, see "
                "[**the _docs_**](https://a.b/_c_(d)) on **Esc**ape.",
            },
        ]
        lesson = {"lesson": name, "entries": entries}
        (folder / f"{name.lower()}.yaml").write_text(json.dumps(lesson), encoding="utf-8")
    return folder


def previews(shown: Any) -> list[str]:
    found = [part["components"][0]["content"] for part in components(shown) if part.get("type") == SECTION]
    return [each.partition("\n")[2] for each in found]


async def test_a_question_is_whole_and_an_answer_begins_beside_its_button(world: World):
    """Beyond the 80 characters of a button; equal questions have their lesson, and a code block has no preview."""
    private = await world.mia.slash(world.channel, "ask", question="connect database school")
    assert LONG in "".join(suggested(private))
    assert len({*suggested(private)}) == len(suggested(private)) >= 2
    assert [each for each in buttons(private) if each.startswith("Show")] == [
        f"Show {n}" for n, _ in enumerate(suggested(private), 1)
    ]
    for each in previews(private):
        assert len(each) <= PREVIEW + 10
        assert "*" not in each.replace("\\*", "")
        assert "```" not in each
    public = await world.mia.slash(world.channel, "ask", question="connect database school", private=False)
    assert all(len(each) <= IN_PUBLIC + 10 for each in previews(public))
    answered = await world.mia.click(message(private), label="Show 2")
    assert f"## {LONG}" in text(private) or f"## {LONG}" in text(answered)


async def test_what_to_type_is_in_the_preview(world: World):
    """An answer that begins with "Type this:" goes on with its code, which no cut or Markdown changes."""
    offered = await world.ask("restart printer")
    assert previews(offered) == [r"Type this: printer \_\_restart\_\_"] * 2


async def test_code_in_a_preview_is_as_its_author_wrote_it(world: World):
    """Only formatting is left out, and with it no sign that members would have to type."""
    offered = await world.ask("number power")
    shown = [each.replace("\\*", "*").replace("\\_", "_").replace("\\\\", "\\") for each in previews(offered)]
    assert shown == [r"Write 2 ** my_number, not 2 ^ 3 - or 2 * 2 in C:\temp, see the docs on Escape."] * 2


@pytest.mark.parametrize(("language", "label"), [("de", "1 anzeigen"), ("es", "Ver 1")])
async def test_a_reply_to_suggestions_goes_on_from_their_question(world: World, language: str, label: str):
    """The question is found beside the texts, too; a second and a late press end well."""
    await world.bot.app.servers.set(world.server.id, Choices(language=language))
    offered = await world.ask("connect database school")
    assert label in buttons(offered)
    await world.mia.send(world.channel, "what about tables?", reply_to=offered)
    await world.mia.click(offered, label=label)
    shown = next(each for each in world.channel.history() if each.id == offered.id)
    assert f"## {LONG}" in text(shown) or "## Which" in text(shown)


async def test_a_number_is_as_good_as_a_press(world: World):
    """As a reply to the suggestions, with a mention or as the next direct message. It is no question itself."""
    offered = await world.ask("connect database school")
    _question, _, lesson = suggested(offered)[1].rpartition(" · ")
    await world.mia.send(world.channel, "the second one", reply_to=offered)
    assert f"## {LONG}" in text(world.last)
    assert f"From *{lesson}*" in text(world.last)
    assert "Dismiss" in buttons(world.last)
    assert (await last(world)).outcome == "taken"
    await world.mia.send(world.channel, f"{world.mention} 1")
    assert f"## {LONG}" in text(world.last)
    await world.mia.send_dm("restart printer")
    await world.mia.send_dm("2")
    assert "## How do I restart the printer?" in text(direct_messages(world.mia)[-1])
    assert await logged(world) == ["restart printer", "connect database school"]


async def test_after_one_of_them_another_is_chosen(world: World):
    """ "And the second?" goes on from the suggestions, and is no question either."""
    await world.mia.send_dm("restart printer")
    lessons = [each.rpartition(" · ")[2] for each in suggested(direct_messages(world.mia)[-1])]
    for said, shown in (("1", 0), ("and the second?", 1), ("ok then the first one", 0)):
        await world.mia.send_dm(said)
        assert f"From *{lessons[shown]}*" in text(direct_messages(world.mia)[-1])
    assert await logged(world) == ["restart printer"]


async def test_a_number_that_goes_on_from_the_question_is_no_choice(world: World):
    """ "What about 64?" after 32 is no suggestion that is missing."""
    await world.mia.send_dm("restart printer")
    for said in ("what about 64", "und 10?"):
        await world.mia.send_dm(said)
        assert "or ask in other words" not in text(direct_messages(world.mia)[-1])


async def test_the_last_one_is_chosen_too_and_both_is_no_number(world: World):
    """ "Las dos" means both: whoever says so still chooses."""
    for said in ("the last one", "das letzte", "me refiero a la tercera"):
        offered = await world.ask("connect database school")
        await world.mia.send(world.channel, said, reply_to=offered)
        assert text(world.last).startswith(f"## {suggested(offered)[2]}")
    offered = await world.ask("connect database school")
    for said in ("las dos", "the two"):
        await world.mia.send(world.channel, said, reply_to=offered)
        assert suggested(world.last) == suggested(offered)


async def test_none_of_these_can_be_written(world: World):
    """The member reads what to do now, and the question is a miss, once."""
    offered = await world.ask("connect database school")
    await world.mia.send(world.channel, "none of these", reply_to=offered)
    assert "I have no other answer" in text(world.last)
    assert (await last(world)).outcome == "not"
    assert await logged(world) == ["connect database school"]


async def test_somebody_elses_number_is_answered_and_not_counted(world: World):
    """A helper who says "2" has not said what the member meant."""
    offered = await world.ask("connect database school")
    await world.max.send(world.channel, "2", reply_to=offered)
    assert f"## {LONG}" in text(world.last)
    assert (await last(world)).outcome == ""


async def test_a_number_that_was_not_offered_is_no_question(world: World):
    """The member reads what can be chosen, moderators read no "5", and the choice is still open."""
    offered = await world.ask("connect database school")
    await world.mia.send(world.channel, "7", reply_to=offered)
    assert text(world.last) == "Choose 1 to 3, or ask in other words."
    assert buttons(world.last) == ["Dismiss"]
    await world.mia.send(world.channel, f"{world.mention} 2")
    assert f"## {LONG}" in text(world.last)
    await world.mia.send_dm("restart printer")
    await world.mia.send_dm("12")
    assert "Choose 1 to 2" in text(direct_messages(world.mia)[-1])
    assert await logged(world) == ["restart printer", "connect database school"]


async def test_a_number_without_suggestions_is_no_question(world: World):
    """Moderators need no lesson on "5": the member reads how to ask."""
    await world.ask("5")
    assert "What would you like to know?" in text(world.last)
    assert await logged(world) == []
    await world.ask("404")
    assert "No lesson answers that yet" in text(world.last)
    assert await logged(world) == ["404"]


def public(world: World) -> list[discord.Message]:
    """The cards that everybody sees in the channel."""
    return [each for each in world.channel.history(viewer=world.max) if each.components]


def make_long(world: World, lessons: Path) -> None:
    """Give each entry with prose an answer of three messages."""
    for file in lessons.iterdir():
        whole = file.read_text(encoding="utf-8")
        file.write_text(whole.replace("and look further ", "and look further " * 15), encoding="utf-8")
    world.bot.app.library.reload()


async def test_a_long_answer_that_was_pressed_goes_as_a_whole(world: World, lessons: Path):
    """With its question, and whichever of its messages is dismissed; also where the suggestions came by `/ask`."""
    make_long(world, lessons)
    for gone in (0, 2, None):
        asked = await world.mia.send(world.channel, f"{world.mention} connect database school")
        await world.press(world.last, "Show 1")
        assert len(public(world)) == 3
        if gone is None:
            await world.mia.delete(asked)
        else:
            await world.press(public(world)[gone], "Dismiss")
        assert public(world) == []
    await world.mia.slash(world.channel, "ask", question="connect database school", private=False)
    await world.press(world.last, "Show 1")
    assert len(public(world)) == 3
    await world.press(public(world)[1], "Dismiss")
    assert public(world) == []


async def test_a_long_answer_that_was_pressed_before_a_restart_goes_as_a_whole(
    world: World, lessons: Path, new_bot: Any
):
    """As any other long answer: the same in all these ways."""
    make_long(world, lessons)
    for gone in (0, 2, None, "/ask"):
        asked = await world.mia.send(world.channel, f"{world.mention} connect database school")
        if gone == "/ask":
            await world.mia.slash(world.channel, "ask", question="connect database school", private=False)
        *_others, card = public(world)
        await world.press(card, "Show 1")
        whole = [each.id for each in public(world) if each.id >= card.id]
        assert len(whole) == 3
        for further in whole[1:]:  # Discord says so; SimCord does not
            kept = world.env.backend.get_message(world.channel.id, further)
            kept.interaction_metadata = {
                **(kept.interaction_metadata or {}),
                "interacted_message_id": str(card.id),
            }
            kept.reference = {"channel_id": str(world.channel.id), "message_id": str(card.id)}
        await world.env.restart_bot(new_bot())
        if gone is None:
            await world.mia.delete(asked)
        else:
            await world.press(public(world)[0 if gone == 0 else -1], "Dismiss")
        assert not {*whole} & {each.id for each in public(world)}


async def test_an_edit_leaves_the_answer_that_was_pressed(world: World):
    """Whoever adds "solved" to their question has chosen already: nothing is offered again, or missed."""
    asked = await world.mia.send(world.channel, f"{world.mention} connect database school")
    await world.press(world.last, "Show 1")
    shown = text(world.last)
    await world.mia.edit(asked, f"{world.mention} connect database school (edit: solved, thx)")
    assert text(world.last) == shown
    assert await logged(world) == ["connect database school"]
    assert (await last(world)).outcome == "taken"


async def test_a_conversation_goes_on_from_what_was_pressed(world: World):
    """As from a number that was typed: thanks count for the answer, and it can be shown again."""
    await world.mia.send_dm("connect database school")
    offered = direct_messages(world.mia)[-1]
    await world.mia.user.click(offered, label="Show 1")
    shown = text(direct_messages(world.mia)[-1])
    await world.mia.send_dm("show me that again")
    assert text(direct_messages(world.mia)[-1]) == shown
    await world.mia.send_dm("restart printer")
    await world.mia.user.click(direct_messages(world.mia)[-1], label="Show 1")
    await world.mia.send_dm("thanks!")
    assert [each.emoji for each in direct_messages(world.mia)[-1].reactions] == ["👍"]
    assert (await last(world)).outcome == "helped"
