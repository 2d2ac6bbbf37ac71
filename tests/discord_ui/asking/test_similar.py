"""Where nothing is likely enough to be shown to everybody, *Similar questions* shows the rest in private."""

from __future__ import annotations

from tests.support.asking import last
from tests.support.world import World, buttons, message, suggested, text

ASKED = "yo whats a venv thingy"
MEANT = "What is a virtual environment?"


async def test_whoever_asked_chooses_in_private_what_was_not_shown_to_all(world: World):
    """The choice answers the question, which is no miss then. The card in the channel stays."""
    card = await world.ask(ASKED)
    assert "No lesson answers that yet" in text(card)
    assert "I found no clear answer to this" in text(card), "and not that there is nothing"
    similar = await world.mia.click(card, label="Similar questions")
    assert similar.ephemeral
    assert MEANT in "".join(suggested(similar))
    await world.mia.click(
        message(similar), label=f"Show {[MEANT in each for each in suggested(similar)].index(True) + 1}"
    )
    assert f"## {MEANT}" in text(similar)
    assert "No lesson answers that yet" in text(world.channel.history()[-1])
    assert (await last(world)).outcome == "taken"
    assert "No open questions" in text(await world.max.slash(world.channel, "lessons misses"))


async def test_somebody_else_may_look_too_and_answers_nothing(world: World):
    """What another member chooses is not what the first one meant."""
    card = await world.ask(ASKED)
    similar = await world.max.click(card, label="Similar questions")
    assert similar.ephemeral
    await world.max.click(message(similar), label="Show 1")
    assert (await last(world)).outcome == ""


async def test_a_question_about_something_else_has_nothing_similar(world: World):
    """There is no button that leads nowhere."""
    assert "Similar questions" not in buttons(await world.ask("how do i bake bread"))


async def test_in_a_command_everything_is_shown_at_once(world: World):
    """There, only the member sees the suggestions."""
    shown = await world.mia.slash(world.channel, "ask", question=ASKED)
    assert MEANT in "".join(suggested(shown))
    assert "Similar questions" not in buttons(message(shown))
