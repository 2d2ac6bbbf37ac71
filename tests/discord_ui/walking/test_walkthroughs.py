"""A walkthrough as learners see it: predict, see why, compare, take the quiz, continue; alone and together."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord import Env, SetupError

from bot.outbox import Delivery
from tests.support.sharded_discord import until
from tests.support.walking import ID, ask_for_reminders, edit, jump, letters, start
from tests.support.world import World, buttons, close_direct_messages, components, message, noah_in, options, text

TITLE = "Two projects, two versions of Django"
PICK = "Install Django 4.2.2 directly"


def right_letters(panel: Any, correct: list[str]) -> list[str]:
    """The letters that these options got on this panel."""
    lines = [line for line in text(panel).splitlines() if line.startswith("**")]
    return [line[2] for line in lines for option in correct if option in line]


def check_of(world: World, id_: str = ID) -> Any:
    return world.bot.app.tutor.scenario(id_).check


async def test_a_learner_predicts_sees_why_compares_checks_and_finishes(world: World):
    """The whole walkthrough, step by step."""
    panel = await start(world)
    assert panel.ephemeral
    assert "Ishant" in text(panel)
    assert "Step 1 of 9 · The story" in text(panel)
    assert buttons(panel) == ["Next", "Ask about this step", "Close"], "there is nothing before the story"

    await world.press(panel, "Next")
    assert "What would you do?" in text(panel)
    assert buttons(panel)[:3] == [solution.title for solution in world.bot.app.tutor.scenario(ID).solutions]
    assert "Skip" in buttons(panel)
    await world.press(panel, PICK)
    assert "Solution 1" in text(panel), "each solution is seen, the pick in its turn"
    assert f"You picked **{PICK}**. You'll see 1 other solution first." in text(panel)
    assert "Your pick" not in text(panel)

    await world.press(panel, "Next")
    assert "other solution first" not in text(panel)
    for said in ("Solution 2", "Your pick", "The plan", "What happens", "Why", "Verdict: **fails**"):
        assert said in text(panel)
    await world.press(panel, "Next")
    await world.press(panel, "Next")
    assert "Side by side" in text(panel)
    assert f"{PICK}** · your pick" in text(panel)
    assert all(
        f"Verdict: **{verdict}**" in text(panel) for verdict in ("works, but takes effort", "fails", "works")
    )
    gallery = next(part for part in components(panel) if "items" in part)
    assert "Django" in gallery["items"][0]["description"]
    assert [each.filename for each in message(panel).attachments] == ["picture.png"]

    await world.press(panel, "Next")
    assert message(panel).attachments == [], "the picture goes with its step"
    assert "Behind the scenes" in text(panel)
    await world.press(panel, "Next")
    check = check_of(world)
    wrong = next(option for option in check.options if not option.correct)
    await world.press(panel, right_letters(panel, [wrong.text])[0])
    assert "Not quite." in text(panel)
    assert wrong.feedback in text(panel)
    assert "Show a hint" in buttons(panel)
    for option in check.options:
        if option.correct:
            await world.press(panel, right_letters(panel, [option.text])[0])
            assert option.feedback in text(panel)
    shown = [part.get("label") for part in components(panel)]
    assert not {"Show a hint", "Show the answer"} & set(shown), "there is nothing left to be stuck at"

    await world.press(panel, "Next")
    assert "Step 9 of 9 · The end" in text(panel)
    for said in (f"Your pick**\n{PICK}", "What you know now", "You found the right answer."):
        assert said in text(panel)
    await world.press(panel, "Start over")
    assert "Step 1 of 9" in text(panel)
    await world.press(panel, "Next")
    assert "Skip" in buttons(panel), "the pick is forgotten"


async def test_the_end_leads_on(world: World):
    """A menu of related questions and the next walkthrough; closing the panel says that it is finished."""
    panel = await start(world)
    for _step in range(8):
        await world.press(panel, "Skip" if "Skip" in buttons(panel) else "Next")
    related = [
        question.text for question in world.bot.app.tutor.questions(world.bot.app.tutor.scenario(ID).related)
    ]
    assert related
    assert options(panel)[: len(related)] == related, "in one menu, which fits a phone"
    answered = await world.mia.select(
        message(panel), [world.bot.app.tutor.scenario(ID).related[0]], custom_id="lb:related"
    )
    assert related[0] in text(answered)
    others = [each for each in world.bot.app.tutor.scenarios if each.id != ID]
    await world.press(panel, "Close")
    assert "You finished this walkthrough." in text(panel)
    assert "Your progress is saved" not in text(panel)
    await world.press(panel, "Go to the end")
    await world.press(panel, f"Next walkthrough: {others[0].title}")
    assert f"-# {others[0].title}\n" in text(panel)
    assert "Step 1 of" in text(panel)


async def test_who_is_stuck_sees_the_answer_and_why(world: World):
    """Learners do not have to guess until an option is right."""
    panel = await start(world)
    await jump(world, panel, "check")
    hints = [option.hint for option in check_of(world).options if option.hint]
    assert hints, "the lesson that comes with the bot has some"
    for n, hint in enumerate(hints):
        assert hint not in text(panel)
        assert "Show the answer" not in buttons(panel), "hints come first"
        await world.press(panel, "Show a hint")
        assert all(f"Hint: {each}" in text(panel) for each in hints[: n + 1])
    await world.press(panel, "Show the answer")
    assert "Hint: " not in text(panel)
    right = [option for option in check_of(world).options if option.correct]
    assert all(option.feedback in text(panel) for option in right)
    await world.press(panel, "Next")
    assert "You asked to see the answer." in text(panel)


async def test_back_and_the_jump_menu_go_anywhere(world: World):
    """No step is locked, and Back after Next returns to the same step."""
    panel = await start(world)
    assert len(options(panel)) == 9
    await jump(world, panel, "environment-per-project")
    assert "Verdict: **works**" in text(panel)
    here = text(panel)
    await world.press(panel, "Next")
    await world.press(panel, "Back")
    assert text(panel) == here


async def test_just_show_me_picks_nothing(world: World):
    """Learners who do not want to guess have no pick."""
    panel = await start(world)
    await world.press(panel, "Next")
    await world.press(panel, "Skip")
    await jump(world, panel, "finish")
    assert "predicted" not in text(panel)


async def test_a_walk_is_continued_after_a_restart_in_another_channel(world: World, new_bot: Any):
    """Weeks later, the step and the pick are still saved; the old panel continues from there, too."""
    old = await start(world)
    await world.press(old, "Next")
    await world.press(old, PICK)
    await world.env.restart_bot(new_bot())
    await days(world, 20)
    other = world.server.create_text_channel("elsewhere")
    card = await world.mia.slash(other, "walkthrough", scenario=ID)
    assert "at step 3 of 9: **Solution 1: " in text(card)
    assert buttons(card) == ["Continue at: Solution 1", "Start over"]
    await world.mia.click(message(card), label="Continue at: Solution 1")
    await world.mia.click(message(card), label="Next")
    assert "Your pick" in text(card)

    await world.press(old, "Next")
    assert "Solution 2" in text(old), "where the other panel stands"
    await jump(world, card, "compare")
    await world.press(old, "Back")
    assert "You have already left that step" in text(old)
    assert "Side by side" in text(old)


async def test_the_list_says_where_a_walk_stands(world: World):
    """Without an option, the command lists which walkthroughs were begun."""
    panel = await start(world)
    await jump(world, panel, "compare")
    listed = await world.mia.slash(world.channel, "walkthrough")
    described = [each.get("description") for part in components(listed) for each in part.get("options", [])]
    assert described[0] == "You are at step 6 of 9: Side by side"
    await world.mia.select(message(listed), [ID])
    assert "Continue at: Side by side" in buttons(listed)


async def test_starting_over_is_asked_once_more(world: World):
    """One press by accident loses nothing."""
    panel = await start(world)
    await world.press(panel, "Next")
    await world.press(panel, PICK)
    card = await start(world)
    await world.press(card, "Start over")
    assert "Start over?" in text(card)
    await world.press(card, "No, continue")
    assert "Solution 1" in text(card)
    card = await start(world)
    await world.press(card, "Start over")
    await world.press(card, "Yes, start over")
    assert "The story" in text(card)
    again = await start(world)
    assert "Step 1 of 9" in text(again), "there is nothing to continue"


async def test_who_only_peeked_at_the_end_is_asked_before_starting_over(world: World):
    """Looking at the end does not delete the pick, nor does an old panel that shows the end."""
    old = await start(world)
    await world.press(old, "Next")
    await world.press(old, PICK)
    await jump(world, old, "finish")
    card = await start(world)
    assert buttons(card) == ["Continue at: The end", "Start over"]
    await world.press(card, "Start over")
    await world.press(card, "No, continue")
    await jump(world, card, "install-directly")
    assert "Your pick" in text(card)
    await world.press(old, "Start over")
    await world.press(old, "Yes, start over")
    assert "You have already left that step" in text(old)
    assert "Your pick" in text(old)


async def test_an_author_who_swaps_titles_changes_nobodys_pick(world: World, new_bot: Any, lessons: Path):
    """If the titles of solutions were swapped, the learner sees the changed solutions first."""
    panel = await start(world)
    await world.press(panel, "Next")
    edit(lessons, (f"title: {PICK}", "title: Another"), ("title: Use virtual environments", f"title: {PICK}"))
    await world.env.restart_bot(new_bot())
    await world.press(panel, PICK)
    assert "What would you do?" in text(panel)
    assert "Updated since your last visit" in text(panel)
    await world.press(panel, PICK)
    await jump(world, panel, "environment-per-project")
    assert "Your pick" in text(panel)
    edit(lessons, (f"title: {PICK}", "title: Something else"))
    await world.env.restart_bot(new_bot())
    await world.press(panel, "Next")
    await world.press(panel, "Back")
    assert "Your pick" not in text(panel)


async def test_stop_keeps_the_place(world: World):
    """The panel says how to continue later."""
    panel = await start(world)
    await jump(world, panel, "compare")
    await world.press(panel, "Close")
    assert "Your progress is saved at “**Side by side**”" in text(panel)
    await world.press(panel, "Continue")
    assert "Side by side" in text(panel)


async def test_a_question_in_between_is_answered_in_private_and_the_walk_stands(world: World):
    """Asking a question does not change the step."""
    panel = await start(world)
    await jump(world, panel, "environment-per-project")
    before = text(panel)
    box = await world.press(panel, "Ask about this step")
    answered = await world.mia.submit_modal(box, {"question": "how do i delete a venv"})
    assert answered.ephemeral
    assert "delete a virtual environment" in text(answered)
    assert text(panel) == before
    await world.press(panel, "Next")
    assert "Side by side" in text(panel)


async def test_a_question_box_left_open_over_a_restart_is_answered(world: World, new_bot: Any):
    """A question that was typed while the bot was updated is answered."""
    panel = await start(world)
    box = await world.press(panel, "Ask about this step")
    await world.env.restart_bot(new_bot())
    answered = await world.mia.submit_modal(box, {"question": "what is a venv"})
    assert "isolated Python environment" in text(answered)


async def test_an_edited_lesson_says_what_changed(world: World, new_bot: Any, lessons: Path):
    """Learners who saw the old text can look at the new one."""
    panel = await start(world)
    await jump(world, panel, "install-directly")
    await world.press(panel, "Next")
    edit(lessons, ("He directly installs", "He quickly installs"))
    await world.env.restart_bot(new_bot())
    card = await start(world)
    assert "Updated since your last visit" in text(card)
    assert f"- **Solution 2: {PICK}**: the plan" in text(card)
    assert "**The story**" not in text(card)
    await world.press(card, f"Go to: Solution 2: {PICK}")
    assert "He quickly installs" in text(card)
    again = await start(world)
    assert "Updated" not in text(again), "it was said"


async def test_a_panel_left_open_over_an_edit_says_so_and_goes_on(world: World, new_bot: Any, lessons: Path):
    """A press still counts if the lesson was edited meanwhile."""
    panel = await start(world)
    await world.press(panel, "Next")
    edit(lessons, ("Let us understand it", "Let us look at it"))
    await world.env.restart_bot(new_bot())
    await world.press(panel, "Skip")
    assert "Updated since your last visit" in text(panel)
    assert "Solution 1" in text(panel)
    await world.press(panel, "Next")
    assert "Updated" not in text(panel)


async def test_a_step_that_is_gone_leads_to_the_nearest(world: World, new_bot: Any, lessons: Path):
    """After an edit, the learner is at a valid step, and no other solution is marked as their pick."""
    panel = await start(world)
    await world.press(panel, "Next")
    await world.press(panel, PICK)
    await world.press(panel, "Next")
    edit(lessons, ("id: install-directly", "id: install-over"))
    await world.env.restart_bot(new_bot())
    card = await start(world)
    assert "at step 3 of 9: **Solution 1" in text(card)
    await world.press(card, "Continue at: Solution 1")
    await world.press(card, "Next")
    assert "Solution 2" in text(card)
    assert "Your pick" not in text(card)


async def test_a_check_that_changed_begins_anew(world: World, new_bot: Any, lessons: Path):
    """An answer that was right in the old quiz does not count in a changed one."""
    panel = await start(world)
    await jump(world, panel, "check")
    await world.press(panel, "Show a hint")
    question = check_of(world).question.splitlines()[0][:30]
    edit(lessons, (question, "What if " + question))
    await world.env.restart_bot(new_bot())
    card = await start(world)
    await world.press(card, "Continue at: Quiz")
    assert "This is correct." not in text(card)
    assert "Hint: " not in text(card)
    assert "Show a hint" in buttons(card)


async def test_a_scenario_that_is_gone_says_so(world: World, new_bot: Any, lessons: Path):
    """An old panel replies with a short message."""
    panel = await start(world)
    edit(lessons, (f"id: {ID}", "id: two-versions"))
    await world.env.restart_bot(new_bot())
    assert "was removed from the lessons" in text(await world.press(panel, "Next"))


async def test_pressing_next_twice_at_once_moves_once(world: World):
    """A double press skips no step, and shows no warning."""
    panel = await start(world)
    onward = next(part["custom_id"] for part in components(panel) if part.get("label") == "Next")
    stored = world.env.backend.get_message(world.channel.id, message(panel).id)
    as_it_was = stored.components
    await world.mia.click(message(panel), custom_id=onward)
    stored.components = as_it_was
    await world.mia.click(message(panel), custom_id=onward)
    assert "Step 2 of 9" in text(panel)
    assert "You have already left that step" not in text(panel)


async def test_a_public_button_opens_a_panel_of_ones_own(world: World):
    """Each member walks from a public answer in a private panel."""
    answer = await world.ask("y do i need venv")
    mine = await world.mia.click(answer, label=f"Open walkthrough: {TITLE}")
    yours = await world.max.click(answer, label=f"Open walkthrough: {TITLE}")
    await world.mia.click(message(mine), label="Next")
    assert "Step 2 of 9" in text(mine)
    assert "Step 1 of 9" in text(yours)
    with pytest.raises(SetupError):
        await world.max.click(message(mine), label="Next")


async def test_an_unknown_scenario_is_answered_with_the_ones_there_are(world: World):
    """If a title is wrong, the learner chooses from a list."""
    asked = await world.mia.slash(world.channel, "walkthrough", scenario="three flasks")
    assert "There is no walkthrough with that name" in text(asked)
    await world.mia.select(message(asked), [ID])
    assert "The story" in text(asked)


async def test_a_scenario_is_found_by_its_title(world: World):
    """The command accepts what autocomplete offers."""
    choices = await world.mia.autocomplete(world.channel, "walkthrough", "scenario", "django")
    assert [choice["name"] for choice in choices] == [TITLE]
    started = await world.mia.slash(world.channel, "walkthrough", scenario=choices[0]["value"])
    assert "The story" in text(started)


async def test_forget_asks_then_deletes_all_and_says_what(world: World):
    """Learners read what would be deleted, and can keep it; a second press deletes all data of their walks."""
    nothing = await world.mia.slash(world.channel, "walkthrough", forget=True)
    assert "nothing to delete" in text(nothing)
    panel = await start(world)
    await world.press(panel, "Next")
    await world.press(panel, PICK)
    await jump(world, panel, "finish")
    await world.press(panel, "Quiz me in a few days")
    # As an option, or as the word in the first one: who types `/walkthrough forget` means it.
    asked = await world.mia.slash(world.channel, "walkthrough", scenario="forget")
    what = "your progress in 1 walkthrough, 1 pick, 2 reminders."
    assert f"This deletes {what} It can't be undone." in text(asked)
    await world.press(asked, "Keep my walkthroughs")
    assert "Nothing was deleted." in text(asked)
    assert "You stopped" in text(await start(world))
    asked = await world.mia.slash(world.channel, "walkthrough", forget=True)
    await world.press(asked, "Delete my walkthroughs")
    assert f"Deleted: {what}" in text(asked)
    assert "Step 1 of 9" in text(await start(world))


# Together


async def test_a_channel_predicts_together_and_one_turns_the_page(world: World):
    """Everybody picks, nobody sees who picked what, and only the starter or a moderator changes the step."""
    shared = await start(world, share=True)
    assert not shared.ephemeral
    panel = world.last
    await world.mia.click(panel, label="Next")
    assert "No picks yet" in text(world.last)
    noah = world.server.add_member(world.env.create_user("noah"))
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
    wrong = next(option for option in check_of(world).options if not option.correct)
    told = await world.max.click(panel, label=right_letters(world.last, [wrong.text])[0])
    assert told.ephemeral
    assert wrong.feedback in text(told)
    assert wrong.feedback not in text(world.last)
    assert "**1** answer so far" in text(world.last)
    hint = next(option.hint for option in check_of(world).options if option.hint and option is not wrong)
    noah = noah_in(world)
    hints = [option.hint for option in check_of(world).options if option.hint]
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
    right = next(option for option in check_of(world).options if option.correct)
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


async def days(world: World, number: int) -> None:
    for _ in range(number):
        await world.env.advance_time(86400)


async def test_reminders_come_after_two_and_seven_days_and_are_answered_in_place(world: World):
    """Only for learners who asked; one question, answered without a command."""
    told = await ask_for_reminders(world)
    assert "in 2 days and in 7 days" in text(told)
    await days(world, 1)
    assert not letters(world)
    await days(world, 2)
    (reminder,) = letters(world)
    assert check_of(world).question.splitlines()[0] in text(reminder)
    right = [option for option in check_of(world).options if option.correct]
    for option in right:
        await world.mia.user.click(reminder, label=right_letters(letters(world)[0], [option.text])[0])
    assert right[-1].feedback in text(letters(world)[0])
    assert len(letters(world)) == 1
    await days(world, 5)
    assert len(letters(world)) == 2
    await days(world, 10)
    assert len(letters(world)) == 2


async def test_one_press_stops_reminders(world: World):
    """Right after they were turned on, and in the message itself."""
    told = await ask_for_reminders(world)
    assert "You won't get any more reminders" in text(await world.press(told, "Stop reminders"))
    await ask_for_reminders(world)
    panel = await start(world)
    await world.press(panel, "Continue at: The end")
    assert "You won't get any more reminders" in text(await world.press(panel, "Stop reminders")), (
        "on the panel itself, too"
    )
    await days(world, 8)
    assert not letters(world)
    await ask_for_reminders(world)
    await days(world, 3)
    (reminder,) = letters(world)
    await world.mia.user.click(reminder, label="Stop reminders")
    await days(world, 8)
    assert sum(bool(options(each) or buttons(each)) for each in letters(world)) == 1


async def test_a_reminder_is_late_rather_than_lost_or_doubled(world: World, new_bot: Any):
    """If the bot was down for weeks, the learner gets exactly one message."""
    await ask_for_reminders(world)
    await world.env.restart_bot(new_bot())
    await world.bot.remove_cog("ReminderSender")
    await days(world, 20)
    assert not letters(world)
    await world.env.restart_bot(new_bot())
    await world.env.settle()
    assert len(letters(world)) == 1
    await world.env.restart_bot(new_bot())
    await days(world, 3)
    assert len(letters(world)) == 1


async def test_a_reminder_that_was_sent_as_the_bot_died_is_not_sent_again(world: World, new_bot: Any):
    """After the restart, the bot finds it among its messages."""
    await ask_for_reminders(world)
    await days(world, 3)
    assert len(letters(world)) == 1
    kept = await world.bot.app.store.reminders.find(1)
    assert kept.state == "sent"
    async with world.bot.app.store._database.writing.begin() as connection:
        from bot.store.tables import reminders

        await connection.execute(reminders.update().values(state="sending"))
    await world.env.restart_bot(new_bot())
    await world.env.settle()
    # The one of two days is found; the one of seven is not, and waits to be sent.
    states = [(await world.bot.app.store.reminders.find(id_)).state for id_ in (1, 2)]
    assert states == ["sent", "waiting"]
    assert len(letters(world)) == 1


async def test_a_reminder_counts_as_sent_by_no_other_message(world: World):
    """The number of one reminder may begin like that of another."""
    await ask_for_reminders(world)
    sender, first = world.bot.get_cog("ReminderSender"), await world.bot.app.store.reminders.find(1)
    with world.env._bot_scope():
        first = replace(first, due=world.env.now())
        assert await sender.send(replace(first, id=12)) is Delivery.ARRIVED
        assert await sender.look_for(replace(first, id=12)) is Delivery.ARRIVED
        assert await sender.look_for(first) is Delivery.MISSING


async def test_a_reminder_that_is_asked_for_again_comes_again(world: World):
    """Even if sending fails once: the message of the last time is not mistaken for this one."""
    await ask_for_reminders(world)
    await days(world, 8)
    assert len(letters(world)) == 2
    await ask_for_reminders(world)
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=40003)
    await days(world, 4)
    assert len(letters(world)) == 3


async def test_an_old_letter_does_not_answer_a_new_question(world: World, new_bot: Any, lessons: Path):
    """If the author changed the question, the new one is shown first, and the press does not count."""
    await ask_for_reminders(world)
    await days(world, 3)
    (reminder,) = letters(world)
    question = check_of(world).question.splitlines()[0][:30]
    edit(lessons, (question, "What if " + question))
    await world.env.restart_bot(new_bot())
    await world.mia.user.click(reminder, label="A")
    assert "What if" in text(letters(world)[0])
    assert "Not quite." not in text(letters(world)[0])
    assert "This is correct." not in text(letters(world)[0])


async def test_that_a_reminder_can_arrive_is_tried_at_once(world: World):
    """If direct messages are closed, the learner reads what to do; the reminders are kept."""
    close_direct_messages(world, 1)
    told = await ask_for_reminders(world)
    assert "I can't send you direct messages" in text(told)
    assert buttons(told) == ["Try again", "Stop reminders"]
    assert await world.bot.app.store.reminders.pending(world.mia.id, ID) == 2
    again = await world.press(told, "Try again")
    assert "in 2 days and in 7 days" in text(again)
    assert await world.bot.app.store.reminders.pending(world.mia.id, ID) == 2
    (confirmed,) = world.mia.user.dm_channel.history()
    assert "in 2 days and in 7 days" in text(confirmed)
    await world.mia.user.click(confirmed, label="Stop reminders")
    assert await world.bot.app.store.reminders.pending(world.mia.id, ID) == 0


async def test_a_reminder_waits_for_closed_direct_messages(world: World):
    """It is tried once a day, and names the day of the walk, not of the first try."""
    await ask_for_reminders(world)
    walked = world.env.now()
    close_direct_messages(world, 2)
    await days(world, 3)
    assert not letters(world)
    await days(world, 2)
    (reminder,) = letters(world)
    assert f"<t:{int(walked.timestamp())}:R>" in text(reminder)
    assert await world.bot.app.store.reminders.pending(world.mia.id, ID) == 1, "that of seven days comes as well"


async def test_a_reminder_that_cannot_be_sent_is_shown_with_the_next_command(world: World):
    """It is shown in private, once, and answered in place."""
    await ask_for_reminders(world)
    close_direct_messages(world, 1)
    await days(world, 2)
    await world.env.advance_time(3600)
    browsed = await world.mia.slash(world.channel, "browse")
    (shown,) = browsed.followups
    assert "Do you remember?" in text(shown)
    assert shown.ephemeral
    await world.mia.click(shown, label="A")
    assert "This is correct." in text(shown) or "Not quite." in text(shown)
    assert not (await world.mia.slash(world.channel, "browse")).followups
    await days(world, 2)
    assert not letters(world)


# What moderators see


async def test_stats_show_where_learners_get_stuck_and_nobody_in_particular(world: World):
    """Numbers below five are not shown exactly."""
    await start(world)
    few = await world.max.slash(world.channel, "lessons stats", scenario=ID)
    assert few.ephemeral
    assert "reached: under 5" in text(few)
    assert "mia" not in text(few)
    class_ = [world.server.add_member(world.env.create_user(f"learner-{n}")) for n in range(6)]
    for member in class_:
        panel = await member.slash(world.channel, "walkthrough", scenario=ID)
        await member.click(message(panel), label="Next")
        await member.click(message(panel), label=PICK)
    await world.env.advance_time(2 * 86400)
    many = await world.max.slash(world.channel, "lessons stats", scenario=ID)
    assert "**1. The story**\nreached: 7 · continued: 6 · stopped here: under 5" in text(many)
    assert "reached: 6 · continued: under 5 · stopped here: 6" in text(many)
    assert f"- {PICK}: 6" in text(many)


async def test_stats_are_for_moderators(world: World):
    """Members do not see the command, and a forged menu is refused."""
    with pytest.raises(SetupError):
        await world.mia.slash(world.channel, "lessons stats")
    answer = await world.ask("what is a venv")
    stored = world.env.backend.get_message(world.channel.id, answer.id)
    row = next(part for part in stored.components if part["type"] == 1)
    row["components"][0]["custom_id"] = "lb:usage"
    assert "Only moderators can do this" in text(await world.mia.click(answer, custom_id="lb:usage"))
