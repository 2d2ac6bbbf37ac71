"""Commands work with lessons that are valid, but extreme for Discord's limits.

The fixture `strict_discord` checks every request, so most tests only press everything.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.lessons.library import Library
from tests.support.world import World, buttons, components, message, options, suggested, text

PREFIX = "How do I set up the environment of the project with all of its parts on the computer of " * 2
EMPTY_LOOKING = "\u2800\u2800"  # Braille patterns without dots
EMOJI = "👩‍👩‍👧‍👦" * 20
TITLE = "One title for all of the lessons, and it is much longer than any menu of Discord can show it, " * 2


def entry(n: int, question: str, **more: Any) -> dict[str, Any]:
    return {"id": f"entry-{n}", "question": question, "answer": f"The answer number {n}.", **more}


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """A folder with such lessons."""
    folder = tmp_path / "lessons"
    folder.mkdir()
    alike = [entry(n, f"{PREFIX}{n:03}") for n in range(100)]
    related = [f"entry-{n}" for n in range(30)]
    odd = [
        entry(100, "Which entries belong to pelicans?", related=["entry-1", "entry-1", *related]),
        entry(101, EMPTY_LOOKING),
        entry(102, EMOJI, phrasings=[EMPTY_LOOKING]),
        entry(103, "What is a walrus?"),
        entry(104, "What is a walrus?"),
        entry(105, "Pelicans and walruses? " + "x" * 170),
    ]
    solutions = [
        {"id": f"solution-{n}", "title": "s" * 80, "plan": EMPTY_LOOKING, "related": ["entry-1", "entry-1"]}
        for n in range(19)
    ]
    scenarios = [
        {"id": f"scenario-{n}", "title": "The same title of a scenario " * 2 + EMOJI[:21], "story": "s"}
        | {"solutions": solutions, "related": ["entry-1", "entry-1", "entry-2"]}
        for n in range(30)
    ]
    write(folder / "alike.yaml", lesson=TITLE, course="Zoology", entries=alike, scenarios=scenarios)
    write(folder / "another.yaml", lesson=TITLE, course="Zoology", entries=odd)
    for n in range(28):
        write(folder / f"{'f' * 150}-{n}.yaml", lesson=TITLE, course=f"Course {n}" if n < 20 else None)
    assert not Library.open(folder).problems, "they are odd, and no mistakes"
    return folder


def write(path: Path, **lesson: Any) -> None:
    said = {key: value for key, value in lesson.items() if value}
    path.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


async def test_lessons_of_one_title_can_all_be_looked_through(world: World):
    """Lessons with the same title have different lines in the list, and each opens its own entries."""
    shelf = await world.mia.slash(world.channel, "browse")
    names = options(shelf)
    assert len(names) == len(set(names)) == 25
    assert any(each.endswith("Course 19") for each in names)
    assert any(each.endswith("alike.yaml") for each in names), "two have one course"
    for file, holds in (("alike.yaml", "entry-0"), ("another.yaml", "entry-103")):
        shelf = await world.mia.slash(world.channel, "browse")
        (menu,) = (each for each in components(shelf) if "options" in each)
        (value,) = (each["value"] for each in menu["options"] if each["label"].endswith(file))
        await world.mia.select(message(shelf), [value])
        questions = [each for part in components(shelf) for each in part.get("options", [])]
        assert holds in [each["value"] for each in questions]


async def test_entries_that_begin_alike_can_be_told_apart_and_opened(world: World):
    """A hundred questions that differ only at their ends are distinct in the lesson and in autocomplete."""
    shelf = await world.mia.slash(world.channel, "browse")
    (menu,) = (each for each in components(shelf) if "options" in each)
    value = next(each["value"] for each in menu["options"] if each["label"].endswith("alike.yaml"))
    await world.mia.select(message(shelf), [value])
    seen: list[str] = []
    while True:
        seen += [each for each in options(shelf) if each.startswith("How do I")]
        if "Next" not in buttons(shelf):
            break
        await world.mia.click(message(shelf), label="Next")
    assert len(set(seen)) == len(seen) == 100
    menu = next(each for each in components(shelf) if "entry-99" in json.dumps(each.get("options", "")))
    opened = await world.mia.select(message(shelf), ["entry-99"], custom_id=menu["custom_id"])
    assert "The answer number 99." in text(opened)


async def test_whatever_is_related_an_answer_is_shown(world: World):
    """An answer with a duplicate and thirty other related entries is shown, with each button once."""
    answer = await world.ask("Which entries belong to pelicans?")
    assert "The answer number 100." in text(answer)
    shown = [each for each in buttons(answer) if each.startswith("How do I")]
    assert len(set(shown)) == len(shown) == 5
    await world.mia.click(answer, label=shown[-1])


async def test_questions_that_are_alike_are_suggested_with_what_tells_them_apart(world: World):
    """Two entries with the same question have distinct names, and each shows its own answer."""
    offered = await world.ask("what is a walrus")
    names = suggested(offered)
    both = [each for each in names if "walrus?" in each]
    assert len(set(both)) == len(both) == 2, names
    await world.mia.click(offered, label=f"Show {names.index(both[1]) + 1}")
    assert "The answer number 10" in text(world.channel.history()[-1])


@pytest.mark.parametrize("question", ["\u200b", f"{EMOJI}?", PREFIX + "007", PREFIX, TITLE, "pelicans walruses"])
async def test_whatever_is_asked_gets_a_reply_that_discord_takes(world: World, question: str):
    """Any question gets a valid reply: texts that look empty, emoji, and words that a hundred entries have."""
    reply = await world.ask(question)
    for label in buttons(reply):
        await world.mia.click(reply, label=label)
        break
    asked = await world.mia.slash(world.channel, "ask", question=question)
    assert text(asked)


async def test_a_scenario_of_nineteen_solutions_is_walked_from_end_to_end(world: World):
    """Every step can be shown, alone and in a shared walkthrough."""
    which = await world.mia.slash(world.channel, "walkthrough")
    names = options(which)
    assert len(set(names)) == len(names) == 25
    await world.mia.select(message(which), ["scenario-3"])
    for _step in range(30):
        onward = next((each for each in ("Next", "Skip") if each in buttons(which)), None)
        if onward is None:
            break
        await world.mia.click(message(which), label=onward)
    assert "Start over" in buttons(which) or "Start over" in buttons(which), buttons(which)
    await world.mia.slash(world.channel, "walkthrough", scenario="scenario-4", share=True)
    for step in ("predict", "compare", "finish"):
        (jump,) = (each["custom_id"] for each in components(world.last) if "leap" in each.get("custom_id", ""))
        await world.mia.select(world.last, [step], custom_id=jump)


async def test_moderators_edit_such_lessons_and_look_at_what_was_missed(world: World):
    """All moderators' commands that show lessons, and their buttons, work."""
    for label in ("Add as new entry", "Search entries"):
        await world.ask("where do flamingos sleep at night")
        missed = await world.max.slash(world.channel, "lessons misses")
        await world.max.click(message(missed), label=label)
    for part in ("entry-100", "scenario-5"):
        box = await world.max.slash(world.channel, "lessons edit", what=part)
        filled = await world.max.submit_modal(box, {"answer": "x"} if part == "entry-100" else {"story": "y"})
        assert "Changes" in text(filled) or "Fix before publishing" in text(filled)
        await world.max.slash(world.channel, "lessons edit", what=part)
    for command in ("lessons history", "lessons check", "lessons stats", "lessons browse", "lessons undo"):
        await world.max.slash(world.channel, command)
    for command, option, typed in (
        ("lessons edit", "what", ""),
        ("lessons edit", "what", PREFIX),
        ("lessons remove", "entry", "walrus"),
        ("lessons add", "lesson", ""),
        ("lessons stats", "scenario", ""),
        ("walkthrough", "scenario", ""),
        ("ask", "question", ""),
        ("ask", "question", EMPTY_LOOKING),
        ("ask", "question", PREFIX),
    ):
        choices = await world.max.autocomplete(world.channel, command, option, typed)
        assert len({each["name"] for each in choices}) == len(choices)
