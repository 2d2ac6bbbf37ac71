"""Whatever is pressed, in any order, on panels of any age: the bot answers with a valid step."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest
from simcord import SetupError

from bot.dialogue.steps import steps
from tests.support.world import World, components, message, text

ID = "two-django-versions"
EVENTS = 40
EDITS = [
    ("He directly installs", "He boldly installs"),
    ("id: install-directly", "id: install-over"),
    ("Let us understand it", "Let us look at it"),
    ("verdict: tedious", "verdict: fails"),
]


def pressable(panel: Any) -> list[dict[str, Any]]:
    """Buttons and menus that a walk's panel has, but for those that lead out of it."""
    out = ("lb:show:", "lb:remind:", "lb:about:")
    found = [part for part in components(panel) if "custom_id" in part and not part.get("disabled")]
    return [part for part in found if not part["custom_id"].startswith(out)]


async def use(world: World, panel: Any, part: dict[str, Any], chance: random.Random) -> None:
    if "options" in part:
        chosen = chance.choice(part["options"])["value"]
        pressed = await world.mia.select(message(panel), [chosen], custom_id=part["custom_id"])
    else:
        pressed = await world.mia.click(message(panel), custom_id=part["custom_id"])
    assert pressed.acknowledged, f"no answer to {part['custom_id']}"


def stands(panel: Any) -> re.Match[str] | None:
    return re.search(r"Step (\d+) of (\d+) · (.+)", text(panel))


def edited(lessons: Path, original: str, chance: random.Random) -> None:
    """One of the lesson's possible versions; with the scenario's texts, ids or steps changed."""
    whole = original
    for old, new in chance.sample(EDITS, chance.randint(0, 3)):
        assert old in whole
        whole = whole.replace(old, new)
    (lessons / "virtual-environments.yaml").write_text(whole, encoding="utf-8")


@pytest.mark.parametrize("seed", range(5))
async def test_any_order_of_presses_edits_and_restarts_is_survived(
    world: World, new_bot: Any, lessons: Path, seed: int
):
    """Double presses, three panels of one walk, edits of the lesson, restarts: always a valid step."""
    chance = random.Random(seed)
    original = (lessons / "virtual-environments.yaml").read_text(encoding="utf-8")
    panels = [await world.mia.slash(world.channel, "walkthrough", scenario=ID)]
    for _ in range(EVENTS):
        panel = chance.choice(panels)
        part = chance.choice(pressable(panel))
        match chance.randrange(10):
            case 0 if len(panels) < 3:
                panels.append(await world.mia.slash(world.channel, "walkthrough", scenario=ID))
            case 1:
                edited(lessons, original, chance)
                await world.env.restart_bot(new_bot())
            case 2:
                stored = world.env.backend.get_message(world.channel.id, message(panel).id)
                as_it_was = stored.components
                await use(world, panel, part, chance)
                stored.components = as_it_was  # the second press was made before the first was answered
                await use(world, panel, part, chance)
            case _:
                await use(world, panel, part, chance)
        place = stands(panel)
        if place:
            position, total, name = int(place[1]), int(place[2]), place[3]
            shown = (each for each in world.bot.app.tutor.scenarios if f"-# {each.title}\n" in text(panel))
            walked = steps(next(shown))  # "Next walkthrough" leads to another one
            assert total == len(walked)
            assert walked[position - 1].name == name
    for panel in panels:
        with pytest.raises(SetupError):  # nobody else's, for all that
            await world.max.click(message(panel), custom_id=pressable(panel)[0]["custom_id"])
        await use(world, panel, pressable(panel)[0], chance)


async def test_back_after_next_returns_wherever_one_stands(world: World):
    """Also on the panel: Next and then Back show the same step."""
    panel = await world.mia.slash(world.channel, "walkthrough", scenario=ID)
    for step in steps(world.bot.app.tutor.scenario(ID))[:-1]:
        await world.mia.select(message(panel), [step.id])
        before = text(panel)
        for move in ("next", "back"):
            part = next(each for each in pressable(panel) if each["custom_id"].endswith(f":{move}"))
            await world.mia.click(message(panel), custom_id=part["custom_id"])
        assert text(panel) == before
