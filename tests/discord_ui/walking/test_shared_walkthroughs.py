"""A walkthrough that a channel does together: everybody picks, over days and edits of its lesson, too."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord import Env

from bot.dialogue.steps import PREDICT
from tests.support.waiting import until
from tests.support.walking import ID, edit, letters_of, quiz_of, start
from tests.support.world import World, buttons, components, noah_in, options, text

DIRECT, VENV = "Install Django 4.2.2 directly", "Use virtual environments"


async def test_a_shared_walk_is_looked_after_until_it_is_deleted(world: World):
    """The daily round that deletes old ones begins with the first."""
    rounds = world.bot.notifications._rounds
    await world.env.settle()
    assert rounds.is_resting, "nothing is kept"
    await start(world, share=True)
    assert not rounds.is_resting


async def test_a_pick_counts_only_for_what_was_picked(world: World, new_bot: Any, lessons: Path):
    """A solution that got another title was picked by nobody, and one that is gone is not among the picks."""
    await start(world, share=True)
    await world.press(world.last, "Next")
    noah = noah_in(world)
    for member, title in ((world.mia, DIRECT), (world.max, VENV), (noah, VENV)):
        await world.press(world.last, title, member)
    edit(lessons, (f"title: {DIRECT}", "title: Another"))
    await world.env.restart_bot(new_bot())
    await world.mia.select(world.last, ["finish"])
    assert f"- {VENV}: 2 of 2" in text(world.last)
    assert "- Another: 0 of 2" in text(world.last)


async def test_the_picks_that_an_earlier_version_stored_count(world: World):
    """It stored the id of a solution alone. Whoever picks again still counts once."""
    await start(world, share=True)
    await world.press(world.last, "Next")
    noah, shared = noah_in(world), world.bot.app.store.shared
    for member, solution in ((world.mia, "install-directly"), (noah, "environment-per-project")):
        await shared.choose(world.last.id, member.id, PREDICT, solution, discord.utils.utcnow())
    for member, title in ((world.max, VENV), (noah, VENV)):
        await world.press(world.last, title, member)
    await world.mia.select(world.last, ["finish"])
    assert f"- {DIRECT}: 1 of 3" in text(world.last)
    assert f"- {VENV}: 2 of 3" in text(world.last)


async def test_a_shared_walk_whose_scenario_was_removed_says_so(world: World, new_bot: Any, lessons: Path):
    """Each press says that it was removed, which is not that it has ended; and it can be ended."""
    await start(world, share=True)
    await world.press(world.last, "Next")
    edit(lessons, (f"- id: {ID}", "- id: another"))
    await world.env.restart_bot(new_bot())
    removed = "This walkthrough was removed from the lessons"
    assert removed in text(await world.press(world.last, DIRECT, noah_in(world)))
    assert removed in text(await world.press(world.last, "Next"))
    await world.press(world.last, "End for everyone")
    assert removed in text(world.last)
    assert not buttons(world.last)


async def test_a_hint_of_a_quiz_without_hints_is_no_removed_walkthrough(world: World, new_bot: Any, lessons: Path):
    """Whoever asks for a hint that an author removed is told that there are no more."""
    await start(world, share=True)
    await world.mia.select(world.last, ["check"])
    file = lessons / "virtual-environments.yaml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "hint: " not in line), encoding="utf-8")
    await world.env.restart_bot(new_bot())
    assert "There are no more hints" in text(await world.press(world.last, "Show a hint", noah_in(world)))


@pytest.mark.parametrize("several", [False, True])
async def test_whoever_chooses_a_second_right_answer_knows_that_only_the_last_counts(
    world: World, new_bot: Any, lessons: Path, several: bool
):
    """A quiz with several right answers says so; another one has nothing to say about it."""
    wrong = next(each for each in world.bot.app.tutor.scenario(ID).check.options if not each.correct)
    if several:
        edit(lessons, (f"- text: {wrong.text}", f"- text: {wrong.text}\n          correct: true"))
        await world.env.restart_bot(new_bot())
    await start(world, share=True)
    await world.mia.select(world.last, ["check"])
    for letter in "AB":
        told = await world.press(world.last, letter, noah_in(world))
        assert ("Only the last one that you choose is counted" in text(told)) is several


PICK = "Install Django 4.2.2 directly"


async def test_a_channel_predicts_together_and_one_turns_the_page(world: World):
    """Everybody picks, nobody sees who picked what, and only the starter or a moderator changes the step."""
    shared = await start(world, share=True)
    assert not shared.ephemeral
    panel = world.last
    await world.mia.click(panel, label="Next")
    assert "No picks yet" in text(world.last)
    noah = noah_in(world)
    told: dict[Any, Any] = {}
    for member, title in ((world.mia, PICK), (world.max, PICK), (noah, "Use virtual environments"), (noah, PICK)):
        before, told[member] = told.get(member), await member.click(panel, label=title)
        assert told[member].ephemeral
        assert f"You picked **{title}**" in text(told[member])
        assert before is None or before.response is None, "what was told before is gone"
    assert "**3** picks so far" in text(world.last)
    refused = await noah.click(panel, label="Next")
    assert refused.ephemeral
    assert "can go to another step" in text(refused)
    await world.max.click(panel, label="Next")
    await world.mia.click(panel, label="Next")
    assert "**3 of 3** picked this" in text(world.last)
    assert "noah" not in text(world.last)


async def test_many_picks_at_once_all_count_once(world: World):
    """A whole class picks in the same second."""
    await start(world, share=True)
    panel = world.last
    await world.mia.click(panel, label="Next")
    class_ = [world.server.add_member(world.env.create_user(f"learner-{n}")) for n in range(60)]
    for member in class_:
        for title in (PICK, "Use virtual environments"):
            await member.click(panel, label=title)
    assert "**60** picks so far" in text(world.last)


async def test_a_shared_check_is_answered_in_private_and_shown_to_all_in_the_end(world: World, new_bot: Any):
    """Nobody else sees a wrong answer, not even after a restart, nor a hint, unless the leader shows it to all."""
    await start(world, share=True)
    panel = world.last
    await world.mia.select(panel, ["check"])
    await world.env.restart_bot(new_bot())
    wrong = next(option for option in quiz_of(world).options if not option.correct)
    told = await world.max.click(panel, label=letters_of(world.last, [wrong.text])[0])
    assert told.ephemeral
    assert wrong.feedback in text(told)
    assert wrong.feedback not in text(world.last)
    assert "**1** answer so far" in text(world.last)
    hint = next(option.hint for option in quiz_of(world).options if option.hint and option is not wrong)
    noah = noah_in(world)
    hints = [option.hint for option in quiz_of(world).options if option.hint]
    for seen in (*range(1, len(hints) + 1), len(hints)):
        alone = await world.press(panel, "Show a hint", noah)
        assert alone.ephemeral
        assert [each in text(alone) for each in hints] == [n < seen for n in range(len(hints))]
    assert "There are no more hints" in text(alone)
    assert not any(each in text(world.last) for each in hints), "nobody else sees them"
    while "Show a hint" in buttons(world.last):
        await world.mia.click(panel, label="Show a hint")
    assert f"Hint: {hint}" in text(world.last)
    await world.mia.click(panel, label="Show the answer")
    assert "Show the answer" not in [part.get("label") for part in components(world.last)]
    right = next(option for option in quiz_of(world).options if option.correct)
    assert right.feedback in text(world.last)
    await world.mia.click(panel, label="End for everyone")
    assert "This shared walkthrough has ended" in text(world.last)
    assert buttons(world.last) == ["Do it on my own"]


async def test_a_shared_walk_that_ends_while_its_counts_are_updated_has_ended(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    """Discord takes a few edits a second: one that waits for its turn does not bring the panel back."""
    await start(world, share=True)
    panel = world.last
    await world.mia.click(panel, label="Next")
    edit, waits, goes_on = discord.Message.edit, asyncio.Event(), asyncio.Event()

    async def edit_later(self: discord.Message, **shown: Any) -> discord.Message:
        waits.set()
        await goes_on.wait()
        return await edit(self, **shown)

    monkeypatch.setattr(discord.Message, "edit", edit_later)
    for each in ("_begin_operation", "_end_operation"):  # SimCord's members press one after the other
        monkeypatch.setattr(Env, each, lambda *_: None)
    picking = asyncio.create_task(world.max.click(panel, label=PICK))
    await waits.wait()
    ending = asyncio.create_task(world.mia.click(panel, label="End for everyone"))
    await until(lambda: "This shared walkthrough has ended" in text(world.last))
    goes_on.set()
    await asyncio.gather(picking, ending)
    assert "This shared walkthrough has ended" in text(world.last)
    assert buttons(world.last) == ["Do it on my own"]


async def test_the_end_of_a_shared_walk_is_everybodys(world: World):
    """It shows the picks of the channel, and not those of one member."""
    await start(world, share=True)
    panel = world.last
    await world.mia.click(panel, label="Next")
    for member in (world.mia, world.max):
        await member.click(panel, label=PICK)
    await world.mia.select(panel, ["finish"])
    assert f"- {PICK}: 2 of 2" in text(world.last)
    assert "What you know now" in text(world.last)
    assert "Quiz result" not in text(world.last)
    assert "Why do we need virtual environments?" in options(world.last)


async def test_the_moderator_role_turns_pages_too(world: World):
    """Also after the starter deleted their data."""
    from bot.store.servers import Choices

    helpers = world.server.create_role("Helpers")
    await world.bot.app.servers.set(world.server.id, Choices(moderator_role=helpers.id))
    hana = world.server.add_member(world.env.create_user("hana"), roles=[helpers])
    await start(world, share=True)
    await world.mia.slash(world.channel, "walkthrough", forget=True)
    panel = world.channel.history()[0]
    await hana.click(panel, label="Next")
    shown = world.channel.history()[0]
    assert "What would you do?" in text(shown)
    assert "a moderator chooses which step everyone sees" in text(shown)
    assert "Only a moderator can go to another step" in text(await world.mia.click(panel, label="Next"))


async def test_walking_together_needs_a_channel_where_one_may_write(world: World):
    """Members who may not write in a channel cannot make the bot write there."""
    quiet = world.server.create_text_channel(
        "news", overwrites={world.server.default_role: discord.PermissionOverwrite(send_messages=False)}
    )
    shared = await world.mia.slash(quiet, "walkthrough", scenario=ID, share=True)
    assert shared.ephemeral
    assert "where you can send messages" in text(shared)


# Remember
