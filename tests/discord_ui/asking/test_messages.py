"""What the bot reads of a message: the question in a long story, or beside a block of code."""

from __future__ import annotations

import pytest

from tests.support.world import World, direct_messages, text

STORY = (
    "Hi everyone, I have been working on a small web shop for a course project since October. My laptop is quite "
    "old, so I have to be careful with the space on my disk, and last week I noticed that its folder is more than one "
    "gigabyte. I asked my teacher but she is on holiday until the end of the month. "
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


async def test_an_edit_of_a_long_story_keeps_its_answer(world: World):
    """The same text gets the same answer, whether it is typed or edited."""
    await world.ask(f"{STORY}What is pipx?")
    asked, answer = world.channel.history()[-2:]
    await world.mia.edit(asked, f"{asked.content} :)")
    assert text(world.last) == text(answer)
    assert world.last.id == answer.id
