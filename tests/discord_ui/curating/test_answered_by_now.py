"""A question that the lessons answer by now is resolved in one press, and whoever waits for it is told."""

from __future__ import annotations

from pathlib import Path

from tests.support import forged
from tests.support.asking import BREAD, WANT, direct, moderate, pass_on, slash
from tests.support.inbox import cards, choose, have_an_inbox, look, only, write_entry
from tests.support.world import World, buttons, message, part_of, said, text

ENTRY = "how-do-i-bake-bread"
BY_NOW, PHRASE = "This answers it", "Add as phrasing of: "
ROLLS = """\
lesson: Baking
scenarios:
  - id: bread-tiny-oven
    title: Baking bread in a tiny oven
    story: Your oven is too small for the loaf.
    solutions:
      - {id: fold, title: Fold the loaf in half, plan: You fold it., outcome: It burns., why: It is near the coil.,
         verdict: fails}
      - {id: rolls, title: Bake rolls instead of a loaf, plan: You make rolls., outcome: All are done.,
         why: Rolls are lower than a loaf., verdict: works}
"""


async def wait_for(world: World, question: str) -> None:
    """Mia passes a question on, and wants to be notified."""
    asked = await slash(world, question)
    await pass_on(world, asked)
    await world.mia.click(message(asked), label=WANT)
    await world.env.settle()


async def add_entry(world: World, **fields: str) -> None:
    """A moderator adds an entry that is not meant for any open question."""
    curating = world.bot.app.curating
    file = world.bot.app.tutor.documents[0].file
    texts = {"answer": "With an oven.", **fields}
    with world.env._bot_scope():
        draft = await curating.drafts.begin("add", world.max.id, world.server.id, file=file, fields=texts)
        await curating.publish(draft.id, author=world.max.id, author_name="max")
    await look(world)


async def test_the_card_in_the_inbox_offers_to_say_so(world: World):
    """There is nothing to add to the lessons: the entry has the question already."""
    inbox = await have_an_inbox(world)
    await wait_for(world, BREAD)
    await add_entry(world, question="How can I make bread?", phrasings=BREAD)
    card = only(inbox)
    assert "The lessons answer this by now: **How can I make bread?**" in text(card)
    assert not [each for each in buttons(card) if each.startswith(PHRASE)]
    assert "Only moderators" in text(await world.mia.click(card, label=BY_NOW))
    pressed = await world.max.click(card, label=BY_NOW)
    await world.env.settle()
    assert (pressed.ephemeral, pressed.followups) == (False, []), "the card says it in place"
    assert f"Answered by <@{world.max.id}>: **How can I make bread?**" in text(only(inbox))
    (told,) = direct(world)
    assert "With an oven." in text(told)
    assert "No open questions" in text(await moderate(world))


async def test_a_moderator_who_is_forgotten_is_not_named(world: World, lessons: Path):
    """The card of a question whose entry is gone says only that it was answered."""
    inbox = await have_an_inbox(world)
    await wait_for(world, BREAD)
    file = lessons / "bread.yaml"
    file.write_text(f"lesson: Bread\nentries:\n- {{id: bread, question: {BREAD}, answer: Bake it.}}\n", "utf-8")
    world.bot.app.library.reload()
    await look(world)
    await world.max.click(only(inbox), label=BY_NOW)
    with world.env._bot_scope():
        await world.bot.app.forget(world.max.id)
    file.unlink()
    world.bot.app.library.reload()
    await look(world)
    assert text(only(inbox)).splitlines() == [f"## `{BREAD}`", "Answered"]


async def test_the_list_of_misses_offers_it_too(world: World):
    """Another entry can be chosen all the same; pressed in the list, the next question follows."""
    await wait_for(world, BREAD)
    await add_entry(world, question=BREAD)
    shown = await moderate(world)
    assert f"The lessons answer this by now: **{BREAD}**" in text(shown)
    assert buttons(shown)[0] == BY_NOW
    searched = await world.max.click(message(shown), label="Search entries")
    await world.max.submit_modal(searched, {"wanted": "venv"})
    assert any(each.startswith(PHRASE) for each in buttons(shown))
    await world.max.click(message(shown), label=BY_NOW)
    await world.env.settle()
    assert f"Answered: `{BREAD}`. Whoever waits for it gets a message." in text(shown)
    assert "No open questions" in text(shown)
    assert len(direct(world)) == 1


async def test_a_part_of_a_scenario_answers_a_question_too(world: World, lessons: Path):
    """It has no phrasings, so none is offered for it."""
    inbox = await have_an_inbox(world)
    await wait_for(world, "bake rolls instead of a loaf")
    (lessons / "baking.yaml").write_text(ROLLS, encoding="utf-8")
    world.bot.app.library.reload()
    await look(world)
    assert not [each for each in buttons(only(inbox)) if each.startswith(PHRASE)]
    await world.max.click(only(inbox), label=BY_NOW)
    await world.env.settle()
    (told,) = direct(world)
    assert "All are done." in text(told)
    await say_it_is_wrong(world)
    assert "by now" not in text(only(inbox))
    assert BY_NOW not in buttons(only(inbox))


async def test_an_answer_that_a_member_found_wrong_is_not_offered_as_the_answer(world: World):
    """The question is open again, and what moderators wrote for it is no answer to it."""
    inbox = await have_an_inbox(world)
    await wait_for(world, BREAD)
    await write_entry(world, only(inbox))
    assert "Answered by" in text(only(inbox))
    await say_it_is_wrong(world)
    assert "I'll take this" in buttons(only(inbox))
    assert "by now" not in text(only(inbox))
    assert "by now" not in text(await moderate(world))
    late = await forged.press(world, world.max, f"lb:miss-phrase:1:{ENTRY}")
    await world.env.settle()
    assert "Answered" not in said(late), "pressed on an older card"
    assert "its answer is not what they asked for. Change the answer with </lessons edit:" in said(late)
    assert not await world.bot.app.curating.drafts.of(world.max.id), "the entry has the question already"
    assert BREAD in text(await moderate(world))
    assert len(direct(world)) == 1, "Mia does not get it again"


async def say_it_is_wrong(world: World) -> None:
    """Mia says so below the answer that she was notified of."""
    (told,) = direct(world)
    await world.mia.user.click(told, label="Not what I asked")
    await look(world)


async def test_who_waits_is_not_forgotten_if_an_answer_comes_before_the_card(world: World):
    """A card that had to wait comes later all the same; without anybody who waits, there is nothing to do."""
    inbox = await have_an_inbox(world, quiet_from=0, quiet_to=23)
    await wait_for(world, BREAD)
    await pass_on(world, await slash(world, "who eats toast in winter"))
    await add_entry(world, question="How can I make bread?", phrasings=BREAD)
    await add_entry(world, question="who eats toast in winter")
    await choose(world, inbox)
    assert [text(each).splitlines()[0] for each in cards(inbox)] == [f"## `{BREAD}`"]
    assert BY_NOW in buttons(only(inbox))


async def test_a_question_that_an_entry_has_already_needs_no_draft(world: World):
    """A card from before the entry still offers to add the question to it: that resolves it. So with several."""
    await wait_for(world, BREAD)
    await add_entry(world, question="How can I make bread?", phrasings=BREAD)
    late = await forged.press(world, world.max, "lb:miss-phrase:1:how-can-i-make-bread")
    await world.env.settle()
    assert f"Answered: `{BREAD}`" in said(late)
    assert len(direct(world)) == 1

    await slash(world, "zebra stripes")
    await wait_for(world, "crocodile teeth")
    await add_entry(world, question="What is a crocodile?", phrasings="crocodile teeth")
    card = await world.max.slash(world.channel, "lessons misses")
    several = part_of(card, "lb:miss-several:")
    values = [each["value"] for each in several["options"]]
    await world.max.select(message(card), values, custom_id=several["custom_id"])
    menu = part_of(card, "lb:miss-phrase-all:")
    drafted = await world.max.select(message(card), ["what-is-a-crocodile"], custom_id=menu["custom_id"])
    assert "+      - zebra stripes" in said(drafted)
    await world.env.settle()
    assert "crocodile teeth" not in text(await moderate(world))
    assert len(direct(world)) == 2
