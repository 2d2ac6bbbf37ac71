"""The solutions side by side: what fits is shown as the author wrote it, and a cut breaks no formatting."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.walking import jump
from tests.support.world import World, text

LIST = "Right for **one** project:\n\n- run this once\n- read [the manual](https://docs.example/a)"
CODE = "```bash\npython -m venv .venv && source .venv/bin/activate && pip install django\n```"


async def compared(world: World, new_bot: Any, lessons: Path, solutions: int, right_when: str) -> str:
    told = {"plan": "Do it.", "verdict": "works", "right_when": right_when}
    each = [{"id": f"way-{n}", "title": f"Way {n}", **told} for n in range(solutions)]
    scenario = {"id": "ways", "title": "Ways", "story": "A story.", "solutions": each}
    (lessons / "ways.yaml").write_text(json.dumps({"lesson": "Ways", "scenarios": [scenario]}), encoding="utf-8")
    await world.env.restart_bot(new_bot())
    panel = await world.mia.slash(world.channel, "walkthrough", scenario="ways")
    await jump(world, panel, "compare")
    return text(panel)


async def test_what_fits_is_shown_as_it_was_written(world: World, new_bot: Any, lessons: Path):
    """Lists stay lists, and code stays code."""
    shown = await compared(world, new_bot, lessons, 3, f"{LIST}\n\n{CODE}")
    assert shown.count(f"{LIST}\n\n{CODE}") == 3
    assert "…" not in shown


@pytest.mark.parametrize("solutions", [5, 8], ids=["a frame each", "all in one frame"])
async def test_a_cut_breaks_no_formatting(world: World, new_bot: Any, lessons: Path, solutions: int):
    """No solution is drawn in the code, the bold letters or the link of another one."""
    shown = await compared(world, new_bot, lessons, solutions, f"{LIST * 4} and **{'much ' * 60}more**\n{CODE}")
    assert shown.count("Right choice when: Right for one project: run this once read the manual") == solutions
    assert "```" not in shown
    assert "](" not in shown
    lines = [line for line in shown.splitlines() if line.startswith("Right choice")]
    assert all(line.endswith("…") and "*" not in line for line in lines)


async def test_code_that_does_not_fit_is_left_out_with_a_sign(world: World, new_bot: Any, lessons: Path):
    """Whoever reads what comes before it sees that something follows."""
    shown = await compared(world, new_bot, lessons, 8, f"Run this:\n{CODE * 3}")
    assert shown.count("Right choice when: Run this: …") == 8
