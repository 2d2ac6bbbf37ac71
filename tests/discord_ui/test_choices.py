"""Commands accept everything that autocomplete offers, by its value or by its name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.discord_ui.kit.choices import Choosable, meant, offer
from bot.store.servers import Choices
from tests.support.forms import filled
from tests.support.pictures import png
from tests.support.world import (
    World,
    buttons,
    components,
    message,
    options,
    said,
    shown,
    suggested,
    text,
    with_button,
)

LONG = "How do I set up the environment of the project with all of its parts on the computer of "
SAME = "What is a walrus?"


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """Entries and scenarios with names that are long, that begin alike, and that are the same."""
    folder = tmp_path / "lessons"
    folder.mkdir()
    long = [f"{LONG}{'my friend, who is a moderator, and of ' * 2}{who}?" for who in ("Mia", "Max", "Noah")]
    questions = [*long, SAME, "Which pelicans are there?"]
    solutions = [{"id": "only", "title": "The only way", "plan": "Go."}]
    for n, name in enumerate(("birds", "mammals")):
        entries = [
            {"id": f"{name}-{at}", "question": question, "answer": f"{name} {at}"}
            for at, question in enumerate(questions[3 * n :] if n else questions[:4])
        ]
        scenarios = [
            {"id": f"{name}-trip", "title": "A trip to the sea", "story": f"{name} swim.", "solutions": solutions},
            {"id": f"{name}-walk", "title": f"A walk of the {name}", "story": "s", "solutions": solutions}
            | {"behind_the_scenes": f"{name} behind"},
        ]
        lesson = {"lesson": "Animals", "course": name.title(), "entries": entries, "scenarios": scenarios}
        (folder / f"{name}.yaml").write_text(json.dumps(lesson), encoding="utf-8")
    return folder


async def result(world: World, command: str, option: str, typed: str) -> str:
    """What comes of choosing this, in words."""
    more: dict[str, Any] = {}
    if command == "lessons picture":
        more = {"picture": ("a.png", png()), "alt": "A drawing"}
    got = await world.max.slash(world.channel, command, **{option: typed}, **more)
    if got.modal:
        texts = list(filled(got).values())
        if not any(texts):  # a new entry: its file is what was chosen
            texts = [each.file for each in await world.bot.app.curating.drafts.of(world.max.id)]
        return "\n".join(texts)
    return said(got) if shown(got) else text(got)


OFFERS = [
    ("lessons edit", "what"),
    ("lessons remove", "entry"),
    ("lessons picture", "entry"),
    ("lessons stats", "scenario"),
    ("walkthrough", "scenario"),
    ("ask", "question"),
]


@pytest.mark.parametrize(("command", "option"), OFFERS)
async def test_a_choice_is_taken_by_its_name_as_by_its_value(world: World, command: str, option: str):
    """If a member changes the channel while typing, Discord sends the name."""
    choices = await world.max.autocomplete(world.channel, command, option, "")
    assert len({each["name"] for each in choices}) == len(choices) > 3
    assert command in {"lessons stats", "walkthrough"} or any("…" in each["name"] for each in choices)
    for each in choices:
        await world.env.advance_time(60)
        by_value = await result(world, command, option, each["value"])
        await world.env.advance_time(60)
        by_name = await result(world, command, option, each["name"])
        if command in {"lessons remove", "lessons picture"}:  # the card shows the id of the draft
            by_value, by_name = (each.partition("Changes")[0] for each in (by_value, by_name))
        assert by_name == by_value
        assert "that name" not in by_name
        assert "No lesson answers" not in by_name


async def test_what_is_shown_in_the_box_can_be_completed_again(world: World):
    """A member who returns to the input finds their choice there."""
    for command, option in OFFERS[:-1]:
        for each in await world.max.autocomplete(world.channel, command, option, ""):
            again = await world.max.autocomplete(world.channel, command, option, each["name"])
            assert each["value"] in [other["value"] for other in again], (command, each)


async def test_a_lesson_is_taken_by_its_name_too(world: World):
    """Two lessons with the same title can be distinguished, and the new entry goes into the chosen one."""
    choices = await world.max.autocomplete(world.channel, "lessons add", "lesson", "")
    assert [each["name"] for each in choices] == ["Animals · Birds", "Animals · Mammals"]
    assert await result(world, "lessons add", "lesson", "Animals · Mammals") == "mammals.yaml"
    which = await world.max.slash(world.channel, "lessons add", lesson="Animals")
    assert "More than one has that name" in text(which)
    assert "`birds.yaml`" in text(which)
    assert "`mammals.yaml`" in text(which)


@pytest.mark.parametrize(
    ("command", "title"),
    [("history", "## History of *A walk of the birds*"), ("undo", "## Undo a change: A walk of the birds")],
)
async def test_history_and_undo_take_a_scenario_by_its_name(world: World, command: str, title: str):
    """The name "Scenario: …", in full or shortened."""
    box = await world.max.slash(world.channel, "lessons edit", what="Scenario: A walk of the birds")
    proposed = await world.max.submit_modal(box, {"title": "A walk of the birds", "story": "They walk."})
    await world.max.click(with_button(proposed, "Publish"), label="Publish")
    await world.max.slash(world.channel, "lessons edit", what="birds-0")
    choices = await world.max.autocomplete(world.channel, f"lessons {command}", "what", "walk of the birds")
    (choice,) = (each for each in choices if each["value"] == "birds-walk")
    assert choice["name"].startswith("Scenario: ")
    got = await world.max.slash(world.channel, f"lessons {command}", what=choice["name"])
    assert title in said(got)


@pytest.mark.parametrize("command", ["edit", "history", "undo", "remove", "picture"])
async def test_a_name_that_two_share_asks_which(world: World, command: str):
    """The bot never guesses; the member then types an id."""
    option = "entry" if command in {"remove", "picture"} else "what"
    which = await result(world, f"lessons {command}", option, SAME)
    assert "More than one has that name" in which
    assert "`birds-3`: What is a walrus? · Animals" in which
    assert "`mammals-0`" in which


async def test_members_choose_among_those_that_share_a_name(world: World):
    """Suggestions for the entries of one question, a menu for the scenarios of one title."""
    asked = await world.mia.slash(world.channel, "ask", question=f"{SAME} · Animals")
    assert len([each for each in suggested(asked) if SAME in each]) == 2
    which = await world.mia.slash(world.channel, "walkthrough", scenario="A trip to the sea")
    assert len(options(which)) == 2
    await world.mia.select(message(which), ["mammals-trip"])
    assert "mammals swim." in text(which)


async def test_a_name_in_another_language_means_the_same(world: World):
    """German names still work right after the language of the server changed."""
    await world.bot.app.servers.set(world.server.id, Choices(language="de"))
    choices = await world.max.autocomplete(world.channel, "lessons edit", "what", "walk of the birds")
    (scenario,) = (each for each in choices if each["value"] == "birds-walk")
    assert not scenario["name"].startswith("Scenario")
    questions = await world.mia.autocomplete(world.channel, "ask", "question", "walk of the birds")
    (behind,) = (each for each in questions if each["name"] == "A walk of the birds: hinter den Kulissen")
    for language in ("de", "es"):
        await world.bot.app.servers.set(world.server.id, Choices(language=language))
        assert "A walk of the birds" in await result(world, "lessons edit", "what", scenario["name"])
        answered = await world.mia.slash(world.channel, "ask", question=behind["value"])
        assert "birds behind" in text(answered)


async def test_a_choice_that_forgets_is_taken_by_its_name(world: World):
    """The choice to delete data works by its value and by its name."""
    await world.mia.slash(world.channel, "walkthrough", scenario="birds-walk")
    (choice, *_others) = await world.mia.autocomplete(world.channel, "ask", "question", "forget")
    asked = await world.mia.slash(world.channel, "ask", question=choice["name"])
    forgotten = await world.mia.click(message(asked), label="Delete my data")
    assert "Deleted: your progress in 1 walkthrough" in text(forgotten)


async def test_what_is_kept_of_a_shortened_choice_is_its_whole_question(world: World):
    """The log contains the complete question."""
    choices = await world.mia.autocomplete(world.channel, "ask", "question", LONG)
    (noah,) = (each for each in choices if "Noah" in each["name"])
    answered = await world.mia.slash(world.channel, "ask", question=noah["value"])
    assert "birds 2" in text(answered)
    assert await world.bot.app.store.questions.recent_texts(1) == [
        f"{LONG}{'my friend, who is a moderator, and of ' * 2}Noah?"
    ]
    assert "Share in this channel" in buttons(answered), components(answered)


def test_what_a_member_types_is_not_taken_for_a_shortened_name():
    """An unfinished question such as "What is…" is not the name of an entry."""
    things = [Choosable("a", "What is a virtual environment, and where does Python keep the packages of it?")]
    assert meant("What is…", lambda text: things) == []


def test_what_is_longer_than_any_name_means_none():
    """A pasted page is not taken for a name, and does not delay others."""
    things = [Choosable("a", "x" * 200)]
    assert meant("x" * 200, lambda text: things) == things
    assert meant("x" * 45 + "…" * 2000, lambda text: things) == []


def test_names_that_are_the_same_in_all_they_say_get_a_number():
    """No two lines of the list are equal; if such a name is sent, the bot asks which one."""
    things = [Choosable(str(n), "same", ("lesson",)) for n in range(3)]
    names = [each.name for each in offer(things)]
    assert names == ["same · lesson", "same · lesson (2)", "same · lesson (3)"]
    assert meant(names[1], lambda text: things) == things


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("a walk", "Scenario: A walk of the birds"),
        ("A trip to the S", "Scenario: A trip to the sea"),
        ("animals", "Lesson: Animals"),
        ("which pel", "Which pelicans are there?"),
    ],
)
async def test_a_title_that_begins_as_typed_comes_first(world: World, typed: str, first: str):
    """Whoever types how a title begins does not have to look for it behind entries that fit less."""
    offered = await world.max.autocomplete(world.channel, "lessons edit", "what", typed)
    assert offered[0]["name"].startswith(first)
