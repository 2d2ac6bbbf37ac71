"""*Apps → Answer this*: what somebody asked in a channel, answered for whoever wants to help."""

from __future__ import annotations

from typing import Any

import discord
from simcord import ChannelHandle
from simcord.backend.models.channel import Overwrite
from simcord.backend.models.message import Poll, PollAnswer
from simcord.enums import OverwriteType

from tests.support.asking import last, logged
from tests.support.posts import chosen_forum, open_post
from tests.support.world import World, buttons, components, message, noah_in, options, suggested, text

WHAT = "what is a venv"
REPLY = "Reply to this message"


async def answer_this(world: World, asked: Any, channel: ChannelHandle | None = None) -> Any:
    """What Max sees who opens the menu of a message."""
    return await world.max.context_menu(channel or world.channel, "Answer this", asked)


async def told(world: World, seen: Any) -> str:
    """What Max is told who presses "Reply to this message"."""
    pressed = await world.max.click(message(seen), label=REPLY)
    return text(pressed.followups[-1])


def first_value(shown: Any) -> str:
    """Of the first option of its menu."""
    found: str = next(part["options"][0]["value"] for part in components(shown) if part.get("options"))
    return found


async def test_a_helper_posts_an_answer_as_a_reply(world: World):
    """It is a reply to the question, pings nobody, and names the helper; the member who asked can dismiss it."""
    asked = await world.mia.send(world.channel, WHAT)
    seen = await answer_this(world, asked)
    assert seen.ephemeral
    assert "isolated Python environment" in text(seen)
    assert "That helped" not in buttons(seen), "it is not in the log"
    assert await logged(world) == [], "what a bystander wrote is nobody's business"

    await world.max.click(message(seen), label=REPLY)
    posted = world.last
    assert posted.reference is not None
    assert posted.reference.message_id == asked.id
    assert world.mia.id not in [each.id for each in posted.mentions]
    assert f"Posted by {world.max.mention}" in text(posted)
    assert {"That helped", "Not what I asked", "Dismiss"} < {*buttons(posted)}
    assert await logged(world) == [WHAT], "with its answer in the channel, it is a question like others"
    assert REPLY not in buttons(seen)
    await world.mia.click(posted, label="Dismiss")
    assert world.last.id == asked.id


async def test_an_answer_that_could_not_be_posted_can_be_posted_once_more(world: World):
    """Discord refuses the reply once."""
    asked = await world.mia.send(world.channel, WHAT)
    seen = await answer_this(world, asked)
    world.env.inject_error("POST", f"/channels/{world.channel.id}/messages", status=403, code=50013, times=1)
    await world.max.click(message(seen), label=REPLY)
    await world.max.click(message(seen), label=REPLY)
    assert f"Posted by {world.max.mention}" in text(world.last)
    assert await logged(world) == [WHAT], "once"


async def test_another_answer_is_chosen_first(world: World):
    """The helper chooses it from the menu, the suggestions or a search, and that answer is posted."""
    asked = await world.mia.send(world.channel, "django")
    seen = await answer_this(world, asked)
    assert "Which of these did you mean?" in text(seen)
    first = suggested(seen)[0]
    await world.max.click(message(seen), label="Show 1")
    assert f"## {first}" in text(seen)
    assert len(options(seen)) > 1
    other = options(seen)[0]
    await world.max.select(message(seen), [first_value(seen)])
    assert f"## {other}" in text(seen)
    box = await world.max.click(message(seen), label="Search the lessons")
    await world.max.submit_modal(box, {"words": "activate"})
    assert "activ" in options(seen)[0].lower()
    await world.max.select(message(seen), [first_value(seen)])
    await world.max.click(message(seen), label=REPLY)
    assert "activ" in text(world.last).lower()
    assert await logged(world) == ["django"]


async def test_what_is_no_plain_text_is_read(world: World):
    """Forwarded messages, embeds of links, polls and attached text files are read, too."""
    elsewhere = world.server.create_text_channel("elsewhere")
    backend = world.env.backend
    forward = await world.mia.forward(await world.mia.send(elsewhere, WHAT), world.channel)
    link = "https://example.org"
    backend.create_message(world.channel.id, world.mia.id, link, embeds=[{"title": WHAT, "description": "?"}])
    embeds = world.last
    file = await world.mia.send(world.channel, attachments=[("message.txt", f"{'Hello. ' * 900}{WHAT}?".encode())])
    poll = Poll(WHAT, [PollAnswer(1, "A snake"), PollAnswer(2, "A folder")], backend.iso_after(3600))
    backend.create_message(world.channel.id, world.mia.id, poll=poll)
    for asked in (forward, embeds, file, world.last):
        assert "isolated Python environment" in text(await answer_this(world, asked))
    picture = await world.mia.send(world.channel, attachments=[("venv.png", b"no text")])
    nothing = await answer_this(world, picture)
    assert "I found no question in that message" in text(nothing)
    assert "Search the lessons" in buttons(nothing)


async def test_only_what_is_possible_is_posted(world: World):
    """A second or late press, or one without permission, posts nothing, and the member reads why."""
    asked = await world.mia.send(world.channel, WHAT)
    seen, again = [await answer_this(world, asked) for _ in range(2)]
    stored = world.env.backend.get_message(world.channel.id, message(seen).id)
    as_it_was = stored.components
    await world.max.click(message(seen), label=REPLY)
    stored.components = as_it_was
    assert "already been posted" in await told(world, seen)

    world.env.inject_error("GET", "/channels/*/messages/*", status=403, code=50001)
    assert "can't read or send messages" in await told(world, again)
    await world.mia.delete(asked)
    assert "was deleted" in await told(world, again)

    muted = noah_in(world)
    other = await world.mia.send(world.channel, WHAT)
    for_noah = await muted.context_menu(world.channel, "Answer this", other)
    no_writing = discord.Permissions(send_messages=True).value
    world.env.backend.set_overwrite(world.channel.id, Overwrite(muted.id, OverwriteType.MEMBER, deny=no_writing))
    assert "can't post an answer here" in text(await muted.click(message(for_noah), label=REPLY))
    assert REPLY not in buttons(await muted.context_menu(world.channel, "Answer this", other))
    left = [each for each in world.channel.history(viewer=world.mia) if each.components]
    assert left == [], "the answer went with its question"


async def test_ones_own_question_is_logged_at_once(world: World):
    """Whoever opens the menu of their own message asks the bot."""
    asked = await world.mia.send(world.channel, WHAT)
    seen = await world.mia.context_menu(world.channel, "Answer this", asked)
    assert {"That helped", REPLY} < {*buttons(seen)}
    await world.mia.click(message(seen), label=REPLY)
    assert await logged(world) == [WHAT]
    said = await world.mia.send_dm(WHAT)
    assert said.content == WHAT


async def test_a_message_is_logged_once(world: World):
    """However often its author opens the menu. What was asked with a mention is answered by a helper's post."""
    asked = await world.mia.send(world.channel, "how do i bake bread")
    for _again in range(3):
        await world.mia.context_menu(world.channel, "Answer this", asked)
    assert await logged(world) == ["how do i bake bread"]

    asked = await world.mia.send(world.channel, f"{world.mention} my flux capacitor broke after mounting")
    assert "No lesson answers that yet" in text(world.last)
    seen = await answer_this(world, asked)
    box = await world.max.click(message(seen), label="Search the lessons")
    await world.max.submit_modal(box, {"words": "activate"})
    await world.max.select(message(seen), [first_value(seen)])
    await world.max.click(message(seen), label=REPLY)
    assert "activ" in text(world.last).lower()
    assert await logged(world) == ["my flux capacitor broke after mounting", "how do i bake bread"]
    assert (await last(world)).outcome == "taken", "it is no miss any more"


async def test_a_post_that_got_no_answer_is_answered_by_a_helper(world: World):
    """It is no miss any more, as moderators need not answer it."""
    forum = await chosen_forum(world)
    post = await open_post(world, forum, world.mia, "How do I mount my flux capacitor?", "please")
    seen = await answer_this(world, post.history()[0], post)
    box = await world.max.click(message(seen), label="Search the lessons")
    await world.max.submit_modal(box, {"words": "activate"})
    await world.max.select(message(seen), [first_value(seen)])
    await world.max.click(message(seen), label=REPLY)
    assert "activ" in text(post.history()[-1]).lower()
    assert await logged(world) == ["How do I mount my flux capacitor?"]
    assert (await last(world)).outcome == "taken"
