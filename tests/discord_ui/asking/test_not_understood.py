"""A member who does not understand what the bot showed says so in a few words, and is not left alone."""

from __future__ import annotations

from typing import Any

from tests.support.asking import BREAD, logged
from tests.support.world import World, text

# In English, German and Spanish.
SAID = (
    "explain pls",
    "explain that to me",
    "can you explain this again?",
    "what does that even mean",
    "i don't get that part",
    "huh?",
    "eli5",
    "erklär mir das bitte",
    "kannst du das nochmal genauer erklären",
    "wie meinst du das",
    "hä",
    "me lo puedes explicar otra vez",
    "explícamelo",
    "¿eh?",
)


async def replies(world: World, member: Any, said: str, card: Any) -> list[str]:
    """What the bot says to a reply to one of its cards."""
    await world.env.advance_time(60)  # nobody is told to slow down
    before = len(world.channel.history())
    await member.send(world.channel, said, reply_to=card)
    return [text(each) for each in world.channel.history()[before + 1 :]]


async def test_below_an_answer_stands_what_may_explain_it(world: World):
    """For whoever asked, and for others who read the answer."""
    answer = await world.ask("how do i create a virtual environment")
    for said in SAID:
        (reply,) = await replies(world, world.mia, said, answer)
        assert "## Does one of these help?" in reply, said
    (reply,) = await replies(world, world.max, "me perdí", answer)
    assert "## Does one of these help?" in reply


async def test_where_nothing_was_answered_the_bot_asks_what_they_would_like_to_know(world: World):
    """There is nothing to explain. No entry is shown that nobody asked for, and moderators get no such miss."""
    offered, unknown = await world.ask("activate venv"), await world.ask(BREAD)
    assert "Which of these" in text(offered)
    asked = await logged(world)
    for card in (offered, unknown):
        for said in SAID[::3]:
            (reply,) = await replies(world, world.mia, said, card)
            assert "What would you like to know?" in reply, said
    assert await logged(world) == asked


async def test_whoever_does_not_understand_the_question_speaks_to_the_asker(world: World):
    """The bot does not answer in place of the member whose question got no answer."""
    unknown = await world.ask(BREAD)
    for said in ("can you explain that again?", "i don't get it", "huh?", "was meinst du?"):
        assert await replies(world, world.max, said, unknown) == [], said


async def test_nothing_is_explained_to_whoever_points_at_something_that_the_bot_does_not_see(world: World):
    """An entry has the word "explain" among its phrasings, and yet it was not meant."""
    assert "No lesson answers that yet" in text(await world.ask("explain that to me"))
