"""What the bot reads of a message: the question in a long story or beside code, what it forwards, a text file."""

from __future__ import annotations

import pytest

from bot.discord_ui.asking.messages import read_in
from tests.support.asking import logged
from tests.support.pictures import png
from tests.support.world import World, buttons, direct_messages, text

STORY = (
    "Hi everyone, I have been working on a small web shop for a course project since October. My laptop is quite "
    "old, so I have to be careful with the space on my disk, and last week I noticed that the folder is more than "
    "one gigabyte. I asked my teacher but she is on holiday until the end of the month. "
)
CODE = "\n```py\nimport requests\nfor page in range(3):\n    r = requests.get(url)\n    print(r.status_code)\n```"
TOLD = [f"{STORY}What is pipx?", f"What is pipx? {STORY}", f"{STORY * 3}What is pipx?", f"wats pipx{CODE}"]


@pytest.mark.parametrize("told", TOLD)
async def test_the_question_in_a_long_story_is_answered(world: World, told: str):
    """However a member asks, the words around the question do not hide its entry."""
    assert "## What is pipx" in text(await world.ask(told))
    assert "## What is pipx" in text(await world.mia.slash(world.channel, "ask", question=told))
    await world.mia.send_dm(told)
    assert "## What is pipx" in text(direct_messages(world.mia)[-1])
    own = await world.mia.send(world.channel, told)
    assert "## What is pipx" in text(await world.mia.context_menu(world.channel, "Answer this", own))


async def test_of_a_long_story_moderators_read_its_question_first(world: World):
    """A miss is what a lesson lacks; how the member came to it stands behind it."""
    story = "My oven is older than I am, and my family eats more every week. " * 10
    await world.ask(f"{story}How do I bake bread? Thanks in advance!")
    (cluster,) = (await world.bot.app.asking.misses.find()).clusters
    assert cluster.text.startswith("How do I bake bread? My oven is older than I am")


async def test_two_stories_that_end_in_the_same_question_are_two_misses(world: World):
    """One answer for both would be wrong for one of them."""
    oven = "My oven is older than I am, and the bread that I bake in it stays flat and pale. " * 3
    turtle = "The turtle of my homework walks in a circle, and should draw a spiral on the screen. " * 3
    for story in (oven, turtle):
        await world.ask(f"{story}What am I doing wrong?")
    assert len((await world.bot.app.asking.misses.find()).clusters) == 2


async def test_an_edit_of_a_long_story_keeps_its_answer(world: World):
    """The same text gets the same answer, whether it is typed or edited."""
    await world.ask(f"{STORY}What is pipx?")
    asked, answer = world.channel.history()[-2:]
    await world.mia.edit(asked, f"{asked.content} :)")
    assert text(world.last) == text(answer)
    assert world.last.id == answer.id


async def test_a_direct_message_without_text_of_its_own_is_read(world: World):
    """Members forward a question to the bot, and Discord makes a file of a text that is too long to send."""
    await world.mia.send_dm("hi")
    asked = await world.mia.send(world.channel, "wats pipx")
    await world.mia.forward(asked, world.mia.user.dm_channel)
    assert "## What is pipx" in text(direct_messages(world.mia)[-1])
    await send_file(world, "message.txt", f"{'Hello. ' * 900}How do I delete a virtual environment?".encode())
    assert "## How do I delete a virtual environment" in text(direct_messages(world.mia)[-1])


async def test_a_lone_link_asks_nothing(world: World):
    """Whoever posts only that reads how to ask, and moderators read no link. The title that it shows is read."""
    link = "https://pictures.example/83.png"
    for said in (link, f"{link} <{link}>", f"||{link}||", f"({link})"):
        shown = await world.ask(said)
        assert "What would you like to know?" in text(shown)
        await world.mia.send_dm(said)
        assert "What would you like to know?" in text(direct_messages(world.mia)[-1])
        await world.env.advance_time(60)  # nobody is told to slow down
    await world.mia.edit(world.channel.history()[-2], f"{world.mention} {link} what is pipx")
    assert "## What is pipx" in text(world.last)
    embed = [{"title": "What is a virtual environment?"}]
    for said in (f"{world.mention} {link}", f"{world.mention}{link}"):
        world.env.backend.create_message(world.channel.id, world.mia.id, said, embeds=embed)
        await world.env.settle()
        assert "## What is a virtual environment" in text(world.last)
    asked = ["What is a virtual environment?", f"{link} what is pipx"]
    assert list(dict.fromkeys(await logged(world))) == asked


@pytest.mark.parametrize(
    "told", ["what is pipx https://pictures.example/83.png", "https://a.example/b?c=1 wats pipx"]
)
async def test_a_link_beside_a_question_does_not_hide_its_answer(world: World, told: str):
    """A member who links to a screenshot or a paste asks the same as without it."""
    assert "## What is pipx" in text(await world.ask(told))


@pytest.mark.parametrize("said", ["thanks", "lol", "???"])
async def test_a_link_beside_no_question_makes_it_none(world: World, said: str):
    """Most are animated pictures. Moderators read no "lol" among the open questions."""
    await world.mia.send(world.channel, f"{world.mention} {said} https://pictures.example/cat.gif")
    assert "No lesson answers that" not in "".join(map(text, world.channel.history()))
    assert await logged(world) == []


async def test_a_lone_picture_is_told_to_be_of_no_use(world: World):
    """Nobody waits for an answer to a screenshot. In a channel, the note goes like any answer."""
    await world.mia.send_dm("hi")
    await send_file(world, "error.png", png())
    assert "I can't read pictures" in text(direct_messages(world.mia)[-1])
    asked = await world.mia.send(world.channel, world.mention, attachments=[("error.png", png())])
    assert "I can't read pictures" in text(world.last)
    assert buttons(world.last)[-1] == "Dismiss"
    await world.mia.edit(asked, f"{world.mention} wats pipx")
    assert "## What is pipx" in text(world.last)


@pytest.mark.parametrize(
    ("said", "besides"),
    [
        ("what does this mean?", ""),
        ("help", ""),
        ("please help me with this", ""),
        ("what's wrong here?", "No lesson answers that yet"),
        ("how do i bake this bread", "No lesson answers that yet"),
        ("can someone explain this error", "What exactly happened?"),
    ],
)
async def test_a_question_about_a_picture_is_told_that_the_bot_cannot_see_it(
    world: World, said: str, besides: str
):
    """The lessons are not why there is no answer, if the words only point at the picture."""
    picture = [("error.png", png())]
    await world.mia.send(world.channel, f"{world.mention} {said}", attachments=picture)
    assert "I can't read pictures" in text(world.last)
    assert besides in text(world.last)
    if not besides:
        assert text(world.last).count("\n") == 0, "nothing else"
    assert ("Ask the moderators" in buttons(world.last)) == bool(await logged(world))
    await world.mia.send(world.channel, f"{world.mention} what is pipx", attachments=picture)
    assert "I can't read pictures" not in text(world.last)


async def test_a_mention_with_a_text_file_is_answered(world: World):
    """What members type counts more than their file; a mention alone says nothing."""
    file = ("message.txt", b"How do I delete a virtual environment?")
    sent = await world.mia.send(world.channel, world.mention, attachments=[file])
    assert "## How do I delete a virtual environment" in text(world.last)
    assert await read_in(sent) == f"{world.mention} How do I delete a virtual environment?", "it calls the bot"
    await world.mia.send(world.channel, f"{world.mention} wats pipx", attachments=[file])
    assert "## What is pipx" in text(world.last)


async def send_file(world: World, name: str, content: bytes) -> None:
    """Mia sends the bot a file in a direct message, without a text."""
    backend, direct = world.env.backend, world.mia.user.dm_channel
    assert direct is not None
    await world.mia.send_dm(attachments=backend.store_attachments(direct.id, [(name, content)]))
