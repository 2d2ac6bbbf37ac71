"""Questions and titles are drawn as their authors wrote them: "__init__" is no underlined word."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.discord_ui.asking.messages import headline
from bot.discord_ui.kit.choices import key_of
from tests.support.asking import moderate
from tests.support.walking import jump
from tests.support.world import World, message, text

DUNDER = re.compile(r"(?<!\\)_")  # would be drawn as a line below a word
QUESTION = "What does __init__ do with *args and **kwargs?"


@pytest.fixture
async def dunder(world: World, new_bot: Any, lessons: Path) -> World:
    """Its lessons have names with signs of Markdown."""
    write(lessons)
    await world.env.restart_bot(new_bot())
    return world


def write(lessons: Path) -> None:
    for each in lessons.glob("*.yaml"):
        each.unlink()
    solutions = [
        {"id": f"call-{n}", "title": f"Call __init__ {n} times", "plan": "Do it.", "verdict": "works"}
        for n in range(3)
    ]
    scenario = {"id": "init", "title": "The case of __init__", "story": "Once.", "solutions": solutions}
    entry = {"id": "what-init", "question": QUESTION, "answer": "It prepares an object."}
    content: dict[str, Any] = {"course": "All about __dunder__", "entries": [entry], "scenarios": [scenario]}
    (lessons / "a.yaml").write_text(json.dumps({"lesson": "The __init__ lesson", **content}), encoding="utf-8")
    (lessons / "b.yaml").write_text(json.dumps({"lesson": "Another __name__"}), encoding="utf-8")


async def test_an_answer_shows_its_question_as_it_is(dunder: World):
    """The heading, the lesson and the course; and a reply to it is about this entry."""
    answer = await dunder.ask(QUESTION)
    assert r"## What does \_\_init\_\_ do with \*args and \*\*kwargs?" in text(answer)
    assert r"From *The \_\_init\_\_ lesson* · All about \_\_dunder\_\_" in text(answer)
    assert headline(answer) == QUESTION


async def test_a_miss_names_the_answer_as_it_is(dunder: World):
    """Moderators see which answer a member rated as wrong."""
    await dunder.press(await dunder.ask(QUESTION), "Not what I asked")
    assert r"“Not what I asked”: **What does \_\_init\_\_ do with" in text(await moderate(dunder))


async def test_the_lists_show_names_as_they_are(dunder: World):
    """The list of lessons, a lesson's questions, and the figures of a scenario."""
    shelf = await dunder.mia.slash(dunder.channel, "browse")
    assert r"**The \_\_init\_\_ lesson**" in text(shelf)
    await dunder.mia.select(message(shelf), [key_of("a.yaml")])
    assert r"- What does \_\_init\_\_ do with" in text(shelf)
    assert not DUNDER.search(text(shelf))
    figures = await dunder.max.slash(dunder.channel, "lessons stats", scenario="init")
    assert r"\_\_init\_\_" in text(figures)
    assert not DUNDER.search(text(figures))


async def test_a_walkthrough_shows_titles_as_they_are(dunder: World):
    """Alone and together, at each step, and in what is said about a pick."""
    panel = await dunder.mia.slash(dunder.channel, "walkthrough", scenario="init")
    await dunder.press(panel, "Next")
    await dunder.press(panel, "Call __init__ 2 times")
    assert r"You picked **Call \_\_init\_\_ 2 times**" in text(panel)
    for step in ("story", "predict", "call-0", "call-2", "compare", "finish"):
        await jump(dunder, panel, step)
        assert r"\_\_init\_\_" in text(panel)
        assert not DUNDER.search(text(panel)), step
    await dunder.press(panel, "Close")
    assert not DUNDER.search(text(panel))
    assert not DUNDER.search(text(await dunder.mia.slash(dunder.channel, "walkthrough", scenario="init")))
    await dunder.mia.slash(dunder.channel, "walkthrough", scenario="init", share=True)
    await dunder.press(dunder.last, "Next")
    picked = await dunder.press(dunder.last, "Call __init__ 1 times")
    assert r"You picked **Call \_\_init\_\_ 1 times**" in text(picked)
    await dunder.mia.select(dunder.last, ["finish"])
    assert r"- Call \_\_init\_\_ 1 times: 1 of 1" in text(dunder.last)
    await dunder.press(dunder.last, "End for everyone")
    assert not DUNDER.search(text(dunder.last))
