"""A walkthrough as learners see it: predict, see why, compare, take the quiz, continue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from simcord import SetupError

from tests.support.walking import ID, days, edit, jump, letters_of, quiz_of, start
from tests.support.world import World, buttons, components, message, options, text

TITLE = "Two projects, two versions of Django"
PICK = "Install Django 4.2.2 directly"


async def test_a_learner_predicts_sees_why_compares_checks_and_finishes(world: World):
    """The whole walkthrough, step by step."""
    panel = await start(world)
    assert panel.ephemeral
    assert "Ishant" in text(panel)
    assert "Step 1 of 9" in text(panel)
    assert text(panel).count("The story") == 1, "the title says it, and so does the menu"
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
    check = quiz_of(world)
    wrong = next(option for option in check.options if not option.correct)
    await world.press(panel, letters_of(panel, [wrong.text])[0])
    assert "Not quite." in text(panel)
    assert wrong.feedback in text(panel)
    assert "Show a hint" in buttons(panel)
    for option in check.options:
        if option.correct:
            await world.press(panel, letters_of(panel, [option.text])[0])
            assert option.feedback in text(panel)
    shown = [part.get("label") for part in components(panel)]
    assert not {"Show a hint", "Show the answer"} & set(shown), "there is nothing left to be stuck at"

    await world.press(panel, "Next")
    assert "Step 9 of 9" in text(panel)
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
    hints = [option.hint for option in quiz_of(world).options if option.hint]
    assert hints, "the lesson that comes with the bot has some"
    for n, hint in enumerate(hints):
        assert hint not in text(panel)
        assert "Show the answer" not in buttons(panel), "hints come first"
        await world.press(panel, "Show a hint")
        assert all(f"Hint: {each}" in text(panel) for each in hints[: n + 1])
    await world.press(panel, "Show the answer")
    assert "Hint: " not in text(panel)
    right = [option for option in quiz_of(world).options if option.correct]
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
    question = quiz_of(world).question.splitlines()[0][:30]
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
