"""People talk to each other below the bot's cards: those replies are no questions to the bot."""

from __future__ import annotations

from typing import Any

import pytest
from simcord import ChannelHandle

from tests.support.asking import BREAD, last, logged, pass_on, slash
from tests.support.inbox import have_an_inbox, only
from tests.support.posts import open_post
from tests.support.proposals import SOLVED
from tests.support.walking import start
from tests.support.world import World, noah_in, second_moderator, text


async def is_left_alone(world: World, member: Any, channel: ChannelHandle, said: str, card: Any) -> bool:
    """Whether the bot neither replies to this below a card, nor shows it to moderators."""
    before, asked = len(channel.history()), await logged(world)
    await member.send(channel, said, reply_to=card)
    await world.env.advance_time(60)  # nobody is told to slow down
    return len(channel.history()) == before + 1 and await logged(world) == asked


async def test_moderators_talk_below_a_card_of_the_inbox(world: World):
    """What they say there is no miss. Who mentions the bot still asks it."""
    inbox = await have_an_inbox(world)
    await pass_on(world, await slash(world, BREAD))
    card, ada = only(inbox), second_moderator(world)
    for said in ("I'll answer this one tonight", "do we have a lesson on this already?"):
        assert await is_left_alone(world, ada, inbox, said, card), said
    await ada.send(inbox, f"{world.mention} what is a venv", reply_to=card)
    assert "## What is a virtual environment?" in text(inbox.history()[-1])


async def test_whoever_solved_a_post_replies_to_the_thanks(world: World):
    """They are not told that no lesson answers that."""
    post = await open_post(world, world.server.create_forum_channel("help"), world.mia, "Where is my wheel cache?")
    solution = await world.max.send(post, "`pip cache dir` shows it")
    await world.mia.context_menu(post, SOLVED, solution)
    thanks = post.history()[-1]
    assert "Thank you" in text(thanks)
    for said in ("glad I could help", "yw", "happy it works now"):
        assert await is_left_alone(world, world.max, post, said, thanks), said


@pytest.mark.reads_messages
async def test_a_group_talks_below_its_walkthrough(world: World):
    """Everybody who joins in can say what they think."""
    await start(world, share=True)
    for said in ("I think B is better", "why would that work?"):
        assert await is_left_alone(world, noah_in(world), world.channel, said, world.channel.history()[0]), said


async def test_a_reply_that_mentions_somebody_else_is_for_them(world: World):
    """Nor do thanks to a person count as a vote for the bot."""
    answer = await world.ask("what is a venv")
    role = world.server.create_role("Helpers")
    for said in (f"{world.max.mention} is this right?", f"<@&{role.id}> please look", f"ty {world.max.mention}!"):
        assert await is_left_alone(world, world.mia, world.channel, said, answer), said
    assert not world.last.reactions
    await world.mia.send(world.channel, f"{world.mention} {world.max.mention} what is uv", reply_to=answer)
    assert "uv" in text(world.last)


async def test_a_person_answers_where_no_lesson_did(world: World):
    """Their answer is no miss. Questions below the card are answered, and words that a lesson surely answers."""
    unknown = await world.ask(BREAD)
    for said in (
        "Mia, you bake it at 200 degrees for 40 minutes",
        "just use a bread machine",
        "same here",
        "tell me about your oven",
        "explain it please",
        "describe the problem in more detail",
        "define the oven's temperature in the recipe",
    ):
        assert await is_left_alone(world, world.max, world.channel, said, unknown), said
    for said in ("what about rye bread?", "how do i knead it", "tell me about django", "erklär mir bitte Django"):
        assert not await is_left_alone(world, world.max, world.channel, said, unknown), said
    assert not await is_left_alone(world, world.max, world.channel, f"{world.mention} rye bread", unknown)
    await world.max.send(world.channel, "explain virtual environments", reply_to=unknown)
    assert "## What is a virtual environment?" in text(world.last)
    await world.mia.send(world.channel, "with rye", reply_to=unknown)
    assert ((await last(world)).text, (await last(world)).reply) == ("with rye", "unknown"), "it is her question"


async def test_what_others_add_to_an_answer_is_left_to_people(world: World):
    """They tell the member, and not the bot. What they ask, and what a lesson may answer, has a reply."""
    answer = await world.ask("what is a venv")
    for said in ("my oven has two of them", "i always bake at 200 degrees", "Mia, tomorrow I bring you the cake"):
        assert await is_left_alone(world, world.max, world.channel, said, answer), said
    for said in ("how do i bake it?", "and bread?", "but on windows", f"{world.mention} the oven smokes"):
        assert not await is_left_alone(world, world.max, world.channel, said, answer), said
    assert not await is_left_alone(world, world.mia, world.channel, "my oven smokes", answer), "it is her answer"


async def test_a_member_who_was_too_fast_asks_again_below_the_note(world: World):
    """A reply to it is a question, and whoever it is for can put it away."""
    for _ in range(20):
        note = await world.ask("what is a venv")
        if "wait" in text(note):
            break
    await world.env.advance_time(60)
    await world.mia.send(world.channel, "what is a venv", reply_to=note)
    assert "## What is a virtual environment?" in text(world.last)
    await world.mia.click(note, label="Dismiss")
    assert note.id not in [each.id for each in world.channel.history()]
