"""A member who is too fast has to wait; everybody else is answered as usual."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from bot.counting import counts
from bot.discord_ui.kit.admission import Admission
from bot.store.store import Store
from tests.support import forged
from tests.support.asking import ASK, BREAD, WANT, pass_on, slash
from tests.support.stored import SOON
from tests.support.walking import ID, jump
from tests.support.world import World, buttons, direct_messages, message, said, text

SLOWLY = "You're going too fast."
WHY = "Why should I activate"


@pytest.fixture
def looked_up(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What questions were looked up for, as somebody typed."""
    complete, typed = world.bot.app.tutor.complete, []

    def noting(text: str) -> Any:
        typed.append(text)
        return complete(text)

    monkeypatch.setattr(world.bot.app.tutor, "complete", noting)
    return iter([typed])


async def type_in(world: World, member: Any, typed: str) -> list[Any]:
    found: list[Any] = await member.autocomplete(world.channel, "ask", "question", typed)
    return found


async def test_a_flood_of_keys_costs_hardly_any_work_and_nobody_else_an_answer(
    world: World, looked_up: Iterator[list[str]]
):
    """200 inputs of 4,000 dots once kept everybody waiting for 15 seconds."""
    (typed,) = looked_up
    for n in range(200):
        await type_in(world, world.mia, "." * 4000)
        if n % 50 == 0:
            assert await type_in(world, world.max, "activ")
            assert "isolated Python environment" in text(
                await world.max.slash(world.channel, "ask", question="what is a venv")
            )
    assert len([each for each in typed if each.startswith(".")]) < 70
    assert await type_in(world, world.mia, "activ") == [], "quietly"
    await world.env.advance_time(2)
    assert await type_in(world, world.mia, "activ"), "and not for long"


async def test_a_fast_typist_is_never_held_back(world: World):
    """Ten keys a second, for a whole sentence."""
    for n in range(1, 80):
        assert await type_in(world, world.mia, ("how do i activate a virtual environment " * 2)[:n])
        await world.env.advance_time(0.1)


async def test_moderators_typing_is_paced_as_well(world: World):
    """The limit applies to all options with autocomplete."""
    for _ in range(70):
        found = await world.max.autocomplete(world.channel, "lessons edit", "what", "activ")
    assert found == []


async def test_a_flood_of_presses_is_told_once_and_then_taken_quietly(world: World):
    """There is one message and no error, and nothing is done. Another member's press of the same button works."""
    shown = await world.ask("what is a venv")
    label = next(each for each in buttons(shown) if each not in {"That helped", "Not what I asked"})
    before = len(world.env.http_requests)
    for _ in range(100):
        await world.mia.click(shown, label=label)
    sent: list[Any] = [each.json for each in world.env.http_requests[before:]]
    assert sum(SLOWLY in str(each) for each in sent) == 1
    assert sum(each == {"type": 6} for each in sent) == 39, "acknowledged, and nothing else"
    assert len(sent) == 100
    other = await world.max.click(shown, label=label)
    assert SLOWLY not in text(other)
    await world.env.advance_time(5)
    assert SLOWLY not in text(await world.mia.click(shown, label=label))


async def test_who_clicks_through_a_walkthrough_is_not_held_back(world: World):
    """Two presses a second, back and forth, for minutes."""
    panel = message(await world.mia.slash(world.channel, "walkthrough", scenario="two-django-versions"))
    for n in range(120):
        await world.mia.click(panel, label="Back" if n % 2 else "Next")
        assert ("Step 1 of 9" if n % 2 else "Step 2 of 9") in text(panel)
        await world.env.advance_time(0.5)


async def test_commands_are_paced_as_well(world: World):
    """Each refused command gets a short reply, as Discord requires, and does no work."""
    said = [text(await world.mia.slash(world.channel, "browse")) for _ in range(65)]
    assert [SLOWLY in each for each in said] == [False] * 60 + [True] * 5


async def test_questions_of_forms_count_like_others(world: World):
    """Below a walkthrough or an answer, or on the card for a new server: six in 20 seconds in all.

    The next one is taken after 3.3 seconds: whoever waits as long as they read is not refused again.
    """
    panel = message(await world.mia.slash(world.channel, "walkthrough", scenario=ID))
    about = await world.mia.click(panel, label="Ask about this step")
    for _ in range(6):
        assert SLOWLY not in text(await slash(world, "what is a venv"))
    refused = [
        await world.mia.submit_modal(about, {"question": "what is a venv"}),
        await forged.submit(world, world.mia, "lb:going-on:0:what-is-a-virtual-environment", {"question": "why"}),
        await forged.submit(world, world.mia, "lb:tried:new", {"question": "what is a venv"}),
    ]
    assert all(f"{SLOWLY} Please wait 4 seconds" in text(each) for each in refused)


async def test_a_flood_of_looks_at_own_data_costs_others_little(world: World, monkeypatch: pytest.MonkeyPatch):
    """The bot looks through what is saved of all members to find that of one: by commands, and by the button."""
    looked: list[int] = []
    for name in ("data_of", "forget"):
        looks = getattr(Store, name)

        def counting(store: Store, learner: int, looks: Any = looks) -> Any:
            looked.append(learner)
            return looks(store, learner)

        monkeypatch.setattr(Store, name, counting)
    panel = await world.mia.slash(world.channel, "walkthrough", scenario=ID)
    await jump(world, message(panel), "finish")
    shown = await slash(world, "forget")
    for _ in range(10):
        await world.mia.slash(world.channel, "walkthrough", forget=True)
    assert SLOWLY in text(await world.mia.click(message(shown), label="Delete my data"))
    assert SLOWLY in text(await slash(world, "my data"))
    assert len(looked) == 6
    assert "Nothing is saved" in said(await world.max.slash(world.channel, "ask", question="my data"))


async def test_what_a_press_posts_or_sends_is_paced(world: World):
    """Nobody floods a channel with shared answers and walkthroughs, or makes the bot send direct messages."""
    panel = message(await world.mia.slash(world.channel, "walkthrough", scenario=ID))
    await jump(world, panel, "finish")
    asked, missed = await slash(world, "what is a venv"), await slash(world, BREAD)
    await pass_on(world, missed)
    for _ in range(6):
        await world.mia.slash(world.channel, "walkthrough", scenario=ID, share=True)
    refused = [
        await world.mia.slash(world.channel, "walkthrough", scenario=ID, share=True),
        await world.mia.click(message(asked), label="Share in this channel"),
        await world.mia.click(panel, label="Quiz me in a few days"),
        await world.mia.click(message(missed), label=WANT),
    ]
    assert all(SLOWLY in text(each) for each in refused)
    assert (len(world.channel.history()), len(direct_messages(world.mia))) == (6, 0)
    await world.env.advance_time(20)
    await world.mia.click(message(asked), label="Share in this channel")
    assert len(world.channel.history()) == 7


async def test_what_comes_too_late_for_an_answer_is_not_worked_on(world: World, looked_up: Iterator[list[str]]):
    """Discord accepts an answer for three seconds; after that, the member sees a failure and tries again."""
    (typed,) = looked_up
    clock = asyncio.get_running_loop().time
    behind = 0.0
    world.bot._kept[Admission] = Admission(lambda: clock() + behind)
    assert await type_in(world, world.mia, "activ")
    shown = await world.ask("what is a venv")
    missed = await world.mia.slash(world.channel, "ask", question="who won the chess world cup")
    form = await world.mia.click(message(missed), label=ASK)
    behind, dropped = 2.7, counts.dropped
    typed.clear()
    assert await type_in(world, world.mia, "flask") == []
    assert typed == []
    late = await world.mia.click(shown, label="That helped")
    assert late.response is None
    assert (await world.mia.slash(world.channel, "browse")).response is None
    await world.mia.submit_modal(form, {"context": ""})
    assert [each.passed for each in await world.bot.app.store.questions.misses(SOON)] == [False]
    assert counts.dropped == dropped + 4
    behind = 0.5
    assert await type_in(world, world.mia, "activ")


async def test_forms_that_members_close_fill_no_memory(world: World):
    """Whoever opened and closed forms for a quarter of an hour once took 30 MB."""
    asked = await slash(world, BREAD)
    for _ in range(3):
        opened = await world.mia.click(message(asked), label=ASK)
    assert not world.bot._connection._view_store._modals
    sent = await world.mia.submit_modal(opened, {"context": "I bake it."})
    assert "Sent to the moderators" in text(sent)
