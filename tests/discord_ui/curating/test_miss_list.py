"""`/lessons misses` as a list: nothing that is missed stays invisible, and several are resolved in one go."""

from __future__ import annotations

from typing import Any

from tests.support import forged
from tests.support.asking import BREAD, TEN_MINUTES, pass_on, slash
from tests.support.editing import press
from tests.support.forms import LESSON, filled, lessons_in
from tests.support.world import World, buttons, components, message, options, said, shown, text, with_button

OTHERS = "tulips roses lilies oaks birches beeches maples pines firs larches".split()


def menu(card: Any, kind: str) -> dict[str, Any]:
    return next(part for part in components(card) if part.get("custom_id", "").startswith(f"lb:{kind}:"))


async def miss(world: World, *questions: str) -> None:
    for each in questions:
        await world.bot.app.store.questions.log(world.server.id, each, world.env.now(), "unknown")


async def the_list(world: World) -> Any:
    return await world.max.slash(world.channel, "lessons misses")


async def test_the_list_has_ten_a_page_and_opens_each(world: World):
    """The most asked misses come first, and the card of a miss leads back to its page."""
    await miss(world, *(f"who planted the {each}" for each in OTHERS), "crocodile", BREAD)
    await pass_on(world, await slash(world, BREAD))
    card = await the_list(world)
    assert "12 open questions" in text(card)
    (passed,) = (line for line in text(card).splitlines() if line.endswith("**sent to the moderators**"))
    assert BREAD in passed
    assert text(card).index(f"1. `{BREAD}`: asked 2 times") < text(card).index("10. ")
    assert "11. " not in text(card)
    await world.max.click(message(card), label="Next")
    assert "11. " in text(card)
    opened = menu(card, "miss-open")
    await world.max.select(message(card), [opened["options"][-1]["value"]], custom_id=opened["custom_id"])
    assert "12 of 12" in text(card)
    await world.max.click(message(card), label="Back to the list")
    assert "Page 2 of 2" in text(card)


async def test_several_are_ignored_or_become_phrasings_in_one_go(world: World):
    """Phrasings are of one entry, and one publish resolves all of the misses; then the next miss is shown.

    Chosen twice, it is one draft: another one would stay, with nothing in it to publish.
    """
    await miss(world, "zebra stripes", "crocodile teeth", BREAD, "moon cheese")
    card = await the_list(world)

    async def choose(*texts: str) -> None:
        several = menu(card, "miss-several")
        values = [each["value"] for each in several["options"] if each["label"] in texts]
        await world.max.select(message(card), values, custom_id=several["custom_id"])

    await choose("zebra stripes", BREAD)
    phrase = menu(card, "miss-phrase-all")
    chosen, custom_id = [phrase["options"][0]["value"]], phrase["custom_id"]
    drafted = [await world.max.select(message(card), chosen, custom_id=custom_id) for _twice in range(2)][-1]
    await press(world, drafted, "Publish")
    assert await world.bot.app.curating.drafts.of(world.max.id) == []
    published = with_button(drafted, "Undo")
    assert "Next question" in buttons(published)
    following = await world.max.click(published, label="Next question")
    assert "1 of 2" in said(following)
    assert "Undo" in buttons(published), "it stays"
    card = await the_list(world)
    await choose("crocodile teeth", "moon cheese")
    await world.max.click(message(card), label="Ignore 2 questions")
    assert "No open questions" in text(card)


async def test_several_that_were_ignored_are_opened_again(world: World, new_bot: Any):
    """One press takes it back, on the list, on the card of a single miss, and where there is none."""
    await miss(world, "zebra stripes", "crocodile teeth", BREAD, "moon cheese")
    card = await the_list(world)
    for left in (2, 1, 0):
        several = menu(card, "miss-several")
        values = [each["value"] for each in several["options"][left:]]
        await world.max.select(message(card), values, custom_id=several["custom_id"])
        await world.max.click(message(card), label=f"Ignore {4 - left} questions")
        assert f"Ignored {4 - left} questions" in text(card)
        assert "4 open questions" not in text(card)
        await world.env.restart_bot(new_bot())
        await world.max.click(message(card), label="Open again")
        assert "4 open questions" in text(card)
        assert "Ignored" not in text(card)
    again = await forged.press(world, world.max, "lb:miss-undo-all:1.2")
    assert "These questions are no longer ignored." in said(again)


async def test_suggestions_that_nobody_picked_are_listed_after_ten_minutes(world: World):
    """The list, its card and the figures say the same."""
    asked = await slash(world, "where are packages installed")
    assert "Which of these" in text(asked)
    assert "No open questions" in text(await the_list(world))
    assert "Open questions: **0**" in text(await world.max.slash(world.channel, "lessons stats"))
    await world.env.advance_time(TEN_MINUTES)
    assert "Result: no suggestion chosen." in text(await the_list(world))
    figures = text(await world.max.slash(world.channel, "lessons stats"))
    assert "Misses: **1**\n" in figures
    assert "Open questions: **1**" in figures


async def test_the_figures_count_what_the_list_shows(world: World):
    """Similar questions are one, also those of earlier weeks, which are not among the misses of the last ones."""
    await miss(world, "crocodile teeth", BREAD, f"{BREAD}?")
    await world.env.advance_time(60 * 24 * 3600)
    await miss(world, "moon cheese")
    figures = text(await world.max.slash(world.channel, "lessons stats"))
    assert "Misses: **1**\n" in figures
    assert "Open questions: **3** (see" in figures
    assert "3 open questions" in text(await the_list(world))
    assert "Questions are kept" not in figures
    world.bot.app.asking.days = 14
    figures = text(await world.max.slash(world.channel, "lessons stats"))
    assert "Questions are kept for 14 days: older ones are not counted here." in figures


async def test_nobody_is_told_of_an_answer_that_their_question_does_not_find(world: World):
    """A question of the same cluster that does not find the new entry stays a miss, and the card says so."""
    await miss(world, "bread baking", "bread baking", "bread")
    card = await the_list(world)
    assert "Also asked as" in text(card), "they are taken for one"
    box = await world.max.click(message(card), label="Add as new entry")
    lesson = next(iter(lessons_in(box).values()))
    typed = {**filled(box), "answer": "With an oven.", LESSON: [lesson]}
    proposed = await world.max.submit_modal(box, typed)
    found = await world.bot.app.curating.review((await world.bot.app.curating.drafts.of(world.max.id))[0].id)
    await press(world, proposed, "Publish")
    left = (await world.bot.app.asking.misses.find()).clusters
    assert [each.text for each in left] == list(found.unfound)
    assert options(shown(proposed)[0]) == []
