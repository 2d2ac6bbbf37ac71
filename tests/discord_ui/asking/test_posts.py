"""Posts in forums that a server chose: answered, offered suggestions, or left to people."""

from __future__ import annotations

import discord
import pytest
from simcord import ChannelHandle

from bot.discord_ui.asking import posts
from bot.store.servers import Choices
from tests.support.asking import logged
from tests.support.posts import answers_first, chosen_forum, open_post, rename
from tests.support.world import World, components, message, noah_in, suggested, text

WHAT = "What is a virtual environment?"


@pytest.fixture
async def forum(world: World) -> ChannelHandle:
    """A forum where the bot answers; without the Message Content intent it sees the titles alone."""
    forum = world.server.create_forum_channel("help")
    await world.bot.app.servers.set(world.server.id, Choices(listens_in=(forum.id,)))
    return forum


def said_in(post: ChannelHandle) -> list[discord.Message]:
    return [each for each in post.history() if each.components]


@pytest.mark.parametrize("late", [False, True], ids=["post first", "message first"])
async def test_a_post_is_answered_by_its_title(world: World, forum: ChannelHandle, late: bool):
    """The bot answers once, in the post; the member who asked can dismiss the answer."""
    post = await open_post(world, forum, world.mia, WHAT, "see title", late=late)
    (answer,) = said_in(post)
    assert "isolated Python environment" in text(answer)
    assert "In this forum, I answer new posts" in text(answer)
    assert await logged(world) == [WHAT]
    await world.mia.send(post, "what is a virtual environment?")
    await world.max.send(post, "why do we need virtual environments?")
    assert len(said_in(post)) == 1
    assert "Only the person who asked" in text(await noah_in(world).click(answer, label="Dismiss"))
    await world.mia.click(answer, label="Dismiss")
    assert said_in(post) == []


async def test_a_post_that_is_nearly_understood_gets_suggestions(world: World, forum: ChannelHandle):
    """Its author gets the answer in the post; anybody else who presses gets it in private."""
    post = await open_post(world, forum, world.mia, "django")
    (offered,) = said_in(post)
    assert "Which of these did you mean?" in text(offered)
    first = suggested(offered)[0]
    assert (await world.max.click(offered, label="Show 1")).ephemeral
    await world.mia.click(offered, label="Show 1")
    assert f"## {first}" in text(said_in(post)[0])


async def test_two_questions_in_a_post_get_an_answer_each(world: World, forum: ChannelHandle):
    """The title asks one of them, and the first message the other."""
    title, body = "How do I activate a virtual environment on Windows?", f"{world.mention} And what is pipx?"
    (offered,) = said_in(await open_post(world, forum, world.mia, title, body))
    assert "You asked two things" in text(offered)
    assert suggested(offered)[1].startswith("What is pipx")


@pytest.mark.parametrize(
    "more",
    ["I am on Windows 11 and use VS Code.", "Ich verstehe es nicht.", "Can you explain it in simple words?"],
)
async def test_a_title_that_is_answered_is_no_half_of_two_questions(world: World, forum: ChannelHandle, more: str):
    """What the message says besides asks nothing more."""
    post = await open_post(world, forum, world.mia, "How do I delete a virtual environment?", more)
    (answer,) = said_in(post)
    assert "## How do I delete a virtual environment?" in text(answer)


async def test_other_posts_are_left_to_people(world: World, forum: ChannelHandle):
    """A post without an answer is a miss. The bot ignores other forums, and posts of bots."""
    post = await open_post(world, forum, world.mia, "How do I bake bread?")
    elsewhere = await open_post(world, world.server.create_forum_channel("showcase"), world.mia, WHAT)
    robot = world.server.add_member(world.env.create_user("robot", bot=True))
    by_bot = await open_post(world, forum, robot, WHAT)
    greeting = await open_post(world, forum, world.mia, "hi")
    assert [said_in(each) for each in (post, elsewhere, by_bot, greeting)] == [[], [], [], []]
    assert await logged(world) == ["How do I bake bread?"]
    assert [each.text for each in (await world.bot.app.asking.misses.find()).clusters] == ["How do I bake bread?"]
    story = await open_post(world, forum, world.mia, "Is there a walkthrough on Kubernetes?")
    assert said_in(story) == [], "walkthroughs on other things are for whoever asks the bot"
    called = await open_post(world, world.server.create_forum_channel("any"), world.mia, WHAT, world.mention)
    assert "isolated Python environment" in text(said_in(called)[0]), "whoever calls the bot gets a reply anywhere"


async def test_a_post_that_is_not_open_yet_is_tried_again(
    world: World, forum: ChannelHandle, monkeypatch: pytest.MonkeyPatch
):
    """Discord tells of a post before it lets others write in it."""
    monkeypatch.setattr(posts, "WAITS", (0.0, 0.0))
    world.env.inject_error("POST", "/channels/*/messages", status=400, code=posts.NOT_OPEN_YET, times=2)
    assert len(said_in(await open_post(world, forum, world.mia, WHAT))) == 1
    world.env.inject_error("POST", "/channels/*/messages", status=400, code=posts.NOT_OPEN_YET, times=3)
    assert said_in(await open_post(world, forum, world.mia, WHAT)) == []


async def test_posts_with_media_are_answered_like_others(world: World):
    """Discord has a kind of forum of its own for them."""
    channel = await chosen_forum(world, of_media=True)
    (answer,) = said_in(await open_post(world, channel, world.mia, WHAT))
    assert "isolated Python environment" in text(answer)


async def test_nobody_is_interrupted_who_was_faster(
    world: World, forum: ChannelHandle, monkeypatch: pytest.MonkeyPatch
):
    """If a person answers first, the bot stays silent."""
    answers_first(world, forum, world.max, "It is a folder with its own packages.", monkeypatch)
    assert said_in(await open_post(world, forum, world.mia, WHAT)) == []


async def test_a_press_in_a_post_that_is_closed_works_or_says_what_to_do(world: World, forum: ChannelHandle):
    """An archived post is opened again; for a locked one, the member gets a direct message."""
    post = await open_post(world, forum, world.mia, WHAT)
    (answer,) = said_in(post)
    metadata = world.env.backend.get_channel(post.id).thread_metadata
    assert metadata is not None
    metadata.archived = True
    world.env.backend.announce_channel_update(post.id)
    shown = await world.mia.click(answer, label="That helped")
    assert "Thank you" in text(shown)
    assert not metadata.archived
    metadata.locked = metadata.archived = True
    world.env.backend.announce_channel_update(post.id)
    for _press in range(3):
        world.env.inject_error("POST", "/interactions/*", status=400, code=50083)
        await world.mia.click(answer, label="That helped")
    assert metadata.archived
    said = world.env.backend.messages[world.env.backend.get_dm_channel(world.mia.id).id]
    (told,) = said.values()
    assert "in that thread because it is closed" in told.content, "once"


async def test_whoever_answers_for_somebody_else_answers_the_title(world: World):
    """In any forum, by the menu or with a mention: the first message of a post often says nothing alone."""
    forum = world.server.create_forum_channel("any")
    post = await open_post(world, forum, world.mia, WHAT, "see title, thanks")
    first = post.history()[0]
    seen = await world.max.context_menu(post, "Answer this", first)
    assert "isolated Python environment" in text(seen)
    await world.max.click(message(seen), label="Reply to this message")
    await world.max.send(post, f"{world.mention} can you answer this?", reply_to=first)
    posted, called_for = said_in(post)
    for each in (posted, called_for):
        assert "isolated Python environment" in text(each)
    assert {*await logged(world)} == {WHAT}
    await rename(world, post, "Why do we need virtual environments?")
    posted, called_for = said_in(post)
    assert "isolates the packages" in text(called_for)


async def test_what_is_posted_below_a_post_answers_its_title(world: World):
    """A helper searches the lessons for "please": the entry that they post is learned for what was asked."""
    forum = world.server.create_forum_channel("any")
    post = await open_post(world, forum, world.mia, "How do I bake bread?", "please")
    seen = await world.max.context_menu(post, "Answer this", post.history()[0])
    assert "No lesson answers that yet" in text(seen)
    box = await world.max.click(message(seen), label="Search the lessons")
    await world.max.submit_modal(box, {"words": "activate"})
    menu = next(each for each in components(seen) if each.get("options"))
    await world.max.select(message(seen), [menu["options"][0]["value"]], custom_id=menu["custom_id"])
    await world.max.click(message(seen), label="Reply to this message")
    assert "activ" in text(said_in(post)[0]).lower()
    assert await logged(world) == ["How do I bake bread?"]


async def test_a_post_without_an_answer_gets_one_by_another_title(world: World, forum: ChannelHandle):
    """Moderators see the words of now. A post that somebody answered meanwhile is left to people."""
    post = await open_post(world, forum, world.mia, "How do I bake ry bread?")
    world.env.backend.get_channel(post.id).name = "How do I bake rye bread?"
    world.env.backend.announce_channel_update(post.id)
    await world.env.settle()
    assert said_in(post) == []
    assert await logged(world) == ["How do I bake rye bread?"]
    await rename(world, post, WHAT)
    (answer,) = said_in(post)
    assert "isolated Python environment" in text(answer)
    taken = await open_post(world, forum, world.mia, "How do I bake bread?")
    await world.max.send(taken, "In an oven.")
    await rename(world, taken, WHAT)
    assert said_in(taken) == []
    assert (await logged(world))[0] == "How do I bake bread?"
    await world.env.advance_time(601)
    await rename(world, post, "How do I bake bread?")
    assert [text(each) for each in said_in(post)] == [text(answer)], "too late"


@pytest.mark.reads_messages
@pytest.mark.parametrize(
    "title", ["[SOLVED]", "✅", "erledigt", "closed", "nvm, thanks", "✅ Strange thing with bread"]
)
async def test_a_post_that_its_author_closes_is_left_in_peace(world: World, forum: ChannelHandle, title: str):
    """The mark is no other question. Without it, what the first message tells would be answered."""
    post = await open_post(
        world, forum, world.mia, "Strange thing with bread", "My virtual environment is broken."
    )
    await rename(world, post, title)
    assert said_in(post) == []
    await rename(world, post, WHAT)
    assert "isolated Python environment" in text(said_in(post)[0]), "it was asked after all"


async def test_a_post_that_is_closed_with_another_title_stays_closed(world: World, forum: ChannelHandle):
    """A message in it would open it again."""
    post = await open_post(world, forum, world.mia, "How do I bake bread?")
    closed = world.env.backend.get_channel(post.id)
    assert closed.thread_metadata
    closed.name, closed.thread_metadata.archived = WHAT, True
    world.env.backend.announce_channel_update(post.id)
    await world.env.settle()
    assert said_in(post) == []
