"""Walkthroughs in another language: all texts of the bot are translated, and none of the author's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.language.words import in_locale
from bot.store.servers import Choices
from bot.walking.figures import figures
from tests.support.pseudo import GREEK, untranslated
from tests.support.world import World, buttons, components, message, options, text

ID = "flat-bread"
PICK = "Πιο ζεστός φούρνος"

pytestmark = pytest.mark.parametrize("lessons", [GREEK], indirect=True)


def ours(label: str) -> str:
    return f"⟦{label}⟧"


def checked(shown: Any) -> Any:
    """The same message, in which no word of ours is English."""
    assert untranslated(shown) == []
    return shown


async def start(world: World, **wanted: Any) -> Any:
    return checked(await world.mia.slash(world.channel, "walkthrough", **{"scenario": ID, **wanted}))


async def press_checked(world: World, panel: Any, label: str) -> Any:
    pressed = await world.mia.click(message(panel), label=label)
    if pressed.response is not None:
        checked(pressed)
    return checked(panel) and pressed


async def jump(world: World, panel: Any, step: str) -> None:
    await world.mia.select(message(panel), [step])
    checked(panel)


async def test_a_whole_walk_is_in_the_servers_language(abroad: World):
    """Every step and note from story to end; the author's texts stay as they are."""
    panel = await start(abroad)
    assert "## ⟦The story⟧" in text(panel)
    assert "⟦Step 1 of 9⟧" in text(panel)
    await press_checked(abroad, panel, ours("Next"))
    assert ours("Skip") in buttons(panel)
    await press_checked(abroad, panel, PICK)
    assert f"## ⟦⟦Solution 1⟧: {'Περισσότερη μαγιά'}⟧" in text(panel)
    await press_checked(abroad, panel, ours("Next"))
    for said in ("*⟦Your pick.⟧*", "**⟦The plan⟧**\n", "**⟦What happens⟧**\n", "⟦Verdict: **⟦fails⟧**⟧"):
        assert said in text(panel)
    await press_checked(abroad, panel, ours("Next"))
    await press_checked(abroad, panel, ours("Next"))
    for said in (
        f"{PICK}** · ⟦your pick⟧",
        "⟦Verdict: **⟦works, but takes effort⟧**⟧",
        "⟦Cost: Μαγιά.⟧",
        "⟦Right choice when: ",
    ):
        assert said in text(panel)
    await press_checked(abroad, panel, ours("Next"))
    await press_checked(abroad, panel, ours("Next"))
    assert "⟦2 of these are correct.⟧" in text(panel)
    for letter in "ABC":
        await press_checked(abroad, panel, letter)
        assert "⟦This is correct.⟧" in text(panel) or "⟦Not quite.⟧" in text(panel)
        if ours("Show the answer") not in buttons(panel):
            break
    await press_checked(abroad, panel, ours("Next"))
    for said in ("**⟦Your pick⟧**\n", f"⟦{PICK}: **⟦fails⟧**⟧", "**⟦Quiz result⟧**\n⟦You "):
        assert said in text(panel)
    assert "Τι είναι η μαγιά;" in options(panel)
    await press_checked(abroad, panel, ours("Start over"))


async def test_leaving_and_coming_back_is_too(abroad: World, new_bot: Any, lessons: Path):
    """The list of walks, continuing, changes of the author, starting over, closing and deleting are translated."""
    panel = await start(abroad)
    await press_checked(abroad, panel, ours("Next"))
    await press_checked(abroad, panel, PICK)
    await press_checked(abroad, panel, ours("Next"))
    listed = await start(abroad, scenario="Πίτα")
    described = [each.get("description") for part in components(listed) for each in part.get("options", [])]
    assert described == ["⟦You are at step 4 of 9: ⟦Solution 2⟧⟧"]
    await start(abroad, scenario="Πίτα", share=True)

    file = lessons / "bread.yaml"
    whole = file.read_text(encoding="utf-8")
    whole = whole.replace("Ανεβάζει", "Κατεβάζει").replace("cost: Μαγιά.", "cost: Χρήμα.")
    file.write_text(whole, encoding="utf-8")
    await abroad.env.restart_bot(new_bot())
    card = await start(abroad)
    assert "⟦Updated since your last visit⟧" in text(card)
    assert f"- **⟦⟦Solution 2⟧: {PICK}⟧**: ⟦the plan⟧" in text(card)
    assert "- **⟦⟦Solution 1⟧: Περισσότερη μαγιά⟧**: ⟦what it costs⟧" in text(card)
    assert f"⟦Go to: ⟦⟦Solution 2⟧: {PICK}⟧⟧" in buttons(card)
    await press_checked(abroad, card, ours("Continue at: ⟦Solution 2⟧"))
    await press_checked(abroad, card, ours("Next"))
    await press_checked(abroad, panel, ours("Back"))
    assert "⟦You have already left that step" in text(panel)
    await press_checked(abroad, panel, ours("Close"))
    await press_checked(abroad, panel, ours("Continue"))
    card = await start(abroad)
    await press_checked(abroad, card, ours("Start over"))
    await press_checked(abroad, card, ours("No, continue"))
    file.write_text(whole.replace(f"id: {ID}", "id: bread"), encoding="utf-8")
    await abroad.env.restart_bot(new_bot())
    assert "was removed from the lessons" in text(await press_checked(abroad, card, ours("Next")))
    gone = checked(await abroad.mia.slash(abroad.channel, "walkthrough", forget=True))
    assert "⟦This deletes ⟦your progress in 1 walkthrough⟧, ⟦1 pick⟧." in text(gone)
    await press_checked(abroad, gone, ours("Delete my walkthroughs"))
    assert text(gone).startswith("⟦Deleted: ⟦your progress in 1 walkthrough⟧, ⟦1 pick⟧.")
    checked(await abroad.mia.slash(abroad.channel, "walkthrough", forget=True))


async def test_a_walk_together_is_too(abroad: World):
    """Shared walks are translated, also if many press at once."""
    await start(abroad, share=True)
    panel = checked(abroad.last)
    await abroad.mia.click(panel, label=ours("Next"))
    assert "⟦No picks yet." in text(checked(abroad.last))
    for member in (abroad.mia, abroad.max):
        told = checked(await member.click(panel, label=PICK))
        assert f"⟦You picked **{PICK}**." in text(told)
    assert "⟦**2** picks so far.⟧" in text(checked(abroad.last))
    noah = abroad.server.add_member(abroad.env.create_user("noah"))
    checked(await noah.click(panel, label=ours("Next")))
    for step, said in (
        ("hotter-oven", "⟦**⟦2 of 2⟧** picked this.⟧"),
        ("compare", "⟦⟦2 of 2⟧ picked this.⟧"),
        ("check", "⟦No answers yet."),
    ):
        await abroad.mia.select(panel, [step])
        assert said in text(checked(abroad.last))
    assert "⟦" in text(checked(await abroad.max.click(panel, label="A")))
    assert "⟦**1** answer so far.⟧" in text(checked(abroad.last))
    await abroad.mia.click(panel, label=ours("Show the answer"))
    checked(abroad.last)
    await abroad.mia.select(panel, ["finish"])
    assert "**⟦Our picks⟧**\n" in text(checked(abroad.last))
    assert "⟦Your pick⟧" not in text(abroad.last)
    await abroad.mia.click(panel, label=ours("End for everyone"))
    assert buttons(checked(abroad.last)) == [ours("Do it on my own")]


async def test_a_reminder_comes_in_the_language_in_which_it_was_asked_for(abroad: World, new_bot: Any):
    """Days and restarts later, in a direct message without a server; its feedback, too."""
    panel = await start(abroad)
    await jump(abroad, panel, "finish")
    told = await press_checked(abroad, panel, ours("Quiz me in a few days"))
    assert "⟦I'll send you the quiz question in 2 days and in 7 days" in text(told)
    assert ours("Stop reminders") in buttons(told)
    # What the server chooses afterwards does not change what the learner was promised.
    await abroad.bot.app.servers.set(abroad.server.id, Choices(language="en"))
    await abroad.env.restart_bot(new_bot())
    for _day in range(3):
        await abroad.env.advance_time(86400)
    channel = abroad.mia.user.dm_channel
    assert channel
    confirmed, reminder = channel.history()
    assert "⟦I'll send you the quiz question in 2 days and in 7 days" in text(checked(confirmed))
    assert "⟦Do you remember?⟧" in text(checked(reminder))
    await abroad.mia.user.click(reminder, label="A")
    _confirmed, answered = channel.history()
    assert "⟦This is correct.⟧" in text(answered) or "⟦Not quite.⟧" in text(answered)
    await abroad.mia.user.click(checked(answered), label=ours("Show the answer"))
    checked(channel.history()[-1])


async def test_moderators_see_the_steps_by_their_translated_names(abroad: World, pseudo: str):
    """The figures and the panels use the same names."""
    await start(abroad)
    scenario = abroad.bot.app.tutor.scenario(ID)
    with in_locale(pseudo):
        found = await figures(scenario, abroad.bot.app.store)
    assert [each.heading for each in found.steps][:3] == [
        "⟦The story⟧",
        "⟦What would you do?⟧",
        "⟦⟦Solution 1⟧: Περισσότερη μαγιά⟧",
    ]
    assert found.steps[0].arrived == "⟦under 5⟧"
